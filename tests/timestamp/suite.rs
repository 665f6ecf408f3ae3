//! Smithy's suite, beside the checkout in `../shared/conformance/timestamps`.
//!
//! Its `epoch-seconds` are text, as in headers: a fraction is added to the seconds even where these
//! are negative.

use std::fs;

use serde_json::{Map, Value};
use smithy_reqwest::{Timestamp, TimestampFormat};
use workspace_tests::shared;

const SUITE: &str = "conformance/timestamps/date_time_format_test_suite.json";

/// The suite; `None` where it is not beside the checkout, which it has to be in CI.
fn suite() -> Option<Map<String, Value>> {
    let text = fs::read_to_string(shared(SUITE)?).unwrap();
    let suite: Value = serde_json::from_str(&text).unwrap();
    suite.as_object().cloned()
}

/// The moment of a case, whose nanoseconds are added to its seconds.
fn moment(case: &Value) -> Timestamp {
    let second = case["canonical_seconds"].as_str().unwrap().parse().unwrap();
    let nanosecond = case["canonical_nanos"].as_i64().unwrap();
    Timestamp::new(second, nanosecond.try_into().unwrap()).unwrap()
}

/// Formats the cases of a section. The suite has microseconds, but the specification sends
/// milliseconds: so many cases are therefore compared with what is left of their text.
fn formats(section: &str, format: TimestampFormat, with_microseconds: usize) {
    let Some(suite) = suite() else {
        return;
    };
    let cases = suite[section].as_array().unwrap();
    assert_eq!(cases.len(), 122);
    let mut cut = 0;
    for case in cases {
        let text = case["smithy_format_value"].as_str();
        let expected = text.map(in_milliseconds);
        assert_eq!(moment(case).format(format), expected, "{case}");
        cut += usize::from(expected.as_deref() != text);
    }
    assert_eq!(cut, with_microseconds);
}

/// Removes what follows the third digit of a fraction.
fn in_milliseconds(text: &str) -> String {
    let Some((whole, fraction)) = text.split_once('.') else {
        return text.to_owned();
    };
    let (fraction, zone) = match fraction.strip_suffix('Z') {
        Some(fraction) => (fraction, "Z"),
        None => (fraction, ""),
    };
    let fraction = fraction.get(..3).unwrap_or(fraction).trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{whole}{point}{fraction}{zone}")
}

fn parses(section: &str, format: TimestampFormat, count: usize) {
    let Some(suite) = suite() else {
        return;
    };
    let cases = suite[section].as_array().unwrap();
    assert_eq!(cases.len(), count);
    for case in cases {
        let text = case["smithy_format_value"].as_str().unwrap();
        assert_eq!(Timestamp::parse(text, format), Some(moment(case)), "{case}");
    }
}

#[test]
fn epoch_seconds_are_formatted() {
    formats("format_epoch_seconds", TimestampFormat::EpochSeconds, 96);
}

#[test]
fn http_dates_are_formatted() {
    formats("format_http_date", TimestampFormat::HttpDate, 0);
}

#[test]
fn date_times_are_formatted() {
    formats("format_date_time", TimestampFormat::DateTime, 31);
}

#[test]
fn epoch_seconds_are_parsed() {
    parses("parse_epoch_seconds", TimestampFormat::EpochSeconds, 122);
}

#[test]
fn http_dates_are_parsed() {
    parses("parse_http_date", TimestampFormat::HttpDate, 86);
}

#[test]
fn date_times_are_parsed() {
    parses("parse_date_time", TimestampFormat::DateTime, 86);
}
