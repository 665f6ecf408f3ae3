//! Credentials that are found: what their sources are asked, what they answer, and what becomes of it
//! is neither printed nor logged. Requests go over real HTTP.

use std::fs;

use appflow_client::{Client, ClientBuilder, Error};
use smithy_reqwest::Environment;
use tempfile::TempDir;
use workspace_tests::{Answer, RecordedRequest, Server};

use super::{SECRET_KEY, SESSION_TOKEN, expect_no_secret, journal};

/// What proves to a source who asks.
const TOKEN: &str = "hunter2-token";

/// A server that gives credentials where it is asked for them, and starts flows.
async fn server() -> Server {
    let answering = |request: &RecordedRequest| match request.target.as_str() {
        "/start-flow" => Answer::json(200, "{}"),
        "/latest/api/token" => Answer::new(200).body(TOKEN),
        "/latest/meta-data/iam/security-credentials/" => Answer::new(200).body("role"),
        "/" => Answer::new(200).body(format!(
            "<Answer><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>{SECRET_KEY}\
             </SecretAccessKey><SessionToken>{SESSION_TOKEN}</SessionToken>\
             <Expiration>2100-01-01T00:00:00Z</Expiration></Answer>"
        )),
        _ => Answer::json(
            200,
            format!(
                r#"{{"Code":"Success","AccessKeyId":"ASIAROLE","SecretAccessKey":"{SECRET_KEY}",
                "Token":"{SESSION_TOKEN}","Expiration":"2100-01-01T00:00:00Z"}}"#
            ),
        ),
    };
    Server::answering(answering).await.unwrap()
}

/// Settings of a client that sees these variables alone.
fn builder<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> ClientBuilder {
    let region = [("AWS_REGION", "us-east-1")];
    let environment: Environment = region.into_iter().chain(variables).collect();
    Client::builder()
        .environment(environment)
        .random_source(|| 0.0)
}

/// Makes a call, and looks at all that can be seen of it.
async fn call(builder: ClientBuilder, server: &Server) -> Result<(), Error> {
    expect_no_secret(&format!("{builder:?}"));
    let client = builder.endpoint_url(server.url()).build_from_env().await?;
    let outcome = client.start_flow("orders-to-s3").send().await;
    expect_no_secret(&format!("{client:?} {client:#?} {outcome:?}"));
    expect_no_secret(&journal::text());
    outcome.map(drop)
}

/// Asserts that a call was signed with what a source has given.
fn expect_found(server: &Server) {
    let requests = server.requests();
    let call = requests.last().unwrap();
    assert_eq!(call.target, "/start-flow");
    assert_eq!(call.header("x-amz-security-token"), Some(SESSION_TOKEN));
}

#[tokio::test]
async fn those_of_a_container_stay_secret_and_so_does_its_path() {
    journal::begin();
    let server = server().await;
    let uri = format!("{}/hunter2-path", server.url());
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*uri),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", TOKEN),
    ];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    assert_eq!(server.requests()[0].header("authorization"), Some(TOKEN));
}

#[tokio::test]
async fn those_of_an_instance_stay_secret() {
    journal::begin();
    let server = server().await;
    let url = server.url();
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*url)];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    let token = server.requests()[1]
        .header("x-aws-ec2-metadata-token")
        .map(str::to_owned);
    assert_eq!(token.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn those_of_a_role_stay_secret_and_so_does_the_web_identity() {
    journal::begin();
    let (server, folder) = (server().await, TempDir::new().unwrap());
    let (url, file) = (server.url(), folder.path().join("token"));
    fs::write(&file, TOKEN).unwrap();
    let variables = [
        ("AWS_ENDPOINT_URL_STS", &*url),
        ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/flows"),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.to_str().unwrap()),
    ];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    let body = server.requests().remove(0).body;
    assert!(body.ends_with(TOKEN.as_bytes()));
}

#[tokio::test]
async fn those_of_a_profile_stay_secret() {
    journal::begin();
    let (server, folder) = (server().await, TempDir::new().unwrap());
    let file = folder.path().join("credentials");
    let keys = format!(
        "[default]\naws_access_key_id = ASIAROLE\naws_secret_access_key = {SECRET_KEY}\n\
         aws_session_token = {SESSION_TOKEN}\n"
    );
    fs::write(&file, &keys).unwrap();
    let variables = [("AWS_SHARED_CREDENTIALS_FILE", file.to_str().unwrap())];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);

    let broken = format!("{keys}{SECRET_KEY}");
    fs::write(&file, broken).unwrap();
    let error = call(builder(variables), &server).await.unwrap_err();
    expect_no_secret(&format!("{error} {error:?}"));
}

#[tokio::test]
async fn an_answer_that_gives_none_is_not_repeated() {
    journal::begin();
    let answers = [
        Answer::json(200, format!(r#"{{"SecretAccessKey":"{SECRET_KEY}","#)),
        Answer::json(200, format!(r#"{{"SecretAccessKey":["{SECRET_KEY}"]}}"#)),
        Answer::json(200, format!(r#"{{"SecretAccessKey":"{SECRET_KEY}"}}"#)),
        Answer::json(403, format!(r#"{{"message":"{SECRET_KEY}"}}"#)),
    ];
    for answer in answers {
        let server = Server::scripted([answer]).await.unwrap();
        let uri = format!("{}/hunter2-path", server.url());
        let variables = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*uri)];
        let error = call(builder(variables), &server).await.unwrap_err();
        assert!(
            error
                .to_string()
                .contains("of the container, from 127.0.0.1: "),
            "{error}"
        );
        expect_no_secret(&format!("{error} {error:?} {error:#?}"));
    }
}
