//! Waiters: calls that are made again and again until a resource is in a state.
//!
//! A generated crate declares each [`Waiter`] of its model; what is done with it is here, as the
//! Smithy reference has it on its page "Waiters". After each call the first [`Acceptor`] that
//! matches says what follows. Where none matches, an error ends the waiting, and after an answer it
//! goes on. An error that is no answer of the service, as that of a lost connection, matches none.
//! Between two calls it waits, longer from call to call: see [`Waiter::min_delay`].
//!
//! The caller says how long it may take. A call under way at the end of that time is given up.
//! Where too little would be left for another delay, the last call is made when the time is over,
//! and may take as long as a call may.

mod delay;
mod error;
mod path;

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};

pub use error::WaitError;
pub use path::{Comparator, Literal, Path};

use crate::client::Client;
use crate::error::Error;
use crate::operation::Request;
use crate::schema::{Structure, to_document};

/// A state to wait for.
#[derive(Debug)]
pub struct Waiter {
    /// The name, as in `ClusterActive`.
    pub name: &'static str,
    /// The shortest delay between two calls, in seconds. The delay before call `n + 1` is random,
    /// between this and the least of `min_delay * 2^(n - 1)` and [`max_delay`](Self::max_delay).
    pub min_delay: u64,
    /// The longest delay between two calls, in seconds.
    pub max_delay: u64,
    /// What outcomes of a call mean; the first that matches counts.
    pub acceptors: &'static [Acceptor],
}

/// What an outcome of a call means.
#[derive(Debug)]
pub struct Acceptor {
    /// The outcomes it is about.
    pub matcher: Matcher,
    /// What they mean.
    pub state: State,
}

/// What an outcome of a call means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The resource is in the state.
    Success,
    /// The resource will never be in the state.
    Failure,
    /// The resource may yet come into the state.
    Retry,
}

