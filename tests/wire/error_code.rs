//! The codes of `StartFlow`'s error answers, wherever and however they are written.

use appflow_client::error::ServiceError;
use appflow_client::{Error, ErrorKind};
use serde_json::json;
use workspace_tests::{Reply, Server};

use super::{FLOW, builder, expect_error, start_flow_answered};

/// A code, the status it comes with, and what the client says of it.
struct Case {
    code: &'static str,
    status: u16,
    is_modelled: bool,
    is_throttling: bool,
    is_retryable: bool,
}

const fn case(code: &'static str, status: u16) -> Case {
    Case {
        code,
        status,
        is_modelled: true,
        is_throttling: false,
        is_retryable: false,
    }
}

impl Case {
    const fn unmodelled(mut self) -> Self {
        self.is_modelled = false;
        self
    }

    const fn throttling(mut self) -> Self {
        self.is_throttling = true;
        self.is_retryable = true;
        self
    }

    const fn retryable(mut self) -> Self {
        self.is_retryable = true;
        self
    }

    #[track_caller]
    fn expect(&self, error: &Error) {
        let Self { code, status, .. } = self;
        let line = format!(
            "StartFlow: {code}: no luck with \"orders\" (status {status}, request id 0a1b-2c3d)"
        );
        assert_eq!(error.to_string(), line);
        assert_eq!(error.operation(), Some("StartFlow"));
        assert_eq!(error.code(), Some(*code));
        assert_eq!(error.message(), Some(r#"no luck with "orders""#));
        assert_eq!(error.request_id(), Some("0a1b-2c3d"));
        assert_eq!(error.status(), Some(*status));
        assert_eq!(error.attempts(), 1);
        assert_eq!(error.is_throttling(), self.is_throttling, "{code}");
        assert_eq!(error.is_retryable(), self.is_retryable, "{code}");
        assert!(!error.is_timeout() && !error.is_connect());
        let typed = error.service().map(ToString::to_string);
        if self.is_modelled {
            let expected = format!(r#"{code}: no luck with "orders""#);
            assert_eq!(typed, Some(expected));
            assert!(matches!(error.kind(), ErrorKind::Service(_)), "{code}");
        } else {
            assert_eq!(typed, None);
            assert!(matches!(error.kind(), ErrorKind::Unmodeled), "{code}");
        }
    }
}

/// The errors that the model lists for `StartFlow`, those it lists for other operations of the
/// service, and some that it does not list at all.
static CASES: [Case; 11] = [
    case("ConflictException", 409),
    case("InternalServerException", 500).retryable(),
    case("ResourceNotFoundException", 404),
    case("ServiceQuotaExceededException", 402),
    case("ThrottlingException", 429).throttling(),
    case("ValidationException", 400),
    case("AccessDeniedException", 403),
    case("ExpiredTokenException", 403).unmodelled(),
    case("RequestLimitExceeded", 400).unmodelled().throttling(),
    case("RequestTimeoutException", 408)
        .unmodelled()
        .retryable(),
    case("ServiceUnavailable", 503).unmodelled().retryable(),
];

/// What services write around a code.
fn spellings(code: &str) -> [String; 5] {
    let suffix = ":http://internal.amazon.com/coral/com.amazon.coral.service/";
    [
        code.to_owned(),
        format!("aws.x#{code}"),
        format!("{code}{suffix}"),
        format!("aws.x#{code}{suffix}"),
        format!(" {code} "),
    ]
}

/// The same error with its code in each place where services put it.
fn answers(status: u16, code: &str) -> [Reply; 3] {
    let message = r#"no luck with "orders""#;
    let body = json!({"message": message});
    let with_code = json!({"message": message, "code": code});
    let with_type = json!({"message": message, "__type": code});
    [
        Reply::json(status, body.to_string()).header("x-amzn-errortype", code),
        Reply::json(status, with_code.to_string()),
        Reply::json(status, with_type.to_string()),
    ]
    .map(|answer| answer.header("x-amzn-requestid", "0a1b-2c3d"))
}

#[tokio::test]
async fn a_code_is_found_in_the_header_and_in_either_member_of_the_body() {
    let exchanges: Vec<(&Case, Reply)> = CASES
        .iter()
        .flat_map(|case| spellings(case.code).map(|code| (case, answers(case.status, &code))))
        .flat_map(|(case, answers)| answers.map(|answer| (case, answer)))
        .collect();
    let script = exchanges.iter().map(|(_, answer)| answer.clone());
    let server = Server::scripted(script.collect::<Vec<_>>()).await.unwrap();
    let client = builder(&server.url()).max_attempts(1).build().unwrap();
    for (case, _) in &exchanges {
        case.expect(&expect_error(client.start_flow(FLOW).send().await));
    }
    assert_eq!(server.requests().len(), 11 * 5 * 3);
}

#[tokio::test]
async fn the_header_wins_over_code_and_code_over_type() {
    let body = json!({"code": "ConflictException", "__type": "ValidationException"}).to_string();
    let blank = json!({"code": null, "__type": "ValidationException"}).to_string();
    let cases = [
        (
            Reply::json(400, body.clone()).header("x-amzn-errortype", "ResourceNotFoundException"),
            "ResourceNotFoundException",
        ),
        (Reply::json(400, body.clone()), "ConflictException"),
        (
            Reply::json(400, body).header("x-amzn-errortype", ""),
            "ConflictException",
        ),
        (Reply::json(400, blank), "ValidationException"),
    ];
    for (answer, code) in cases {
        let error = expect_error(start_flow_answered(answer).await);
        assert_eq!(error.code(), Some(code));
    }
}

#[tokio::test]
async fn of_several_codes_in_the_header_the_first_counts() {
    for header in [
        "ConflictException,ValidationException",
        "ConflictException, ValidationException",
        "aws.x#ConflictException:http://x/,aws.x#ValidationException",
    ] {
        let answer = Reply::json(409, "{}").header("x-amzn-errortype", header);
        let error = expect_error(start_flow_answered(answer).await);
        assert_eq!(error.code(), Some("ConflictException"), "{header}");
        assert!(error.service().is_some());
    }
}

#[tokio::test]
async fn code_and_message_may_be_capitalized_in_the_body() {
    for (body, code, message) in [
        (
            r#"{"Code":"ConflictException","Message":"busy"}"#,
            "ConflictException",
            "busy",
        ),
        (
            r#"{"code":"ConflictException","message":"busy"}"#,
            "ConflictException",
            "busy",
        ),
        (
            r#"{"Code":"ValidationException","Message":"no","code":"ConflictException","message":"busy"}"#,
            "ConflictException",
            "busy",
        ),
        (
            r#"{"Code":"ConflictException","__type":"Odd","Message":"busy"}"#,
            "ConflictException",
            "busy",
        ),
    ] {
        let error = expect_error(start_flow_answered(Reply::json(409, body)).await);
        assert_eq!(
            (error.code(), error.message()),
            (Some(code), Some(message)),
            "{body}"
        );
    }
}

#[tokio::test]
async fn a_modelled_error_is_a_variant_with_its_members() {
    let answer = Reply::json(409, r#"{"message":"The flow is running","extra":[]}"#)
        .header("x-amzn-errortype", "ConflictException");
    let error = expect_error(start_flow_answered(answer).await);
    let Some(ServiceError::ConflictException(conflict)) = error.service() else {
        panic!("{error:?}");
    };
    assert_eq!(conflict.message.as_deref(), Some("The flow is running"));
    assert_eq!(
        conflict.to_string(),
        "ConflictException: The flow is running"
    );
    // `Display` tells all of it, so a report of the whole chain must not tell it twice.
    assert!(std::error::Error::source(&error).is_none());
}

#[tokio::test]
async fn the_message_has_three_names() {
    let cases = [
        (r#"{"message":"one"}"#, Some("one")),
        (r#"{"Message":"two"}"#, Some("two")),
        (r#"{"errorMessage":"three"}"#, Some("three")),
        (
            r#"{"errorMessage":"three","Message":"two","message":"one"}"#,
            Some("one"),
        ),
        (r#"{"errorMessage":"three","Message":"two"}"#, Some("two")),
        (r#"{"message":null,"Message":"two"}"#, Some("two")),
        (r#"{"message":{"text":"one"}}"#, None),
        (r#"{"MESSAGE":"four"}"#, None),
    ];
    for (body, message) in cases {
        let answer = Reply::json(409, body).header("x-amzn-errortype", "ConflictException");
        let error = expect_error(start_flow_answered(answer).await);
        assert_eq!(error.message(), message, "{body}");
        let Some(ServiceError::ConflictException(conflict)) = error.service() else {
            panic!("{error:?}");
        };
        assert_eq!(conflict.message.as_deref(), message, "{body}");
        let line = match message {
            Some(message) => format!("StartFlow: ConflictException: {message} (status 409)"),
            None => "StartFlow: ConflictException (status 409)".to_owned(),
        };
        assert_eq!(error.to_string(), line);
    }
}

#[tokio::test]
async fn of_an_error_body_nothing_is_read_but_what_is_asked_for() {
    let deep = ["[".repeat(10_000), "]".repeat(10_000)].concat();
    for (members, message) in [
        (format!(r#""x":{deep}"#), None),
        (r#""x":1e999999"#.to_owned(), None),
        (format!(r#""message":{deep}"#), None),
        (format!(r#""message":{deep},"Message":"no""#), Some("no")),
        (r#""Message":7,"errorMessage":"no""#.to_owned(), Some("no")),
        (
            r#""errorMessage":"c","message":"a","Message":"b""#.to_owned(),
            Some("a"),
        ),
        (r#""message":"a","message":"b""#.to_owned(), Some("b")),
        (r#""message":null"#.to_owned(), None),
    ] {
        let begin: String = members.chars().take(40).collect();
        let body = format!(r#"{{"code":["no"],{members},"__type":"ConflictException"}}"#);
        let error = expect_error(start_flow_answered(Reply::json(409, body)).await);
        let told = (error.code(), error.message());
        assert_eq!(told, (Some("ConflictException"), message), "{begin}");
        let Some(ServiceError::ConflictException(conflict)) = error.service() else {
            panic!("{begin}: {error:?}")
        };
        assert_eq!(conflict.message.as_deref(), message, "{begin}");
    }
}
