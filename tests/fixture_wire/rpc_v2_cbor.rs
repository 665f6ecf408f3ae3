//! Numbers of any size in CBOR. What is expected is what RFC 8949 says, in sections 3.4.3 and 3.4.4
//! and in appendix A.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use smithy_reqwest::{Body, Credentials, ErrorKind, http};

use crate::cbor::bytes;

use super::rpc_v2_cbor_client::operation::CountResponse;
use super::rpc_v2_cbor_client::types::Choice;
use super::rpc_v2_cbor_client::{Client, Error};

/// A client that is answered with a body, and the body of the last request.
fn client(response: Vec<u8>) -> (Client, Arc<Mutex<Vec<u8>>>) {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        *recorder.lock().unwrap() = request.body().bytes().unwrap().to_vec();
        std::future::ready(Ok::<_, Infallible>(http::Response::new(response.clone())))
    };
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build()
        .unwrap();
    (client, sent)
}

/// What is read from a map with one member.
async fn read(member: &str, value: &str) -> Result<CountResponse, Error> {
    let name = [
        vec![0xa1, 0x60 + u8::try_from(member.len()).unwrap()],
        member.into(),
    ]
    .concat();
    let (client, _) = client([name, bytes(value)].concat());
    client.count().send().await
}

#[tokio::test]
async fn an_integer_of_any_size_has_the_shortest_form() {
    for (number, hex) in [
        ("0", "00"),
        ("-1", "20"),
        ("1000000000000", "1b000000e8d4a51000"),
        ("18446744073709551615", "1bffffffffffffffff"),
        ("18446744073709551616", "c249010000000000000000"),
        ("-18446744073709551616", "3bffffffffffffffff"),
        ("-18446744073709551617", "c349010000000000000000"),
        // 2^128 - 1.
        (
            "340282366920938463463374607431768211455",
            "c250ffffffffffffffffffffffffffffffff",
        ),
    ] {
        let (client, sent) = client(bytes("a0"));
        let call = client
            .count()
            .total(number.parse::<smithy_reqwest::BigInteger>().unwrap());
        call.send().await.unwrap();
        // A map without a length, with the member.
        let expected = [&b"\xbf\x65total"[..], &bytes(hex), b"\xff"].concat();
        assert_eq!(*sent.lock().unwrap(), expected, "{number}");
        let total = read("total", hex).await.unwrap().total.unwrap();
        assert_eq!(total.as_str(), number);
    }
}

#[tokio::test]
async fn a_decimal_number_is_an_exponent_and_an_integer() {
    for (number, expected) in [
        ("273.15", "c48221196ab3"),
        ("-0.5", "c4822024"),
        ("1e400", "c48219019001"),
        ("7", "07"),
        ("0.18446744073709551616", "c48233c249010000000000000000"),
    ] {
        let (client, sent) = client(bytes("a0"));
        let call = client
            .count()
            .price(number.parse::<smithy_reqwest::BigDecimal>().unwrap());
        call.send().await.unwrap();
        let body = [&b"\xbf\x65price"[..], &bytes(expected), b"\xff"].concat();
        assert_eq!(*sent.lock().unwrap(), body, "{number}");
        let price = read("price", expected).await.unwrap().price.unwrap();
        assert_eq!(price.as_str(), number);
    }
}

#[tokio::test]
async fn an_integer_with_a_tag_is_read_as_every_kind_of_number() {
    // 258, with zeros before it, and in two chunks.
    for value in ["c2420102", "c2450000000102", "c25f41014102ff"] {
        assert_eq!(read("small", value).await.unwrap().small, Some(258));
        assert_eq!(read("ratio", value).await.unwrap().ratio, Some(258.0));
        let total = read("total", value).await.unwrap().total.unwrap();
        assert_eq!(total.as_str(), "258");
    }
    assert_eq!(read("small", "c3420101").await.unwrap().small, Some(-258));
    assert_eq!(read("small", "c240").await.unwrap().small, Some(0));
    // -1 - n has one digit more than n.
    assert_eq!(
        read("small", "c3443b9ac9ff").await.unwrap().small,
        Some(-1_000_000_000)
    );
    // 2^1023 has as many bytes as are read.
    let large = format!("c2588080{}", "00".repeat(127));
    let total = read("total", &large).await.unwrap().total.unwrap();
    assert_eq!(total.as_str(), format!("{:.0}", 2_f64.powi(1023)));
    // Bytes are bytes, whatever their tag.
    let data = read("data", "c2420102").await.unwrap().data.unwrap();
    assert_eq!(data, [1, 2][..]);
}

#[tokio::test]
async fn a_number_that_does_not_fit_or_is_none_is_refused() {
    let long = format!("c25881{}", "ff".repeat(129));
    for (member, value, expected) in [
        (
            "small",
            "c249010000000000000000",
            "small: expected an integer",
        ),
        ("total", "c4822001", "total: expected"),
        ("total", &long, "an integer of more than 128 bytes"),
        (
            "price",
            "c48120",
            "expected a list of an exponent and an integer",
        ),
        (
            "price",
            "c483200101",
            "expected a list of an exponent and an integer",
        ),
        (
            "price",
            "c482c2410101",
            "expected a list of an exponent and an integer",
        ),
        (
            "price",
            "c4822060",
            "expected a list of an exponent and an integer",
        ),
        ("price", "c249", "unexpected end"),
    ] {
        let error = read(member, value).await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::InvalidResponse),
            "{error}"
        );
        assert!(error.to_string().contains(expected), "{value}: {error}");
    }
}

#[tokio::test]
async fn an_exponent_takes_no_memory() {
    let fine = format!("0.{}1", "0".repeat(64));
    // 10 to the power of 3, of -65 and -66, and of -2^62 and 2^62.
    for (value, expected) in [
        ("c4820301", "1e3"),
        ("c482384001", &*fine),
        ("c482384101", "1e-66"),
        ("c4823b3fffffffffffffff01", "1e-4611686018427387904"),
        ("c4821b400000000000000001", "1e4611686018427387904"),
    ] {
        let price = read("price", value).await.unwrap().price.unwrap();
        assert_eq!(price.as_str(), expected);
    }
}

#[tokio::test]
async fn an_unknown_member_of_a_union_is_known_by_its_name() {
    // {"moon": {"far": [1]}}
    let choice = read("choice", "a1646d6f6f6ea1636661728101").await.unwrap();
    let expected = Choice::Unknown("moon".to_owned(), smithy_reqwest::Document::Null);
    assert_eq!(choice.choice, Some(expected));
}