/// Outcomes of a call.
#[derive(Debug)]
pub enum Matcher {
    /// Any answer.
    AnyOutput,
    /// Any answer that is an error. Where none came, or no request was sent, nothing is known of the
    /// resource.
    AnyError,
    /// The error of this code.
    ErrorType(&'static str),
    /// An answer in which a path leads to such a value.
    Output(Path, Expected),
    /// An answer that has, with the request, such a value at the end of a path. The path begins
    /// with `input` or `output`.
    InputOutput(Path, Expected),
}

/// The value that a path is expected to lead to.
#[derive(Debug)]
pub enum Expected {
    /// This text.
    String(&'static str),
    /// This truth value.
    Boolean(bool),
    /// A list that is not empty, and whose elements are all this text.
    AllStrings(&'static str),
    /// A list with this text in it.
    AnyString(&'static str),
}

/// The outcome of a call.
type Outcome<R> = Result<<R as Request>::Response, Error<<R as Request>::Error>>;

/// The end of the waiting: the outcome of the last call, if that is what was waited for.
type Waited<T, S> = Result<Result<T, Error<S>>, WaitError<S>>;

impl Waiter {
    /// Makes a call until the resource is in the state. The result is the answer that shows the
    /// state; `None` where an error shows it. The last call begins within `max_wait` and is not cut
    /// off, so it may end later.
    ///
    /// # Errors
    ///
    /// See [`WaitError`].
    pub async fn wait<R>(
        &'static self,
        client: &Client,
        request: R,
        max_wait: Duration,
    ) -> Result<Option<R::Response>, WaitError<R::Error>>
    where
        R: Request + Clone,
    {
        self.wait_for(client, request, max_wait)
            .await
            .map(Result::ok)
    }

    /// Makes a call as [`wait`](Self::wait) does, for a state that only responses show.
    ///
    /// # Errors
    ///
    /// See [`WaitError`].
    pub async fn wait_for_output<R>(
        &'static self,
        client: &Client,
        request: R,
        max_wait: Duration,
    ) -> Result<R::Response, WaitError<R::Error>>
    where
        R: Request + Clone,
    {
        let shown = self.wait_for(client, request, max_wait).await?;
        shown.map_err(WaitError::Call)
    }

    /// Waits for the outcome that shows the state: a response or an error.
    async fn wait_for<R>(
        &'static self,
        client: &Client,
        request: R,
        max_wait: Duration,
    ) -> Result<Outcome<R>, WaitError<R::Error>>
    where
        R: Request + Clone,
    {
        let start = Instant::now();
        let input = to_document(&request);
        let mut remaining = max_wait;
        let mut calls = 0;
        loop {
            calls += 1;
            let is_last = calls > 1 && remaining.is_zero();
            let call = client.send(request.clone());
            let outcome = if is_last {
                call.await
            } else {
                let in_time = timeout(remaining, call).await;
                in_time.map_err(|_| self.timed_out(calls))?
            };
            if let Some(end) = self.end(&input, outcome) {
                return end;
            }
            if is_last {
                return Err(self.timed_out(calls));
            }
            remaining = max_wait.saturating_sub(start.elapsed());
            sleep(delay::delay(self, calls, remaining, client.random())).await;
            remaining = max_wait.saturating_sub(start.elapsed());
        }
    }

    /// How the waiting ends after an outcome; `None` where it goes on.
    fn end<T: Structure, S>(
        &self,
        input: &Value,
        outcome: Result<T, Error<S>>,
    ) -> Option<Waited<T, S>> {
        let Some(acceptor) = self.acceptor(input, &outcome) else {
            return outcome.err().map(|error| Err(WaitError::Call(error)));
        };
        match acceptor.state {
            State::Success => Some(Ok(outcome)),
            State::Failure => Some(Err(WaitError::Failed {
                waiter: self.name,
                seen: acceptor.matcher.expected(),
                error: outcome.err(),
            })),
            State::Retry => None,
        }
    }

    fn timed_out<S>(&self, calls: u32) -> WaitError<S> {
        let waiter = self.name;
        WaitError::TimedOut { waiter, calls }
    }

    /// The first acceptor of an outcome.
    fn acceptor<T: Structure, S>(
        &self,
        input: &Value,
        outcome: &Result<T, Error<S>>,
    ) -> Option<&Acceptor> {
        let output = outcome.as_ref().ok();
        let output = output.map(|output| to_document(output));
        self.acceptors
            .iter()
            .find(|acceptor| match (&acceptor.matcher, &output, outcome) {
                (Matcher::AnyOutput, output, _) => output.is_some(),
                (Matcher::AnyError, _, Err(error)) => is_answer(error),
                (Matcher::ErrorType(code), _, Err(error)) => error.has_code(code),
                (Matcher::Output(path, expected), Some(output), _) => {
                    expected.matches(&path.evaluate(output))
                }
                (Matcher::InputOutput(path, expected), Some(output), _) => {
                    let both = json!({ "input": input, "output": output });
                    expected.matches(&path.evaluate(&both))
                }
                _ => false,
            })
    }
}

impl Matcher {
    /// The text that a path leads to where this matches.
    fn expected(&self) -> Option<&'static str> {
        match self {
            Self::Output(_, expected) | Self::InputOutput(_, expected) => match expected {
                Expected::String(text) | Expected::AllStrings(text) | Expected::AnyString(text) => {
                    Some(text)
                }
                Expected::Boolean(_) => None,
            },
            Self::AnyOutput | Self::AnyError | Self::ErrorType(_) => None,
        }
    }
}

impl Expected {
    fn matches(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::String(text), value) => value == text,
            (Self::Boolean(expected), value) => value == expected,
            (Self::AllStrings(text), Value::Array(values)) => {
                !values.is_empty() && values.iter().all(|value| value == text)
            }
            (Self::AnyString(text), Value::Array(values)) => {
                values.iter().any(|value| value == text)
            }
            (Self::AllStrings(_) | Self::AnyString(_), _) => false,
        }
    }
}

/// Returns whether an error is what the service answered.
fn is_answer<S>(error: &Error<S>) -> bool {
    error
        .status()
        .is_some_and(|status| !(200..300).contains(&status))
}
