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
/// `.await` returns the end of the run. [`next`](Self::next), or the trait `Stream`, returns the
/// progress at each poll; the last one contains the end. A wait is lazy: it starts with the first
/// `next` or `.await`. Dropping it does not affect the run.
///
/// # How it polls
///
/// - The first poll is immediate. The pause that follows is random, from one to two times the
///   [`interval`](Self::interval), and doubles from poll to poll up to 20 s.
/// - AppFlow may not list a run at first: see [`listed_within`](Self::listed_within).
/// - Throttling and temporary failures are tolerated, in addition to the client's own retries: see
///   [`failure_budget`](Self::failure_budget). Any other failure ends the wait.
/// - `CancelStarted` and unknown statuses mean that the run continues.
/// - The last poll is made when the [`timeout`](Self::timeout) has passed, and is not canceled.
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

    /// Sets the shortest pause between two polls. Defaults to 2 s. Pauses grow from it up to 20 s;
    /// an interval above that is kept as it is.
    pub fn interval(self, interval: Duration) -> Self {
        self.set(|poller| poller.interval = interval)
    }

    /// Sets the time for which AppFlow may not list the run, after which the wait ends with
    /// [`RunError::NotListed`]. Defaults to 60 s.
    ///
    /// The same limit applies to a run that disappears from the list.
    pub fn listed_within(self, time: Duration) -> Self {
        self.set(|poller| poller.listed_within = time)
    }

    /// Sets the time for which consecutive polls may fail with throttling or temporary failures,
    /// after which the wait ends with the last error. Defaults to 5 minutes.
    pub fn failure_budget(self, time: Duration) -> Self {
        self.set(|poller| poller.failure_budget = time)
    }

    /// Changes the settings of a wait that has not started.
    fn set(mut self, change: impl FnOnce(&mut Poller)) -> Self {
        if let State::Idle(poller) = &mut self.state {
            change(poller);
        }
        self
    }

    /// Pauses, polls, and returns the progress of the run; `None` after its end or an error.
    ///
    /// Dropping the future of `next` loses nothing: the poll continues with the next `next`.
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
