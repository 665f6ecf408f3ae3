//! Error answers that say less than they should, or more than fits in a line.

use appflow_client::ErrorKind;
use serde_json::json;
use workspace_tests::{Reply, Server};

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
        let mut answer = Reply::json(404, r#"{"code":"ResourceNotFoundException"}"#);
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
        let answer = Reply::new(502)
            .header("content-type", "text/html")
            .header("x-amzn-requestid", "0a1b")
            .body(body);
        let error = expect_error(start_flow_answered(answer.clone()).await);
        let line = "StartFlow: an error without a code (status 502, request id 0a1b)";
        let line = match body {
            "" => line.to_owned(),
            _ => format!("{line}: {}", body.replace(['\r', '\n'], " ")),
        };
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
        let error = expect_error(start_flow_answered(Reply::new(status)).await);
        assert_eq!(error.status(), Some(status));
        assert_eq!(error.is_throttling(), is_throttling, "{status}");
        assert_eq!(error.is_retryable(), is_retryable, "{status}");
        let line = format!("StartFlow: an error without a code (status {status})");
        assert_eq!(error.to_string(), line);
    }
}

#[tokio::test]
async fn an_error_answer_that_is_cut_off_keeps_its_status_and_request_id() {
    let answer = Reply::json(500, r#"{"message":"#)
        .header("x-amzn-requestid", "0a1b")
        .cut_off();
    let error = expect_error(start_flow_answered(answer).await);
    assert_eq!(error.status(), Some(500));
    assert_eq!(error.request_id(), Some("0a1b"));
    assert!(error.is_retryable());
}

#[tokio::test]
async fn text_from_outside_stays_in_one_line_and_off_the_terminal() {
    let answer = Reply::json(
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
async fn an_error_without_a_code_keeps_its_headers_and_the_start_of_its_body() {
    // Two bytes each, so that the cut of an odd number of bytes is in the middle of one.
    let long = ["x", &"é".repeat(5_000)].concat();
    let shown = ["x", &"é".repeat(127), "…"].concat();
    let escape = "\u{1b}[2Jpage";
    for (body, shown) in [
        (long.as_bytes(), Some(&*shown)),
        (b" no upstream\r\n".as_slice(), Some("no upstream")),
        (b"\x1f\x8b\x08\x00gzip", None),
        (b"caf\xe9", None),
        (escape.as_bytes(), None),
    ] {
        let answer = Reply::new(502)
            .header("via", "1.1 proxy")
            .body(body.to_vec());
        let error = expect_error(start_flow_answered(answer).await);
        let line = "StartFlow: an error without a code (status 502)";
        let line = match shown {
            Some(text) => format!("{line}: {text}"),
            None => line.to_owned(),
        };
        assert_eq!(error.to_string(), line);
        assert_eq!(error.headers().unwrap()["via"], "1.1 proxy");
        let kept = &body[..body.len().min(4_096)];
        assert_eq!(error.body_start(), Some(kept));
    }
    let client = builder("http://127.0.0.1:1")
        .max_attempts(1)
        .build()
        .unwrap();
    let error = expect_error(client.start_flow(FLOW).send().await);
    assert_eq!((error.headers(), error.body_start()), (None, None));
}

#[tokio::test]
async fn texts_of_a_message_are_cut_and_cannot_change_its_direction() {
    let marks = [
        '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}',
        '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}', '\u{2028}', '\u{2029}',
    ];
    let message: String = marks.iter().flat_map(|mark| ['a', *mark]).collect();
    let body = json!({"code": "Odd", "message": message}).to_string();
    let error = expect_error(start_flow_answered(Reply::json(400, body)).await);
    let line = format!("StartFlow: Odd: {} (status 400)", "a ".repeat(marks.len()));
    assert_eq!(error.to_string(), line);
    assert_eq!(error.message(), Some(&*message));

    let body = json!({"code": "ConflictException", "message": "a\u{202e}b\nc"}).to_string();
    let error = expect_error(start_flow_answered(Reply::json(409, body)).await);
    let modeled = error.service().unwrap().to_string();
    assert_eq!(modeled, "ConflictException: a b c");

    let long = "é".repeat(1_000);
    let body = json!({"code": "Odd", "message": long}).to_string();
    let error = expect_error(start_flow_answered(Reply::json(400, body)).await);
    let line = format!("StartFlow: Odd: {}… (status 400)", "é".repeat(512));
    assert_eq!(error.to_string(), line);
    assert_eq!(error.message(), Some(&*long));
}

#[tokio::test]
async fn a_redirect_is_an_error_and_is_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let server = Server::answering(move |request| match request.target.as_str() {
            "/start-flow" => Reply::new(status).header("location", "/elsewhere"),
            _ => Reply::json(200, "{}"),
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
