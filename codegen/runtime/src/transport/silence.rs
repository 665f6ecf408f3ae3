//! The limit on silence: how long the other side may keep quiet.
//!
//! reqwest has such a limit too, but not this one. It begins with the request and goes on while the
//! body is sent, so that a long upload is taken for silence, and in an answer it counts the time in
//! which nobody reads. Here silence begins anew whenever a piece of the request's body is taken, and
//! in an answer it lasts as long as a reader waits.

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

/// The longest body that is handed over whole, in bytes: it is sent at once or not at all.
const WHOLE: usize = 64 * 1024;
/// How much of a longer one is handed over at a time, in bytes. hyper gathers some pieces before it
/// writes, and asks for more when all are written, so a slow line shows signs of life for small ones.
const PIECE: usize = 16 * 1024;

fn silent(limit: Duration) -> TransportError {
    TransportError::timeout(format!("the other side was silent for {limit:?}"))
}

/// How an upload goes on: when its last piece was taken, or that its producer is waited for, whose
/// time is not the other side's.
pub(super) struct Progress(Mutex<Option<Instant>>);

impl Progress {
    fn note(&self, taken: Option<Instant>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = taken;
    }

    /// How long the other side has taken nothing.
    fn silence(&self) -> Duration {
        let taken = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.map_or(Duration::ZERO, |taken| taken.elapsed())
    }

    /// Ends when the other side has taken nothing for so long.
    async fn end(&self, limit: Duration) {
        while let Some(rest) = limit.checked_sub(self.silence())
            && !rest.is_zero()
        {
            sleep(rest).await;
        }
    }
}

/// What an exchange comes to, unless the other side is silent for longer than the limit.
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

/// A body for reqwest, and how sending it goes on where that takes a while.
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

/// The body of a request could not be produced. It has no source, for reqwest looks through the
/// sources of an error for connections that failed and limits that passed, and those of the caller's
/// stream are about something else.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UploadError(String);

impl From<BoxError> for UploadError {
    fn from(source: BoxError) -> Self {
        Self(chain(source.as_ref()))
    }
}

/// The body of a request in pieces, which notes when one is taken: the next is asked for when there
/// is room for it.
struct Upload {
    body: Body,
    /// What was produced and has not been asked for yet.
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
    /// Nobody asks for the rest of a body that is dropped, so from now on it is the other side's turn.
    fn drop(&mut self) {
        self.progress.note(Some(Instant::now()));
    }
}

/// The body of an answer, with the limit on the time for which its reader waits.
pub(super) struct Answer {
    body: reqwest::Body,
    limit: Duration,
    /// The end of the silence under way.
    silence: Option<Pin<Box<Sleep>>>,
}

impl Answer {
    pub(super) fn new(body: reqwest::Body, limit: Duration) -> Self {
        Self {
            body,
            limit,
            silence: None,
        }
    }
}

impl http_body::Body for Answer {
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

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
