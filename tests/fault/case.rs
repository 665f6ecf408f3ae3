//! What is tried with every fault.

use std::time::Duration;

use appflow_client::operation::StartFlowResponse;
use appflow_client::{
    Client, ClientBuilder, Credentials, Error, ErrorKind, http_client_builder, reqwest,
};
use serde_json::Value;
use workspace_tests::RecordedRequest;

use super::response::ok;
use super::server::{Server, Steps};

/// A fault, and what becomes of a call that meets it.
pub(crate) struct Case {
    name: String,
    answers: Vec<Steps>,
    settings: Option<fn(ClientBuilder) -> ClientBuilder>,
    listens: bool,
    outcome: Outcome,
    attempts: u32,
}

/// What becomes of a call.
enum Outcome {
    /// It succeeds, with this run.
    Starts(Option<&'static str>),
    /// It fails, with this kind, status, code and part of the error's line.
    Fails(Kind, Option<u16>, Option<&'static str>, &'static str),
}

/// The kinds of errors that there are after a request was sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Service,
    Unmodeled,
    Transport,
    InvalidResponse,
}

/// The run that a server starts when it behaves.
const RUN: &str = "the run";

impl Case {
    /// The server meets every attempt of a call with the same.
    pub(crate) fn always(name: impl Into<String>, answer: Steps) -> Self {
        Self::first(name, vec![answer; 3])
    }

    /// The server meets the first attempts of a call with these, and then behaves.
    pub(crate) fn first(name: impl Into<String>, answers: impl Into<Vec<Steps>>) -> Self {
        Self {
            name: name.into(),
            answers: answers.into(),
            settings: None,
            listens: true,
            outcome: Outcome::Starts(Some(RUN)),
            attempts: 1,
        }
    }

    /// No server listens.
    pub(crate) fn refused(name: &str) -> Self {
        let listens = false;
        Self {
            listens,
            ..Self::first(name, [])
        }
    }

    /// The client has these settings.
    pub(crate) fn with(self, settings: fn(ClientBuilder) -> ClientBuilder) -> Self {
        let settings = Some(settings);
        Self { settings, ..self }
    }

    /// The call succeeds, in so many attempts.
    pub(crate) fn starts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// The call succeeds at once, with a run that the fault has given it.
    pub(crate) fn starts_run(self, run: impl Into<Option<&'static str>>) -> Self {
        let run = run.into();
        let outcome = Outcome::Starts(run);
        Self { outcome, ..self }
    }

    /// The call fails without a response, in three attempts.
    pub(crate) fn gets_no_response(self, line: &'static str) -> Self {
        self.fails(3, Kind::Transport, None, line)
    }

    /// The call fails with a response that breaks off, in three attempts.
    pub(crate) fn breaks_off(self, status: u16, line: &'static str) -> Self {
        self.fails(3, Kind::InvalidResponse, Some(status), line)
    }

    /// The call fails at once with a response that is complete and does not match the model: the
    /// service has done what it was asked to.
    pub(crate) fn cannot_be_read(self, status: u16, line: &'static str) -> Self {
        self.fails(1, Kind::InvalidResponse, Some(status), line)
    }

    /// The call fails, in so many attempts.
    pub(crate) fn fails(
        self,
        attempts: u32,
        kind: Kind,
        status: Option<u16>,
        line: &'static str,
    ) -> Self {
        Self {
            outcome: Outcome::Fails(kind, status, None, line),
            attempts,
            ..self
        }
    }

    /// The error of the call has this code.
    pub(crate) fn code(mut self, expected: &'static str) -> Self {
        if let Outcome::Fails(_, _, code, _) = &mut self.outcome {
            *code = Some(expected);
        }
        self
    }
}

