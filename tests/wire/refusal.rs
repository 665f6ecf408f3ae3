//! Calls that are refused before anything is sent.

use appflow_client::{
    Credentials, CredentialsError, CredentialsFuture, Error, ErrorKind, ProvideCredentials,
};
use workspace_tests::{Reply, Server};

use super::{ACCESS_KEY, FLOW, SECRET_KEY, builder, expect_error};

async fn server() -> Server {
    Server::answering(|_| Reply::json(200, "{}")).await.unwrap()
}

/// Checks that the error says this, and that nothing arrived.
#[track_caller]
fn expect_refused(server: &Server, error: &Error, line: &str) {
    assert_eq!(error.to_string(), line);
    assert_eq!(error.operation(), Some("StartFlow"));
    assert_eq!(error.attempts(), 0, "{line}");
    assert_eq!(
        (error.status(), error.code(), error.message()),
        (None, None, None)
    );
    assert!(!error.is_retryable());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_value_that_no_service_accepts_is_refused_with_the_reason() {
    let cases = [
        ("", None, "`flowName` is empty"),
        (
            "orders\nto-s3",
            None,
            r"`flowName` has the control character '\n' at byte 6",
        ),
        (
            "café\u{0}",
            None,
            r"`flowName` has the control character '\0' at byte 5",
        ),
        (
            "\u{1b}[2J",
            None,
            r"`flowName` has the control character '\u{1b}' at byte 0",
        ),
        (
            "orders\u{85}",
            None,
            r"`flowName` has the control character '\u{85}' at byte 6",
        ),
        (FLOW, Some(""), "`clientToken` is empty"),
        (
            FLOW,
            Some("nightly\r"),
            r"`clientToken` has the control character '\r' at byte 7",
        ),
        (
            FLOW,
            Some("a\u{7f}"),
            r"`clientToken` has the control character '\u{7f}' at byte 1",
        ),
        ("", Some(""), "`flowName` is empty"),
    ];
    let server = server().await;
    let client = builder(&server.url()).build().unwrap();
    for (flow_name, token, reason) in cases {
        let mut call = client.start_flow(flow_name);
        if let Some(token) = token {
            call = call.client_token(token);
        }
        let error = expect_error(call.send().await);
        expect_refused(&server, &error, &format!("StartFlow: {reason}"));
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest));
    }
}

#[tokio::test]
async fn credentials_that_cannot_stand_in_a_header_are_refused_without_being_shown() {
    let broken = || "secret\nwords".to_owned();
    let cases = [
        (
            Credentials::new(ACCESS_KEY, SECRET_KEY, Some(broken())),
            "the session token",
        ),
        (
            Credentials::new(broken(), SECRET_KEY, None),
            "the access key",
        ),
    ];
    let server = server().await;
    for (credentials, what) in cases {
        let client = builder(&server.url()).credentials(credentials).build();
        let error = expect_error(client.unwrap().start_flow(FLOW).send().await);
        let line = format!(
            "StartFlow: {what} has a character that cannot stand in an HTTP header; is there a \
             line break in it?"
        );
        expect_refused(&server, &error, &line);
        assert!(matches!(error.kind(), ErrorKind::InvalidRequest));
        let debug = format!("{error:?}");
        assert!(!debug.contains("secret") && !debug.contains("words"));
    }
}

#[tokio::test]
async fn a_call_without_credentials_ends_with_the_words_of_their_provider() {
    #[derive(Debug)]
    struct Locked;

    impl ProvideCredentials for Locked {
        fn provide_credentials(&self) -> CredentialsFuture<'_> {
            Box::pin(async { Err(CredentialsError::new("the vault is locked; open it")) })
        }
    }

    let server = server().await;
    let client = builder(&server.url()).credentials(Locked).build().unwrap();
    let error = expect_error(client.start_flow(FLOW).send().await);
    expect_refused(&server, &error, "StartFlow: the vault is locked; open it");
    assert!(matches!(error.kind(), ErrorKind::Credentials));
}
