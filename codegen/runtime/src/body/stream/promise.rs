//! A body with a declared length.
//!
//! A request whose body has another length must fail: the receiver relies on the length, and would
//! store a truncated object, or wait for bytes that never arrive. Whether a body is too long is
//! known only after its declared length, so the last bytes are held back until the body ends.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame};

use crate::body::BoxError;

pub(super) struct Promise {
    /// The number of remaining bytes.
    pub(super) left: u64,
    /// The last bytes, and the trailers.
    held: VecDeque<Frame<Bytes>>,
    has_ended: bool,
}

impl Promise {
    pub(super) fn new(length: u64) -> Self {
        Self {
            left: length,
            held: VecDeque::new(),
            has_ended: false,
        }
    }

    /// Returns the next frame of a body, if it is within the length.
    pub(super) fn poll_frame(
        &mut self,
        inner: &mut (impl Body<Data = Bytes, Error = BoxError> + Unpin),
        cx: &mut Context<'_>,
    ) -> Poll<Result<Option<Frame<Bytes>>, BoxError>> {
        while !self.has_ended {
            let Some(frame) = ready!(Pin::new(&mut *inner).poll_frame(cx)).transpose()? else {
                self.has_ended = true;
                break;
            };
            let (length, left) = (length(&frame), self.left - self.held_length());
            if length > left {
                return Poll::Ready(Err("the body is longer than its length".into()));
            }
            if length < left {
                self.left -= length;
                return Poll::Ready(Ok(Some(frame)));
            }
            // There may be infinitely many empty chunks.
            if length > 0 || !frame.is_data() {
                self.held.push_back(frame);
            }
        }
        let next = self.held.pop_front();
        self.left -= next.as_ref().map_or(0, length);
        if next.is_none() && self.left > 0 {
            let problem = format!("the body ended {} bytes before its length", self.left);
            return Poll::Ready(Err(problem.into()));
        }
        Poll::Ready(Ok(next))
    }

    fn held_length(&self) -> u64 {
        self.held.iter().map(length).sum()
    }
}

fn length(frame: &Frame<Bytes>) -> u64 {
    frame.data_ref().map_or(0, |data| data.len() as u64)
}
