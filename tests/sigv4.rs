//! Signing, seen from outside: AWS's own suite ([`suite`]), the `aws-sigv4` crate on requests
//! written by hand and generated ones ([`official`]), the requests of a client ([`client`]), and what
//! happens when a request cannot be signed.

mod client;
mod official;
mod suite;

use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use http::request::Parts;
use smithy_reqwest::sigv4::{Payload, Signing, SigningError};
use smithy_reqwest::{Credentials, Timestamp};

const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";

#[test]
fn a_header_value_that_is_not_utf8_is_named_in_the_error_and_not_shown() {
    let mut request = get("https://example.amazonaws.com/");
    let value = HeaderValue::from_bytes(b"private\xff").unwrap();
    request.headers.insert("x-note", value);

    let error = refusal(&credentials(Some(TOKEN)), &mut request);

    let name = HeaderName::from_static("x-note");
    assert_eq!(error, SigningError::HeaderValue(name.to_string()));
    assert_holds_none_of(&error, &["private", SECRET_KEY, TOKEN]);
}

#[test]
fn a_header_that_is_not_signed_may_hold_any_bytes() {
    let mut request = get("https://example.amazonaws.com/");
    let value = HeaderValue::from_bytes(b"caf\xe9").unwrap();
    request.headers.insert("user-agent", value);

    let credentials = credentials(None);
    let signed = signing(&credentials).sign(&mut request, Payload::Bytes(b""));

    assert_eq!(signed, Ok(()));
}

#[test]
fn a_session_token_with_a_line_break_is_refused_and_not_shown() {
    let token = format!("{TOKEN}\nsecond line");
    let mut request = get("https://example.amazonaws.com/");

    let error = refusal(&credentials(Some(&token)), &mut request);

    assert_eq!(error, SigningError::Unsendable("the session token"));
    assert_holds_none_of(&error, &[TOKEN, "second line", SECRET_KEY]);
}

#[test]
fn an_access_key_with_a_line_break_is_refused() {
    let credentials = Credentials::new("AKIDEXAMPLE\r\n", SECRET_KEY, None);
    let mut request = get("https://example.amazonaws.com/");

    let error = refusal(&credentials, &mut request);

    assert_eq!(error, SigningError::Unsendable("the access key"));
    assert_holds_none_of(&error, &["AKIDEXAMPLE", SECRET_KEY]);
}

#[test]
fn a_request_without_a_host_is_refused() {
    let error = refusal(&credentials(None), &mut get("/path/only"));

    assert_eq!(error, SigningError::NoHost);
}

#[test]
fn a_signed_request_does_not_show_its_token_or_its_signature() {
    let mut request = get("https://example.amazonaws.com/");
    let credentials = credentials(Some(TOKEN));
    let signing = signing(&credentials);
    signing.sign(&mut request, Payload::Bytes(b"")).unwrap();

    let shown = format!("{:?} {signing:?}", request.headers);

    for secret in [TOKEN, SECRET_KEY, "Signature="] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}

fn get(uri: &str) -> Parts {
    http::Request::get(uri)
        .body(())
        .expect("a test's URI is valid")
        .into_parts()
        .0
}

fn credentials(token: Option<&str>) -> Credentials {
    Credentials::new("AKIDEXAMPLE", SECRET_KEY, token.map(str::to_owned))
}

fn signing(credentials: &Credentials) -> Signing<'_> {
    Signing::new(
        credentials,
        "us-east-1",
        "appflow",
        time("20260101T000000Z"),
    )
}

/// A time as in RFC 3339 or, with 16 characters, as in `x-amz-date`.
fn time(text: &str) -> Timestamp {
    let text = match text.len() {
        16 => format!(
            "{}-{}-{}:{}:{}",
            &text[..4],
            &text[4..6],
            &text[6..11],
            &text[11..13],
            &text[13..]
        ),
        _ => text.to_owned(),
    };
    text.parse().expect("a test's time is valid")
}

/// The error of a request that cannot be signed; it must not be left half signed.
fn refusal(credentials: &Credentials, request: &mut Parts) -> SigningError {
    let error = signing(credentials)
        .sign(request, Payload::Bytes(b""))
        .expect_err("the request cannot be signed");
    assert!(!request.headers.contains_key(AUTHORIZATION));
    error
}

fn assert_holds_none_of(error: &SigningError, secrets: &[&str]) {
    let text = format!("{error} {error:?}");
    for secret in secrets {
        assert!(!text.contains(secret), "{secret:?} is in {text:?}");
    }
}

/// Headers as sorted lines of text, those marked as sensitive included.
fn header_lines(headers: &HeaderMap) -> String {
    let mut lines: Vec<String> = headers
        .iter()
        .map(|(name, value)| (name, String::from_utf8_lossy(value.as_bytes())))
        .map(|(name, value)| format!("{name}: {}", value.trim()))
        .collect();
    lines.sort();
    lines.join("\n")
}
