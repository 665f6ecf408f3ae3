//! Bodies that are produced while they are sent or received.

mod promise;

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::{BodyExt, combinators::BoxBody};

use super::BoxError;
use promise::Promise;

/// A body whose bytes are not in memory.
pub(super) struct Stream {
    inner: BoxBody<Bytes, BoxError>,
    /// The length, if it is known.
    promise: Option<Promise>,
}

impl Stream {
    pub(super) fn new<B>(body: B) -> Self
    where
        B: Body<Data = Bytes> + Send + Sync + 'static,
        B::Error: Into<BoxError>,
    {
        Self {
            inner: body.map_err(Into::into).boxed(),
            promise: None,
        }
    }

    pub(super) fn promise(&mut self, length: u64) {
        self.promise = Some(Promise::new(length));
    }
}

impl Body for Stream {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let Self { inner, promise } = &mut *self;
        match promise {
            None => Pin::new(inner).poll_frame(cx),
            Some(promise) => promise.poll_frame(inner, cx).map(Result::transpose),
        }
    }

    fn is_end_stream(&self) -> bool {
        // A promise is only known to be kept when the body is read to its end.
        self.promise.is_none() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        match &self.promise {
            None => self.inner.size_hint(),
            Some(promise) => SizeHint::with_exact(promise.left),
        }
    }
}

/// A stream of chunks as a body.
pub(super) struct Chunks<S> {
    /// Only accessed through `&mut`, so the lock is never taken. It makes the stream `Sync`, which
    /// an error that contains a body must be.
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
