//! The read timeout: the time for which a connection may be idle.
//!
//! The read timeout of reqwest is not used. It starts with the request and includes the upload, so
//! a long upload would time out, and in a response it includes the time in which nobody reads.
//! Here, it restarts whenever a part of the request body is sent, and in a response it limits each
//! wait for bytes.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::{TransportError, chain};
use crate::body::{Body, BoxError};

/// The maximum length of a body that is passed to the HTTP client as a whole, in bytes.
const WHOLE: usize = 64 * 1024;
/// The size of the parts of a longer one, in bytes. hyper collects some parts before it writes
/// them, so small parts show progress even on a slow connection.
const PIECE: usize = 16 * 1024;

fn silent(limit: Duration) -> TransportError {
    TransportError::timeout(format!("the connection was idle for {limit:?}"))
}

/// The progress of an upload: the time when its last part was sent, or that its producer is waited
/// for, which does not count.
pub(super) struct Progress(Mutex<Option<Instant>>);

impl Progress {
    fn note(&self, taken: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = taken;
    }

    /// Returns the time for which nothing was sent.
    fn silence(&self) -> Duration {
        let taken = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.map_or(Duration::ZERO, |taken| taken.elapsed())
    }

    /// Completes when nothing was sent for this time.
    async fn end(&self, limit: Duration) {
        while let Some(rest) = limit.checked_sub(self.silence())
            && !rest.is_zero()
        {
            sleep(rest).await;
        }
    }
}

/// Returns the output of an exchange, unless the connection is idle for longer than the timeout.
pub(super) async fn within<F: Future>(
    limit: Duration,
    upload: Option<Arc<Progress>>,
    exchange: F,
) -> Result<F::Output, TransportError> {
    let Some(progress) = upload else {
        let in_time = timeout(limit, exchange).await;
        return in_time.map_err(|_| silent(limit));
    };
    let (mut exchange, mut silence) = (pin!(exchange), pin!(progress.end(limit)));
    poll_fn(|cx| match exchange.as_mut().poll(cx) {
        Poll::Ready(outcome) => Poll::Ready(Ok(outcome)),
        Poll::Pending => silence.as_mut().poll(cx).map(|()| Err(silent(limit))),
    })
    .await
}

/// Returns a body for reqwest, and its progress if it is sent in parts.
pub(super) fn upload(body: Body) -> (reqwest::Body, Option<Arc<Progress>>) {
    if let Some(bytes) = body.bytes()
        && bytes.len() <= WHOLE
    {
        return (bytes.clone().into(), None);
    }
    let progress = Arc::new(Progress(Mutex::new(Some(Instant::now()))));
    let upload = Upload {
        body,
        rest: Bytes::new(),
        progress: Arc::clone(&progress),
    };
    (reqwest::Body::wrap(upload), Some(progress))
}

/// The error of a request body that could not be produced. It has no source, because reqwest
/// searches the sources of an error for connection errors and timeouts, which must not be those of
/// the caller's stream.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UploadError(String);

impl From<BoxError> for UploadError {
    fn from(source: BoxError) -> Self {
        Self(chain(source.as_ref()))
    }
}

/// The body of a request in parts, which records when each is requested: that is when there is room
/// for it.
struct Upload {
    body: Body,
    /// The data that was produced but not yet requested.
    rest: Bytes,
    progress: Arc<Progress>,
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = UploadError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, UploadError>>> {
        if self.rest.is_empty() {
            self.progress.note(None);
            let frame = ready!(Pin::new(&mut self.body).poll_frame(cx)).transpose();
            self.progress.note(Some(Instant::now()));
            match frame?.map(Frame::into_data) {
                None => return Poll::Ready(None),
                Some(Err(trailers)) => return Poll::Ready(Some(Ok(trailers))),
                Some(Ok(data)) => self.rest = data,
            }
        } else {
            self.progress.note(Some(Instant::now()));
        }
        let length = self.rest.len().min(PIECE);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (body, rest) = (self.body.size_hint(), self.rest.len() as u64);
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower().saturating_add(rest));
        if let Some(upper) = body.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint
    }
}

impl Drop for Upload {
    /// The rest of a dropped body is never requested, so the connection counts as idle from now on.
    fn drop(&mut self) {
        self.progress.note(Some(Instant::now()));
    }
}

/// The body of a response, with a timeout for each wait of its reader.
pub(super) struct Download {
    body: reqwest::Body,
    limit: Duration,
    /// The end of the current timeout.
    silence: Option<Pin<Box<Sleep>>>,
}

impl Download {
    pub(super) fn new(body: reqwest::Body, limit: Duration) -> Self {
        Self {
            body,
            limit,
            silence: None,
        }
    }
}

impl http_body::Body for Download {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let limit = self.limit;
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.silence = None;
            return Poll::Ready(frame.map(|frame| frame.map_err(TransportError::from)));
        }
        let silence = self.silence.get_or_insert_with(|| Box::pin(sleep(limit)));
        silence.as_mut().poll(cx).map(|()| Some(Err(silent(limit))))
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use http_body::Body as _;

    use super::*;

    /// A body whose producer never has anything.
    struct Endless;

    impl http_body::Body for Endless {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            Poll::Pending
        }
    }

    #[test]
    fn the_producer_of_a_body_is_not_waited_for_after_the_body_is_dropped() {
        let (mut body, progress) = upload(Body::wrap(Endless));
        let progress = progress.unwrap();
        let is_idle = || progress.0.lock().unwrap().is_some();
        let mut context = Context::from_waker(Waker::noop());
        assert!(Pin::new(&mut body).poll_frame(&mut context).is_pending());
        assert!(!is_idle());
        drop(body);
        assert!(is_idle());
    }
}
