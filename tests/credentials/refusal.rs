//! Calls that a service refuses for their credentials, and calls that wait for some.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use appflow_client::{Client, ClientBuilder};
use futures_util::StreamExt as _;
use smithy_reqwest::{
    Body, CachedCredentials, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
    Timestamp, Transport as _, TransportError,
};
use tokio::time::{sleep, timeout};

use super::{NOW, Wire, builder, reply, time};

/// A provider that takes 300 ms, and returns other credentials each time.
#[derive(Debug, Default)]
struct Vault {
    asked: AtomicU32,
    /// How often it succeeds; without end by default.
    last: Option<u32>,
}

impl ProvideCredentials for Vault {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move {
            sleep(Duration::from_millis(300)).await;
            if self.last.is_some_and(|last| number > last) {
                return Err(CredentialsError::new("the vault is locked"));
            }
            Ok(Credentials::new(format!("AKID{number}"), "secret", None))
        })
    }
}

/// A client of a service that refuses all access keys but one, with this code.
fn client(
    builder: ClientBuilder,
    code: &'static str,
    accepted: &'static str,
) -> (Client, Arc<AtomicU32>) {
    let calls = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&calls);
    let transport = move |request: http::Request<Body>| {
        count.fetch_add(1, Ordering::Relaxed);
        let signed = request.headers()["authorization"].to_str().unwrap();
        let is_accepted = signed.contains(&format!("Credential={accepted}/"));
        let answer = if is_accepted {
            http::Response::builder().status(200)
        } else {
            http::Response::builder()
                .status(403)
                .header("x-amzn-errortype", code)
        };
        async move { answer.body("{}") }
    };
    let builder = builder.region("us-east-1").transport(transport);
    (builder.build().unwrap(), calls)
}

#[tokio::test(start_paused = true)]
async fn credentials_that_are_refused_are_replaced_and_the_call_is_made_once_more() {
    for (code, is_about_credentials) in [
        ("ExpiredToken", true),
        ("ExpiredTokenException", true),
        ("InvalidClientTokenId", true),
        ("UnrecognizedClientException", true),
        ("AccessDeniedException", false),
    ] {
        let cache = Arc::new(CachedCredentials::new(Vault::default()));
        let (client, calls) = client(builder([]).credentials(cache), code, "AKID2");
        let outcome = client.start_flow("orders").send().await;
        assert_eq!(outcome.is_ok(), is_about_credentials, "{code}");
        let expected = if is_about_credentials { 2 } else { 1 };
        assert_eq!(calls.load(Ordering::Relaxed), expected, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_that_cannot_change_are_refused_once() {
    let keys = Credentials::new("AKID1", "secret", None);
    let (client, calls) = client(builder([]).credentials(keys), "ExpiredToken", "AKID2");
    let error = client.start_flow("orders").send().await.unwrap_err();
    assert_eq!(error.code(), Some("ExpiredToken"));
    assert!(!error.is_retryable());
    assert_eq!(calls.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_is_made_once_more_and_not_twice() {
    let cache = CachedCredentials::new(Vault::default());
    let (client, calls) = client(builder([]).credentials(cache), "ExpiredToken", "none");
    let error = client.start_flow("orders").send().await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("ExpiredToken"), 2));
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn without_retries_the_next_call_has_the_new_credentials() {
    let cache = CachedCredentials::new(Vault::default());
    let settings = builder([]).credentials(cache).max_attempts(1);
    let (client, calls) = client(settings, "ExpiredToken", "AKID2");
    let error = client.start_flow("orders").send().await.unwrap_err();
    assert!(error.is_retryable());
    client.start_flow("orders").send().await.unwrap();
    assert_eq!(calls.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn where_there_are_no_new_credentials_the_error_says_both() {
    let vault = Vault {
        last: Some(1),
        ..Vault::default()
    };
    let cache = CachedCredentials::new(vault);
    let (client, _) = client(builder([]).credentials(cache), "ExpiredToken", "AKID2");
    let error = client.start_flow("orders").send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "StartFlow: the vault is locked; before that: ExpiredToken (status 403)"
    );
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_left_waiting_for_credentials_holds_up_no_other() {
    let cache = CachedCredentials::new(Vault::default());
    let (client, _) = client(builder([]).credentials(cache), "ExpiredToken", "AKID1");
    let mut left = std::pin::pin!(client.start_flow("a").send());
    tokio::select! {
        _ = &mut left => panic!("the vault takes longer"),
        () = sleep(Duration::from_millis(100)) => {
            client.start_flow("b").send().await.unwrap();
        }
    }
    left.await.unwrap();

    // A page that is left half fetched holds up none either.
    let cache = CachedCredentials::new(Vault::default());
    let (client, _) = self::client(builder([]).credentials(cache), "ExpiredToken", "AKID1");
    let mut pages = std::pin::pin!(client.list_flows().pages());
    let limit = Duration::from_millis(100);
    timeout(limit, pages.next()).await.unwrap_err();
    client.start_flow("b").send().await.unwrap();
    pages.next().await.unwrap().unwrap();
}

/// The clock of the machine is two hours behind, so credentials look good that have expired.
#[tokio::test(start_paused = true)]
async fn credentials_expire_by_the_clock_of_the_service() {
    let wire = Wire::default();
    let documents = Arc::new(AtomicU32::new(0));
    let container = Arc::new(wire.transport(move |_| {
        let number = documents.fetch_add(1, Ordering::Relaxed) + 1;
        let end = Timestamp::try_from(time(NOW) + HOUR * (2 * number - 1)).unwrap();
        let document = format!(
            r#"{{"AccessKeyId":"ASIA{number}","SecretAccessKey":"s","Token":"t","Expiration":"{end}"}}"#
        );
        Some(reply(200, document))
    }));
    let is_refused = AtomicBool::new(true);
    let transport = move |request: http::Request<Body>| {
        let is_call = request.uri().path() == "/start-flow";
        let container = Arc::clone(&container);
        let is_refused = is_call && is_refused.swap(false, Ordering::Relaxed);
        async move {
            let answer = container.send(request).await?;
            if !is_refused {
                return Ok::<_, TransportError>(answer);
            }
            let refusal = http::Response::builder()
                .status(403)
                .header("x-amzn-errortype", "RequestTimeTooSkewed")
                .header("date", "Sun, 22 Nov 2026 03:02:03 GMT");
            Ok(refusal.body(Body::default()).unwrap())
        }
    };
    let variables = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/role"),
    ];
    let client = builder(variables).transport(transport).build_from_env();
    let client = client.await.unwrap();
    client.start_flow("orders").send().await.unwrap();
    assert_eq!(wire.asked().len(), 2);
    let call = wire.last_call();
    assert_eq!(call.header("x-amz-date"), Some("20261122T030203Z"));
    let signed = call.header("authorization").unwrap();
    assert!(signed.contains("Credential=ASIA2/"), "{signed}");
}

const HOUR: Duration = Duration::from_secs(3_600);