/// Tries every case on a new connection, and on one that has served a call before.
pub(crate) async fn try_all(cases: impl IntoIterator<Item = Case>) {
    // Root certificates take a while to load, and most clients need no HTTP client of their own.
    let http = http_client_builder().unwrap().no_proxy().build().unwrap();
    for case in cases {
        for is_warm in [false, true] {
            if case.listens || !is_warm {
                eprintln!(
                    "{}, {}",
                    case.name,
                    if is_warm { "later" } else { "at once" }
                );
                let limit = Duration::from_secs(600);
                let ends = tokio::time::timeout(limit, run(&case, &http, is_warm)).await;
                assert!(ends.is_ok(), "{}: the call does not end", case.name);
            }
        }
    }
}

async fn run(case: &Case, http: &reqwest::Client, is_warm: bool) {
    let answers = is_warm.then(|| ok(RUN)).into_iter();
    let mut server = Server::new(answers.chain(case.answers.clone()), ok(RUN));
    if case.listens {
        server.listen();
    }
    let client = client(case, http, &server.url());
    let mut before = 0;
    if is_warm {
        client.start_flow("before").send().await.unwrap();
        before = 1;
    }
    let outcome = client.start_flow("orders-to-s3").send().await;
    let requests = server.requests();
    check_outcome(case, outcome);
    check_requests(case, &requests[before..]);
    afterwards(&client, server).await;
}

fn client(case: &Case, http: &reqwest::Client, url: &str) -> Client {
    let builder = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(url)
        .random_source(|| 0.0);
    let builder = match case.settings {
        Some(settings) => settings(builder),
        None => builder.http_client(http.clone()),
    };
    builder.build().unwrap()
}

fn check_outcome(case: &Case, outcome: Result<StartFlowResponse, Error>) {
    match (&case.outcome, outcome) {
        (Outcome::Starts(run), Ok(started)) => {
            assert_eq!(started.execution_id.as_deref(), *run);
        }
        (Outcome::Fails(kind, status, code, expected), Err(error)) => {
            let line = error.to_string();
            eprintln!("    {line}");
            let found = (kind_of(&error), error.status(), error.code());
            assert_eq!(found, (*kind, *status, *code), "{line}");
            assert!(line.starts_with("StartFlow: "), "{line}");
            assert!(line.contains(expected), "{line}: no {expected:?}");
            assert!(!line.contains(char::is_control), "{line:?}");
            assert_eq!(error.attempts(), case.attempts, "{line}");
            assert_eq!(error.is_retryable(), case.attempts > 1, "{line}");
        }
        (Outcome::Starts(_), Err(error)) => panic!("it fails: {error}"),
        (Outcome::Fails(..), Ok(started)) => panic!("it succeeds: {started:?}"),
    }
}

fn kind_of(error: &Error) -> Kind {
    match error.kind() {
        ErrorKind::Service(_) => Kind::Service,
        ErrorKind::Unmodeled => Kind::Unmodeled,
        ErrorKind::Transport => Kind::Transport,
        ErrorKind::InvalidResponse => Kind::InvalidResponse,
        kind => panic!("{kind:?} is not a kind of what came after a request"),
    }
}

/// Every attempt has arrived, with the token and the id of the call, and signed.
fn check_requests(case: &Case, requests: &[RecordedRequest]) {
    let expected = if case.listens { case.attempts } else { 0 };
    assert_eq!(requests.len(), expected as usize);
    let ids = |request: &RecordedRequest| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let token = body["clientToken"].as_str().unwrap().to_owned();
        let id = request.header("amz-sdk-invocation-id").unwrap().to_owned();
        (token, id)
    };
    for (request, attempt) in requests.iter().zip(1..) {
        assert_eq!(ids(request), ids(&requests[0]));
        let number = format!("attempt={attempt}; max=3");
        assert_eq!(request.header("amz-sdk-request"), Some(&*number));
        let authorization = request.header("authorization").unwrap();
        let scheme = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/";
        assert!(authorization.starts_with(scheme), "{authorization}");
    }
}

/// The client is as good as before.
async fn afterwards(client: &Client, mut server: Server) {
    server.listen();
    server.behave();
    let started = client.start_flow("after").send().await.unwrap();
    assert_eq!(started.execution_id.as_deref(), Some(RUN));
    assert_eq!(server.requests().len(), 1);
}
