//! How calls prove who makes them: with a signature, with a token, or not at all.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use smithy_reqwest::{Body, ClientBuilder, Credentials, EnvironmentVariables, http};

use super::auth_client::{Client, ErrorKind};

const NO_CREDENTIALS: &str = "no credentials: call `credentials(…)` on the builder, or create \
    the client with `from_env` or `build_from_env`";

type Sent = Arc<Mutex<Vec<http::request::Parts>>>;

/// A client without credentials and without a token, as `set_up` changes it.
fn client(set_up: impl Fn(ClientBuilder<Client>) -> ClientBuilder<Client>) -> (Client, Sent) {
    let sent = Sent::default();
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        recorder.lock().unwrap().push(request.into_parts().0);
        std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")))
    };
    let builder = Client::builder().region("us-east-1").transport(transport);
    (set_up(builder).build().unwrap(), sent)
}

fn with_credentials(builder: ClientBuilder<Client>) -> ClientBuilder<Client> {
    builder.credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
}

fn with_token(builder: ClientBuilder<Client>) -> ClientBuilder<Client> {
    builder.bearer_token("the-token")
}

/// The header `authorization` of the one request that was sent, up to the first space.
fn scheme_and_rest(sent: &Sent) -> Option<(String, String)> {
    let mut sent = sent.lock().unwrap();
    assert_eq!(sent.len(), 1);
    let parts = sent.remove(0);
    let value = parts.headers.get("authorization")?;
    assert!(value.is_sensitive());
    let (scheme, rest) = value.to_str().unwrap().split_once(' ').unwrap();
    Some((scheme.to_owned(), rest.to_owned()))
}

fn scheme(sent: &Sent) -> Option<String> {
    scheme_and_rest(sent).map(|(scheme, _)| scheme)
}

#[tokio::test]
async fn a_call_is_refused_where_the_endpoint_wants_a_signature_that_is_not_known() {
    use super::unknown_scheme_client::{Client, ErrorKind};

    let sent = Sent::default();
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        recorder.lock().unwrap().push(request.into_parts().0);
        std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")))
    };
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build()
        .unwrap();
    let error = client.list().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Configuration));
    let expected = "List: the endpoint requires authentication by sigv4a, which this client does \
                    not support";
    assert_eq!(error.to_string(), expected);
    assert!(sent.lock().unwrap().is_empty());
    // A call without a signature is nobody's concern.
    client.ping().send().await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn an_operation_without_a_scheme_is_sent_without_a_signature() {
    let (client, sent) = client(with_credentials);
    client.register().send().await.unwrap();
    let request = sent.lock().unwrap()[0].headers.clone();
    assert!(!request.contains_key("x-amz-date"));
    assert_eq!(scheme(&sent), None);
}

