//! Events of a response.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::Event;
use super::incoming::{Incoming, Next};
use crate::error::Error;
use crate::schema::{Slot, Value, View};

/// The events of a response, received one by one.
///
/// It implements `Stream`, and has a [`next`](Self::next) of its own, so no other crate is needed.
/// Dropping the future of `next` loses no event. Dropping the receiver closes the connection.
#[must_use = "events are received when `next` asks for them"]
pub struct EventReceiver<E> {
    incoming: Incoming,
    events: PhantomData<fn() -> E>,
}

impl<E: Event> EventReceiver<E> {
    /// Receives the next event; `None` after the last.
    ///
    /// # Errors
    ///
    /// An exception of the service, a connection that breaks or is silent for too long, and bytes
    /// that are not events: these end the stream. An event that does not match the model does not.
    pub async fn next(&mut self) -> Result<Option<E>, Error<E::Error>> {
        poll_fn(|cx| self.poll_event(cx)).await.transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<E, Error<E::Error>>>> {
        let mut event = E::initial();
        let next = ready!(self.incoming.poll_next(cx, &mut event, E::EXCEPTIONS));
        Poll::Ready(match next {
            Next::Event => Some(Ok(event)),
            Next::Exception(exception) => Some(Err(exception.into_error())),
            Next::Failure(failure) => Some(Err(Error::new(failure))),
            Next::End => None,
        })
    }
}

impl<E: Event> Stream for EventReceiver<E> {
    type Item = Result<E, Error<E::Error>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(cx)
    }
}

impl<E: Event> Value for EventReceiver<E> {
    fn initial() -> Self {
        Self {
            incoming: Incoming::default(),
            events: PhantomData,
        }
    }

    fn view(&self) -> View<'_> {
        View::Events
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Events(&mut self.incoming)
    }
}

/// A receiver of no events.
impl<E: Event> Default for EventReceiver<E> {
    fn default() -> Self {
        Self::initial()
    }
}

impl<E> fmt::Debug for EventReceiver<E> {
    /// Shows whether the stream has ended, and never events, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventReceiver")
            .field("has_ended", &self.incoming.has_ended())
            .finish_non_exhaustive()
    }
}
