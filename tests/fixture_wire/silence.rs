//! The limit on silence. The clock stands still, and goes on when a test says so: bytes between
//! sockets take no time.

use std::convert::Infallible;
use std::sync::mpsc;
use std::time::Duration;

use bytes::BytesMut;
use smithy_reqwest::{Body, ClientBuilder, Credentials, http_client_builder};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, advance};
use workspace_tests::{read_request, settle};

use super::streaming_client::{Client, Error};

const LIMIT: Duration = Duration::from_secs(7);
const SECOND: Duration = Duration::from_secs(1);
const MIB: usize = 1 << 20;

/// Keeps a paused clock where it is until it is dropped. By itself that would jump to the next limit
/// whenever bytes are on their way between sockets.
struct StandStill {
    _end: mpsc::Sender<Infallible>,
}

impl StandStill {
    fn begin() -> Self {
        let (end, ended) = mpsc::channel();
        // The clock does not jump while a blocking task is under way.
        spawn_blocking(move || ended.recv());
        Self { _end: end }
    }
}

/// A listener whose connections take little that is not read, and settings of a client that calls it.
fn listen() -> (TcpListener, ClientBuilder<Client>) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(1 << 16).unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(8).unwrap();
    let builder = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(format!("http://{}", listener.local_addr().unwrap()))
        .max_attempts(1);
    (listener, builder)
}

async fn accept(listener: &TcpListener) -> TcpStream {
    let (connection, _) = listener.accept().await.unwrap();
    connection.set_nodelay(true).unwrap();
    connection
}

/// Reads until these bytes have come, and maybe more.
async fn read_until(connection: &mut TcpStream, end: &[u8]) {
    let mut read = BytesMut::new();
    while !read.windows(end.len()).any(|bytes| bytes == end) {
        assert_ne!(connection.read_buf(&mut read).await.unwrap(), 0);
    }
}

