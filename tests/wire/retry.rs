//! A call that is made again, over real HTTP.

use std::sync::{Arc, Mutex};

use bytes::BytesMut;
use futures_util::future::join_all;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;
use workspace_tests::{Reply, Server, read_request};

use super::{FLOW, builder};

/// A server that keeps the number of the connection of each request.
struct Host {
    /// The status of each response; `None` closes the connection instead.
    statuses: &'static [Option<u16>],
    connections: Mutex<Vec<usize>>,
    /// As many of the first requests are all read before they get their responses.
    first: usize,
    barrier: Barrier,
}

impl Host {
    async fn serve(self: Arc<Self>, listener: TcpListener) {
        let mut number = 0;
        while let Ok((connection, _)) = listener.accept().await {
            tokio::spawn(Arc::clone(&self).serve_connection(connection, number));
            number += 1;
        }
    }

    async fn serve_connection(self: Arc<Self>, mut connection: TcpStream, number: usize) {
        let mut buffer = BytesMut::new();
        while let Ok(Some(_)) = read_request(&mut connection, &mut buffer).await {
            let index = {
                let mut connections = self.connections.lock().unwrap();
                connections.push(number);
                connections.len() - 1
            };
            if index < self.first {
                self.barrier.wait().await;
            }
            let Some(status) = self.statuses[index] else {
                return;
            };
            let code = if status == 429 {
                "ThrottlingException"
            } else {
                ""
            };
            let response = format!(
                "HTTP/1.1 {status} S\r\nx-amzn-errortype: {code}\r\ncontent-length: 2\r\n\r\n{{}}"
            );
            connection.write_all(response.as_bytes()).await.unwrap();
        }
    }
}

/// The connections of calls that get these responses, the first of them at the same time. Each call
/// succeeds.
async fn connections(calls: &[usize], statuses: &'static [Option<u16>]) -> Vec<usize> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let host = Arc::new(Host {
        statuses,
        connections: Mutex::default(),
        first: calls[0],
        barrier: Barrier::new(calls[0]),
    });
    tokio::spawn(Arc::clone(&host).serve(listener));
    let client = builder(&url).build().unwrap();
    for count in calls {
        let calls = (0..*count).map(|_| client.start_flow(FLOW).send());
        for outcome in join_all(calls).await {
            outcome.unwrap();
        }
    }
    let connections = host.connections.lock().unwrap();
    connections.clone()
}

#[tokio::test]
async fn a_retry_after_a_5xx_goes_out_on_another_connection() {
    assert_eq!(connections(&[1], &[Some(503), Some(200)]).await, [0, 1]);
}

/// That is the response of a host that works.
#[tokio::test]
async fn a_retry_after_throttling_goes_out_on_the_same_connection() {
    assert_eq!(connections(&[1], &[Some(429), Some(200)]).await, [0, 0]);
}

#[tokio::test]
async fn a_retry_after_a_connection_broke_goes_out_on_none_that_was_there_before() {
    let statuses = &[Some(200), Some(200), None, Some(200)];
    let connections = connections(&[2, 1], statuses).await;
    assert!(connections[2] < 2, "{connections:?}");
    assert_eq!(connections[3], 2);
}

#[tokio::test]
async fn nothing_asks_for_a_compressed_response() {
    let server = Server::scripted([Reply::json(200, "{}")]).await.unwrap();
    let client = builder(&server.url()).build().unwrap();
    client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(server.requests()[0].header("accept-encoding"), None);
}

#[tokio::test]
async fn a_call_gets_its_answer_after_an_error_and_a_connection_that_breaks() {
    let server = Server::scripted([
        Reply::new(503),
        Reply::json(200, r#"{"executionId":"#).cut_off(),
        Reply::json(200, r#"{"executionId":"e-1"}"#),
    ]);
    let server = server.await.unwrap();
    let client = builder(&server.url()).build().unwrap();
    let started = client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(started.execution_id.as_deref(), Some("e-1"));

    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for (request, attempt) in requests.iter().zip(1..) {
        let number = format!("attempt={attempt}; max=3");
        assert_eq!(request.header("amz-sdk-request"), Some(&*number));
        let id = request.header("amz-sdk-invocation-id");
        assert_eq!(id, requests[0].header("amz-sdk-invocation-id"));
        assert_eq!(request.body, requests[0].body);
    }
}
