//! The trait `smithy.waiters#waitable`.

use serde::Deserialize;

use crate::ir::waiter::State;

/// A value of the map that `smithy.waiters#waitable` is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Waitable {
    pub(crate) documentation: Option<String>,
    pub(crate) acceptors: Vec<Acceptor>,
    #[serde(default = "shortest_delay")]
    pub(crate) min_delay: u32,
    #[serde(default = "longest_delay")]
    pub(crate) max_delay: u32,
    #[serde(default)]
    pub(crate) deprecated: bool,
}

/// Returns the shortest delay where the trait gives none.
fn shortest_delay() -> u32 {
    2
}

fn longest_delay() -> u32 {
    120
}

#[derive(Debug, Deserialize)]
pub(crate) struct Acceptor {
    pub(crate) state: State,
    pub(crate) matcher: Matcher,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Matcher {
    Success(bool),
    ErrorType(String),
    Output(PathMatcher),
    InputOutput(PathMatcher),
}

#[derive(Debug, Deserialize)]
pub(crate) struct PathMatcher {
    pub(crate) path: String,
    pub(crate) expected: String,
    pub(crate) comparator: PathComparator,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::enum_variant_names, reason = "the trait names them so")]
pub(crate) enum PathComparator {
    StringEquals,
    BooleanEquals,
    AllStringEquals,
    AnyStringEquals,
}
