//! CBOR: what can be decoded and what cannot, as AWS's vectors have it.

use std::fs;

use serde_json::Value;
use smithy_reqwest::protocol_test::canonical_cbor;
use workspace_tests::shared;

fn vectors(file: &str) -> Option<Vec<Value>> {
    let text = fs::read_to_string(shared(&format!("conformance/cbor/{file}"))?).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// Bytes that are written in hexadecimal.
pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn input(vector: &Value) -> Vec<u8> {
    bytes(vector["input"].as_str().unwrap())
}

/// The expected value, as `canonical_cbor` writes it.
fn expected(value: &Value) -> String {
    let (kind, value) = value.as_object().unwrap().iter().next().unwrap();
    let bits = || u32::try_from(value.as_u64().unwrap());
    match &**kind {
        // No integer of 64 bits, so JSON is read with fewer digits.
        "negint" if !value.is_i64() => "-18446744073709551615".to_owned(),
        "uint" | "negint" | "bool" => value.to_string(),
        "null" | "undefined" => "null".to_owned(),
        "string" => format!("{:?}", value.as_str().unwrap()),
        "bytestring" => {
            let bytes = value.as_array().unwrap().iter();
            let bytes: Vec<u64> = bytes.map(|byte| byte.as_u64().unwrap()).collect();
            format!("bytes{bytes:?}")
        }
        "float32" => f64::from(f32::from_bits(bits().unwrap())).to_string(),
        "float64" => f64::from_bits(value.as_u64().unwrap()).to_string(),
        "list" => {
            let items: Vec<String> = value.as_array().unwrap().iter().map(expected).collect();
            format!("[{}]", items.join(", "))
        }
        "map" => {
            let entries = value.as_object().unwrap().iter();
            let mut entries: Vec<String> = entries
                .map(|(key, value)| format!("{key:?}: {}", expected(value)))
                .collect();
            entries.sort();
            format!("{{{}}}", entries.join(", "))
        }
        "tag" => format!("tag {} {}", value["id"], expected(&value["value"])),
        other => panic!("{other}"),
    }
}

#[test]
fn what_is_cbor_is_decoded() {
    let vectors = vectors("decode-success-tests.json").unwrap_or_default();
    for vector in vectors {
        let found = canonical_cbor(&input(&vector));
        assert_eq!(found, Ok(expected(&vector["expect"])), "{vector}");
    }
}

#[test]
fn what_is_not_cbor_is_refused() {
    for vector in vectors("decode-error-tests.json").unwrap_or_default() {
        assert!(canonical_cbor(&input(&vector)).is_err(), "{vector}");
    }
}

/// Examples of RFC 8949, Appendix A.
#[test]
fn the_examples_of_the_standard_are_decoded() {
    for (hex, expected) in [
        ("1bffffffffffffffff", "18446744073709551615"),
        ("3bffffffffffffffff", "-18446744073709551616"),
        ("f93c00", "1"),
        ("f97bff", "65504"),
        ("f90001", "0.00000005960464477539063"),
        ("f9c400", "-4"),
        ("f97e00", "NaN"),
        ("f9fc00", "-inf"),
        ("fb3ff199999999999a", "1.1"),
        ("f6", "null"),
        ("c11a514b67b0", "tag 1 1363896240"),
        ("5f42010243030405ff", "bytes[1, 2, 3, 4, 5]"),
        ("7f657374726561646d696e67ff", "\"streaming\""),
        ("9f018202039f0405ffff", "[1, [2, 3], [4, 5]]"),
        ("bf6346756ef563416d7421ff", "{\"Amt\": -2, \"Fun\": true}"),
    ] {
        let vector = serde_json::json!({ "input": hex });
        assert_eq!(
            canonical_cbor(&input(&vector)).as_deref(),
            Ok(expected),
            "{hex}"
        );
    }
}

#[test]
fn lists_and_maps_are_nested_up_to_128_deep() {
    // A list of one value, and a map of one entry whose key is "".
    for level in [&[0x81][..], &[0xa1, 0x60]] {
        let nested = |depth| [level.repeat(depth), vec![0x01]].concat();
        assert!(canonical_cbor(&nested(128)).is_ok(), "{level:?}");
        assert!(canonical_cbor(&nested(129)).is_err(), "{level:?}");
    }
}

#[test]
fn cbor_that_is_hostile_is_refused() {
    for (body, expected) in [
        (vec![0x81; 100_000], "values inside each other"),
        (vec![0x9f; 100_000], "values inside each other"),
        (
            vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            "unexpected end",
        ),
        (
            vec![0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            "unexpected end",
        ),
        (vec![0xc1; 100_000], "unexpected end"),
        (vec![0xff], "a break"),
        (vec![0x61, 0xff], "not UTF-8"),
        (vec![0x01, 0x01], "more than one value"),
    ] {
        let error = canonical_cbor(&body).unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}
