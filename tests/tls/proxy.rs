//! Proxies of the environment: what goes through them, and what does not.

use std::env;
use std::net::SocketAddr;

use appflow_client::Client;
use http::Method;
use smithy_reqwest::{EnvironmentVariables, http_client_builder};
use workspace_tests::{Reply, Server};

use super::authority::{Authority, File};
use super::front::Front;
use super::{builder, child, outcome, starting};

#[tokio::test]
async fn a_call_over_http_goes_to_the_proxy_with_its_whole_url() {
    if child::is_this() {
        return child::report(&outcome(builder("http://appflow.test")).await);
    }
    let proxy = starting("by-proxy").await;
    let test = "proxy::a_call_over_http_goes_to_the_proxy_with_its_whole_url";
    let outcome = child::outcome(test, &[("HTTP_PROXY", &proxy.url())]).await;
    assert_eq!(outcome, "by-proxy");
    let requests = proxy.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].method, Method::POST);
    assert_eq!(requests[0].target, "http://appflow.test/start-flow");
    assert_eq!(requests[0].header("host"), Some("appflow.test"));
}

#[tokio::test]
async fn a_call_over_https_goes_through_a_tunnel_that_the_proxy_opens() {
    if child::is_this() {
        let bundle = env::var("AWS_CA_BUNDLE").unwrap();
        let settings = builder("https://appflow.test").ca_bundle(bundle);
        return child::report(&outcome(settings).await);
    }
    let authority = Authority::new("in the bundle");
    let bundle = File::new(&authority.pem);
    let server = starting("by-tunnel").await;
    let front = Front::tls(authority.certify("appflow.test"), &server).await;
    let (proxy, asked) = Front::tunnel(front.port).await;
    let test = "proxy::a_call_over_https_goes_through_a_tunnel_that_the_proxy_opens";
    let variables = [
        ("HTTPS_PROXY", &*format!("http://127.0.0.1:{}", proxy.port)),
        ("AWS_CA_BUNDLE", bundle.name()),
    ];
    assert_eq!(child::outcome(test, &variables).await, "by-tunnel");
    let asked = asked.lock().unwrap();
    assert_eq!(*asked, ["CONNECT appflow.test:443 HTTP/1.1"]);
    assert_eq!(server.requests()[0].target, "/start-flow");
}

#[tokio::test]
async fn what_needs_no_proxy_is_exempt() {
    if child::is_this() {
        // The name leads to the server, since nobody else is asked for it.
        let server = env::var("TLS_TEST_SERVER").unwrap();
        let server: SocketAddr = server.parse().unwrap();
        let client = http_client_builder().unwrap();
        let client = client.resolve("appflow.test", server).build().unwrap();
        let url = format!("http://appflow.test:{}", server.port());
        return child::report(&outcome(builder(&url).http_client(client)).await);
    }
    let (proxy, server) = (starting("by-proxy").await, starting("direct").await);
    let address = &server.url()["http://".len()..];
    let test = "proxy::what_needs_no_proxy_is_exempt";
    for (exempt, expected) in [("appflow.test", "direct"), ("elsewhere.test", "by-proxy")] {
        let variables = [
            ("HTTP_PROXY", &*proxy.url()),
            ("NO_PROXY", exempt),
            ("TLS_TEST_SERVER", address),
        ];
        assert_eq!(child::outcome(test, &variables).await, expected);
    }
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 1));
}

#[tokio::test]
async fn what_is_on_this_machine_is_reached_without_a_proxy() {
    if child::is_this() {
        let mut outcomes = Vec::new();
        for url in env::var("TLS_TEST_URLS").unwrap().split(' ') {
            let bundle = env::var("AWS_CA_BUNDLE").unwrap();
            outcomes.push(outcome(builder(url).ca_bundle(bundle)).await);
        }
        return child::report(&outcomes.join(" "));
    }
    let authority = Authority::new("in the bundle");
    let bundle = File::new(&authority.pem);
    let (proxy, server) = (starting("by-proxy").await, starting("direct").await);
    let front = Front::tls(authority.certify("localhost"), &server).await;
    let urls = [server.url(), with_name(&server), front.url()].join(" ");
    let test = "proxy::what_is_on_this_machine_is_reached_without_a_proxy";
    let variables = [
        ("ALL_PROXY", &*proxy.url()),
        ("HTTP_PROXY", &proxy.url()),
        ("HTTPS_PROXY", &proxy.url()),
        ("AWS_CA_BUNDLE", bundle.name()),
        ("TLS_TEST_URLS", &urls),
    ];
    let outcome = child::outcome(test, &variables).await;
    assert_eq!(outcome, "direct direct direct");
    assert!(proxy.requests().is_empty());
}

