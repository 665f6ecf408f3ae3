//! The limit on the memory of values. While a list or a map grows, it takes up to twice the memory of
//! its elements.

use std::fmt::Write as _;

use smithy_reqwest::{Client, Document, GeneratedClient};

use super::service::{Cbor, Json, Xml, read_within};

/// Checks that a limit is enough for the body with ten elements, and not for one with eleven.
async fn assert_ten_fit<C>(limit: usize, body: impl Fn(usize) -> Vec<u8>)
where
    C: GeneratedClient + AsRef<Client>,
{
    let read = read_within::<C>(limit, body(10)).await;
    assert!(read.is_ok(), "{read:?}");
    let error = read_within::<C>(limit, body(11)).await.unwrap_err();
    assert!(error.to_string().contains("memory"), "{error}");
}

fn list() -> usize {
    10 * 2 * size_of::<String>()
}

fn map() -> usize {
    10 * 2 * size_of::<(String, String)>()
}

#[tokio::test]
async fn values_in_json_have_a_limit() {
    let object = |count| {
        let mut members = String::new();
        for index in 0..count {
            let separator = if index == 0 { "" } else { "," };
            write!(members, r#"{separator}"{index}":"""#).unwrap();
        }
        format!("{{{members}}}")
    };
    let array = |count| format!("[{}]", vec!["\"\""; count].join(","));
    let body = |name: &str, value: String| format!(r#"{{"{name}":{value}}}"#).into_bytes();
    assert_ten_fit::<Json>(list(), |count| body("names", array(count))).await;
    assert_ten_fit::<Json>(map(), |count| body("colors", object(count))).await;

    let document = size_of::<Document>();
    let limit = document + 10 * 2 * document;
    assert_ten_fit::<Json>(limit, |count| body("any", array(count))).await;
    let limit = document + 10 * (2 * size_of::<(String, Document)>() + document);
    assert_ten_fit::<Json>(limit, |count| body("any", object(count))).await;
}

#[tokio::test]
async fn values_in_xml_have_a_limit() {
    let entry = |index| format!("<entry><key>{index}</key><value/></entry>");
    let list_of = |count| format!("<Put><names>{}</names></Put>", "<member/>".repeat(count));
    assert_ten_fit::<Xml>(list(), |count| list_of(count).into()).await;
    let map_of = |count| {
        let entries: String = (0..count).map(entry).collect();
        format!("<Put><colors>{entries}</colors></Put>")
    };
    assert_ten_fit::<Xml>(map(), |count| map_of(count).into()).await;
}

#[tokio::test]
async fn values_in_cbor_have_a_limit() {
    // Maps of one entry, whose value is a list or a map up to a break.
    let list_of = |count: usize| [b"\xa1\x65names\x9f", &*b"\x60".repeat(count), b"\xff"].concat();
    assert_ten_fit::<Cbor>(list(), list_of).await;
    let map_of = |count: usize| {
        let entries = (b'a'..).take(count).flat_map(|key| [0x61, key, 0x60]);
        let mut body = b"\xa1\x66colors\xbf".to_vec();
        body.extend(entries.chain([0xff]));
        body
    };
    assert_ten_fit::<Cbor>(map(), map_of).await;
}
