//! Waiters: the states that an operation is polled for, and the responses that show them.

mod path;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::path::Value;
use crate::ir::waiter::{Acceptor, Expected, Matcher, State, Waiter};
use crate::model::{Kind, Model, Shape};
use crate::name::{self, Scope};
use crate::prose;

/// The trait's id.
pub(crate) const TRAIT: &str = "smithy.waiters#waitable";

/// A value of the map that `smithy.waiters#waitable` is.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WaiterTrait {
    documentation: Option<String>,
    acceptors: Vec<AcceptorTrait>,
    #[serde(default = "shortest_delay")]
    min_delay: u32,
    #[serde(default = "longest_delay")]
    max_delay: u32,
    #[serde(default)]
    deprecated: bool,
}

/// What the delays are where the trait gives none.
fn shortest_delay() -> u32 {
    2
}

fn longest_delay() -> u32 {
    120
}

#[derive(Debug, Deserialize)]
struct AcceptorTrait {
    state: State,
    matcher: MatcherTrait,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
enum MatcherTrait {
    Success(bool),
    ErrorType(String),
    Output(PathMatcher),
    InputOutput(PathMatcher),
}

#[derive(Debug, Deserialize)]
struct PathMatcher {
    path: String,
    expected: String,
    comparator: PathComparator,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::enum_variant_names, reason = "the trait names them so")]
enum PathComparator {
    StringEquals,
    BooleanEquals,
    AllStringEquals,
    AnyStringEquals,
}

/// Why there is no waiter of a name.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The name.
    pub(crate) waiter: String,
    /// What is wrong, in words.
    pub(crate) problem: String,
    /// Whether it may be right and is only not supported.
    pub(crate) is_unsupported: bool,
}

/// The waiters of an operation, and those that it cannot have. A malformed trait makes none.
pub(crate) fn waiters(model: &Model<'_>, operation: &Shape<'_>) -> (Vec<Waiter>, Vec<Refused>) {
    let declared: BTreeMap<String, WaiterTrait> = operation.traits.get(TRAIT).unwrap_or_default();
    let mut scope = Scope::default();
    let (mut waiters, mut refused) = (Vec::new(), Vec::new());
    for (name, declared) in declared {
        match waiter(model, operation, &name, declared, &mut scope) {
            Ok(waiter) => waiters.push(waiter),
            Err((problem, is_unsupported)) => refused.push(Refused {
                waiter: name,
                problem,
                is_unsupported,
            }),
        }
    }
    (waiters, refused)
}

fn waiter(
    model: &Model<'_>,
    operation: &Shape<'_>,
    name: &str,
    declared: WaiterTrait,
    scope: &mut Scope,
) -> Result<Waiter, (String, bool)> {
    if let Some(problem) = problem(&declared) {
        return Err((problem.to_owned(), false));
    }
    let roots = Roots::of(model, operation);
    if roots.stream(model) {
        return Err(("its operation has a stream".to_owned(), true));
    }
    let acceptors = declared.acceptors.into_iter();
    let acceptors: Result<Vec<Acceptor>, _> =
        acceptors.map(|it| acceptor(model, &roots, it)).collect();
    let method = scope.claim(name::member_name(&format!("WaitUntil{name}")));
    let documentation = declared.documentation.as_deref().map(prose::markdown);
    let mut docs = documentation
        .filter(|docs| !docs.is_empty())
        .unwrap_or_else(|| format!("Waits until `{name}`."));
    if declared.deprecated {
        docs.push_str("\n\n**Deprecated:** Do not use it in new code.");
    }
    Ok(Waiter {
        item: scope.claim(name::constant_name(
            method.to_string().trim_start_matches("wait_until_"),
        )),
        method,
        docs,
        min_delay: declared.min_delay.into(),
        max_delay: declared.max_delay.into(),
        acceptors: acceptors?,
        name: name.to_owned(),
    })
}

/// What is wrong with a waiter, beside its paths.
fn problem(waiter: &WaiterTrait) -> Option<&'static str> {
    let succeeds = |acceptor: &AcceptorTrait| acceptor.state == State::Success;
    if !waiter.acceptors.iter().any(succeeds) {
        return Some("no acceptor leads to `success`");
    }
    if waiter.min_delay == 0 || waiter.min_delay > waiter.max_delay {
        return Some("`minDelay` is from 1 to `maxDelay`");
    }
    let is_boolean = |path: &PathMatcher| matches!(&*path.expected, "true" | "false");
    let is_sound = waiter
        .acceptors
        .iter()
        .all(|acceptor| match &acceptor.matcher {
            MatcherTrait::Output(path) | MatcherTrait::InputOutput(path) => {
                !matches!(path.comparator, PathComparator::BooleanEquals) || is_boolean(path)
            }
            MatcherTrait::Success(_) | MatcherTrait::ErrorType(_) => true,
        });
    (!is_sound).then_some("`booleanEquals` expects `true` or `false`")
}

