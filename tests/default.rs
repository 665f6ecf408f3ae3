//! Members with a default: what is sent of them, and what is read where a message lacks them.
//!
//! The expected values are from the Smithy reference's section on defaults and the protocol tests of
//! restJson1 with the tag `defaults`. As in the official SDKs, an optional number or boolean that
//! has its default is not sent.

use std::convert::Infallible;
use std::sync::mpsc;

use crate::fixture::default_client;
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

/// Returns the body that is sent for a request of these.
async fn sent(recipe: Recipe, dose: Dose) -> Value {
    let (sender, bodies) = mpsc::channel();
    let transport = move |request: http::Request<Body>| {
        let body = request.body().bytes().cloned().unwrap_or_default();
        let _ = sender.send(body);
        std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")))
    };
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build()
        .unwrap();
    client.mix().recipe(recipe).dose(dose).send().await.unwrap();
    serde_json::from_slice(&bodies.recv().unwrap()).unwrap()
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
        "tint": "pale",
    })
}

#[test]
fn serde_writes_a_default_of_a_type_that_travels_both_ways() {
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

#[tokio::test]
async fn a_number_or_boolean_that_has_its_default_is_not_sent() {
    let mut recipe = untouched();
    for name in ["stirred", "shaken", "tiny", "big", "ratio", "exact"] {
        recipe.as_object_mut().unwrap().remove(name);
    }
    let expected = json!({ "recipe": recipe, "dose": { "drops": 0, "stirs": 0 } });
    assert_eq!(sent(Recipe::default(), Dose::new(0)).await, expected);
}

#[tokio::test]
async fn a_number_or_boolean_that_differs_from_its_default_is_sent() {
    let mut expected = untouched();
    let others = json!({
        "stirred": false, "shaken": true, "tiny": 0, "big": 0, "ratio": 0.0, "exact": 0.0,
    });
    for (name, value) in others.as_object().unwrap() {
        expected[name] = value.clone();
    }
    let recipe: Recipe = serde_json::from_value(expected.clone()).unwrap();
    let body = sent(recipe, Dose::new(1)).await;
    assert_eq!(body["recipe"], expected);
}

#[tokio::test]
async fn a_default_that_is_set_in_a_type_that_is_only_sent_is_sent() {
    let dose = Dose::new(1).warm(true).thinned(false).stirs(2);
    let body = sent(Recipe::default(), dose).await;
    let expected = json!({ "drops": 1, "warm": true, "thinned": false, "stirs": 2 });
    assert_eq!(body["dose"], expected);
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
    let expected = json!({ "drops": 2, "stirs": 0 });
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
        "text": false, "tint": "deep",
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
