//! The user agent.

use http::HeaderValue;

/// The maximum length of an application ID.
const APP_ID_LENGTH: usize = 50;

/// Returns the user agent: `appflow-client/0.1.0 smithy-reqwest/0.1.0 os/linux lang/rust
/// app/my-app`.
pub(crate) fn user_agent(product: &str, app_id: Option<&str>) -> HeaderValue {
    let version = env!("CARGO_PKG_VERSION");
    let os = std::env::consts::OS;
    let mut text = format!("{product} smithy-reqwest/{version} os/{os} lang/rust");
    if let Some(app_id) = app_id {
        text.push_str(" app/");
        text.extend(app_id.chars().take(APP_ID_LENGTH).map(token_character));
    }
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("smithy-reqwest"))
}

/// Keeps characters that HTTP allows in a token.
fn token_character(character: char) -> char {
    if character.is_ascii_alphanumeric() || "!$%&'*+-.^_`|~".contains(character) {
        character
    } else {
        '-'
    }
}
