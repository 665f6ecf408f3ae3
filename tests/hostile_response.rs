//! Whatever comes as an answer is read or becomes an error of one line: nothing panics, and no control
//! character of an answer gets into that line.

mod edit;

use std::fmt::Debug;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Mutex;

use appflow_client::operation::{
    DescribeConnectorRequest, DescribeFlowRequest, ListFlowsRequest, StartFlowRequest,
};
use appflow_client::types::ConnectorType;
use appflow_client::{Client, ClientBuilder, Credentials, Error, ErrorKind, ServiceError};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use smithy_reqwest::operation::Request;
use smithy_reqwest::{Body, http};
use tokio::runtime::{Builder, Runtime};

use crate::round_trip::model::{Model, SECRET, TURNS};
use edit::{Edit, edits};

/// An answer that never was.
#[derive(Debug, Clone)]
struct HostileResponse {
    status: u16,
    headers: Vec<(&'static str, Vec<u8>)>,
    chunks: Vec<Vec<u8>>,
    breaks_off: bool,
}

/// Any answer, with any values in the headers that mean something.
fn answer() -> impl Strategy<Value = HostileResponse> {
    let status = prop_oneof![Just(200), 200_u16..600, 100_u16..1_000];
    let name = prop::sample::select(vec![
        "content-encoding", "content-length", "content-type", "date", "x-amz-request-id",
        "x-amz-retry-after", "x-amzn-errortype", "x-amzn-requestid",
    ]);
    // What a header cannot hold is no header: the rest is up to any byte.
    let value = vec(prop_oneof![Just(b'\t'), 32_u8..127, 128_u8..=255], 0..24);
    let body = prop_oneof![
        vec(any::<u8>(), 0..64),
        "[\\[\\]{}:,\"a-z0-9.\\\\-]{0,64}".prop_map(String::into_bytes),
        "\\{\"(code|__type|message|Message)\":\\PC{0,32}\\}".prop_map(String::into_bytes),
    ];
    let answer = (
        status,
        vec((name, value), 0..6),
        vec(body, 0..4),
        any::<bool>(),
    );
    answer.prop_map(|(status, headers, chunks, breaks_off)| HostileResponse {
        status,
        headers,
        chunks,
        breaks_off,
    })
}

impl HostileResponse {
    fn json(status: u16, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![("content-type", b"application/json".to_vec())],
            chunks: vec![body],
            breaks_off: false,
        }
    }

    fn into_response(self) -> http::Response<Body> {
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        let end = self.breaks_off.then_some(Err("cut\r\noff"));
        let chunks = self.chunks.into_iter().map(Ok).chain(end);
        let body = Body::wrap_stream(futures_util::stream::iter(chunks));
        response.body(body).unwrap()
    }
}