/// The error of a call that ends after this time of silence, and no sooner.
async fn error_after<T: std::fmt::Debug>(
    silence: Duration,
    call: tokio::task::JoinHandle<Result<T, Error>>,
) -> Error {
    settle().await;
    advance(silence.checked_sub(Duration::from_millis(1)).unwrap()).await;
    settle().await;
    assert!(!call.is_finished());
    advance(Duration::from_millis(1)).await;
    settle().await;
    assert!(call.is_finished());
    call.await.unwrap().unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_goes_on_is_no_silence() {
    let _still = StandStill::begin();
    let (listener, builder) = listen();
    let client = builder.read_timeout(LIMIT).build().unwrap();
    let start = Instant::now();
    let call = tokio::spawn(client.put_object("k", vec![b'x'; 32 * MIB]).send());
    let mut connection = accept(&listener).await;
    read_until(&mut connection, b"xxx").await;
    let mut read = vec![0; MIB];
    for _ in 1..32 {
        connection.read_exact(&mut read).await.unwrap();
        settle().await;
        advance(SECOND).await;
    }
    assert!(start.elapsed() > LIMIT * 4);
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    connection.write_all(answer).await.unwrap();
    // What is left of the request is on its way, and must be read for the connection to end well.
    connection.read_exact(&mut read[..MIB / 2]).await.unwrap();
    call.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_stream_may_take_its_time_for_the_next_chunk() {
    let _still = StandStill::begin();
    let (listener, builder) = listen();
    let client = builder.read_timeout(LIMIT).build().unwrap();
    let (chunks, received) = tokio::sync::mpsc::unbounded_channel();
    let stream = futures_util::stream::unfold(received, |mut received| async {
        let chunk: &'static str = received.recv().await?;
        Some((Ok::<_, Infallible>(chunk), received))
    });
    let call = tokio::spawn(client.put_object("k", Body::wrap_stream(stream)).send());
    let mut connection = accept(&listener).await;
    for chunk in ["one", "two", "six"] {
        advance(LIMIT * 2).await;
        settle().await;
        chunks.send(chunk).unwrap();
        read_until(&mut connection, format!("3\r\n{chunk}\r\n").as_bytes()).await;
    }
    drop(chunks);
    read_until(&mut connection, b"0\r\n\r\n").await;
    let error = error_after(LIMIT, call).await;
    let line = "PutObject: timed out: the connection was idle for 7s";
    assert_eq!(error.to_string(), line);
}

#[tokio::test(start_paused = true)]
async fn silence_before_an_answer_ends_the_call_after_the_limit() {
    let _still = StandStill::begin();
    // A body that is handed over at once, and one that takes pieces.
    for length in [1, MIB] {
        let (listener, builder) = listen();
        let client = builder.read_timeout(LIMIT).build().unwrap();
        let call = tokio::spawn(client.put_object("k", vec![b'x'; length]).send());
        let mut connection = accept(&listener).await;
        let request = read_request(&mut connection, &mut BytesMut::new()).await;
        assert_eq!(request.unwrap().unwrap().body.len(), length);
        let error = error_after(LIMIT, call).await;
        let line = "PutObject: timed out: the connection was idle for 7s";
        assert_eq!(error.to_string(), line);
        assert!(error.is_timeout() && error.is_retryable() && !error.is_connect());
    }
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_nobody_takes_is_silence() {
    let _still = StandStill::begin();
    let (listener, builder) = listen();
    let client = builder.read_timeout(LIMIT).build().unwrap();
    let call = tokio::spawn(client.put_object("k", vec![b'x'; 32 * MIB]).send());
    let mut connection = accept(&listener).await;
    read_until(&mut connection, b"\r\n\r\nx").await;
    let error = error_after(LIMIT, call).await;
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn silence_in_a_body_ends_the_call_after_the_limit() {
    let _still = StandStill::begin();
    let (listener, builder) = listen();
    let client = builder.read_timeout(LIMIT).build().unwrap();
    let call = tokio::spawn(client.put_object("k", "x").send());
    let mut connection = accept(&listener).await;
    read_until(&mut connection, b"\r\n\r\nx").await;
    advance(SECOND * 6).await;
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{";
    connection.write_all(head).await.unwrap();
    let error = error_after(LIMIT, call).await;
    let line = "PutObject: timed out: the connection was idle for 7s (status 200)";
    assert_eq!(error.to_string(), line);
    assert!(error.is_timeout() && error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn a_reader_may_take_its_time_for_the_next_chunk() {
    let _still = StandStill::begin();
    let (listener, builder) = listen();
    let client = builder.read_timeout(LIMIT).build().unwrap();
    let call = tokio::spawn(client.get_object("k").send());
    let mut connection = accept(&listener).await;
    read_until(&mut connection, b"\r\n\r\n").await;
    let chunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\none\r\n";
    connection.write_all(chunks.as_bytes()).await.unwrap();
    let mut content = call.await.unwrap().unwrap().content;
    assert_eq!(content.chunk().await.unwrap().unwrap(), "one");
    for chunk in ["two", "six"] {
        let line = format!("3\r\n{chunk}\r\n");
        connection.write_all(line.as_bytes()).await.unwrap();
        advance(LIMIT * 2).await;
        settle().await;
        assert_eq!(content.chunk().await.unwrap().unwrap(), chunk);
    }
    // The silence begins when the reader waits.
    advance(LIMIT * 2).await;
    let start = Instant::now();
    let mut next = tokio::spawn(async move { content.chunk().await });
    settle().await;
    advance(LIMIT.checked_sub(Duration::from_millis(1)).unwrap()).await;
    settle().await;
    assert!(!next.is_finished());
    advance(Duration::from_millis(1)).await;
    let error = (&mut next).await.unwrap().unwrap_err();
    assert_eq!(start.elapsed(), LIMIT);
    let line = "timed out: the connection was idle for 7s";
    assert_eq!(error.to_string(), line);
}

#[tokio::test(start_paused = true)]
async fn the_longest_time_there_is_is_no_limit() {
    let _still = StandStill::begin();
    for length in [1, MIB] {
        let (listener, builder) = listen();
        let client = builder.read_timeout(Duration::MAX).build().unwrap();
        let call = tokio::spawn(client.put_object("k", vec![b'x'; length]).send());
        let mut connection = accept(&listener).await;
        let request = read_request(&mut connection, &mut BytesMut::new()).await;
        assert_eq!(request.unwrap().unwrap().body.len(), length);
        for part in ["HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{", "}"] {
            advance(LIMIT * 1_000_000).await;
            settle().await;
            connection.write_all(part.as_bytes()).await.unwrap();
            settle().await;
        }
        call.await.unwrap().unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn an_http_client_of_ones_own_has_the_limit_too() {
    let _still = StandStill::begin();
    let http = http_client_builder().unwrap().no_proxy().build().unwrap();
    for (set, limit) in [(Some(LIMIT), LIMIT), (None, Duration::from_secs(60))] {
        let (listener, builder) = listen();
        let builder = builder.http_client(http.clone());
        let builder = match set {
            Some(limit) => builder.read_timeout(limit),
            None => builder,
        };
        let call = tokio::spawn(builder.build().unwrap().put_object("k", "x").send());
        let mut connection = accept(&listener).await;
        read_until(&mut connection, b"\r\n\r\nx").await;
        assert!(error_after(limit, call).await.is_timeout());
    }
}
