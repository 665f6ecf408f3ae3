//! What `Debug` and `Display` show. Every type of AppFlow is tried in `tests/round_trip`.

use std::fmt::{Debug, Display};

use appflow_client::operation::{CreateConnectorProfileRequest, CreateConnectorProfileRequired};
use appflow_client::types::{
    BasicAuthCredentials, ConnectionMode, ConnectorProfileConfig, ConnectorProfileCredentials,
    ConnectorProfileProperties, ConnectorType, SapoDataConnectorProfileCredentials,
};
use appflow_client::{Client, WithoutSecrets};
use http_body_util::Full;
use smithy_reqwest::operation::Request as _;
use smithy_reqwest::protocol::{Protocol as _, RestJson1};
use smithy_reqwest::sigv4::{Payload, Signing};
use smithy_reqwest::{Body, Credentials, EnvironmentVariables, Timestamp, http};
use workspace_tests::{Reply, Server};

use super::sensitive_client::operation::LogInRequest;
use super::sensitive_client::types::Proof;
use super::{
    BEARER_TOKEN, PASSWORD, SECRET_KEY, SESSION_TOKEN, auth_client, builder, credentials,
    expect_no_secret, sensitive, sensitive_client,
};

/// Nothing listens there, and nothing is sent.
const NOWHERE: &str = "http://127.0.0.1:9";

#[track_caller]
fn expect_plain(value: &dyn Debug) {
    expect_no_secret(&format!("{value:?} {value:#?}"));
}

#[track_caller]
fn expect_plain_error<E: Debug + Display>(error: &E) {
    expect_no_secret(&format!("{error} {error:#}"));
    expect_plain(error);
}

fn environment() -> EnvironmentVariables {
    EnvironmentVariables::from_iter([
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", SECRET_KEY),
        ("AWS_SESSION_TOKEN", SESSION_TOKEN),
        ("AWS_BEARER_TOKEN", BEARER_TOKEN),
        ("AWS_ENDPOINT_URL", "https://me:hunter2-url@appflow.test"),
    ])
}

/// A profile with a password in it.
fn profile() -> CreateConnectorProfileRequest {
    let basic = BasicAuthCredentials::new("ada", PASSWORD);
    let sap = SapoDataConnectorProfileCredentials::default().basic_auth_credentials(basic);
    let config = ConnectorProfileConfig::new(ConnectorProfileProperties::default())
        .connector_profile_credentials(ConnectorProfileCredentials::default().sapo_data(sap));
    CreateConnectorProfileRequest::new(required(config))
}

fn required(config: ConnectorProfileConfig) -> CreateConnectorProfileRequired {
    CreateConnectorProfileRequired {
        connector_profile_name: "erp".into(),
        connector_type: ConnectorType::SapoData,
        connection_mode: ConnectionMode::Public,
        connector_profile_config: config,
    }
}

