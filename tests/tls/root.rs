//! The root certificates of the platform, which on Linux two variables can name.

use std::env;

use appflow_client::{Client, EnvironmentVariables};
use workspace_tests::{RecordedRequest, Reply, Server};

use super::authority::{Authority, File};
use super::front::Front;
use super::{FLOW, builder, child, outcome, starting};

/// Where the child finds the server, and where a bundle.
const URL: &str = "TLS_TEST_URL";
const BUNDLE: &str = "TLS_TEST_BUNDLE";

/// Calls the server that the parent names, and trusts what the platform does.
async fn call() {
    let url = env::var(URL).unwrap();
    child::report(&outcome(builder(&url).max_attempts(1)).await);
}

#[tokio::test]
async fn without_a_bundle_the_roots_of_the_platform_decide() {
    if child::is_this() {
        return call().await;
    }
    let [known, unknown] = ["known", "unknown"].map(Authority::new);
    let roots = File::new(&known.pem);
    let server = starting("e-1").await;
    for (authority, expected) in [
        (known, "e-1"),
        (
            unknown,
            "StartFlow: could not connect: error sending request: client error (Connect): invalid \
             peer certificate: UnknownIssuer",
        ),
    ] {
        let front = Front::tls(authority.certify("localhost"), &server).await;
        let test = "root::without_a_bundle_the_roots_of_the_platform_decide";
        let variables = [("SSL_CERT_FILE", roots.name()), (URL, &front.url())];
        assert_eq!(child::outcome(test, &variables).await, expected);
    }
}

#[tokio::test]
async fn a_platform_without_roots_is_an_error_that_names_the_ways_out() {
    if child::is_this() {
        return call().await;
    }
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    let test = "root::a_platform_without_roots_is_an_error_that_names_the_ways_out";
    let variables = [
        ("SSL_CERT_FILE", empty),
        ("SSL_CERT_DIR", empty),
        (URL, "https://localhost:1"),
    ];
    assert_eq!(
        child::outcome(test, &variables).await,
        "the HTTP client could not be set up: No CA certificates were loaded from the system; \
         install the root certificates of the platform, or name a PEM file of certificate \
         authorities with `ca_bundle(…)` or AWS_CA_BUNDLE"
    );
}

/// Calls the server that the parent names with credentials of a container, which need no TLS.
async fn call_with_container_credentials() {
    let url = env::var(URL).unwrap();
    let variables = [
        ("AWS_REGION", "us-east-1"),
        (
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            &*format!("{url}/role"),
        ),
    ];
    let settings = Client::builder()
        .environment(EnvironmentVariables::from_iter(variables))
        .endpoint_url(url)
        .ca_bundle(env::var(BUNDLE).unwrap());
    let client = settings.build_from_env().await.unwrap();
    let started = client.start_flow(FLOW).send().await.unwrap();
    child::report(&started.execution_id.unwrap_or_default());
}

#[tokio::test]
async fn credentials_over_plain_http_need_no_roots() {
    if child::is_this() {
        return call_with_container_credentials().await;
    }
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    let bundle = File::new(Authority::new("in the bundle").pem);
    let server = Server::answering(|request: &RecordedRequest| match request.target.as_str() {
        "/role" => Reply::json(200, r#"{"AccessKeyId":"ASIAROLE","SecretAccessKey":"s"}"#),
        _ => Reply::json(200, r#"{"executionId":"e-1"}"#),
    });
    let server = server.await.unwrap();
    let test = "root::credentials_over_plain_http_need_no_roots";
    let variables = [
        ("SSL_CERT_FILE", empty),
        ("SSL_CERT_DIR", empty),
        (BUNDLE, bundle.name()),
        (URL, &server.url()),
    ];
    assert_eq!(child::outcome(test, &variables).await, "e-1");
    let signed = server.requests()[1]
        .header("authorization")
        .map(str::to_owned);
    assert!(signed.unwrap().contains("Credential=ASIAROLE/"));
}

/// Calls the server that the parent names, and trusts the bundle that it names.
async fn call_with_bundle() {
    let bundle = env::var(BUNDLE).unwrap();
    let url = env::var(URL).unwrap();
    let settings = builder(&url).ca_bundle(bundle).max_attempts(1);
    child::report(&outcome(settings).await);
}

#[tokio::test]
async fn a_bundle_makes_up_for_a_platform_without_roots() {
    if child::is_this() {
        return call_with_bundle().await;
    }
    let empty = tempfile::tempdir().unwrap();
    let authority = Authority::new("in the bundle");
    let bundle = File::new(&authority.pem);
    let server = starting("e-1").await;
    let front = Front::tls(authority.certify("localhost"), &server).await;
    let test = "root::a_bundle_makes_up_for_a_platform_without_roots";
    let variables = [
        ("SSL_CERT_DIR", empty.path().to_str().unwrap()),
        (BUNDLE, bundle.name()),
        (URL, &front.url()),
    ];
    assert_eq!(child::outcome(test, &variables).await, "e-1");
}

#[tokio::test]
async fn a_bundle_takes_the_place_of_the_roots_of_the_platform() {
    if child::is_this() {
        return call_with_bundle().await;
    }
    let [platform, other] = ["platform", "in the bundle"].map(Authority::new);
    let (roots, bundle) = (File::new(&platform.pem), File::new(&other.pem));
    let server = starting("e-1").await;
    let front = Front::tls(platform.certify("localhost"), &server).await;
    let test = "root::a_bundle_takes_the_place_of_the_roots_of_the_platform";
    let variables = [
        ("SSL_CERT_FILE", roots.name()),
        (BUNDLE, bundle.name()),
        (URL, &front.url()),
    ];
    let outcome = child::outcome(test, &variables).await;
    assert!(outcome.ends_with(": UnknownIssuer"), "{outcome}");
}
