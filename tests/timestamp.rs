//! Timestamps in three formats, held to Smithy's suite.
//!
//! The suite lies beside the checkout, in `../shared/conformance/timestamps`. Its values in
//! `epoch-seconds` are of text, as in headers: a fraction is added to the seconds even where these
//! are negative.

#![cfg(test)]

use std::fs;

use serde_json::{Map, Value};
use smithy_reqwest::Timestamp;
use smithy_reqwest::wire::{DateTime, EpochSeconds, HttpDate, TextFormat};
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
    let seconds: i64 = case["canonical_seconds"].as_str().unwrap().parse().unwrap();
    let nanoseconds = case["canonical_nanos"].as_i64().unwrap();
    Timestamp::from_nanosecond(i128::from(seconds) * 1_000_000_000 + i128::from(nanoseconds))
        .unwrap()
}

fn formats<F: TextFormat<Timestamp>>(section: &str) {
    let Some(suite) = suite() else {
        return;
    };
    let cases = suite[section].as_array().unwrap();
    assert_eq!(cases.len(), 122);
    for case in cases {
        let expected = case["smithy_format_value"].as_str();
        assert_eq!(F::to_text(&moment(case)).as_deref(), expected, "{case}");
    }
}

fn parses<F: TextFormat<Timestamp>>(section: &str, count: usize) {
    let Some(suite) = suite() else {
        return;
    };
    let cases = suite[section].as_array().unwrap();
    assert_eq!(cases.len(), count);
    for case in cases {
        let text = case["smithy_format_value"].as_str().unwrap();
        assert_eq!(F::from_text(text), Some(moment(case)), "{case}");
    }
}

#[test]
fn epoch_seconds_are_formatted() {
    formats::<EpochSeconds>("format_epoch_seconds");
}

#[test]
fn http_dates_are_formatted() {
    formats::<HttpDate>("format_http_date");
}

#[test]
fn date_times_are_formatted() {
    formats::<DateTime>("format_date_time");
}

#[test]
fn epoch_seconds_are_parsed() {
    parses::<EpochSeconds>("parse_epoch_seconds", 122);
}

#[test]
fn http_dates_are_parsed() {
    parses::<HttpDate>("parse_http_date", 86);
}

#[test]
fn date_times_are_parsed() {
    parses::<DateTime>("parse_date_time", 86);
}
