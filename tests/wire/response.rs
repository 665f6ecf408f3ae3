//! What is made of an answer of status 200.

use appflow_client::ErrorKind;
use appflow_client::operation::StartFlowResponse;
use appflow_client::types::FlowStatus;
use serde_json::json;
use workspace_tests::Reply;

use super::{expect_error, start_flow_answered};

const ARN: &str = "arn:aws:appflow:us-east-1:123456789012:flow/orders-to-s3";

fn response(
    arn: Option<&str>,
    status: Option<FlowStatus>,
    execution: Option<&str>,
) -> StartFlowResponse {
    let mut response = StartFlowResponse::default();
    response.flow_arn = arn.map(str::to_owned);
    response.flow_status = status;
    response.execution_id = execution.map(str::to_owned);
    response
}

#[tokio::test]
async fn absent_null_and_unknown_members_never_fail_a_call() {
    let active = || Some(FlowStatus::Active);
    let cases = [
        (
            json!({"flowArn": ARN, "flowStatus": "Active", "executionId": "e-1"}),
            response(Some(ARN), active(), Some("e-1")),
        ),
        (
            json!({"flowArn": ARN, "flowStatus": "Active"}),
            response(Some(ARN), active(), None),
        ),
        (
            json!({"flowArn": ARN, "flowStatus": "Active", "executionId": null}),
            response(Some(ARN), active(), None),
        ),
        (
            json!({"flowArn": null, "flowStatus": null, "executionId": null}),
            response(None, None, None),
        ),
        (
            json!({"flowStatus": "Draft", "flowarn": "x", "next": {"a": [1, null, {"b": "c"}]}}),
            response(None, Some(FlowStatus::Draft), None),
        ),
        (
            json!({"flowArn": "", "executionId": "e\n\u{1f680}\""}),
            response(Some(""), None, Some("e\n\u{1f680}\"")),
        ),
        (json!({}), response(None, None, None)),
    ];
    for (body, expected) in cases {
        let answer = Reply::json(200, body.to_string());
        let read = start_flow_answered(answer).await.unwrap();
        assert_eq!(read, expected, "{body}");
    }
}

#[tokio::test]
async fn every_known_status_of_a_flow_is_read() {
    let cases = [
        ("Active", FlowStatus::Active),
        ("Deprecated", FlowStatus::Deprecated),
        ("Deleted", FlowStatus::Deleted),
        ("Draft", FlowStatus::Draft),
        ("Errored", FlowStatus::Errored),
        ("Suspended", FlowStatus::Suspended),
    ];
    for (text, status) in cases {
        let answer = Reply::json(200, json!({"flowStatus": text}).to_string());
        let read = start_flow_answered(answer).await.unwrap();
        assert_eq!(read.flow_status, Some(status));
    }
}

#[tokio::test]
async fn an_unknown_enum_value_is_kept_and_written_as_it_came() {
    for text in ["Paused", "active", "", "quite \"new\" 🚀"] {
        let body = json!({"flowArn": ARN, "flowStatus": text});
        let read = start_flow_answered(Reply::json(200, body.to_string()))
            .await
            .unwrap();
        let status = FlowStatus::from(text);
        assert_eq!(read.flow_status, Some(status), "{text:?}");
        assert_eq!(serde_json::to_value(&read).unwrap(), body);
        assert_eq!(
            serde_json::from_value::<StartFlowResponse>(body).unwrap(),
            read
        );
    }
}

#[tokio::test]
async fn an_empty_body_is_an_empty_response() {
    let read = start_flow_answered(Reply::new(200)).await.unwrap();
    assert_eq!(read, StartFlowResponse::default());
}