#[tokio::test]
async fn what_gives_credentials_is_reached_without_a_proxy() {
    if child::is_this() {
        let url = env::var("TLS_TEST_METADATA").unwrap();
        let variables = [
            ("AWS_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", &url),
        ];
        let settings = Client::builder()
            .environment(EnvironmentVariables::from_iter(variables))
            .endpoint_url("http://appflow.test");
        let client = settings.build_from_env().await.unwrap();
        let started = client.start_flow("orders-to-s3").send().await.unwrap();
        return child::report(&started.execution_id.unwrap());
    }
    let proxy = starting("by-proxy").await;
    let keys = r#"{"AccessKeyId":"ASIAROLE","SecretAccessKey":"secret"}"#;
    let answers = ["token", "role", keys].map(|body| Reply::new(200).body(body));
    let metadata = Server::scripted(answers).await.unwrap();
    let test = "proxy::what_gives_credentials_is_reached_without_a_proxy";
    let variables = [
        ("ALL_PROXY", &*proxy.url()),
        ("HTTP_PROXY", &proxy.url()),
        ("TLS_TEST_METADATA", &metadata.url()),
    ];
    assert_eq!(child::outcome(test, &variables).await, "by-proxy");
    assert_eq!((metadata.requests().len(), proxy.requests().len()), (3, 1));
}

const ROLE: &str = "<Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s\
    </SecretAccessKey><SessionToken>t</SessionToken><Expiration>9999-01-01T00:00:00Z</Expiration>\
    </Credentials>";

/// A client that takes a role by way of AWS STS, as the variables of this process say.
async fn take_role_and_call() -> String {
    let variables = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ENDPOINT_URL_STS"];
    let variables = variables
        .into_iter()
        .filter_map(|name| Some((name, env::var(name).ok()?)));
    let more = [("AWS_REGION", "us-east-1"), ("AWS_ROLE_ARN", "arn:x")];
    let more = more.map(|(name, value)| (name, value.to_owned()));
    let settings = Client::builder()
        .environment(variables.chain(more).collect())
        .endpoint_url(env::var("TLS_TEST_SERVICE").unwrap())
        .ca_bundle(env::var("AWS_CA_BUNDLE").unwrap());
    let client = settings.build_from_env().await.unwrap();
    match client.start_flow("orders-to-s3").send().await {
        Ok(started) => started.execution_id.unwrap(),
        Err(error) => error.to_string(),
    }
}

/// Where the service is says nothing of where AWS STS is.
#[tokio::test]
async fn a_service_on_this_machine_takes_the_proxy_from_no_other() {
    if child::is_this() {
        return child::report(&take_role_and_call().await);
    }
    let authority = Authority::new("in the bundle");
    let (bundle, token) = (File::new(&authority.pem), File::new("token"));
    let service = starting("direct").await;
    let sts = Server::answering(|_| Reply::new(200).body(ROLE))
        .await
        .unwrap();
    let front = Front::tls(authority.certify("sts.us-east-1.amazonaws.com"), &sts).await;
    let (proxy, asked) = Front::tunnel(front.port).await;
    let proxy = format!("http://127.0.0.1:{}", proxy.port);
    let test = "proxy::a_service_on_this_machine_takes_the_proxy_from_no_other";
    let variables = [
        ("HTTP_PROXY", &*proxy),
        ("HTTPS_PROXY", &proxy),
        ("AWS_CA_BUNDLE", bundle.name()),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", token.name()),
        ("TLS_TEST_SERVICE", &service.url()),
    ];
    assert_eq!(child::outcome(test, &variables).await, "direct");
    let connect = "CONNECT sts.us-east-1.amazonaws.com:443 HTTP/1.1";
    assert_eq!(*asked.lock().unwrap(), [connect]);
    assert_eq!((sts.requests().len(), service.requests().len()), (1, 1));
}

#[tokio::test]
async fn aws_sts_on_this_machine_is_reached_without_the_proxy_of_the_service() {
    if child::is_this() {
        return child::report(&take_role_and_call().await);
    }
    let authority = Authority::new("in the bundle");
    let (bundle, token) = (File::new(&authority.pem), File::new("token"));
    let proxy = starting("by-proxy").await;
    let sts = Server::answering(|_| Reply::new(200).body(ROLE))
        .await
        .unwrap();
    let test = "proxy::aws_sts_on_this_machine_is_reached_without_the_proxy_of_the_service";
    let variables = [
        ("HTTP_PROXY", &*proxy.url()),
        ("AWS_CA_BUNDLE", bundle.name()),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", token.name()),
        ("AWS_ENDPOINT_URL_STS", &sts.url()),
        ("TLS_TEST_SERVICE", "http://appflow.test"),
    ];
    assert_eq!(child::outcome(test, &variables).await, "by-proxy");
    assert_eq!((sts.requests().len(), proxy.requests().len()), (1, 1));
}

/// The URL of a server, with the name of this machine in place of its address.
fn with_name(server: &Server) -> String {
    server.url().replace("127.0.0.1", "localhost")
}
