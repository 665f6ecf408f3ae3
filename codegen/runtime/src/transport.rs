//! The interface to the network.
//!
//! A [`Transport`] turns one HTTP request into one HTTP response. The default one is reqwest; a
//! closure is one too, so tests need no network:
//!
//! ```
//! use smithy_reqwest::{Body, Transport, http};
//!
//! let fake = |request: http::Request<Body>| async move {
//!     assert_eq!(request.uri().path(), "/start-flow");
//!     http::Response::builder().status(200).body(r#"{"flowStatus":"Active"}"#)
//! };
//! # fn takes(_: impl Transport) {}
//! # takes(fake);
//! ```

mod silence;

use std::error::Error;
use std::iter::successors;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, io};

use http::Version;
use http::header::HOST;
use silence::Download;

use crate::body::{Body, BoxError};
use crate::timeout::SILENCE;

/// The future that [`Transport::send`] returns.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'a>>;

/// Turns one HTTP request into one HTTP response.
///
/// It is called on a tokio runtime with time enabled (`enable_time`, or `#[tokio::main]`), which a
/// client needs for retries, timeouts and waiters. The default transport also needs I/O enabled.
///
/// The request is complete and signed: an implementation must send its method, URI, headers and
/// body unchanged, must not follow redirects, and must not add signed headers. Any async closure
/// from `http::Request<Body>` to `Result<http::Response<impl Into<Body>>, impl Into<BoxError>>`
/// implements it.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and waits for the head of the response.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_>;
}

impl<F, Fut, B, E> Transport for F
where
    F: Fn(http::Request<Body>) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<http::Response<B>, E>> + Send + 'static,
    B: Into<Body>,
    E: Into<BoxError>,
{
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let answer = self(request);
        Box::pin(async move {
            match answer.await {
                Ok(response) => Ok(response.map(Into::into)),
                Err(error) => Err(TransportError::from_source(error.into())),
            }
        })
    }
}

/// The error of a request without a response: connecting failed, the connection was lost, or it
/// timed out.
#[derive(thiserror::Error)]
#[error("{}: {}", self.kind.describe(), chain(self.source.as_ref()))]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TransportErrorKind {
    Connect,
    ConnectTimeout,
    Timeout,
    Other,
}

impl TransportErrorKind {
    fn describe(self) -> &'static str {
        match self {
            Self::Connect => "could not connect",
            Self::ConnectTimeout => "could not connect in time",
            Self::Timeout => "timed out",
            Self::Other => "the request failed",
        }
    }
}

impl TransportError {
    /// Creates an error of connecting. The request was not sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Connect,
            source: source.into(),
        }
    }

    /// Creates a timeout error. The request may or may not have been received.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Timeout,
            source: source.into(),
        }
    }

    /// Creates any other error. The request may or may not have been received.
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Other,
            source: source.into(),
        }
    }

    /// Returns `true` if connecting failed, so the request was not received.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout
        )
    }

    /// Returns `true` for a timeout.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout
        )
    }

    /// Keeps the kind of an error of this type or of reqwest.
    pub(crate) fn from_source(source: BoxError) -> Self {
        match source.downcast::<Self>() {
            Ok(error) => *error,
            Err(source) => match source.downcast::<reqwest::Error>() {
                Ok(error) => (*error).into(),
                Err(source) => Self::other(source),
            },
        }
    }
}

impl fmt::Debug for TransportError {
    /// Prints the source as text, because some errors contain the URLs of requests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &chain(self.source.as_ref()))
            .finish()
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        // The URL may contain secrets in its path or query.
        let error = error.without_url();
        let kind = match (error.is_connect(), error.is_timeout()) {
            (true, true) => TransportErrorKind::ConnectTimeout,
            (true, false) => TransportErrorKind::Connect,
            (false, true) => TransportErrorKind::Timeout,
            (false, false) => TransportErrorKind::Other,
        };
        let source = error.into();
        Self { kind, source }
    }
}

/// A request extension that asks for a new connection, because that of an earlier attempt may lead
/// to a broken host.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewConnection;

/// The HTTP client or transport that the caller passes to the builder.
pub(crate) enum CustomTransport {
    Client(reqwest::Client),
    Transport(Arc<dyn Transport>),
}

/// The default transport: one reqwest client, and so one connection pool.
#[derive(Debug)]
pub(crate) struct Http {
    client: reqwest::Client,
    /// The timeout for a connection without data.
    silence: Duration,
}

impl Http {
    pub(crate) fn new(client: reqwest::Client, silence: Duration) -> Self {
        Self { client, silence }
    }
}

impl From<reqwest::Client> for Http {
    fn from(client: reqwest::Client) -> Self {
        Self::new(client, SILENCE)
    }
}

impl Transport for Http {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (head, mut body) = request.into_parts();
            // An empty body would never be polled, so it is polled here.
            if body.length() == Some(0) {
                body = body.collect().await.map_err(TransportError::other)?.into();
            }
            let (body, upload) = silence::upload(body);
            let request = into_reqwest(http::Request::from_parts(head, body))?;
            let exchange = self.client.execute(request);
            let response = silence::within(self.silence, upload, exchange).await??;
            Ok(http::Response::from(response)
                .map(|body| Body::wrap(Download::new(body, self.silence))))
        })
    }
}

/// Converts a request to that of reqwest. Its URL is not parsed again if it is in the extensions.
fn into_reqwest(request: http::Request<reqwest::Body>) -> Result<reqwest::Request, reqwest::Error> {
    let (mut head, body) = request.into_parts();
    let Some(url) = head.extensions.remove::<reqwest::Url>() else {
        return http::Request::from_parts(head, body).try_into();
    };
    let mut request = reqwest::Request::new(head.method, url);
    *request.version_mut() = head.version;
    *request.headers_mut() = head.headers;
    if head.version == Version::HTTP_2 {
        // HTTP/2 has the host in `:authority`.
        request.headers_mut().remove(HOST);
    }
    *request.body_mut() = Some(body);
    Ok(request)
}

/// Returns an error and its causes in one line, without the URLs of requests, which may contain a
/// signature or secrets.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    for cause in successors(cause(error), |error| cause(*error)) {
        let inner = cause.to_string();
        if !text.ends_with(&inner) {
            text.push_str(": ");
            text.push_str(&inner);
        }
    }
    // An error may repeat the text of its cause, so URLs are removed from the whole text.
    for error in successors(Some(error), |error| cause(*error)) {
        let url = error.downcast_ref().and_then(reqwest::Error::url);
        if let Some(url) = url {
            text = text.replace(&format!(" for url ({url})"), "");
        }
    }
    text
}

fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    // An I/O error prints the inner error, and its source is the cause of the inner error.
    match error.downcast_ref().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}
