//! Where credentials and settings come from, when they are not given in code: AWS's own cases, and
//! what they leave open.
//!
//! AWS's cases lie in `shared/conformance/credentials` beside the workspace. Without them, the tests
//! made of them check nothing, except in CI, where they fail. Nothing here reaches a network, and the
//! clock is paused.

mod cache;
mod container;
mod fault;
mod fetch;
mod identity;
mod instance;
mod login;
mod outage;
#[cfg(unix)]
mod process;
mod profile;
mod provider;
mod recursion;
mod refusal;
mod role;
mod scenario;
mod setting;
mod sso;
mod web_identity;

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use crate::fixture::auth_client;
use appflow_client::{Client, ClientBuilder, Credentials, Error, ErrorKind};
use http::request::Parts;
use serde_json::Value;
use smithy_reqwest::sigv4::{Payload, Signing};
use smithy_reqwest::{Body, Bytes, EnvironmentVariables, Timestamp, Transport};
use tempfile::TempDir;
use workspace_tests::shared;

/// The moment of every request: 2026-11-22 01:02:03 UTC.
const NOW: u64 = 1_795_309_323;

fn time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

/// Settings of a client that sees these variables, and none of this process.
fn builder<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> ClientBuilder {
    Client::builder()
        .environment(EnvironmentVariables::from_iter(variables))
        .time_source(|| time(NOW))
        .token_source(|| "token-1".to_owned())
        .random_source(|| 0.0)
}

/// A home directory with a config file, or a credentials file, or both.
fn home(config: &str, credentials: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    let folder = home.path().join(".aws");
    fs::create_dir(&folder).unwrap();
    for (name, text) in [("config", config), ("credentials", credentials)] {
        if !text.is_empty() {
            fs::write(folder.join(name), text).unwrap();
        }
    }
    home
}

fn path(folder: &TempDir) -> &str {
    folder.path().to_str().unwrap()
}

/// A request as it was sent.
#[derive(Debug, Clone)]
struct Sent {
    head: Parts,
    body: Bytes,
}

impl Sent {
    fn header(&self, name: &str) -> Option<&str> {
        Some(self.head.headers.get(name)?.to_str().unwrap())
    }

    /// Whether it is a call of AppFlow, and no request for credentials.
    fn is_call(&self) -> bool {
        self.head.uri.path() == "/start-flow"
    }

    /// Asserts that a call was signed with these credentials.
    #[track_caller]
    fn assert_signed_with(&self, credentials: &Credentials, time: SystemTime) {
        self.assert_signed_for("appflow", credentials, time);
    }

    /// Asserts that a request to a service was signed with these credentials.
    #[track_caller]
    fn assert_signed_for(&self, service: &str, credentials: &Credentials, time: SystemTime) {
        let token = self.header("x-amz-security-token");
        assert_eq!(token, credentials.session_token());
        let signed = self.header("authorization").unwrap();
        // `sigv4` proves the signer; here it tells the secret that is in a signature.
        let region = signed.split('/').nth(2).unwrap();
        let time = Timestamp::try_from(time).unwrap();
        let mut again = self.head.clone();
        for name in [
            "amz-sdk-invocation-id", "amz-sdk-request", "authorization", "content-length",
            "x-amz-user-agent",
        ] {
            again.headers.remove(name);
        }
        Signing::new(credentials, region, service, time)
            .sign(&mut again, Payload::Bytes(&self.body))
            .unwrap();
        assert_eq!(again.headers["authorization"], signed);
    }
}

type Variables<'a> = &'a [(&'a str, &'a str)];

type Reply = http::Response<Bytes>;

fn reply(status: u16, body: impl Into<Bytes>) -> Reply {
    let response = http::Response::builder().status(status);
    response.body(body.into()).unwrap()
}

/// Everything that a client sends, which is answered by a function. Calls of AppFlow succeed.
#[derive(Clone, Default)]
struct Wire {
    sent: Arc<Mutex<Vec<Sent>>>,
}

impl Wire {
    /// Makes one call with these settings. A request that is no call gets the answer of the function;
    /// where that is none, no connection is made.
    async fn call(
        &self,
        builder: ClientBuilder,
        answer: impl Fn(&Sent) -> Option<Reply> + Send + Sync + 'static,
    ) -> Result<(), Error> {
        let client = self.client(builder, answer).await?;
        client.start_flow("orders-to-s3").send().await.map(drop)
    }

    async fn client(
        &self,
        builder: ClientBuilder,
        answer: impl Fn(&Sent) -> Option<Reply> + Send + Sync + 'static,
    ) -> Result<Client, Error> {
        builder
            .transport(self.transport(answer))
            .build_from_env()
            .await
    }

    /// A transport that keeps what it sends, and returns the answers of a function to all but calls
    /// of AppFlow.
    fn transport(
        &self,
        answer: impl Fn(&Sent) -> Option<Reply> + Send + Sync + 'static,
    ) -> impl Transport {
        let (answer, wire) = (Arc::new(answer), self.clone());
        move |request: http::Request<Body>| {
            let (answer, wire) = (Arc::clone(&answer), wire.clone());
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await.unwrap();
                let sent = Sent { head, body };
                let reply = if sent.is_call() {
                    Some(reply(200, "{}"))
                } else {
                    answer(&sent)
                };
                wire.sent.lock().unwrap().push(sent);
                reply
                    .ok_or_else(|| smithy_reqwest::TransportError::connect("nothing listens there"))
            }
        }
    }

    fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    /// The URLs of the requests for credentials.
    fn asked(&self) -> Vec<String> {
        let sent = self.sent();
        let asked = sent.iter().filter(|it| !it.is_call());
        asked.map(|it| it.head.uri.to_string()).collect()
    }

    /// The last call of AppFlow.
    fn last_call(&self) -> Sent {
        self.sent().into_iter().rfind(Sent::is_call).unwrap()
    }
}

/// The line of an error that says why there are no credentials.
#[track_caller]
fn expect_no_credentials<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    let error = outcome.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");
    let line = error.to_string();
    assert!(!line.contains(char::is_control), "{line:?}");
    line
}

/// A JSON file of AWS's; `None` where it is not there.
fn official(file: &str) -> Option<Value> {
    let path = shared(&format!("conformance/credentials/{file}"))?;
    Some(json(&path))
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The variables of a case.
fn variables(case: &Value) -> Vec<(&str, &str)> {
    let variables = case.as_object().unwrap().iter();
    variables
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect()
}
