//! The generated client over real HTTP: what it sends to a loopback server, and what it makes of
//! the answers.
//!
//! Time, tokens and credentials are fixed, so every byte of a request is known beforehand.

// Clippy lets code unwrap that is compiled for tests alone; without this line it would not see
// that the functions the tests share are.

mod binding;
mod clock;
mod configuration;
mod environment;
mod error;
mod error_code;
mod limit;
mod pagination;
mod refusal;
mod request;
mod response;
mod retry;
mod secret;
mod signature;
mod timeout;
mod transport;

use std::time::{Duration, SystemTime};

use appflow_client::operation::StartFlowResponse;
use appflow_client::{Client, ClientBuilder, Credentials, Error};
use workspace_tests::{RecordedRequest, Reply, Server};

const ACCESS_KEY: &str = "AKIDEXAMPLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const SESSION_TOKEN: &str = "IQoJb3JpZ2luX2VjEXAMPLE//////////session==";
const FLOW: &str = "orders-to-s3";

/// The moment of every request: 2026-11-22 01:02:03 UTC.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_309_323)
}

/// Settings of a client that calls the URL, with credentials that last. It retries without delay.
fn builder(url: &str) -> ClientBuilder {
    Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new(ACCESS_KEY, SECRET_KEY, None))
        .endpoint_url(url)
        .time_source(now)
        .random_source(|| 0.0)
}

/// The outcome of one `StartFlow` that the server gives this answer.
async fn start_flow_answered(answer: Reply) -> Result<StartFlowResponse, Error> {
    let server = Server::scripted([answer]).await.unwrap();
    let client = builder(&server.url()).max_attempts(1).build().unwrap();
    let outcome = client.start_flow(FLOW).send().await;
    assert_eq!(server.requests().len(), 1);
    outcome
}

/// The one request that a server saw.
fn only_request(server: &Server) -> RecordedRequest {
    let requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests.into_iter().next().unwrap()
}

/// The error of a call that must fail, which says what it has to say in one line.
#[track_caller]
fn expect_error<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Error {
    let error = outcome.unwrap_err();
    let line = error.to_string();
    assert!(!line.contains(char::is_control), "{line:?}");
    error
}
