//! The streams that events of a request come from.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::mpsc::Receiver;

/// Events of a channel.
pub(super) struct Received<E>(pub(super) Receiver<E>);

impl<E> Stream for Received<E> {
    type Item = Result<E, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx).map(|event| event.map(Ok))
    }
}

/// Events of a list.
pub(super) struct Listed<I>(pub(super) I);

/// Events are moved out of it and never pinned.
impl<I> Unpin for Listed<I> {}

impl<I: Iterator> Stream for Listed<I> {
    type Item = Result<I::Item, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}
