//! Waiting for the end of a run.

use std::fmt;
use std::future::{IntoFuture, poll_fn};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use smithy_reqwest::polling::Stream;

use super::poll::Poller;
use super::{EndedRun, Progress, Run, RunError};

/// One step of a wait.
type Step = Pin<Box<dyn Future<Output = (Poller, Result<Progress, RunError>)> + Send>>;

/// A wait for the end of a run.
///
/// `.await` returns the end. [`next`](Self::next), or the
/// [`Stream`](smithy_reqwest::polling::Stream) trait, returns the progress at each poll, the last with
/// the end. A wait is lazy: it polls, and its time runs, from the first `next` or `.await` on. To drop
/// it changes nothing about the run.
///
/// # How it polls
///
/// - The first poll is immediate. The pause that follows is random, from one to two times the
///   [`interval`](Self::interval), and doubles from poll to poll up to 20 s.
/// - A run that AppFlow does not list yet is waited for: see [`listed_within`](Self::listed_within).
/// - Throttling and failures that may pass are borne on top of the client's own retries: see
///   [`failure_budget`](Self::failure_budget). Any other failure ends the wait.
/// - A status that this version does not know means that the run goes on, and so does `CancelStarted`.
/// - The last poll is made when the [`timeout`](Self::timeout) is over, and may take as long as a call
///   may.
#[must_use = "a wait does nothing unless it is awaited or read with `next`"]
pub struct Wait {
    state: State,
}

/// The state of the stream.
enum State {
    Idle(Box<Poller>),
    Polling(Step),
    End,
}

impl Wait {
    pub(super) fn new(run: Run) -> Self {
        Self {
            state: State::Idle(Box::new(Poller::new(run))),
        }
    }

    /// Sets the timeout of the wait. Defaults to 24 hours.
    ///
    /// It ends the wait, with [`RunError::TimedOut`], and not the run.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.set(|poller| poller.timeout = timeout)
    }

    /// Sets the shortest pause between two polls. Defaults to 2 s. Pauses grow from it up to 20 s; an
    /// interval above that is kept as it is.
    pub fn interval(self, interval: Duration) -> Self {
        self.set(|poller| poller.interval = interval)
    }

    /// Sets how long AppFlow may leave the run out of the history of the flow, until the wait ends with
    /// [`RunError::NotListed`]. Defaults to 60 s.
    ///
    /// A run that was listed and no longer is gets as long.
    pub fn listed_within(self, time: Duration) -> Self {
        self.set(|poller| poller.listed_within = time)
    }

    /// Sets how long polls may fail without a success between them, with throttling or a failure that
    /// may pass, until the wait ends with the error of the last. Defaults to 5 minutes.
    pub fn failure_budget(self, time: Duration) -> Self {
        self.set(|poller| poller.failure_budget = time)
    }

    /// Changes the settings of a wait; of one that has begun they stay.
    fn set(mut self, change: impl FnOnce(&mut Poller)) -> Self {
        if let State::Idle(poller) = &mut self.state {
            change(poller);
        }
        self
    }

    /// Pauses, polls, and returns the progress of the run; `None` after its end or an error.
    ///
    /// To drop the future of `next` loses nothing: the poll goes on with the next `next`.
    ///
    /// # Errors
    ///
    /// [`RunError::TimedOut`], [`RunError::NotListed`], or [`RunError::Call`]: see
    /// [`Wait`](Self#how-it-polls).
    pub async fn next(&mut self) -> Option<Result<Progress, RunError>> {
        poll_fn(|cx| self.poll_progress(cx)).await
    }

    async fn end(mut self) -> Result<EndedRun, RunError> {
        loop {
            // A step that does not end the wait is followed by another.
            if let Some(progress) = self.next().await
                && let Some(ended) = progress?.ended
            {
                return Ok(ended);
            }
        }
    }

    fn poll_progress(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Progress, RunError>>> {
        let mut step: Step = match mem::replace(&mut self.state, State::End) {
            State::Idle(poller) => Box::pin(poller.step()),
            State::Polling(step) => step,
            State::End => return Poll::Ready(None),
        };
        let Poll::Ready((poller, outcome)) = step.as_mut().poll(cx) else {
            self.state = State::Polling(step);
            return Poll::Pending;
        };
        if matches!(&outcome, Ok(progress) if progress.ended.is_none()) {
            self.state = State::Idle(Box::new(poller));
        }
        Poll::Ready(Some(outcome))
    }
}

impl IntoFuture for Wait {
    type Output = Result<EndedRun, RunError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.end())
    }
}

impl Stream for Wait {
    type Item = Result<Progress, RunError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_progress(cx)
    }
}

impl fmt::Debug for Wait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Wait");
        if let State::Idle(poller) = &self.state {
            debug.field("run", &poller.run);
        }
        debug.finish_non_exhaustive()
    }
}
