//! A loopback HTTP/1.1 server for tests.
//!
//! It answers from a script or from a closure, and keeps every request as it arrived. It listens
//! on a free port of 127.0.0.1 and is gone when it is dropped.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderMap, Method};
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// A server that is up until it is dropped.
pub struct Server {
    address: SocketAddr,
    exchange: Arc<Exchange>,
    /// The task that accepts connections; dropping the set ends it, and it ends theirs.
    _tasks: JoinSet<()>,
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct RecordedRequest {
    /// The method.
    pub method: Method,
    /// The path and the query, as they stood in the request line.
    pub target: String,
    /// The headers, those of the connection included.
    pub headers: HeaderMap,
    /// The whole body.
    pub body: Bytes,
}

impl RecordedRequest {
    /// The value of a header that arrived once and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    }
}

/// What the server sends back.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    end: End,
}

impl Reply {
    /// An answer without a body.
    #[must_use]
    pub fn new(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
            end: End::Reached,
        }
    }

    /// An answer whose body is JSON, or is said to be.
    #[must_use]
    pub fn json(status: u16, body: impl Into<Bytes>) -> Self {
        Self::new(status)
            .header("content-type", "application/json")
            .body(body)
    }

    /// The same answer, with one more header.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The same answer, with this body.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        self
    }

    /// The same answer, with the connection broken off where more of the body should follow.
    #[must_use]
    pub fn cut_off(mut self) -> Self {
        self.end = End::CutOffLater;
        self
    }

    /// Fails on a status or a header that HTTP does not have, which closes the connection.
    fn into_response(self) -> http::Result<http::Response<AnswerBody>> {
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in self.headers {
            response = response.header(name, value);
        }
        response.body(AnswerBody {
            bytes: self.body,
            end: self.end,
        })
    }
}

/// What all connections share.
struct Exchange {
    answer: Box<dyn Fn(&RecordedRequest) -> Reply + Send + Sync>,
    requests: Mutex<Vec<RecordedRequest>>,
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;

impl Server {
    /// A server that gives these answers, one a request in their order, and 501 after the last.
    ///
    /// # Errors
    ///
    /// No free port on 127.0.0.1.
    pub async fn scripted(answers: impl IntoIterator<Item = Reply>) -> io::Result<Self> {
        let script = Mutex::new(VecDeque::from_iter(answers));
        let next = move |_: &RecordedRequest| lock(&script).pop_front();
        Self::answering(move |request| {
            next(request).unwrap_or_else(|| Reply::new(501).body("the script has no more answers"))
        })
        .await
    }

    /// A server that answers every request with what the closure returns for it.
    ///
    /// # Errors
    ///
    /// No free port on 127.0.0.1.
    pub async fn answering(
        answer: impl Fn(&RecordedRequest) -> Reply + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let exchange = Arc::new(Exchange {
            answer: Box::new(answer),
            requests: Mutex::default(),
        });
        let mut tasks = JoinSet::new();
        tasks.spawn(accept(listener, Arc::clone(&exchange)));
        Ok(Self {
            address,
            exchange,
            _tasks: tasks,
        })
    }

    /// The URL of the server, without a path: `http://127.0.0.1:port`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests so far, in the order of their arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.exchange.requests).clone()
    }
}

async fn accept(listener: TcpListener, exchange: Arc<Exchange>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(serve(stream, Arc::clone(&exchange)));
        // Connections that have ended are forgotten; the others end with this task.
        while connections.try_join_next().is_some() {}
    }
}

async fn serve(stream: TcpStream, exchange: Arc<Exchange>) {
    let respond = service_fn(|request| respond(request, Arc::clone(&exchange)));
    // A connection that breaks is the client's affair: the test sees it there.
    let _ = http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(stream), respond)
        .await;
}

async fn respond(
    request: http::Request<Incoming>,
    exchange: Arc<Exchange>,
) -> Result<http::Response<AnswerBody>, BoxError> {
    let (head, body) = request.into_parts();
    let request = RecordedRequest {
        method: head.method,
        target: head.uri.to_string(),
        headers: head.headers,
        body: body.collect().await?.to_bytes(),
    };
    let answer = (exchange.answer)(&request);
    lock(&exchange.requests).push(request);
    Ok(answer.into_response()?)
}

/// A body in one piece, which may end too early.
struct AnswerBody {
    bytes: Bytes,
    end: End,
}

/// What follows the bytes of a body.
#[derive(Debug, Clone, Copy, PartialEq)]
enum End {
    Reached,
    CutOffLater,
    CutOff,
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.bytes)))));
        }
        match std::mem::replace(&mut self.end, End::Reached) {
            End::Reached => Poll::Ready(None),
            End::CutOff => Poll::Ready(Some(Err(io::ErrorKind::ConnectionAborted.into()))),
            End::CutOffLater => {
                // Meanwhile hyper sends what it has so far.
                self.end = End::CutOff;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.bytes.is_empty() && self.end == End::Reached
    }

    fn size_hint(&self) -> SizeHint {
        match self.end {
            End::Reached => SizeHint::with_exact(self.bytes.len() as u64),
            End::CutOffLater | End::CutOff => SizeHint::new(),
        }
    }
}

/// A panic elsewhere leaves the lists as good as they were.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::{Reply, Server, TcpStream};

    async fn status_line(server: &Server) -> String {
        let mut stream = TcpStream::connect(server.address).await.unwrap();
        let request = b"GET /a?b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.lines().next().unwrap().to_owned()
    }

    #[tokio::test]
    async fn a_script_is_followed_and_then_over() {
        let server = Server::scripted([Reply::new(204), Reply::new(404)]);
        let server = server.await.unwrap();
        assert_eq!(status_line(&server).await, "HTTP/1.1 204 No Content");
        assert_eq!(status_line(&server).await, "HTTP/1.1 404 Not Found");
        assert_eq!(status_line(&server).await, "HTTP/1.1 501 Not Implemented");
        assert!(server.requests().iter().all(|it| it.target == "/a?b"));
        assert_eq!(server.requests().len(), 3);
    }

    #[tokio::test]
    async fn a_server_is_gone_when_it_is_dropped() {
        let server = Server::scripted([]).await.unwrap();
        let address = server.address;
        let mut open = TcpStream::connect(address).await.unwrap();
        drop(server);
        // Both the listener and the connection are closed.
        assert_eq!(open.read(&mut [0]).await.ok().unwrap_or(0), 0);
        assert!(TcpStream::connect(address).await.is_err());
    }
}
