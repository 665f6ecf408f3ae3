//! Waiters: states for which an operation is polled, and the responses that show them.

mod path;

use self::path::Value;
use super::error::code_in_responses;
use crate::ir::Protocol;
use crate::ir::waiter::{Acceptor, Expected, Matcher, State, Waiter};
use crate::model::traits::{self, PathComparator, PathMatcher, Waitable};
use crate::model::{Model, Shape};
use crate::name::{self, Scope};
use crate::prose;
use crate::select::Operation;

/// The reason why a waiter is invalid.
#[derive(Debug)]
pub(crate) struct Refused {
    /// The name.
    pub(crate) waiter: String,
    /// The message.
    pub(crate) problem: String,
    /// Is `true` if it may be valid but is not supported.
    pub(crate) is_unsupported: bool,
}

/// Returns the waiters of an operation, and those that it cannot have. A malformed trait makes
/// none.
pub(crate) fn waiters(
    model: &Model,
    protocol: Protocol,
    operation: &Operation<'_>,
) -> (Vec<Waiter>, Vec<Refused>) {
    let roots = Roots::of(model, protocol, operation);
    let declared = operation.shape.traits.waiters.iter();
    let mut scope = Scope::default();
    let (mut waiters, mut refused) = (Vec::new(), Vec::new());
    for (name, declared) in declared.flat_map(|declared| &declared.value) {
        match waiter(&roots, name, declared, &mut scope) {
            Ok(waiter) => waiters.push(waiter),
            Err((problem, is_unsupported)) => refused.push(Refused {
                waiter: name.clone(),
                problem,
                is_unsupported,
            }),
        }
    }
    (waiters, refused)
}

fn waiter(
    roots: &Roots<'_>,
    name: &str,
    declared: &Waitable,
    scope: &mut Scope,
) -> Result<Waiter, (String, bool)> {
    if let Some(problem) = problem(declared) {
        return Err((problem.to_owned(), false));
    }
    if roots.stream() {
        return Err(("its operation has a stream".to_owned(), true));
    }
    let acceptors = declared.acceptors.iter();
    let acceptors: Result<Vec<Acceptor>, _> = acceptors.map(|it| acceptor(roots, it)).collect();
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

/// Returns the problem of a waiter, except for its paths.
fn problem(waiter: &Waitable) -> Option<&'static str> {
    let succeeds = |acceptor: &traits::Acceptor| acceptor.state == State::Success;
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
            traits::Matcher::Output(path) | traits::Matcher::InputOutput(path) => {
                !matches!(path.comparator, PathComparator::BooleanEquals) || is_boolean(path)
            }
            traits::Matcher::Success(_) | traits::Matcher::ErrorType(_) => true,
        });
    (!is_sound).then_some("`booleanEquals` expects `true` or `false`")
}

/// The values that paths start at.
struct Roots<'m> {
    errors: Vec<&'m Shape>,
    model: &'m Model,
    protocol: Protocol,
    output: Value<'m>,
    both: Value<'m>,
}

impl<'m> Roots<'m> {
    fn of(model: &'m Model, protocol: Protocol, operation: &Operation<'_>) -> Self {
        let input = Value::of(model, operation.input.map(|target| &target.id));
        let output = Value::of(model, operation.output.map(|target| &target.id));
        let errors = operation.errors.iter();
        Self {
            errors: errors.filter_map(|error| model.shape(&error.id)).collect(),
            model,
            protocol,
            both: Value::Both(Box::new(input), Box::new(output.clone())),
            output,
        }
    }

    /// Returns the code in responses of an error that is named by its shape, or by its code.
    fn error_code<'c>(&self, name: &'c str) -> &'c str
    where
        'm: 'c,
    {
        let mut errors = self.errors.iter();
        let error = errors.find(|error| error.id.name() == name);
        error.map_or(name, |error| code_in_responses(error, self.protocol))
    }

    /// Returns `true` if a message has a stream, so that it can be neither sent again nor looked
    /// through.
    fn stream(&self) -> bool {
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
            let target = self.model.shape(&member.target.id);
            target.is_some_and(|target| target.traits.streaming)
        })
    }
}

fn acceptor<'m>(
    roots: &Roots<'m>,
    declared: &traits::Acceptor,
) -> Result<Acceptor, (String, bool)> {
    let path = |matcher: &PathMatcher, from: &Value<'m>| {
        let path = path::lower(&matcher.path, from, roots.model, roots.protocol);
        path.map_err(|problem| (format!("its path `{}`: {problem}", matcher.path), true))
    };
    let docs = docs(declared);
    let matcher = match &declared.matcher {
        traits::Matcher::Success(true) => Matcher::AnyOutput,
        traits::Matcher::Success(false) => Matcher::AnyError,
        traits::Matcher::ErrorType(id) => {
            let code = id.rsplit('#').next().unwrap_or_default();
            Matcher::ErrorType(roots.error_code(code).to_owned())
        }
        traits::Matcher::Output(matcher) => {
            Matcher::Output(path(matcher, &roots.output)?, expected(matcher))
        }
        traits::Matcher::InputOutput(matcher) => {
            Matcher::InputOutput(path(matcher, &roots.both)?, expected(matcher))
        }
    };
    let state = declared.state;
    Ok(Acceptor {
        docs,
        matcher,
        state,
    })
}

/// Returns an acceptor in the words of the model.
fn docs(acceptor: &traits::Acceptor) -> String {
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
        traits::Matcher::Success(true) => "there is a response".to_owned(),
        traits::Matcher::Success(false) => "there is an error".to_owned(),
        traits::Matcher::ErrorType(id) => format!("the error is {}", prose::code(id)),
        traits::Matcher::Output(matcher) | traits::Matcher::InputOutput(matcher) => path(matcher),
    };
    let state = match acceptor.state {
        State::Success => "Success",
        State::Failure => "Failure",
        State::Retry => "Retry",
    };
    format!("{state} if {outcome}.")
}

fn expected(matcher: &PathMatcher) -> Expected {
    let text = matcher.expected.clone();
    match matcher.comparator {
        PathComparator::StringEquals => Expected::String(text),
        PathComparator::BooleanEquals => Expected::Boolean(text == "true"),
        PathComparator::AllStringEquals => Expected::AllStrings(text),
        PathComparator::AnyStringEquals => Expected::AnyString(text),
    }
}
