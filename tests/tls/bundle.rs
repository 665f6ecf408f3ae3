//! A bundle of certificate authorities, and what it does not make acceptable.

use std::sync::Arc;

use appflow_client::{Client, EnvironmentVariables, ErrorKind};
use rustls::ServerConfig;
use workspace_tests::{RecordedRequest, Reply, Server};

use super::authority::{Authority, File};
use super::front::Front;
use super::{FLOW, builder, outcome, start_flow, starting};

/// A server with TLS, and the one without that it stands before.
async fn server(config: Arc<ServerConfig>) -> (Front, Server) {
    let server = starting("e-1").await;
    (Front::tls(config, &server).await, server)
}

/// The error of a call that comes to nothing since the certificate is not what it has to be.
async fn refusal(front: &Front, bundle: &File) -> String {
    let error = start_flow(builder(&front.url()).ca_bundle(&bundle.path)).await;
    let error = error.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
    assert!(error.is_connect() && !error.is_timeout(), "{error:?}");
    // It is no other failure to connect than any, which may pass, and is tried as often.
    assert_eq!(error.attempts(), 3);
    error.to_string()
}

#[tokio::test]
async fn a_certificate_of_an_authority_in_the_bundle_is_taken() {
    let authority = Authority::new("in the bundle");
    let (front, server) = server(authority.certify("localhost")).await;
    let bundle = File::new(&authority.pem);
    let settings = builder(&front.url()).ca_bundle(&bundle.path);
    assert_eq!(outcome(settings).await, "e-1");
    assert_eq!(server.requests()[0].target, "/start-flow");
}

#[tokio::test]
async fn credentials_of_an_https_endpoint_are_fetched_with_the_bundle() {
    let authority = Authority::new("in the bundle");
    let server = Server::answering(|request: &RecordedRequest| match request.target.as_str() {
        "/role" => Reply::json(200, r#"{"AccessKeyId":"ASIAROLE","SecretAccessKey":"s"}"#),
        _ => Reply::json(200, "{}"),
    });
    let server = server.await.unwrap();
    let front = Front::tls(authority.certify("localhost"), &server).await;
    let bundle = File::new(&authority.pem);
    let uri = format!("{}/role", front.url());
    let variables = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*uri),
    ];
    let settings = Client::builder()
        .environment(EnvironmentVariables::from_iter(variables))
        .endpoint_url(server.url())
        .ca_bundle(&bundle.path)
        .random_source(|| 0.0);
    let client = settings.build_from_env().await.unwrap();
    client.start_flow(FLOW).send().await.unwrap();
    let requests = server.requests();
    let signed = requests[1].header("authorization").unwrap();
    assert!(signed.contains("Credential=ASIAROLE/"), "{signed}");
}

#[tokio::test]
async fn every_authority_of_a_bundle_counts_whatever_stands_between() {
    let [one, two, three] = ["one", "two", "three"].map(Authority::new);
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    let text = format!("# One\n{}\n# A key\n{key}{}{}", one.pem, two.pem, three.pem);
    let bundle = File::new(text.replace('\n', "\r\n"));
    for authority in [one, two, three] {
        let (front, _server) = server(authority.certify("localhost")).await;
        let settings = builder(&front.url()).ca_bundle(&bundle.path);
        assert_eq!(outcome(settings).await, "e-1");
    }
}