fn builder() -> ClientBuilder {
    Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_attempts(1)
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// Gives an answer to an operation, and holds the client to what it makes of it.
fn try_answer<R>(request: R, answer: &HostileResponse) -> Result<(), TestCaseError>
where
    R: Request<Error = ServiceError>,
    R::Response: Debug,
{
    let prepared = Mutex::new(Some(answer.clone().into_response()));
    let transport = move |_: http::Request<Body>| {
        let answer = prepared.lock().unwrap().take();
        std::future::ready(answer.ok_or("there was an attempt too many"))
    };
    let client = builder().transport(transport).build().unwrap();
    let outcome = runtime().block_on(client.send(request));
    let is_success = (200..300).contains(&answer.status);
    match outcome {
        Ok(read) => {
            prop_assert!(is_success && !answer.breaks_off, "{read:?}");
        }
        Err(error) => {
            check(&error)?;
            prop_assert_eq!(error.status(), Some(answer.status));
            let is_expected = match error.kind() {
                ErrorKind::InvalidResponse => is_success || answer.breaks_off,
                ErrorKind::Service(_) | ErrorKind::Unmodeled => !is_success,
                _ => false,
            };
            prop_assert!(is_expected, "{error:?}");
        }
    }
    Ok(())
}

/// An error has one line, for all that it may be asked.
fn check(error: &Error) -> Result<(), TestCaseError> {
    let line = error.to_string();
    prop_assert!(!line.contains(char::is_control), "{line:?}");
    prop_assert!(!line.contains(SECRET), "{line:?}");
    prop_assert!(!format!("{error:?}").contains('\n'), "{error:?}");
    prop_assert_eq!(error.attempts(), 1);
    if let Some(error) = error.service() {
        let _ = error.to_string();
    }
    Ok(())
}

/// Gives the same answer to operations with small and large outputs.
fn try_all(answer: &HostileResponse) -> Result<(), TestCaseError> {
    try_answer(StartFlowRequest::new("a-flow"), answer)?;
    try_answer(DescribeFlowRequest::new("a-flow"), answer)?;
    try_answer(ListFlowsRequest::default(), answer)?;
    let connector = DescribeConnectorRequest::new(ConnectorType::Salesforce);
    try_answer(connector, answer)
}

const OPERATIONS: [&str; 4] = [
    "StartFlow", "DescribeFlow", "ListFlows", "DescribeConnector",
];

/// A good answer to one of the operations that has every member there is, after some edits.
fn edited() -> impl Strategy<Value = (usize, Vec<u8>)> {
    let model = Model::read();
    let known = model.operations();
    assert!(
        OPERATIONS
            .iter()
            .all(|name| known.iter().any(|it| it == name))
    );
    let message = (0..OPERATIONS.len(), 0..TURNS, edits());
    message.prop_map(move |(operation, turn, edits)| {
        let (_, output, _) = model.messages(OPERATIONS[operation], turn);
        let text = output.to_string().into_bytes();
        (operation, edits.iter().fold(text, Edit::apply))
    })
}

fn cases(cases: u32) -> ProptestConfig {
    let seeds = FileFailurePersistence::Direct("regressions/hostile_response.txt");
    ProptestConfig {
        failure_persistence: Some(Box::new(seeds)),
        ..ProptestConfig::with_cases(cases)
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn any_answer_is_read_or_an_error_of_one_line(answer in answer()) {
        try_all(&answer)?;
    }

    #[test]
    fn a_good_answer_that_is_spoilt_is_read_or_an_error_of_one_line(
        (operation, body) in edited(),
        status in prop::sample::select(vec![200, 400, 500]),
    ) {
        let answer = HostileResponse::json(status, body);
        match operation {
            0 => try_answer(StartFlowRequest::new("a-flow"), &answer)?,
            1 => try_answer(DescribeFlowRequest::new("a-flow"), &answer)?,
            2 => try_answer(ListFlowsRequest::default(), &answer)?,
            _ => try_answer(DescribeConnectorRequest::new(ConnectorType::S3), &answer)?,
        }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_bytes_on_a_connection_are_an_answer_or_an_error_of_one_line(bytes in message()) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let (mut connection, _) = listener.accept().unwrap();
            // The request is one packet; an answer that it does not wait for is hostile too.
            let _ = connection.read(&mut [0; 4_096]);
            let _ = connection.write_all(&bytes);
        });
        let client = HTTP.with(|http| builder().endpoint_url(url).http_client(http.clone()).build());
        let outcome = runtime().block_on(client.unwrap().start_flow("a-flow").send());
        server.join().unwrap();
        if let Err(error) = outcome {
            check(&error)?;
            prop_assert!(!matches!(error.kind(), ErrorKind::InvalidRequest), "{error:?}");
        }
    }
}

thread_local! {
    /// Root certificates take a while to load.
    static HTTP: appflow_client::reqwest::Client =
        appflow_client::http_client_builder().unwrap().no_proxy().build().unwrap();
}

/// Bytes, or a message of HTTP after some edits.
fn message() -> impl Strategy<Value = Vec<u8>> {
    let plain = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 19\r\n\
                 x-amzn-requestid: 0a1b\r\n\r\n{\"executionId\":\"r\"}";
    let chunked = "HTTP/1.1 400 Bad\r\ntransfer-encoding: chunked\r\n\
                   x-amzn-errortype: A:b\r\n\r\n8\r\n{\"messag\r\n6\r\ne\":\"x\"\r\n1\r\n}\r\n0\r\n\r\n";
    let begin = prop::sample::select(vec![plain, chunked]);
    let edited = (begin, edits())
        .prop_map(|(begin, edits)| edits.iter().fold(begin.as_bytes().to_vec(), Edit::apply));
    prop_oneof![1 => vec(any::<u8>(), 0..256), 3 => edited]
}
