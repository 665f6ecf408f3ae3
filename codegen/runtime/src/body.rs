//! The body of a request or of a response.

mod stream;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

use stream::{Chunks, Stream};

/// A boxed error, as returned by transports and streams.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The body of an HTTP message: bytes in memory, or a stream of bytes.
///
/// It implements `http_body::Body`. Bytes and text convert into it;
/// [`wrap_stream`](Self::wrap_stream) and [`wrap`](Self::wrap) create one from a stream. To read a
/// body, use [`chunk`](Self::chunk) or [`collect`](Self::collect).
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
    /// Creates a body that is produced while it is sent or received.
    pub fn wrap<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + Sync + 'static,
        B::Error: Into<BoxError>,
    {
        Self {
            content: Content::Stream(Stream::new(body)),
        }
    }

    /// Creates a body from a stream of chunks, such as a `tokio_util::io::ReaderStream` of a file,
    /// or a channel.
    ///
    /// A stream has no known length: set it with [`with_length`](Self::with_length) if possible,
    /// because some services require it.
    ///
    /// If the signature of the operation does not cover the body, the stream is sent as it is
    /// produced. Otherwise it is first read into memory completely.
    pub fn wrap_stream<S, D, E>(stream: S) -> Self
    where
        S: futures_core::Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes> + 'static,
        E: Into<BoxError> + 'static,
    {
        Self::wrap(Chunks::new(stream))
    }

    /// Sets the length in bytes, for the header `content-length`.
    ///
    /// Sending fails if the stream is shorter or longer. The last bytes are held back until the end
    /// of the stream is known. The length of bytes in memory is known and does not change.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        if let Content::Stream(stream) = &mut self.content {
            stream.promise(length);
        }
        self
    }

    /// Returns the length in bytes, if it is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        http_body::Body::size_hint(self).exact()
    }

    /// Returns the bytes, if all of them are in memory; `None` for a stream.
    #[must_use]
    pub fn bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Full(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// Returns the bytes without a copy, if all of them are in memory; `None` for a stream.
    pub(crate) fn into_bytes(self) -> Option<Bytes> {
        match self.content {
            Content::Full(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// Returns the next bytes; `None` at the end.
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

    /// Reads the whole body.
    ///
    /// # Errors
    ///
    /// The error of the stream. For a response, it is a [`TransportError`](crate::TransportError),
    /// for example if the connection is lost.
    pub async fn collect(self) -> Result<Bytes, BoxError> {
        match self.content {
            Content::Full(bytes) => Ok(bytes),
            Content::Stream(stream) => Ok(stream.collect().await?.to_bytes()),
        }
    }
}

impl fmt::Debug for Body {
    /// Shows the length but not the content, which may be secret.
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
