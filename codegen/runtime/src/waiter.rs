//! Waiters: polling until a resource reaches a state.
//!
//! A generated crate declares each [`Waiter`] of its model. The rules are those of the Smithy
//! specification, "Waiters": after each call, the first matching [`Acceptor`] decides. If none
//! matches, an error ends the wait, and a response continues it. An error without a response, such
//! as a lost connection, matches no acceptor. The delay between calls grows: see
//! [`Waiter::min_delay`].
//!
//! The caller sets the maximum time. A call in progress at the end of that time is canceled. If the
//! remaining time is too short for another delay, the last call is made at the end of the time and
//! is not canceled.

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
    /// The name, such as `ClusterActive`.
    pub name: &'static str,
    /// The minimum delay between two calls, in seconds. The delay before call `n + 1` is random,
    /// between this and the lesser of `min_delay * 2^(n - 1)` and [`max_delay`](Self::max_delay).
    pub min_delay: u64,
    /// The maximum delay between two calls, in seconds.
    pub max_delay: u64,
    /// The acceptors, of which the first match counts.
    pub acceptors: &'static [Acceptor],
}

/// A rule for outcomes of a call.
#[derive(Debug)]
pub struct Acceptor {
    /// The outcomes that match.
    pub matcher: Matcher,
    /// The resulting state.
    pub state: State,
}

/// The result of a matching acceptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The resource has reached the state.
    Success,
    /// The resource will never reach the state.
    Failure,
    /// The resource may still reach the state.
    Retry,
}

/// A condition for outcomes of a call.
#[derive(Debug)]
pub enum Matcher {
    /// Any successful response.
    AnyOutput,
    /// Any error response. Without a response, the state of the resource is unknown.
    AnyError,
    /// The error with this code.
    ErrorType(&'static str),
    /// A response with this value at the path.
    Output(Path, Expected),
    /// A response that has, together with its request, this value at the path. The path starts with
    /// `input` or `output`.
    InputOutput(Path, Expected),
}

/// The expected value at a path.
#[derive(Debug)]
pub enum Expected {
    /// This text.
    String(&'static str),
    /// This boolean.
    Boolean(bool),
    /// A non-empty list whose elements all equal this text.
    AllStrings(&'static str),
    /// A list that contains this text.
    AnyString(&'static str),
}

/// The outcome of a call.
type Outcome<R> = Result<<R as Request>::Response, Error<<R as Request>::Error>>;

/// The end of a wait: the last outcome, if it shows the state.
type Waited<T, S> = Result<Result<T, Error<S>>, WaitError<S>>;

impl Waiter {
    /// Calls an operation until the resource reaches the state. Returns the response that shows the
    /// state; `None` if an error shows it. The last call starts within `max_wait` and is not
    /// canceled, so it may end later.
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

    /// Calls an operation like [`wait`](Self::wait), for a state that only responses show.
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
            let is_last = remaining.is_zero();
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

    /// Returns the end of the wait after an outcome; `None` to continue.
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

    /// Returns the first acceptor that matches an outcome.
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
/// Returns the text that a path must contain, if this matches text.
impl Matcher {
    /// Returns `true` if the value at a path matches.
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

/// Returns `true` if an error is a response of the service.
fn is_answer<S>(error: &Error<S>) -> bool {
    error
        .status()
        .is_some_and(|status| !(200..300).contains(&status))
}
