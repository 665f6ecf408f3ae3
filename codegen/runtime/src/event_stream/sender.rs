//! Events of a request.

use std::fmt;
use std::marker::PhantomData;

use futures_core::Stream;
use tokio::sync::mpsc;

use super::Event;
use super::outgoing::Outgoing;
use super::stream::{Listed, Received};
use crate::body::BoxError;
use crate::schema::{Slot, Value, View};

/// The number of events of a channel that wait to be sent.
const WAITING: usize = 16;

/// The events of a request: those of a [channel](Self::channel), of any
/// [stream](Self::wrap_stream), or of a list.
///
/// They are sent once: a call that has such events is not retried.
pub struct Events<E> {
    outgoing: Outgoing,
    events: PhantomData<fn() -> E>,
}

impl<E: Event> Events<E> {
    /// Creates events, and the sender of them. They end when the sender and its clones are dropped.
    ///
    /// A few events may be sent before the call is: some services respond only after the first.
    #[must_use]
    pub fn channel() -> (EventSender<E>, Self) {
        let (sender, receiver) = mpsc::channel(WAITING);
        (EventSender(sender), Self::new(Received(receiver)))
    }

    /// Creates events of a stream. An error of the stream breaks the request off, so that the service
    /// does not take it for complete.
    pub fn wrap_stream<S, Er>(stream: S) -> Self
    where
        S: Stream<Item = Result<E, Er>> + Send + 'static,
        Er: Into<BoxError> + 'static,
    {
        Self::new(stream)
    }

    fn new<S, Er>(stream: S) -> Self
    where
        S: Stream<Item = Result<E, Er>> + Send + 'static,
        Er: Into<BoxError> + 'static,
    {
        Self {
            outgoing: Outgoing::new(stream),
            events: PhantomData,
        }
    }
}

/// Events that are there already.
impl<E: Event> From<Vec<E>> for Events<E> {
    fn from(events: Vec<E>) -> Self {
        Self::new(Listed(events.into_iter()))
    }
}

/// No events.
impl<E: Event> Default for Events<E> {
    fn default() -> Self {
        Self::initial()
    }
}

impl<E: Event> Value for Events<E> {
    fn initial() -> Self {
        Self {
            outgoing: Outgoing::default(),
            events: PhantomData,
        }
    }

    fn view(&self) -> View<'_> {
        View::Events
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Events(&mut self.outgoing)
    }
}

impl<E> fmt::Debug for Events<E> {
    /// Shows no events, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}

/// A sender of events.
pub struct EventSender<E>(mpsc::Sender<E>);

impl<E: Event> EventSender<E> {
    /// Sends an event. Waits while the connection takes no more.
    ///
    /// # Errors
    ///
    /// [`StreamClosed`]: the request has ended, as with a connection that broke or a service that has
    /// refused it. The result of the call, or of its receiver, says why.
    pub async fn send(&self, event: impl Into<E>) -> Result<(), StreamClosed> {
        self.0.send(event.into()).await.map_err(|_| StreamClosed)
    }

    /// Returns `true` if the request has ended.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    /// Waits until the request has ended.
    pub async fn closed(&self) {
        self.0.closed().await;
    }
}

impl<E> Clone for EventSender<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E> fmt::Debug for EventSender<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventSender")
            .field("is_closed", &self.0.is_closed())
            .finish_non_exhaustive()
    }
}

/// The error of an event that cannot be sent, since the request has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the event was not sent: the request has ended")]
pub struct StreamClosed;