#[tokio::test]
async fn the_content_type_of_a_response_does_not_matter() {
    for content_type in ["application/x-amz-json-1.1", "text/html", ""] {
        let answer = Reply::new(200)
            .header("content-type", content_type)
            .body(r#"{"executionId":"e-1"}"#);
        let read = start_flow_answered(answer).await.unwrap();
        assert_eq!(read.execution_id.as_deref(), Some("e-1"), "{content_type}");
    }
}

#[tokio::test]
async fn a_value_of_another_type_is_not_repeated_in_the_error() {
    for body in [
        r#""hunter2""#,
        r#"{"flowStatus":{"hunter2":1}}"#,
        r#"{"flowArn":1234567}"#,
    ] {
        let error = expect_error(start_flow_answered(Reply::json(200, body)).await);
        let text = format!("{error} {error:?}");
        assert!(
            !text.contains("hunter2") && !text.contains("1234567"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn a_body_that_is_not_what_the_model_says_is_an_invalid_response() {
    let cases: [(&[u8], &str); 9] = [
        (
            br#"{"flowArn":"arn"#,
            "flowArn: invalid JSON at byte 15: unexpected end of a string",
        ),
        (b"{", "invalid JSON at byte 1: unexpected end"),
        (br#"{"flowArn":5}"#, "flowArn: expected a string"),
        (
            br#"{"flowStatus":["Active"]}"#,
            "flowStatus: expected a string",
        ),
        (
            br#"{"executionId":{"id":"e-1"}}"#,
            "executionId: expected a string",
        ),
        (b"[]", "expected an object"),
        (b"<html>\r\nGateway</html>", "expected an object"),
        (
            b"{\"flowArn\":\"\xff\"}",
            "invalid JSON at byte 12: not UTF-8",
        ),
        (b"{} {}", "invalid JSON at byte 3: expected the end"),
    ];
    for (body, problem) in cases {
        let answer = Reply::json(200, body).header("x-amzn-requestid", "0a1b-2c3d");
        let error = expect_error(start_flow_answered(answer).await);
        assert_eq!(
            error.to_string(),
            format!(
                "StartFlow: the body does not match the model: {problem} (status 200, request id \
                 0a1b-2c3d)"
            )
        );
        assert!(matches!(error.kind(), ErrorKind::InvalidResponse));
        assert_eq!(error.operation(), Some("StartFlow"));
        assert_eq!(error.status(), Some(200));
        assert_eq!(error.request_id(), Some("0a1b-2c3d"));
        assert_eq!(error.code(), None);
        assert_eq!(error.message(), None);
        assert_eq!(error.attempts(), 1);
        assert!(error.service().is_none());
        assert!(!error.is_retryable());
        assert!(!error.is_throttling() && !error.is_timeout() && !error.is_connect());
    }
}

#[tokio::test]
async fn a_body_that_is_cut_off_is_an_invalid_response() {
    let answer = Reply::json(200, r#"{"flowStatus":"Active"}"#)
        .header("x-amzn-requestid", "0a1b-2c3d")
        .cut_off();
    let error = expect_error(start_flow_answered(answer).await);
    let line = error.to_string();
    assert!(
        line.starts_with("StartFlow: the request failed: "),
        "{line}"
    );
    assert!(
        line.ends_with(" (status 200, request id 0a1b-2c3d)"),
        "{line}"
    );
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse));
    assert_eq!(error.attempts(), 1);
    assert!(error.is_retryable());
}

#[tokio::test]
async fn a_body_that_is_compressed_though_nobody_asked_for_it_is_called_so() {
    let gzip =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00";
    let answer = Reply::json(200, &gzip[..]).header("content-encoding", "gzip");
    let error = expect_error(start_flow_answered(answer).await);
    assert_eq!(
        error.to_string(),
        "StartFlow: the body is compressed with `gzip`, which was not requested (status 200)"
    );
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse));

    // A header that is wrong does no harm where the body can be read.
    let answer = Reply::json(200, "{}").header("content-encoding", "gzip");
    start_flow_answered(answer).await.unwrap();
    let answer = Reply::json(200, "{").header("content-encoding", "Identity");
    let line = expect_error(start_flow_answered(answer).await).to_string();
    assert!(line.contains("the body does not match the model"), "{line}");
}
