//! A call that is made again, over real HTTP.

use std::sync::{Arc, Mutex};

use bytes::BytesMut;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use workspace_tests::{Reply, Server, read_request};

use super::{FLOW, builder};

/// Serves one connection after the other, and keeps the number of the connection of each request.
/// The first response has this status, and keeps the connection open.
async fn serve(listener: TcpListener, status: u16, connections: Arc<Mutex<Vec<usize>>>) {
    let mut number = 0;
    while let Ok((connection, _)) = listener.accept().await {
        tokio::spawn(serve_connection(
            connection,
            number,
            status,
            Arc::clone(&connections),
        ));
        number += 1;
    }
}

async fn serve_connection(
    mut connection: TcpStream,
    number: usize,
    first_status: u16,
    connections: Arc<Mutex<Vec<usize>>>,
) {
    let mut buffer = BytesMut::new();
    while let Ok(Some(_)) = read_request(&mut connection, &mut buffer).await {
        let is_first = {
            let mut connections = connections.lock().unwrap();
            connections.push(number);
            connections.len() == 1
        };
        let status = if is_first { first_status } else { 200 };
        let code = if status == 429 { "ThrottlingException" } else { "" };
        let response = format!(
            "HTTP/1.1 {status} S\r\nx-amzn-errortype: {code}\r\ncontent-length: 2\r\n\r\n{{}}"
        );
        connection.write_all(response.as_bytes()).await.unwrap();
    }
}

/// The connections of a call whose first response has this status.
async fn connections_after(status: u16) -> Vec<usize> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(Mutex::new(Vec::new()));
    tokio::spawn(serve(listener, status, Arc::clone(&connections)));
    let client = builder(&url).build().unwrap();
    client.start_flow(FLOW).send().await.unwrap();
    let connections = connections.lock().unwrap();
    connections.clone()
}

#[tokio::test]
async fn a_retry_after_a_5xx_goes_out_on_another_connection() {
    assert_eq!(connections_after(503).await, [0, 1]);
}

/// That is the answer of a host that works.
#[tokio::test]
async fn a_retry_after_throttling_goes_out_on_the_same_connection() {
    assert_eq!(connections_after(429).await, [0, 0]);
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
