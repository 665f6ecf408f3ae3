//! A client from environment variables.

use std::sync::{Arc, Mutex};

use appflow_client::{Client, ClientBuilder, Credentials, Error, ErrorKind};
use http::request::Parts;
use smithy_reqwest::{Body, GeneratedClient as _};
use workspace_tests::{Reply, Server};

use super::{FLOW, SESSION_TOKEN, expect_error, now, only_request};

type Variables<'a> = &'a [(&'a str, &'a str)];

/// The credentials of a test that is about something else.
const KEYS: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "AKIDENV"),
    ("AWS_SECRET_ACCESS_KEY", "secret-of-env"),
];

/// A builder that sees these variables and [`KEYS`], and none of this process.
fn builder(variables: Variables<'_>) -> ClientBuilder {
    let variables = KEYS.iter().chain(variables).copied();
    Client::builder()
        .environment(variables.collect())
        .time_source(now)
}

/// The head of the request that a client with these settings hands to its transport.
async fn request_of(builder: ClientBuilder) -> Result<Parts, Error> {
    let seen = Arc::new(Mutex::new(None));
    let transport = {
        let seen = Arc::clone(&seen);
        move |request: http::Request<Body>| {
            *seen.lock().unwrap() = Some(request.into_parts().0);
            async { http::Response::builder().body("{}") }
        }
    };
    let client = builder.transport(transport).build_from_env().await?;
    client.start_flow(FLOW).send().await?;
    Ok(seen.lock().unwrap().take().unwrap())
}

fn header<'a>(request: &'a Parts, name: &str) -> &'a str {
    request.headers[name].to_str().unwrap()
}

#[test]
fn a_service_names_the_variable_of_its_endpoint() {
    assert_eq!(
        Client::SERVICE.endpoint_variable(),
        "AWS_ENDPOINT_URL_APPFLOW"
    );
}

#[tokio::test]
async fn region_endpoint_and_variants_come_from_the_environment() {
    let aws_of = |region: &str| format!("https://appflow.{region}.amazonaws.com/start-flow");
    let region = ("AWS_REGION", "eu-west-1");
    let cases: [(Variables<'_>, String); 14] = [
        (&[region], aws_of("eu-west-1")),
        (
            &[region, ("AWS_DEFAULT_REGION", "us-east-2")],
            aws_of("eu-west-1"),
        ),
        (&[("AWS_DEFAULT_REGION", "us-east-2")], aws_of("us-east-2")),
        (
            &[("AWS_REGION", "  "), ("AWS_DEFAULT_REGION", " us-east-2 ")],
            aws_of("us-east-2"),
        ),
        (
            &[region, ("AWS_ENDPOINT_URL", "http://all.test")],
            "http://all.test/start-flow".to_owned(),
        ),
        (
            &[
                region,
                ("AWS_ENDPOINT_URL", "http://all.test"),
                ("AWS_ENDPOINT_URL_APPFLOW", "http://one.test/stage"),
            ],
            "http://one.test/stage/start-flow".to_owned(),
        ),
        (
            &[
                region,
                ("AWS_ENDPOINT_URL", "http://all.test"),
                ("AWS_ENDPOINT_URL_S3", "http://other.test"),
                ("AWS_ENDPOINT_URL_APPFLOW", ""),
            ],
            "http://all.test/start-flow".to_owned(),
        ),
        (
            &[
                region,
                ("AWS_ENDPOINT_URL", "http://all.test"),
                ("AWS_ENDPOINT_URL_APPFLOW", "http://one.test"),
                ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "True"),
            ],
            aws_of("eu-west-1"),
        ),
        (
            &[
                region,
                ("AWS_ENDPOINT_URL", "http://all.test"),
                ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false"),
            ],
            "http://all.test/start-flow".to_owned(),
        ),
        (
            &[region, ("AWS_USE_FIPS_ENDPOINT", "true")],
            "https://appflow-fips.eu-west-1.amazonaws.com/start-flow".to_owned(),
        ),
        (
            &[region, ("AWS_USE_DUALSTACK_ENDPOINT", "TRUE")],
            "https://appflow.eu-west-1.api.aws/start-flow".to_owned(),
        ),
        (
            &[
                region,
                ("AWS_USE_FIPS_ENDPOINT", "true"),
                ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
            ],
            "https://appflow-fips.eu-west-1.api.aws/start-flow".to_owned(),
        ),
        (
            &[region, ("AWS_USE_FIPS_ENDPOINT", "false")],
            aws_of("eu-west-1"),
        ),
        (
            &[("AWS_REGION", "cn-north-1")],
            "https://appflow.cn-north-1.amazonaws.com.cn/start-flow".to_owned(),
        ),
    ];
    for (variables, url) in cases {
        let request = request_of(builder(variables)).await.unwrap();
        assert_eq!(request.uri.to_string(), url, "{variables:?}");
        assert_eq!(header(&request, "host"), request.uri.host().unwrap());
    }
}

