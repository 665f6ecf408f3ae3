//! Bodies that are produced while they are sent or received.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, combinators::BoxBody};

use super::BoxError;

/// A body of which, at most, the length is known.
pub(super) struct Stream {
    inner: BoxBody<Bytes, BoxError>,
    /// How many bytes are still to come, where the caller has said so.
    expected: Option<u64>,
}

impl Stream {
    pub(super) fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + Sync + 'static,
        B::Error: Into<BoxError>,
    {
        Self {
            inner: body.map_err(Into::into).boxed(),
            expected: None,
        }
    }

    pub(super) fn promise(&mut self, length: u64) {
        self.expected = Some(length);
    }

    /// Holds what came against what was expected: a request that breaks its promise of a length
    /// must break off, since the rest of it would be taken for the next request.
    fn count(&mut self, frame: Option<&Frame<Bytes>>) -> Result<(), BoxError> {
        let Some(expected) = self.expected else {
            return Ok(());
        };
        match frame.map(|frame| frame.data_ref().map_or(0, |data| data.len() as u64)) {
            None if expected > 0 => {
                Err(format!("the body ended {expected} bytes before its length").into())
            }
            Some(length) if length > expected => Err("the body is longer than its length".into()),
            length => {
                self.expected = Some(expected - length.unwrap_or(0));
                Ok(())
            }
        }
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.inner).poll_frame(cx)).transpose()?;
        self.count(frame.as_ref())?;
        Poll::Ready(frame.map(Ok))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream() && self.expected.is_none_or(|expected| expected == 0)
    }

    fn size_hint(&self) -> SizeHint {
        self.expected
            .map_or_else(|| self.inner.size_hint(), SizeHint::with_exact)
    }
}

/// A stream of chunks as a body.
pub(super) struct Chunks<S> {
    /// Only ever reached through `&mut`, so the lock is never taken: it makes a stream that one
    /// thread at a time may use into a body that threads may share, as an error with a body in it
    /// must be.
    stream: Mutex<Pin<Box<S>>>,
}

impl<S> Chunks<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream: Mutex::new(Box::pin(stream)),
        }
    }
}

impl<S, D, E> Body for Chunks<S>
where
    S: futures_core::Stream<Item = Result<D, E>>,
    D: Into<Bytes>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let stream = self
            .get_mut()
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        let chunk = ready!(stream.as_mut().poll_next(cx));
        Poll::Ready(chunk.map(|chunk| match chunk {
            Ok(bytes) => Ok(Frame::data(bytes.into())),
            Err(error) => Err(error.into()),
        }))
    }
}
