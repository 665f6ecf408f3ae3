//! awsJson. What is expected is what the Smithy reference, pages "AWS JSON 1.0 protocol" and "AWS
//! query-compatible trait", says.

use std::time::Duration;

use smithy_reqwest::Timestamp;

use super::aws_json_client::error::ServiceError;
use super::{aws_json_client, client, client_with_status, machine_learning_client, only};

const GONE: &str = r#"{"__type":"fixture#QueueDoesNotExist","message":"no such queue"}"#;
const QUERY_ERROR: (&str, &str) = (
    "x-amzn-query-error",
    "AWS.SimpleQueueService.NonExistentQueue;Sender",
);

#[tokio::test]
async fn all_members_are_in_the_body_whatever_their_http_traits_say() {
    let (client, recorder) = client::<aws_json_client::Client>(&[], "{}");
    let call = client.get_queue("a1").name("orders");
    let since = Timestamp::from_second(1_500_000_000).unwrap();
    call.since(since).send().await.unwrap();
    let sent = only(&recorder);
    assert_eq!(sent.parts.method, "POST");
    assert_eq!(sent.parts.uri, "https://a1.fixture.example.com/");
    let expected = r#"{"account":"a1","name":"orders","since":1500000000}"#;
    assert_eq!(sent.body, expected);
    for (name, value) in [
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-target", "Fixture.GetQueue"),
        ("x-amzn-query-mode", "true"),
    ] {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
    assert_eq!(sent.header("x-ignored"), None);
}

#[tokio::test]
async fn an_operation_without_input_sends_an_empty_object_and_may_be_answered_with_nothing() {
    let (client, recorder) = client::<aws_json_client::Client>(&[], "");
    client.ping().send().await.unwrap();
    let sent = only(&recorder);
    assert_eq!(sent.body, "{}");
    assert_eq!(sent.header("x-amz-target"), Some("Fixture.Ping"));
    let content_type = sent.header("content-type");
    assert_eq!(content_type, Some("application/x-amz-json-1.0"));
}

#[tokio::test]
async fn a_response_is_the_body_alone() {
    let body = r#"{"__type":"x","name":"orders","status":7}"#;
    let (client, _) = client::<aws_json_client::Client>(&[], body);
    let output = client.get_queue("a1").send().await.unwrap();
    assert_eq!(output.name.as_deref(), Some("orders"));
    assert_eq!(output.status, Some(7));
}

#[tokio::test]
async fn an_error_is_typed_by_its_shape_and_known_by_the_code_of_aws_query() {
    for (headers, code) in [
        (&[][..], "QueueDoesNotExist"),
        (
            &[QUERY_ERROR][..],
            "AWS.SimpleQueueService.NonExistentQueue",
        ),
        (
            &[("x-amzn-query-error", ";Sender")][..],
            "QueueDoesNotExist",
        ),
    ] {
        let (client, _) = client_with_status::<aws_json_client::Client>(400, headers, GONE);
        let error = client.get_queue("a1").send().await.unwrap_err();
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.message(), Some("no such queue"));
        let Some(ServiceError::QueueDoesNotExist(modeled)) = error.service() else {
            panic!("{error:?}");
        };
        assert_eq!(modeled.message.as_deref(), Some("no such queue"));
    }
}

#[tokio::test]
async fn a_waiter_knows_an_error_by_either_code() {
    let (client, _) = client_with_status::<aws_json_client::Client>(400, &[QUERY_ERROR], GONE);
    let wait = Duration::from_secs(1);
    let queue = || client.get_queue("a1");
    assert_eq!(queue().wait_until_queue_gone(wait).await.unwrap(), None);
    let ended = queue().wait_until_queue_nonexistent(wait).await.unwrap();
    assert_eq!(ended, None);
}

#[tokio::test]
async fn a_prediction_is_asked_for_at_the_endpoint_of_its_predictor() {
    let (client, recorder) = client::<machine_learning_client::Client>(&[], "{}");
    let predictor = "https://predictor.example.com/";
    client.predict("m1", predictor).send().await.unwrap();
    let sent = only(&recorder);
    assert_eq!(sent.parts.uri, predictor);
    let signed = sent.header("authorization").unwrap();
    assert!(
        signed.contains("/us-east-1/fixture/aws4_request"),
        "{signed}"
    );

    for wrong in ["predictor.example.com", "ftp://example.com"] {
        let error = client.predict("m1", wrong).send().await.unwrap_err();
        assert!(error.to_string().contains("endpoint URL"), "{error}");
    }
}
