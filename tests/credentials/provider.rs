//! Sources of credentials that are created in code.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use appflow_client::Credentials;
use smithy_reqwest::credentials::{AssumeRole, CachedCredentials, Container};
use smithy_reqwest::{
    Body, CredentialsError, CredentialsFuture, EnvironmentVariables, ProvideCredentials,
};

use super::role::{answer, signer};
use super::{NOW, Wire, builder, expect_no_credentials, reply, time};

const ARN: &str = "arn:aws:iam::123456789012:role/nightly";

#[tokio::test(start_paused = true)]
async fn a_source_in_a_cache_uses_the_client_it_is_passed_to() {
    let base = Credentials::new("AKIDBASE", "s", None);
    let role = AssumeRole::builder(ARN).source(base).build().unwrap();
    let cache = CachedCredentials::new(role).time_source(|| time(NOW));
    let wire = Wire::default();
    let settings = builder([]).region("us-east-1").credentials(cache);
    wire.call(settings, answer).await.unwrap();
    assert_eq!(wire.asked(), ["https://sts.us-east-1.amazonaws.com/"]);
    assert_eq!(signer(&wire.last_call()).as_deref(), Some("nightly"));
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_role_says_that_there_are_no_credentials_to_assume_it_with() {
    #[derive(Debug)]
    struct Locked;
    impl ProvideCredentials for Locked {
        fn provide_credentials(&self) -> CredentialsFuture<'_> {
            Box::pin(async { Err(CredentialsError::new("the vault is locked")) })
        }
    }
    let role = AssumeRole::builder(ARN).source(Locked).build().unwrap();
    let settings = builder([]).region("us-east-1").credentials(role);
    assert_eq!(
        expect_no_credentials(Wire::default().call(settings, answer).await),
        format!(
            "StartFlow: no credentials from the role {ARN}: no credentials to assume it with: the \
             vault is locked"
        )
    );
}

#[tokio::test(start_paused = true)]
async fn a_source_is_asked_for_others_if_a_service_refuses_its_credentials() {
    let path = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/role");
    let container = Container::from_env(&EnvironmentVariables::from_iter([path])).unwrap();
    // It has none yet that could be others.
    assert!(!container.invalidate(&Credentials::new("ASIA0", "s", None)));

    let documents = AtomicU32::new(0);
    let transport = move |request: http::Request<Body>| {
        let signed = request.headers().get("authorization");
        let answer = match signed.map(|it| it.to_str().unwrap()) {
            Some(signed) if signed.contains("Credential=ASIA2/") => reply(200, "{}"),
            Some(_) => reply(403, r#"{"code":"ExpiredTokenException"}"#),
            None => {
                let number = documents.fetch_add(1, Ordering::Relaxed) + 1;
                let keys = format!(r#"{{"AccessKeyId":"ASIA{number}","SecretAccessKey":"s"}}"#);
                reply(200, keys)
            }
        };
        std::future::ready(Ok::<_, Infallible>(answer))
    };
    let settings = builder([]).region("us-east-1").transport(transport);
    let client = settings.credentials(Arc::new(container)).build().unwrap();
    client.start_flow("orders").send().await.unwrap();
}
