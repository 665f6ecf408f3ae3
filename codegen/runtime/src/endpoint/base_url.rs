//! Checked URLs of endpoints.

use reqwest::Url;

/// Returns the normalized URL of an endpoint, or a message if it is invalid.
pub(crate) fn base_url(url: &str) -> Result<Url, String> {
    // The URL may contain a password, so it is not printed.
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
