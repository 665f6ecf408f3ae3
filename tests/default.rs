//! Members with a default: what is sent of them, and what is read where a message lacks them.
//!
//! What is expected is what the Smithy reference says of defaults, and the protocol tests of
//! restJson1 that have the tag `defaults`.

#![cfg(test)]
#![deny(warnings)]

include!(concat!(env!("OUT_DIR"), "/default.rs"));

use std::convert::Infallible;

use default_client::operation::{MixRequest, MixResponse};
use default_client::types::{Color, Dose, Loose, Recipe, Size};
use default_client::{Client, ServiceError};
use serde_json::{Value, json};
use smithy_reqwest::{Body, Bytes, Credentials, Document, Timestamp, http};

fn client(status: u16, header: (&'static str, &'static str), body: &'static str) -> Client {
    let transport = move |_: http::Request<Body>| {
        let response = http::Response::builder().status(status);
        let response = response.header(header.0, header.1).body(body).unwrap();
        std::future::ready(Ok::<_, Infallible>(response))
    };
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build();
    client.unwrap_or_else(|error| panic!("{error}"))
}

fn written(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// A recipe of which nothing is said, as the model has it.
fn untouched() -> Value {
    json!({
        "name": "white", "note": "", "stirred": true, "shaken": false, "tags": [], "parts": {},
        "color": "DARK_RED", "size": 2, "tiny": -1, "big": 1_234_567_890_123_i64,
        "ratio": 0.1_f32, "exact": 1.0, "seal": "YWJj", "since": 0,
        "until": "1970-01-01T00:00:01.5Z", "anything": {}, "text": "hi",
    })
}

#[test]
fn a_nested_default_is_always_written() {
    assert_eq!(written(&Recipe::default()), untouched());
    let recipe = Recipe::default()
        .name("red")
        .stirred(false)
        .tags(["a".to_owned()])
        .size(Size::from(9))
        .nothing("not null");
    let mut expected = untouched();
    expected["name"] = "red".into();
    expected["stirred"] = false.into();
    expected["tags"] = json!(["a"]);
    expected["size"] = 9.into();
    expected["nothing"] = "not null".into();
    assert_eq!(written(&recipe), expected);
}

#[test]
fn a_default_of_an_input_itself_is_left_to_the_service() {
    assert_eq!(written(&MixRequest::default()), json!({}));
}

#[test]
fn a_client_optional_member_and_a_default_of_a_shape_are_absent() {
    assert_eq!(written(&Loose::default()), json!({}));
}

#[test]
fn a_required_member_with_a_default_has_to_be_given() {
    let expected = json!({ "drops": 2, "warm": true, "thinned": false });
    assert_eq!(written(&Dose::new(2)), expected);
    assert!(serde_json::from_value::<Dose>(json!({})).is_err());
    let dose: Dose = serde_json::from_value(json!({ "drops": 2 })).unwrap();
    assert_eq!(dose, Dose::new(2));
}

#[test]
fn absent_and_null_members_are_read_as_their_defaults() {
    let nulls: serde_json::Map<String, Value> = untouched()
        .as_object()
        .unwrap()
        .keys()
        .map(|name| (name.clone(), Value::Null))
        .collect();
    for json in [json!({}), Value::Object(nulls)] {
        let recipe: Recipe = serde_json::from_value(json).unwrap();
        assert_eq!(recipe, Recipe::default());
    }
    let recipe = Recipe::default();
    assert_eq!((&*recipe.name, recipe.color), ("white", Color::DarkRed));
    assert_eq!(recipe.seal, Bytes::from_static(b"abc"));
    assert_eq!(recipe.since, Timestamp::UNIX_EPOCH);
    assert_eq!(recipe.text, Document::from("hi"));
    assert_eq!(recipe.nothing, None);
}

#[test]
fn members_that_are_there_are_read_as_they_came() {
    let json = json!({
        "name": "", "note": "x", "stirred": false, "shaken": true, "tags": ["a"],
        "parts": { "a": 1 }, "color": "PLAID", "size": 3, "tiny": 0, "big": 0, "ratio": 0.5,
        "exact": 0.0, "seal": "", "since": 2, "until": "1970-01-01T00:00:00Z", "anything": [1],
        "text": false,
    });
    let recipe: Recipe = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(written(&recipe), json);
}

#[tokio::test]
async fn headers_that_a_response_lacks_are_read_as_their_defaults() {
    let output = client(200, ("x-other", "1"), "{}").mix().send().await;
    let output = output.unwrap();
    assert_eq!((output.batch, output.left), (1, 0));
    assert_eq!(output, MixResponse::default());
    let output = client(200, ("x-batch", "7"), r#"{"recipe":null}"#)
        .mix()
        .send()
        .await;
    assert_eq!(output.unwrap().batch, 7);
}

#[tokio::test]
async fn what_an_error_lacks_is_read_as_its_defaults() {
    let client = client(400, ("x-amzn-errortype", "TooHot"), "{}");
    let error = client.mix().send().await.unwrap_err();
    let Some(ServiceError::TooHot(error)) = error.service() else {
        panic!("{error}")
    };
    assert_eq!((error.limit, error.retry_after), (40, 5));
}
