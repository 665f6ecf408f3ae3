//! Numbers of any size: written as JSON numbers, and read without the loss of a digit.
//!
//! What is expected is what the Smithy reference says of `bigInteger` and `bigDecimal` in restJson1.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use crate::fixture::big_number_client;
use big_number_client::Client;
use big_number_client::types::Either;
use smithy_reqwest::{BigDecimal, BigInteger, Body, Credentials, http};

const LARGE: &str = "123456789012345678901234567890";
const FINE: &str = "0.100000000000000000000000000001";

/// A client, and the URI, the header and the body of what it sent last.
fn client(body: &'static str) -> (Client, Arc<Mutex<[String; 3]>>) {
    let recorder = Arc::new(Mutex::default());
    let sent = Arc::clone(&recorder);
    let transport = move |request: http::Request<Body>| {
        let header = request.headers().get("x-limit");
        let header = header
            .map_or("", |value| value.to_str().unwrap())
            .to_owned();
        let path = request.uri().path_and_query().unwrap().to_string();
        let content = request.into_body().bytes().unwrap().to_vec();
        *sent.lock().unwrap() = [path, header, String::from_utf8(content).unwrap()];
        let response = http::Response::builder().header("x-limit", FINE);
        std::future::ready(Ok::<_, Infallible>(response.body(body).unwrap()))
    };
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build();
    (client.unwrap_or_else(|error| panic!("{error}")), recorder)
}

#[tokio::test]
async fn no_digit_is_lost_on_the_way_out() {
    let (client, sent) = client("{}");
    let large: BigInteger = LARGE.parse().unwrap();
    let fine: BigDecimal = FINE.parse().unwrap();
    client
        .count(large.clone())
        .step(fine.clone())
        .limit(large.clone())
        .total(large.clone())
        .price(fine.clone())
        .history([large.clone(), 1.into()])
        .prices([("a".to_owned(), fine)])
        .either(Either::Whole(large))
        .send()
        .await
        .unwrap();
    let [uri, header, body] = sent.lock().unwrap().clone();
    assert_eq!(uri, format!("/count/{LARGE}?step={FINE}"));
    assert_eq!(header, LARGE);
    let expected = format!(
        r#"{{"total":{LARGE},"price":{FINE},"history":[{LARGE},1],"prices":{{"a":{FINE}}},"either":{{"whole":{LARGE}}}}}"#
    );
    assert_eq!(body, expected);
}

#[tokio::test]
async fn no_digit_is_lost_on_the_way_in() {
    let (client, _) = client(
        r#"{"total":123456789012345678901234567890,"price":"0.100000000000000000000000000001",
        "history":[null,123456789012345678901234567890],"prices":{"a":1E+400},
        "either":{"whole":123456789012345678901234567890}}"#,
    );
    let output = client.count(1).send().await.unwrap();
    assert_eq!(output.total.as_str(), LARGE);
    assert_eq!(output.price.as_str(), FINE);
    assert_eq!(output.limit, Some(FINE.parse().unwrap()));
    assert_eq!(output.history, Some(vec![LARGE.parse().unwrap()]));
    assert_eq!(output.prices.unwrap()["a"].as_str(), "1E+400");
    assert_eq!(output.either, Some(Either::Whole(LARGE.parse().unwrap())));
}

#[test]
fn an_integer_is_a_decimal_number() {
    let large: BigInteger = LARGE.parse().unwrap();
    assert_eq!(BigDecimal::from(large).as_str(), LARGE);
}

#[tokio::test]
async fn absent_ones_are_zero_or_their_default_and_wrong_ones_an_error() {
    let (right, _) = client(r#"{"total":null}"#);
    let output = right.count(1).send().await.unwrap();
    assert_eq!(output.total, 0.into());
    assert_eq!(
        (output.price.as_str(), output.pages.as_str()),
        ("1.5", "-7")
    );
    for body in [
        r#"{"total":1.5}"#,
        r#"{"total":true}"#,
        r#"{"either":{"whole":[]}}"#,
    ] {
        let (wrong, _) = client(body);
        assert!(wrong.count(1).send().await.is_err(), "{body}");
    }
}
