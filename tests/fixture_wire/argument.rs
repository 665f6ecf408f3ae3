//! The arguments of methods and setters, and the accessors of responses.

#![expect(clippy::disallowed_types, reason = "users have maps without an order")]

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};
use smithy_reqwest::{Bytes, Timestamp, With as _};

use super::argument_client::operation::{CreateProfileRequest, CreateProfileRequired};
use super::argument_client::types::{Selector, SelectorRequiredFields};
use super::argument_client::{Call, Client, ModeledError, Request};
use super::{Recorder, client};

fn selector() -> Selector {
    Selector::new(SelectorRequiredFields {
        namespace: "default".into(),
        label: "app".into(),
        value: "web".into(),
    })
}

fn profile(client: &Client) -> Call<CreateProfileRequest> {
    client.create_profile(CreateProfileRequired {
        cluster: "north".into(),
        profile: "night".into(),
        selectors: vec![selector()],
    })
}

fn body(sent: &Recorder) -> Value {
    serde_json::from_str(&sent.lock().unwrap().pop().unwrap().body).unwrap()
}

#[tokio::test]
async fn two_required_members_are_arguments_in_the_order_of_the_path() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    client
        .describe_profile("north", "night")
        .send()
        .await
        .unwrap();
    let path = sent.lock().unwrap()[0].parts.uri.path().to_owned();
    assert_eq!(path, "/clusters/north/profiles/night");
}

#[tokio::test]
async fn three_required_members_are_named() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    profile(&client).send().await.unwrap();
    let selectors = json!([{ "namespace": "default", "label": "app", "value": "web" }]);
    let expected = json!({ "profile": "night", "selectors": selectors });
    assert_eq!(body(&sent), expected);
}

#[tokio::test]
async fn lists_and_maps_of_text_take_whatever_yields_text() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    for call in [
        profile(&client).names(["a", "b"]).tags([("k", "v")]),
        profile(&client)
            .names(vec!["a", "b"])
            .tags(HashMap::from([("k", "v")])),
        profile(&client)
            .names(["a", "b"].map(str::to_owned))
            .tags([("k".to_owned(), "v")]),
        profile(&client)
            .names("a b".split(' '))
            .tags(&HashMap::from([("k".to_owned(), "v".to_owned())])),
    ] {
        call.send().await.unwrap();
        let body = body(&sent);
        assert_eq!(body["names"], json!(["a", "b"]));
        assert_eq!(body["tags"], json!({ "k": "v" }));
    }
    profile(&client).grid([["a"], ["b"]]).send().await.unwrap();
    assert_eq!(body(&sent)["grid"], json!([["a"], ["b"]]));
}

#[tokio::test]
async fn blobs_take_bytes_and_text_of_all_kinds() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    let calls = [
        profile(&client).archive(b"zip"),
        profile(&client).archive(*b"zip"),
        profile(&client).archive(&b"zip"[..]),
        profile(&client).archive("zip"),
        profile(&client).archive("zip".to_owned()),
        profile(&client).archive(b"zip".to_vec()),
        profile(&client).archive(Bytes::from_static(b"zip")),
        profile(&client).archive(Cow::Borrowed(&b"zip"[..])),
        profile(&client).archive(Cow::<[u8]>::Owned(b"zip".to_vec())),
    ];
    for call in calls {
        call.send().await.unwrap();
        assert_eq!(body(&sent)["archive"], "emlw");
    }
}

#[tokio::test]
async fn timestamps_take_the_times_of_the_system_and_of_jiff_too() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(5);
    profile(&client).start(time).send().await.unwrap();
    assert_eq!(body(&sent)["start"], 5);
    let timestamp = Timestamp::from_second(7).unwrap();
    profile(&client).start(timestamp).send().await.unwrap();
    assert_eq!(body(&sent)["start"], 7);
    // The seconds of 400,000 years.
    let ages = Duration::from_secs(12_623_040_000_000);
    for (time, nearest) in [
        (SystemTime::UNIX_EPOCH + ages, Timestamp::MAX),
        (SystemTime::UNIX_EPOCH - ages, Timestamp::MIN),
    ] {
        let _ = profile(&client)
            .start(time)
            .with(|request| assert_eq!(request.start, Some(nearest)));
    }
    let timestamp = jiff::Timestamp::from_second(9).unwrap();
    profile(&client).start(timestamp).send().await.unwrap();
    assert_eq!(body(&sent)["start"], 9);
}

#[tokio::test]
async fn an_option_is_passed_on_within_the_chain() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    for (names, expected) in [
        (Some(vec!["a".to_owned()]), json!(["a"])),
        (None, Value::Null),
    ] {
        let call = profile(&client)
            .with(|request| request.names = names)
            .tags([("k", "v")]);
        call.send().await.unwrap();
        assert_eq!(body(&sent)["names"], expected);
    }
    let label = selector()
        .with(|selector| selector.label = "job".to_owned())
        .label;
    assert_eq!(label, "job");
}

#[tokio::test]
async fn an_optional_list_of_a_response_is_a_slice() {
    let (full, _): (Client, Recorder) = client(&[], r#"{"names":["a","b"]}"#);
    let profile = full
        .describe_profile("north", "night")
        .send()
        .await
        .unwrap();
    assert_eq!(profile.names(), ["a", "b"]);
    let (empty, _): (Client, Recorder) = client(&[], "{}");
    let profile = empty
        .describe_profile("north", "night")
        .send()
        .await
        .unwrap();
    assert!(profile.names().is_empty());
}

#[tokio::test]
async fn the_metadata_of_a_success_can_be_had() {
    let headers = [("x-amzn-requestid", "id-1"), ("x-extra", "hidden")];
    let (client, _): (Client, Recorder) = client(&headers, r#"{"names":["a"]}"#);
    let call = client.describe_profile("north", "night");
    let (profile, metadata) = call.send_with_metadata().await.unwrap();
    assert_eq!(profile.names(), ["a"]);
    assert_eq!(metadata.request_id(), Some("id-1"));
    assert_eq!(metadata.status(), 201);
    assert_eq!(metadata.headers()["x-extra"], "hidden");
    assert_eq!(metadata.attempts(), 1);
    assert_eq!(
        format!("{metadata:?}"),
        r#"ResponseMetadata { status: 201, request_id: Some("id-1"), attempts: 1, .. }"#
    );
}

/// A function over any call, written with what the generated crate exports.
async fn name_of_error<R>(call: Call<R>) -> Option<String>
where
    R: Request<Error = super::argument_client::ServiceError>,
    R::Error: ModeledError,
{
    let error = call.send().await.err()?;
    error.operation().map(str::to_owned)
}

#[tokio::test]
async fn functions_over_any_call_need_no_other_crate() {
    let (client, _): (Client, Recorder) = client(&[], "[");
    let name = name_of_error(client.describe_profile("north", "night")).await;
    assert_eq!(name.as_deref(), Some("DescribeProfile"));
}