/// The values that paths start at.
struct Roots<'m, 'a> {
    output: Value<'m, 'a>,
    both: Value<'m, 'a>,
}

impl<'m, 'a> Roots<'m, 'a> {
    fn of(model: &'m Model<'a>, operation: &Shape<'_>) -> Self {
        let Kind::Operation { input, output, .. } = &operation.kind else {
            return Self {
                output: Value::Unknown,
                both: Value::Unknown,
            };
        };
        let input = Value::of(model, input.as_ref().map(|target| &target.id));
        let output = Value::of(model, output.as_ref().map(|target| &target.id));
        Self {
            both: Value::Both(Box::new(input), Box::new(output.clone())),
            output,
        }
    }

    /// Whether a message has a stream, so that it can be neither sent again nor looked through.
    fn stream(&self, model: &Model<'_>) -> bool {
        let Value::Both(input, output) = &self.both else {
            return false;
        };
        let shapes = [&**input, &**output]
            .into_iter()
            .filter_map(|value| match value {
                Value::Shape(shape) => Some(shape),
                _ => None,
            });
        let mut targets = shapes.flat_map(|shape| shape.members.values());
        targets.any(|member| {
            let target = model.shape(&member.target.id);
            target.is_some_and(|target| target.traits.has("smithy.api#streaming"))
        })
    }
}

fn acceptor<'m, 'a>(
    model: &'m Model<'a>,
    roots: &Roots<'m, 'a>,
    declared: AcceptorTrait,
) -> Result<Acceptor, (String, bool)> {
    let path = |matcher: &PathMatcher, from: &Value<'m, 'a>| {
        let path = path::lower(&matcher.path, from, model);
        path.map_err(|problem| (format!("its path `{}`: {problem}", matcher.path), true))
    };
    let docs = docs(&declared);
    let matcher = match declared.matcher {
        MatcherTrait::Success(true) => Matcher::AnyOutput,
        MatcherTrait::Success(false) => Matcher::AnyError,
        MatcherTrait::ErrorType(id) => {
            let code = id.rsplit('#').next().unwrap_or_default();
            Matcher::ErrorType(code.to_owned())
        }
        MatcherTrait::Output(matcher) => {
            Matcher::Output(path(&matcher, &roots.output)?, expected(matcher))
        }
        MatcherTrait::InputOutput(matcher) => {
            Matcher::InputOutput(path(&matcher, &roots.both)?, expected(matcher))
        }
    };
    let state = declared.state;
    Ok(Acceptor {
        docs,
        matcher,
        state,
    })
}

/// An acceptor in the words of the model.
fn docs(acceptor: &AcceptorTrait) -> String {
    let path = |PathMatcher {
                    path,
                    expected,
                    comparator,
                }: &PathMatcher| {
        let (path, expected) = (prose::code(path), prose::code(expected));
        match comparator {
            PathComparator::StringEquals | PathComparator::BooleanEquals => {
                format!("{path} is {expected}")
            }
            PathComparator::AllStringEquals => format!("all of {path} are {expected}"),
            PathComparator::AnyStringEquals => format!("any of {path} is {expected}"),
        }
    };
    let outcome = match &acceptor.matcher {
        MatcherTrait::Success(true) => "there is a response".to_owned(),
        MatcherTrait::Success(false) => "there is an error".to_owned(),
        MatcherTrait::ErrorType(id) => format!("the error is {}", prose::code(id)),
        MatcherTrait::Output(matcher) | MatcherTrait::InputOutput(matcher) => path(matcher),
    };
    let state = match acceptor.state {
        State::Success => "Success",
        State::Failure => "Failure",
        State::Retry => "Retry",
    };
    format!("{state} if {outcome}.")
}

fn expected(matcher: PathMatcher) -> Expected {
    let text = matcher.expected;
    match matcher.comparator {
        PathComparator::StringEquals => Expected::String(text),
        PathComparator::BooleanEquals => Expected::Boolean(text == "true"),
        PathComparator::AllStringEquals => Expected::AllStrings(text),
        PathComparator::AnyStringEquals => Expected::AnyString(text),
    }
}
