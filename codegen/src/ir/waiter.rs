//! Waiters: states for which operations are polled.

use crate::name::Ident;

pub(crate) use crate::jmespath::{Comparator, Expression as Path, Literal};

/// A state to wait for.
#[derive(Debug, Clone)]
pub struct Waiter {
    /// The name in the model, as in `ClusterActive`.
    pub name: String,
    /// The method, as in `wait_until_cluster_active`.
    pub method: Ident,
    /// The static item that describes it, as in `CLUSTER_ACTIVE`.
    pub item: Ident,
    /// Markdown.
    pub docs: String,
    /// The shortest delay between two calls, in seconds.
    pub min_delay: u64,
    /// The longest delay between two calls, in seconds.
    pub max_delay: u64,
    /// The acceptors, of which the first match counts.
    pub acceptors: Vec<Acceptor>,
}

/// A rule for outcomes of a call.
#[derive(Debug, Clone)]
pub struct Acceptor {
    /// Markdown, in one line: the same in the words of the model.
    pub docs: String,
    /// The outcomes.
    pub matcher: Matcher,
    /// The resulting state.
    pub state: State,
}

/// The result of a matching acceptor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// The resource is in the state.
    Success,
    /// The resource will never be in the state.
    Failure,
    /// The resource may yet come into the state.
    Retry,
}

/// Outcomes of a call.
#[derive(Debug, Clone)]
pub enum Matcher {
    /// Any response.
    AnyOutput,
    /// Any error.
    AnyError,
    /// The error of this code.
    ErrorType(String),
    /// A response with this value at a path.
    Output(Path, Expected),
    /// A response and its request, with this value at a path.
    InputOutput(Path, Expected),
}

/// The value that a path is expected to lead to.
#[derive(Debug, Clone)]
pub enum Expected {
    /// This text.
    String(String),
    /// This truth value.
    Boolean(bool),
    /// A list of nothing but this text.
    AllStrings(String),
    /// A list with this text in it.
    AnyString(String),
}
