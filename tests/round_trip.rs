//! All operations of AppFlow, there and back: what a call sends, and what is read from the answer.
//!
//! The messages are written here as AppFlow's API reference has them. A closure takes the place of
//! the network; `tests/wire` has the same over HTTP, for each way in which a member can travel.

mod connector;
mod entity;
mod every_member;
mod flow;
pub(crate) mod model;
mod profile;
mod run;
mod tag;

use std::sync::{Arc, Mutex};

use appflow_client::{Body, Bytes, Call, Client, Credentials, ServiceError, Timestamp, http};
use serde::Serialize;
use serde_json::Value;
use smithy_reqwest::operation::Request;

use model::Model;

/// Makes a test of each function, named as the method of the client that it tries.
macro_rules! round_trips {
    ($($subject:ident: $($operation:ident),+;)+) => {
        $($(
            #[tokio::test]
            async fn $operation() {
                $subject::$operation().await;
            }
        )+)+

        const TRIED: &[&str] = &[$($(stringify!($operation)),+),+];
    };
}

round_trips! {
    flow: create_flow, delete_flow, describe_flow, list_flows, update_flow;
    run: cancel_flow_executions, describe_flow_execution_records, start_flow, stop_flow;
    connector: describe_connector, describe_connectors, list_connectors, register_connector,
        unregister_connector, update_connector_registration;
    entity: describe_connector_entity, list_connector_entities, reset_connector_metadata_cache;
    profile: create_connector_profile, delete_connector_profile, describe_connector_profiles,
        update_connector_profile;
    tag: list_tags_for_resource, tag_resource, untag_resource;
}

#[test]
fn no_operation_of_the_model_is_missing() {
    let letters = |name: &str| name.replace('_', "").to_lowercase();
    let mut tried: Vec<String> = TRIED.iter().map(|name| letters(name)).collect();
    tried.sort();
    let operations = Model::read().operations();
    let mut operations: Vec<String> = operations.iter().map(|name| letters(name)).collect();
    operations.sort();
    assert_eq!(tried, operations);
}

#[test]
fn the_front_page_of_the_crate_leads_to_every_operation() {
    let page = include_str!("../appflow-client/src/lib.rs");
    for operation in TRIED {
        assert!(
            page.contains(&format!("(Client::{operation})")),
            "{operation}"
        );
    }
}

/// A request as it was sent.
type Sent = http::Request<Bytes>;

/// A client that gets this answer to its one call, and what it sends.
fn answered(answer: &Value) -> (Client, Arc<Mutex<Option<Sent>>>) {
    let sent = Arc::new(Mutex::new(None));
    let (recorder, answer) = (Arc::clone(&sent), answer.to_string());
    let transport = move |request: http::Request<Body>| {
        let bytes = request.body().bytes().cloned().unwrap();
        *recorder.lock().unwrap() = Some(request.map(|_| bytes));
        let answer = answer.clone();
        async move { http::Response::builder().body(answer) }
    };
    let client = Client::builder()
        .region("eu-west-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build();
    (client.unwrap(), sent)
}

/// Makes a call and looks at what it sends: the method and the target as in
/// `DELETE /tags/a?tagKeys=b`, and the body, which is null where there is none.
///
/// What is read from the answer has to be all that is in it.
async fn round_trip<R>(
    call: impl FnOnce(&Client) -> Call<R>,
    target: &str,
    body: Value,
    answer: Value,
) -> R::Response
where
    R: Request<Error = ServiceError, Response: Serialize>,
{
    let (client, sent) = answered(&answer);
    let response = call(&client).send().await.unwrap();
    let sent = sent.lock().unwrap().take().unwrap();
    let (uri, method) = (sent.uri(), sent.method());
    assert_eq!(uri.authority().unwrap(), "appflow.eu-west-1.amazonaws.com");
    assert_eq!(
        format!("{method} {}", uri.path_and_query().unwrap()),
        target
    );
    assert_eq!(json(&sent), body);
    assert_eq!(serde_json::to_value(&response).unwrap(), answer);
    response
}

/// The body of a request, which says that it is JSON; null where there is none.
fn json(sent: &Sent) -> Value {
    let content_type = sent.headers().get("content-type");
    if sent.body().is_empty() {
        assert_eq!(content_type, None);
        return Value::Null;
    }
    assert_eq!(content_type.unwrap(), "application/json");
    serde_json::from_slice(sent.body()).unwrap()
}

/// The time of these seconds since 1970.
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}
