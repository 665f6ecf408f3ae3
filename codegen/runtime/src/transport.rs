//! The seam to the network.
//!
//! A [`Transport`] turns one HTTP request into one HTTP response. The default one is reqwest; a
//! closure is one too, which is how tests answer without a network:
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

use silence::Answer;

use crate::body::{Body, BoxError};
use crate::timeout::SILENCE;

/// What [`Transport::send`] returns.
pub type TransportFuture<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Body>, TransportError>> + Send + 'a>>;

/// Turns one HTTP request into one HTTP response.
///
/// It is called on a tokio runtime whose time is enabled (`enable_time`, or `#[tokio::main]`): a
/// client needs one for its retries, limits of time and waiters, whatever the transport is. The
/// default one needs I/O enabled too.
///
/// The request is complete and signed: an implementation must send its method, URI, headers and
/// body as they are, follow no redirect and add nothing that is signed. Any async closure from
/// `http::Request<Body>` to `Result<http::Response<impl Into<Body>>, impl Into<BoxError>>`
/// implements it.
pub trait Transport: Send + Sync + 'static {
    /// Sends one request and waits for the head of its answer.
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_>;
}

impl<F, Answer, B, E> Transport for F
where
    F: Fn(http::Request<Body>) -> Answer + Send + Sync + 'static,
    Answer: Future<Output = Result<http::Response<B>, E>> + Send + 'static,
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

/// No answer came: the connection could not be made, broke, or took too long.
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
            Self::Other => "the exchange broke off",
        }
    }
}

impl TransportError {
    /// No connection was made, so the request was not sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Connect,
            source: source.into(),
        }
    }

    /// A time limit passed; whether the request was received is not known.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Timeout,
            source: source.into(),
        }
    }

    /// The exchange broke off; whether the request was received is not known.
    pub fn other(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Other,
            source: source.into(),
        }
    }

    /// Returns whether no connection was made, so that the request cannot have been received.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::Connect | TransportErrorKind::ConnectTimeout
        )
    }

    /// Returns whether a time limit passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.kind,
            TransportErrorKind::Timeout | TransportErrorKind::ConnectTimeout
        )
    }

    /// Keeps the kind of an error that is one of ours or reqwest's; anything else is of none.
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
    /// Gives the source as text, for some errors show the URLs of requests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &chain(self.source.as_ref()))
            .finish()
    }
}

impl From<reqwest::Error> for TransportError {
    fn from(error: reqwest::Error) -> Self {
        // The URL may hold what the caller put into a path or a query.
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

/// Marks a request, in its extensions, that is to go out on a connection of its own: the one that an
/// earlier attempt used may lead to a broken host.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewConnection;

/// What the caller hands in to send requests with.
pub(crate) enum HandedIn {
    Client(reqwest::Client),
    Transport(Arc<dyn Transport>),
}

/// The default transport: one reqwest client, and so one connection pool.
#[derive(Debug)]
pub(crate) struct Http {
    client: reqwest::Client,
    /// How long the other side may be silent.
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
            // Nobody asks a body of no length for more, so it is asked here.
            if body.length() == Some(0) {
                body = body.collect().await.map_err(TransportError::other)?.into();
            }
            let (body, upload) = silence::upload(body);
            let request = into_reqwest(http::Request::from_parts(head, body))?;
            let exchange = self.client.execute(request);
            let response = silence::within(self.silence, upload, exchange).await??;
            Ok(http::Response::from(response)
                .map(|body| Body::wrap(Answer::new(body, self.silence))))
        })
    }
}

/// A request as reqwest has it. Its URL need not be parsed where it comes along.
fn into_reqwest(request: http::Request<reqwest::Body>) -> Result<reqwest::Request, reqwest::Error> {
    let (mut head, body) = request.into_parts();
    let Some(url) = head.extensions.remove::<reqwest::Url>() else {
        return http::Request::from_parts(head, body).try_into();
    };
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    *request.body_mut() = Some(body);
    Ok(request)
}

/// An error and all that caused it, in one line, without the URLs of requests: one may be signed,
/// or have in it what the caller put into a path or a query.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    for cause in successors(cause(error), |error| cause(*error)) {
        let inner = cause.to_string();
        if !text.ends_with(&inner) {
            text.push_str(": ");
            text.push_str(&inner);
        }
    }
    // An error may have repeated the text of its cause, so they are taken out of all of it.
    for error in successors(Some(error), |error| cause(*error)) {
        let url = error.downcast_ref().and_then(reqwest::Error::url);
        if let Some(url) = url {
            text = text.replace(&format!(" for url ({url})"), "");
        }
    }
    text
}

fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    // An I/O error stands for the one inside, and names what caused that as its source.
    match error.downcast_ref().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}