#[test]
fn serde_shows_no_secret_where_that_is_asked_for() {
    let profile = profile();
    let shown = serde_json::to_string(&WithoutSecrets(&profile)).unwrap();
    assert!(!shown.contains(PASSWORD), "{shown}");
    assert!(shown.contains(r#""password":"** redacted **""#), "{shown}");
    // What is read again is complete.
    let text = serde_json::to_string(&profile).unwrap();
    let read: CreateConnectorProfileRequest = serde_json::from_str(&text).unwrap();
    assert_eq!(read, profile);
    let shown = format!("{:?}", WithoutSecrets(&profile));
    assert!(
        shown.contains(r#""erp""#) && !shown.contains(PASSWORD),
        "{shown}"
    );
}

#[test]
fn serde_shows_of_a_union_those_members_that_are_no_secrets() {
    let redacted = "** redacted **";
    for (member, expected) in [
        ("badge", PASSWORD),
        ("code", redacted),
        ("key", redacted),
        // The value of an unknown member may be a secret.
        ("face", redacted),
    ] {
        let json = serde_json::json!({ member: PASSWORD });
        let proof: Proof = serde_json::from_value(json.clone()).unwrap();
        let shown = serde_json::to_value(WithoutSecrets(&proof)).unwrap();
        assert_eq!(shown, serde_json::json!({ member: expected }));
        assert_eq!(serde_json::to_value(&proof).unwrap(), json);
    }
}

fn log_in() -> LogInRequest {
    let mut request = LogInRequest::new(PASSWORD);
    request.keys = Some(vec![PASSWORD.to_owned()]);
    request.uses = Some([(PASSWORD.to_owned(), "door".to_owned())].into());
    request
}

#[tokio::test]
async fn settings_and_clients_show_no_secret() {
    expect_plain(&credentials());
    expect_plain(&environment());
    expect_plain(&builder::<Client>(NOWHERE));
    expect_plain(&builder::<Client>("https://me:hunter2-url@appflow.test"));
    expect_plain(&Client::builder().environment(environment()));
    expect_plain(&builder::<Client>(NOWHERE).build().unwrap());
    expect_plain(&builder::<auth_client::Client>(NOWHERE).build().unwrap());
    let client: Client = builder(NOWHERE).build().unwrap();
    expect_plain(&client.list_flows().pages());
    expect_plain(&client.list_flows().items());
}

/// Redacted output still identifies the value, for debugging.
#[tokio::test]
async fn bodies_pages_and_variables_show_what_they_are() {
    let client: Client = builder(NOWHERE).build().unwrap();
    let (bytes, stream) = (Body::from(PASSWORD), Body::wrap(Full::from(PASSWORD)));
    let environment = EnvironmentVariables::from_iter([("AWS_SECRET_ACCESS_KEY", SECRET_KEY)]);
    let (pages, items) = (client.list_flows().pages(), client.list_flows().items());
    let pages_shown = r#"Pages { operation: "ListFlows", .. }"#;
    let items_shown = format!("Items {{ pages: {pages_shown}, .. }}");
    let cases: [(&dyn Debug, &str); 5] = [
        (&environment, r#"{"AWS_SECRET_ACCESS_KEY"}"#),
        (&bytes, "Body(16 bytes)"),
        (&stream, "Body(stream)"),
        (&pages, pages_shown),
        (&items, &items_shown),
    ];
    for (value, shown) in cases {
        assert_eq!(format!("{value:?}"), shown);
    }
}

#[test]
fn requests_and_calls_show_no_secret() {
    expect_plain(&profile());
    expect_plain(&log_in());
    let client: Client = builder(NOWHERE).build().unwrap();
    let config = profile().connector_profile_config;
    expect_plain(&client.create_connector_profile(required(config)));
    let client: sensitive_client::Client = builder(NOWHERE).build().unwrap();
    expect_plain(&client.log_in(PASSWORD).keys([PASSWORD]));
}

/// The length of a body identifies it, for debugging.
#[test]
fn a_request_that_a_protocol_wrote_shows_the_length_of_its_body() {
    let mut input = LogInRequest::new(PASSWORD);
    let request = RestJson1.write_request(LogInRequest::OPERATION, &mut input);
    let length = format!(r#"{{"password":"{PASSWORD}"}}"#).len();
    let expected = format!("HttpRequest {{ body: Body({length} bytes), .. }}");
    assert_eq!(format!("{:?}", request.unwrap()), expected);
}

#[test]
fn messages_show_no_secret_before_and_after_they_are_signed() {
    let credentials = credentials();
    let signing = Signing::new(&credentials, "us-east-1", "appflow", Timestamp::UNIX_EPOCH);
    expect_plain(&signing);
    let request = http::Request::post("https://appflow.test").body(Body::from(PASSWORD));
    let (mut head, body) = request.unwrap().into_parts();
    let payload = Payload::Bytes(PASSWORD.as_bytes());
    signing.sign(&mut head, payload).unwrap();
    assert!(head.headers.contains_key("x-amz-security-token"));
    let signature = head.headers["authorization"].to_str().unwrap().to_owned();
    let shown = format!("{head:?} {head:#?}");
    assert!(!shown.contains(&signature), "{shown}");
    expect_plain(&head);
    expect_plain(&http::Request::from_parts(head, body));
}

#[tokio::test]
async fn responses_show_no_secret() {
    let body = format!(r#"{{"token":"{PASSWORD}"}}"#);
    let server = Server::scripted([Reply::json(200, body)]).await.unwrap();
    let client = sensitive(&server);
    let response = client.log_in("p").send().await.unwrap();
    assert_eq!(response.token.as_deref(), Some(PASSWORD));
    expect_plain(&response);
}

#[tokio::test]
async fn errors_of_settings_show_no_secret() {
    for url in [
        "https://me:hunter2-url@appflow.test",
        "https://me:hunter2-url@not a host",
        "hunter2-url://appflow.test",
        "https://appflow.test?password=hunter2-url",
    ] {
        expect_plain_error(&builder::<Client>(url).build().unwrap_err());
    }
    let from_env = Client::builder().environment(environment());
    expect_plain_error(&from_env.build_from_env().await.unwrap_err());
    let half = EnvironmentVariables::from_iter([("AWS_SECRET_ACCESS_KEY", SECRET_KEY)]);
    let from_env = Client::builder().region("us-east-1").environment(half);
    expect_plain_error(&from_env.build_from_env().await.unwrap_err());
}

/// A line break can stand in no header, so these can be sent by none.
#[tokio::test]
async fn errors_of_secrets_that_cannot_be_sent_do_not_show_them() {
    let broken = Credentials::new("AKIDEXAMPLE", "s", Some("hunter2\ntoken".to_owned()));
    let client: Client = builder(NOWHERE).credentials(broken).build().unwrap();
    let error = client.start_flow("orders-to-s3").send().await;
    expect_plain_error(&error.unwrap_err());
    let client: auth_client::Client = builder(NOWHERE)
        .bearer_token("hunter2\ntoken")
        .build()
        .unwrap();
    expect_plain_error(&client.bear().send().await.unwrap_err());
}

#[tokio::test]
async fn errors_of_answers_show_no_secret() {
    let denied = r#"{"code":"Denied","message":"hunter2-password is wrong"}"#;
    for (status, body) in [
        (403, denied),
        (200, r#"{"token":["hunter2-password"]}"#),
        (200, r#"{"token":{"hunter2-password":1}}"#),
        (200, r#""hunter2-password""#),
        (200, r#"{"token":"hunter2-password"#),
        (200, "hunter2-password"),
    ] {
        let server = Server::answering(move |_| Reply::json(status, body));
        let server = server.await.unwrap();
        let client = sensitive(&server);
        let error = client.log_in(PASSWORD).send().await.unwrap_err();
        if let Some(modelled) = error.service() {
            expect_plain_error(modelled);
        }
        assert_eq!(error.status(), Some(status));
        expect_plain_error(&error);
        let response = format!("HttpResponse {{ status: {status}, body: Body(");
        assert!(format!("{error:?}").contains(&response), "{error:?}");
    }
}
