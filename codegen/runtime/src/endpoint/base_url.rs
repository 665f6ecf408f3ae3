//! URLs of endpoints, checked and in the form that requests need.

use reqwest::Url;

/// An endpoint's URL in its normal form, or in words why it is none.
pub(crate) fn base_url(url: &str) -> Result<Url, String> {
    // The URL itself may hold a password.
    let refuse =
        |problem: &str| format!("the endpoint URL {problem}; give one like https://host:port");
    let parsed = Url::parse(url).map_err(|error| refuse(&format!("is not a URL: {error}")))?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err(refuse("is neither http nor https"));
    }
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return Err(refuse("has a user name or a password in it"));
    }
    if parsed.query().is_some() || parsed.fragment().is_some() {
        return Err(refuse("has a query or a fragment"));
    }
    Ok(parsed)
}