#[tokio::test]
async fn the_environment_alone_is_enough_to_call_a_server() {
    let server = Server::scripted([Reply::json(200, "{}")]).await.unwrap();
    let client = builder(&[
        ("AWS_REGION", "eu-west-1"),
        ("AWS_SESSION_TOKEN", SESSION_TOKEN),
        ("AWS_ENDPOINT_URL_APPFLOW", &server.url()),
        ("AWS_SDK_UA_APP_ID", "orders etl"),
    ])
    .build_from_env()
    .await
    .unwrap();
    client.start_flow(FLOW).send().await.unwrap();

    let request = only_request(&server);
    let authorization = request.header("authorization").unwrap();
    let scope = "AWS4-HMAC-SHA256 Credential=AKIDENV/20261122/eu-west-1/appflow/aws4_request, ";
    assert!(authorization.starts_with(scope), "{authorization}");
    let token = request.header("x-amz-security-token");
    assert_eq!(token, Some(SESSION_TOKEN));
    let user_agent = request.header("user-agent").unwrap();
    assert!(user_agent.ends_with(" app/orders-etl"), "{user_agent}");
}

#[tokio::test]
async fn what_is_set_in_code_wins_over_the_environment() {
    let variables: Variables<'_> = &[
        ("AWS_REGION", "eu-west-1"),
        ("AWS_SESSION_TOKEN", SESSION_TOKEN),
        ("AWS_ENDPOINT_URL_APPFLOW", "http://env.test"),
        ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
        ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
        ("AWS_SDK_UA_APP_ID", "env"),
    ];
    let settings = builder(variables)
        .region("us-east-2")
        .credentials(Credentials::new("AKIDCODE", "secret-of-code", None))
        .endpoint_url("http://code.test")
        .use_fips(false)
        .use_dual_stack(false)
        .app_id("code");
    let request = request_of(settings).await.unwrap();
    assert_eq!(request.uri.to_string(), "http://code.test/start-flow");
    assert!(header(&request, "authorization").contains("=AKIDCODE/20261122/us-east-2/"));
    assert!(header(&request, "user-agent").ends_with(" app/code"));
    assert!(!request.headers.contains_key("x-amz-security-token"));
}

#[tokio::test]
async fn a_builder_reads_no_variable_unless_it_is_asked_to() {
    let error = expect_error(builder(&[("AWS_REGION", "eu-west-1")]).build());
    assert!(error.to_string().starts_with("no region: "), "{error}");
}

#[tokio::test]
async fn a_flag_is_true_or_false() {
    for name in [
        "AWS_USE_FIPS_ENDPOINT",
        "AWS_USE_DUALSTACK_ENDPOINT",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    ] {
        for value in ["yes", "1", "tru\u{1b}e"] {
            let variables = [("AWS_REGION", "eu-west-1"), (name, value)];
            let error = expect_error(request_of(builder(&variables)).await);
            assert_eq!(
                error.to_string(),
                format!("{name} is {value:?}; set it to `true` or `false`")
            );
            assert!(matches!(error.kind(), ErrorKind::Configuration));
        }
    }
}

#[tokio::test]
async fn half_of_the_credentials_are_none() {
    let hint = "set both, or call `credentials(…)` on the builder";
    let cases: [(Variables<'_>, &str); 3] = [
        (
            &[("AWS_ACCESS_KEY_ID", "AKIDENV")],
            "AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not",
        ),
        (
            &[("AWS_SECRET_ACCESS_KEY", "secret-of-env")],
            "AWS_SECRET_ACCESS_KEY is set but AWS_ACCESS_KEY_ID is not",
        ),
        (
            &[
                ("AWS_ACCESS_KEY_ID", "AKIDENV"),
                ("AWS_SECRET_ACCESS_KEY", " "),
            ],
            "AWS_ACCESS_KEY_ID is set but AWS_SECRET_ACCESS_KEY is not",
        ),
    ];
    for (variables, problem) in cases {
        let environment = variables.iter().copied().collect();
        let builder = Client::builder().region("eu-west-1");
        let error = expect_error(builder.environment(environment).build_from_env().await);
        assert_eq!(
            error.to_string(),
            format!("no credentials: {problem}; {hint}")
        );
        assert!(matches!(error.kind(), ErrorKind::Credentials));
        assert!(!format!("{error:?}").contains("secret-of-env"));
    }
}
