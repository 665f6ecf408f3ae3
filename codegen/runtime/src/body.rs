//! The body of a request or of a response.

mod stream;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

use stream::{Chunks, Stream};

/// Any error, boxed: what transports and body streams may fail with.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The body of an HTTP message: bytes in memory, or a stream of them.
///
/// It implements [`http_body::Body`], so it goes wherever the ecosystem takes one. Bytes and text
/// convert into it; [`wrap_stream`](Self::wrap_stream) and [`wrap`](Self::wrap) make one of what is
/// produced while it is sent. What is received is read with [`chunk`](Self::chunk), or at once with
/// [`collect`](Self::collect).
///
/// ```
/// use smithy_reqwest::Body;
///
/// let body = Body::from(r#"{"flowName":"orders-to-s3"}"#);
/// assert_eq!(body.bytes().map(|bytes| bytes.len()), Some(27));
/// ```
#[derive(Default)]
pub struct Body {
    content: Content,
}

enum Content {
    Full(Bytes),
    Stream(Stream),
}

impl Default for Content {
    fn default() -> Self {
        Self::Full(Bytes::new())
    }
}

impl Body {
    /// A body that is produced while it is sent or received.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + Sync + 'static,
        B::Error: Into<BoxError>,
    {
        Self {
            content: Content::Stream(Stream::new(body)),
        }
    }

    /// A body that is produced while it is sent, of a stream of chunks: of a file, as
    /// `tokio_util::io::ReaderStream` gives it, or of a channel.
    ///
    /// How long it is, no stream tells: say so with [`with_length`](Self::with_length) where it is
    /// known. Some services want to know.
    ///
    /// It is sent as it comes where the signature of the operation does not cover the body. Where it
    /// does, the stream is read into memory first, all of it.
    pub fn wrap_stream<S, D, E>(stream: S) -> Self
    where
        S: futures_core::Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::wrap(Chunks::new(stream))
    }

    /// The same body, with its length in bytes, which goes into the header `content-length`.
    ///
    /// Sending fails where the stream has fewer, and where it has more: what completes the length is
    /// held back until the stream has ended. Of bytes in memory the length is known, and stays what
    /// it is.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        if let Content::Stream(stream) = &mut self.content {
            stream.promise(length);
        }
        self
    }

    /// The length in bytes, where it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        http_body::Body::size_hint(self).exact()
    }

    /// The bytes, where they are all in memory; `None` for a stream.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Full(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// The bytes without a copy, where they are all in memory; `None` for a stream.
    pub(crate) fn into_bytes(self) -> Option<Bytes> {
        match self.content {
            Content::Full(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// The next bytes; `None` at the end.
    ///
    /// ```
    /// use smithy_reqwest::{Body, BoxError};
    ///
    /// async fn count(mut body: Body) -> Result<usize, BoxError> {
    ///     let mut length = 0;
    ///     while let Some(chunk) = body.chunk().await? {
    ///         length += chunk.len();
    ///     }
    ///     Ok(length)
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`collect`](Self::collect).
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BoxError> {
        while let Some(frame) = self.frame().await {
            if let Ok(bytes) = frame?.into_data() {
                return Ok(Some(bytes));
            }
        }
        Ok(None)
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// Whatever the stream fails with: of an answer a [`TransportError`](crate::TransportError),
    /// as for a connection that is cut.
    pub async fn collect(self) -> Result<Bytes, BoxError> {
        match self.content {
            Content::Full(bytes) => Ok(bytes),
            Content::Stream(stream) => Ok(stream.collect().await?.to_bytes()),
        }
    }
}

impl fmt::Debug for Body {
    /// Gives the length and never the content, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Full(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Content::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.get_mut().content {
            Content::Full(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Full(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Content::Stream(stream) => Pin::new(stream).poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Full(bytes) => bytes.is_empty(),
            Content::Stream(stream) => stream.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(stream) => stream.size_hint(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            content: Content::Full(bytes),
        }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}
