//! Error answers that say less than they should, or more than fits in a line.

use appflow_client::ErrorKind;
use serde_json::json;
use workspace_tests::{Answer, Server};

use super::{FLOW, builder, expect_error, start_flow_answered};

#[tokio::test]
async fn the_request_id_has_two_names() {
    let cases = [
        (vec![("x-amzn-requestid", "0a1b")], Some("0a1b")),
        (vec![("x-amz-request-id", "2c3d")], Some("2c3d")),
        (
            vec![("x-amz-request-id", "2c3d"), ("x-amzn-requestid", "0a1b")],
            Some("0a1b"),
        ),
        (
            vec![("x-amz-request-id", "2c3d"), ("x-amzn-requestid", " ")],
            Some("2c3d"),
        ),
        (vec![("x-amzn-requestid", "")], None),
        (vec![], None),
    ];
    for (headers, request_id) in cases {
        let mut answer = Answer::json(404, r#"{"code":"ResourceNotFoundException"}"#);
        for (name, value) in headers {
            answer = answer.header(name, value);
        }
        let error = expect_error(start_flow_answered(answer).await);
        assert_eq!(error.request_id(), request_id);
        let line = match request_id {
            Some(id) => {
                format!("StartFlow: ResourceNotFoundException (status 404, request id {id})")
            }
            None => "StartFlow: ResourceNotFoundException (status 404)".to_owned(),
        };
        assert_eq!(error.to_string(), line);
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_hides_neither_status_nor_headers() {
    let html = "<html>\r\n<h1>502 Bad Gateway</h1>\r\n</html>";
    for body in [html, "", "null", "[]", "\"text\"", "{\"message\":\"cu"] {
        let answer = Answer::new(502)
            .header("content-type", "text/html")
            .header("x-amzn-requestid", "0a1b")
            .body(body);
        let error = expect_error(start_flow_answered(answer.clone()).await);
        let line = "StartFlow: an error without a code (status 502, request id 0a1b)";
        assert_eq!(error.to_string(), line, "{body:?}");
        assert!(matches!(error.kind(), ErrorKind::Unmodeled));
        assert_eq!((error.code(), error.message()), (None, None));
        assert_eq!(error.status(), Some(502));
        assert!(error.is_retryable());

        let answer = answer.header("x-amzn-errortype", "InternalServerException");
        let error = expect_error(start_flow_answered(answer).await);
        let line = "StartFlow: InternalServerException (status 502, request id 0a1b)";
        assert_eq!(error.to_string(), line, "{body:?}");
        assert!(error.service().is_some());
    }
}

#[tokio::test]
async fn the_status_alone_tells_what_it_can() {
    // Status, whether it is throttling, whether a call may succeed when it is repeated.
    let cases = [
        (400, false, false),
        (403, false, false),
        (404, false, false),
        (408, false, false),
        // Without a code that says so, 429 is not repeated: the standard retry mode's rule.
        (429, true, false),
        (500, false, true),
        (501, false, false),
        (502, false, true),
        (503, false, true),
        (504, false, true),
        (505, false, false),
    ];
    for (status, is_throttling, is_retryable) in cases {
        let error = expect_error(start_flow_answered(Answer::new(status)).await);
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.is_throttling(), is_throttling, "{status}");
        assert_eq!(error.is_retryable(), is_retryable, "{status}");
        let line = format!("StartFlow: an error without a code (status {status})");
        assert_eq!(error.to_string(), line);
    }
}

#[tokio::test]
async fn an_error_answer_that_is_cut_off_keeps_its_status_and_request_id() {
    let answer = Answer::json(500, r#"{"message":"#)
        .header("x-amzn-requestid", "0a1b")
        .cut_off();
    let error = expect_error(start_flow_answered(answer).await);
    assert_eq!(error.status(), Some(500));
    assert_eq!(error.request_id(), Some("0a1b"));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn text_from_outside_stays_in_one_line_and_off_the_terminal() {
    let answer = Answer::json(
        400,
        json!({
            "code": "Odd\nException\u{1b}[2J",
            "message": "first\r\nsecond\tthird \u{1b}[31mred\u{1b}[0m\u{7}\u{85}end\u{9b}K",
        })
        .to_string(),
    );
    let answer = answer.header("x-amzn-requestid", "0a\t1b");
    let error = expect_error(start_flow_answered(answer).await);
    assert_eq!(
        error.to_string(),
        "StartFlow: Odd Exception [2J: first  second third  [31mred [0m  end K \
         (status 400, request id 0a 1b)"
    );
    // What came is still there for those who ask for it.
    assert_eq!(error.code(), Some("Odd\nException\u{1b}[2J"));
    assert!(error.message().unwrap().starts_with("first\r\nsecond\t"));
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::answering(move |request| match request.target.as_str() {
            "/start-flow" => Answer::new(status).header("location", "/elsewhere"),
            _ => Answer::json(200, "{}"),
        })
        .await
        .unwrap();
        let client = builder(&server.url()).build().unwrap();
        let error = expect_error(client.start_flow(FLOW).send().await);
        let line = format!("StartFlow: an error without a code (status {status})");
        assert_eq!(error.to_string(), line);
        assert!(matches!(error.kind(), ErrorKind::Unmodeled));
        assert!(!error.is_retryable());
        assert_eq!(server.requests().len(), 1);
    }
}
