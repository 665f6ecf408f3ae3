//! Signing, seen from outside: AWS's own suite ([`suite`]).

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "all of this crate is tests, but Clippy takes its helper functions for other code"
)]

#[path = "sigv4/suite.rs"]
mod suite;

use http::HeaderMap;
use smithy_reqwest::Timestamp;

const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
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
