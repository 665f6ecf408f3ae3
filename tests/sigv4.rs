//! Signing, seen from outside: AWS's own suite ([`suite`]), and the `aws-sigv4` crate on requests
//! written by hand and generated ones ([`official`]).

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "all of this crate is tests, but Clippy takes its helper functions for other code"
)]

#[path = "sigv4/official.rs"]
mod official;
#[path = "sigv4/suite.rs"]
mod suite;

use http::HeaderMap;
use smithy_reqwest::sigv4::Signing;
use smithy_reqwest::{Credentials, Timestamp};

const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLETOKEN";

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

fn time(text: &str) -> Timestamp {
    text.parse().expect("a test's time is valid")
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
