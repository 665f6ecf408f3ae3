//! What `Debug` shows and does not show.

use std::fmt::Debug;

use appflow_client::{Client, Credentials, Error};
use smithy_reqwest::EnvironmentVariables;
use workspace_tests::{Reply, Server};

use super::{ACCESS_KEY, FLOW, SECRET_KEY, SESSION_TOKEN, builder, expect_error};

#[track_caller]
fn expect_no_secret(value: &dyn Debug) -> String {
    let debug = format!("{value:?} {value:#?}");
    for secret in [SECRET_KEY, SESSION_TOKEN, "hunter2"] {
        assert!(!debug.contains(secret), "{debug}");
    }
    debug
}

fn credentials() -> Credentials {
    Credentials::new(ACCESS_KEY, SECRET_KEY, Some(SESSION_TOKEN.to_owned()))
}

#[test]
fn debug_of_credentials_names_the_access_key_and_no_secret() {
    assert!(expect_no_secret(&credentials()).contains(ACCESS_KEY));
    let lasting = Credentials::new(ACCESS_KEY, SECRET_KEY, None);
    assert_eq!(
        format!("{lasting:?}"),
        "Credentials { access_key: \"AKIDEXAMPLE\", secret_key: ** redacted **, session_token: \
         None, expires_at: None }"
    );
}

#[tokio::test]
async fn debug_of_a_client_and_what_it_is_made_of_shows_no_secret() {
    let environment = EnvironmentVariables::from_iter([
        ("AWS_ACCESS_KEY_ID", ACCESS_KEY),
        ("AWS_SECRET_ACCESS_KEY", SECRET_KEY),
        ("AWS_SESSION_TOKEN", SESSION_TOKEN),
    ]);
    expect_no_secret(&environment);
    let from_code = builder("http://127.0.0.1:9").credentials(credentials());
    assert!(expect_no_secret(&from_code).contains("us-east-1"));
    let from_env = Client::builder()
        .region("us-east-1")
        .environment(environment);
    expect_no_secret(&from_env);

    for client in [from_code.build(), from_env.build_from_env().await] {
        let client = client.unwrap();
        assert!(expect_no_secret(&client).contains("us-east-1"));
        expect_no_secret(&client.start_flow(FLOW));
    }
    expect_no_secret(&builder("http://me:hunter2@host"));
    expect_no_secret(&builder("http://me:hunter2@host").build());
}

#[tokio::test]
async fn debug_of_an_error_shows_no_secret() {
    let server = Server::answering(|_| {
        Reply::json(
            403,
            r#"{"code":"ExpiredTokenException","message":"expired"}"#,
        )
    })
    .await
    .unwrap();
    let client = builder(&server.url()).credentials(credentials()).build();
    let error = expect_error(client.unwrap().start_flow(FLOW).send().await);
    assert!(expect_no_secret(&error).contains("ExpiredTokenException"));
}

#[test]
fn an_error_is_one_word_wide() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