#[tokio::test]
async fn a_certificate_of_another_authority_is_refused() {
    let (front, server) = server(Authority::new("unknown").certify("localhost")).await;
    let bundle = File::new(Authority::new("in the bundle").pem);
    assert_eq!(
        refusal(&front, &bundle).await,
        "StartFlow: could not connect: error sending request: client error (Connect): invalid peer \
         certificate: UnknownIssuer (3 attempts)"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let authority = Authority::new("in the bundle");
    let (front, server) = server(authority.certify("elsewhere.test")).await;
    let refusal = refusal(&front, &File::new(&authority.pem)).await;
    assert!(
        refusal.contains("certificate not valid for name \"localhost\""),
        "{refusal}"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_certificate_that_has_ended_is_refused() {
    let authority = Authority::new("in the bundle");
    let (front, server) = server(authority.certify_long_ago("localhost")).await;
    let refusal = refusal(&front, &File::new(&authority.pem)).await;
    assert!(refusal.contains("certificate expired: "), "{refusal}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_environment_names_a_bundle_and_code_wins_over_it() {
    let authority = Authority::new("in the bundle");
    let (front, _server) = server(authority.certify("localhost")).await;
    let bundle = File::new(&authority.pem);
    let from_env = |path: &str| {
        let environment = EnvironmentVariables::from_iter([("AWS_CA_BUNDLE", path)]);
        builder(&front.url()).environment(environment)
    };

    let client = from_env(bundle.name()).build_from_env().await.unwrap();
    let started = client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(started.execution_id.as_deref(), Some("e-1"));

    let missing = from_env("/nowhere/ca.pem").build_from_env().await;
    let line = missing.unwrap_err().to_string();
    assert!(line.contains(" /nowhere/ca.pem "), "{line}");
    let in_code = from_env("/nowhere/ca.pem").ca_bundle(&bundle.path);
    in_code.build_from_env().await.unwrap();
    // `build` reads no variable.
    from_env("/nowhere/ca.pem").build().unwrap();
}

#[test]
fn a_bundle_that_cannot_be_read_is_an_error_with_its_name_and_a_way_out() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("no bundle.pem");
    for (path, problem) in [
        (missing.as_path(), "No such file or directory"),
        (folder.path(), "Is a directory"),
    ] {
        let error = builder("https://localhost:1").ca_bundle(path).build();
        let line = error.unwrap_err().to_string();
        let begin = format!(
            "the HTTP client could not be set up: the CA bundle {} cannot be read: {problem}",
            path.display()
        );
        assert!(line.starts_with(&begin), "{line}");
        let end =
            "; name a PEM file of certificate authorities with `ca_bundle(…)` or AWS_CA_BUNDLE";
        assert!(line.ends_with(end), "{line}");
        assert!(!line.contains(char::is_control), "{line:?}");
    }
}

#[test]
fn a_bundle_without_a_certificate_is_an_error() {
    let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for content in ["", "no PEM at all", key] {
        let line = error_of(&File::new(content));
        assert!(line.contains(".pem has no certificate; "), "{line}");
        assert!(line.contains("-----BEGIN CERTIFICATE-----"), "{line}");
    }
}

#[test]
fn a_bundle_with_something_that_is_no_certificate_is_an_error() {
    let good = Authority::new("good").pem;
    let pem = |body: &str| {
        format!("{good}-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    };
    let not_ended = format!("{good}-----BEGIN CERTIFICATE-----\nAAAA\n");
    // A bundle, and what is wrong with its second certificate.
    for (content, problem) in [
        (pem("AAAA"), "it is not an X.509 certificate"),
        (pem("!!!!"), "base64 decode error: "),
        (not_ended, "the line that ends it is missing"),
    ] {
        let line = error_of(&File::new(content));
        let begin = format!(".pem has a certificate that does not parse: certificate 2: {problem}");
        assert!(line.contains(&begin), "{line}");
        assert!(
            line.ends_with("; take it out, or export it anew as PEM"),
            "{line}"
        );
    }
}

/// The error of a client that is to trust what is in a file.
#[track_caller]
fn error_of(bundle: &File) -> String {
    let settings = builder("https://localhost:1").ca_bundle(&bundle.path);
    let error = settings.build().unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Configuration),
        "{error:?}"
    );
    let line = error.to_string();
    assert!(line.contains(bundle.name()), "{line}");
    assert!(!line.contains(char::is_control), "{line:?}");
    line
}

#[tokio::test]
async fn a_client_of_ones_own_reads_no_bundle() {
    let own = smithy_reqwest::http_client_builder()
        .unwrap()
        .build()
        .unwrap();
    let settings = builder("https://localhost:1").ca_bundle("/nowhere/ca.pem");
    settings.http_client(own).build().unwrap();
}