#[tokio::test]
async fn a_client_without_credentials_makes_the_calls_that_need_none() {
    let (client, sent) = client(|builder| builder);
    client.register().send().await.unwrap();
    assert_eq!(scheme(&sent), None);
    client.browse().send().await.unwrap();
    assert_eq!(scheme(&sent), None);

    let error = client.sign().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");
    assert_eq!(error.to_string(), format!("Sign: {NO_CREDENTIALS}"));
    assert_eq!(error.attempts(), 0);
    assert!(sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn where_auth_is_optional_a_client_with_credentials_signs() {
    let (client, sent) = client(with_credentials);
    client.browse().send().await.unwrap();
    assert_eq!(scheme(&sent).as_deref(), Some("AWS4-HMAC-SHA256"));
}

#[tokio::test]
async fn where_auth_is_optional_a_client_signs_if_a_source_of_credentials_is_set_up() {
    let keys = [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let (client, sent) = from_environment(&keys, |builder| builder).await;
    client.browse().send().await.unwrap();
    assert_eq!(scheme(&sent).as_deref(), Some("AWS4-HMAC-SHA256"));

    // This container has no credentials.
    let container = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/role")];
    let (client, _) = from_environment(&container, |builder| builder).await;
    let error = client.browse().send().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");

    // Nothing says that this is an instance with a role.
    let instance = [("AWS_EC2_METADATA_DISABLED", "false")];
    let (client, sent) = from_environment(&instance, |builder| builder).await;
    client.browse().send().await.unwrap();
    assert_eq!(scheme(&sent), None);
}

#[tokio::test]
async fn of_several_schemes_the_first_counts_that_the_client_is_set_up_for() {
    let both = |builder| with_token(with_credentials(builder));
    let first = |(_, sent): &(Client, Sent)| scheme(sent).unwrap();

    // The model prefers the token here.
    for (set_up, expected) in [
        (&both as &dyn Fn(_) -> _, "Bearer"),
        (&with_credentials, "AWS4-HMAC-SHA256"),
        (&with_token, "Bearer"),
    ] {
        let set_up = client(set_up);
        set_up.0.either().send().await.unwrap();
        assert_eq!(first(&set_up), expected);
    }
    // Where the model has no order, that of the alphabet is its order.
    let set_up = client(both);
    set_up.0.ordinary().send().await.unwrap();
    assert_eq!(first(&set_up), "AWS4-HMAC-SHA256");
}

#[tokio::test]
async fn a_token_is_sent_as_it_is_and_never_shown() {
    let (client, sent) = client(with_token);
    client.bear().send().await.unwrap();
    let expected = ("Bearer".to_owned(), "the-token".to_owned());
    assert_eq!(scheme_and_rest(&sent), Some(expected));
    let shown = format!("{client:?} {:?}", with_token(Client::builder()));
    assert!(!shown.contains("the-token"), "{shown}");
}

#[tokio::test]
async fn without_a_token_or_with_one_that_no_header_can_carry_nothing_is_sent() {
    for (set_up, expected) in [
        (
            &with_credentials as &dyn Fn(_) -> _,
            "Bear: no bearer token: call `bearer_token(…)` on the builder, or create the client with \
             `from_env` and a profile that has an `sso_session`",
        ),
        (
            &|builder: ClientBuilder<Client>| builder.bearer_token("the\ntoken"),
            "Bear: the bearer token has a character that cannot stand in an HTTP header; is there \
             a line break in it?",
        ),
    ] {
        let (client, sent) = client(set_up);
        let error = client.bear().send().await.unwrap_err();
        assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");
        assert_eq!(error.to_string(), expected);
        assert!(sent.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_token_travels_only_over_https_or_to_this_machine() {
    for (url, is_sent) in [
        ("https://fixture.example.com", true),
        ("http://127.0.0.1:1", true),
        ("http://[::1]:1", true),
        ("http://localhost:1", true),
        ("http://fixture.example.com", false),
        ("http://127.0.0.1.example.com", false),
        ("http://localhost.example.com", false),
        ("http://evillocalhost", false),
        ("http://evil.localhost.example.com", false),
    ] {
        let (client, sent) = client(|builder| with_token(builder).endpoint_url(url));
        let outcome = client.bear().send().await;
        assert_eq!(outcome.is_ok(), is_sent, "{url}: {outcome:?}");
        assert_eq!(sent.lock().unwrap().len(), usize::from(is_sent), "{url}");
        if let Err(error) = outcome {
            let text = "Bear: a bearer token is sent only over https or to the local machine";
            assert!(error.to_string().starts_with(text), "{error}");
        }
    }
}

/// A client of these environment variables, and of what is set in code.
async fn from_environment(
    variables: &[(&str, &str)],
    set_up: impl Fn(ClientBuilder<Client>) -> ClientBuilder<Client>,
) -> (Client, Sent) {
    let sent = Sent::default();
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        recorder.lock().unwrap().push(request.into_parts().0);
        std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")))
    };
    let always = [
        ("AWS_REGION", "us-east-1"),
        ("HOME", "/none"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    let variables: EnvironmentVariables = always.iter().chain(variables).copied().collect();
    let builder = Client::builder()
        .transport(transport)
        .environment(variables);
    (set_up(builder).build_from_env().await.unwrap(), sent)
}

/// The name of the variable is that of botocore: the name in signatures, which is `fixture` here.
#[tokio::test]
async fn the_token_of_the_service_in_the_environment_is_preferred_to_a_signature() {
    let token = ("AWS_BEARER_TOKEN_FIXTURE", " the-token ");
    let keys = [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let bearer = Some(("Bearer".to_owned(), "the-token".to_owned()));

    let (client, sent) = from_environment(&[token], |builder| builder).await;
    client.bear().send().await.unwrap();
    assert_eq!(scheme_and_rest(&sent), bearer);

    // The model prefers a signature here.
    let all = [token, keys[0], keys[1]];
    let (client, sent) = from_environment(&all, |builder| builder).await;
    client.ordinary().send().await.unwrap();
    assert_eq!(scheme_and_rest(&sent), bearer);
    client.sign().send().await.unwrap();
    assert_eq!(scheme(&sent).as_deref(), Some("AWS4-HMAC-SHA256"));

    // Code wins over variables, and a blank variable is none.
    let (client, sent) = from_environment(&all, with_credentials).await;
    client.ordinary().send().await.unwrap();
    assert_eq!(scheme(&sent).as_deref(), Some("AWS4-HMAC-SHA256"));
    let own = |builder: ClientBuilder<Client>| builder.bearer_token("own");
    let (client, sent) = from_environment(&[token], own).await;
    client.bear().send().await.unwrap();
    assert_eq!(scheme_and_rest(&sent).unwrap().1, "own");
    for other in [
        ("AWS_BEARER_TOKEN_FIXTURE", " "),
        ("AWS_BEARER_TOKEN", "the-token"),
    ] {
        let (client, _) = from_environment(&[other, keys[0], keys[1]], |builder| builder).await;
        assert!(client.bear().send().await.is_err(), "{other:?}");
    }
}
