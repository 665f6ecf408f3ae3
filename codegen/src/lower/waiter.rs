//! Waiters: states for which an operation is polled, and the responses that show them.

mod path;

use self::path::{Paths, Value};
use super::docs::markdown;
use super::error::code_in_responses;
use crate::ir::Protocol;
use crate::ir::waiter::{Acceptor, Expected, Matcher, Path, State, Waiter};
use crate::model::Model;
use crate::model::traits::{self, PathComparator, PathMatcher, Waitable};
use crate::name::{self, Scope};
use crate::prose;
use crate::select::Operation;

/// The reason why a waiter is refused.
pub(crate) enum Refusal {
    Malformed(&'static str),
    /// It may be valid, but needs an unsupported feature.
    Unsupported(String),
}

/// The context of lowering the waiters of an operation.
pub(crate) struct Waiters<'m> {
    paths: Paths<'m>,
    operation: &'m Operation<'m>,
    scope: Scope,
}

impl<'m> Waiters<'m> {
    pub(crate) fn new(model: &'m Model, protocol: Protocol, operation: &'m Operation<'m>) -> Self {
        Self {
            paths: Paths { model, protocol },
            operation,
            scope: Scope::default(),
        }
    }

    /// Lowers one more waiter.
    ///
    /// # Errors
    ///
    /// The reason why it is refused.
    pub(crate) fn waiter(&mut self, name: &str, declared: &Waitable) -> Result<Waiter, Refusal> {
        if let Some(problem) = problem(declared) {
            return Err(Refusal::Malformed(problem));
        }
        if self.has_stream() {
            let problem = "its operation has a stream".to_owned();
            return Err(Refusal::Unsupported(problem));
        }
        let acceptors = declared.acceptors.iter();
        let acceptors: Result<Vec<Acceptor>, _> = acceptors.map(|it| self.acceptor(it)).collect();
        let method = self
            .scope
            .claim(name::member_name(&format!("WaitUntil{name}")));
        let documentation = declared.documentation.as_deref().and_then(markdown);
        let mut docs = documentation.unwrap_or_else(|| format!("Waits until `{name}`."));
        if declared.deprecated {
            docs.push_str("\n\n**Deprecated:** Do not use it in new code.");
        }
        Ok(Waiter {
            item: self.scope.claim(name::constant_name(
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

    /// Returns `true` if a message has a stream, so that it can be neither sent again nor
    /// inspected.
    fn has_stream(&self) -> bool {
        let (model, operation) = (self.paths.model, self.operation);
        let messages = operation.input.into_iter().chain(operation.output);
        let mut members = messages.flat_map(|message| model.target(message).members.values());
        members.any(|member| model.target(&member.target).traits.streaming)
    }

    fn acceptor(&self, declared: &traits::Acceptor) -> Result<Acceptor, Refusal> {
        let matcher = match &declared.matcher {
            traits::Matcher::Success(true) => Matcher::AnyOutput,
            traits::Matcher::Success(false) => Matcher::AnyError,
            traits::Matcher::ErrorType(id) => {
                let code = id.rsplit('#').next().unwrap_or_default();
                Matcher::ErrorType(self.error_code(code).to_owned())
            }
            traits::Matcher::Output(matcher) => {
                let output = self.paths.value(self.operation.output);
                Matcher::Output(self.path(matcher, &output)?, expected(matcher))
            }
            traits::Matcher::InputOutput(matcher) => {
                let input = self.paths.value(self.operation.input);
                let output = self.paths.value(self.operation.output);
                let both = Value::Both(Box::new(input), Box::new(output));
                Matcher::InputOutput(self.path(matcher, &both)?, expected(matcher))
            }
        };
        Ok(Acceptor {
            docs: docs(declared),
            matcher,
            state: declared.state,
        })
    }

    fn path(&self, matcher: &PathMatcher, from: &Value<'m>) -> Result<Path, Refusal> {
        let path = self.paths.lower(&matcher.path, from);
        path.map_err(|problem| {
            Refusal::Unsupported(format!("its path `{}`: {problem}", matcher.path))
        })
    }

    /// Returns the code in responses of an error that is named by its shape, or by its code.
    fn error_code<'c>(&'c self, name: &'c str) -> &'c str {
        let Paths { model, protocol } = self.paths;
        let errors = self.operation.errors.iter();
        let mut errors = errors.filter_map(|error| model.shape(&error.id));
        let error = errors.find(|error| error.id.name() == name);
        error.map_or(name, |error| code_in_responses(error, protocol))
    }
}

/// Returns the problem of a waiter, except for its paths.
fn problem(waiter: &Waitable) -> Option<&'static str> {
    let succeeds = |acceptor: &traits::Acceptor| acceptor.state == State::Success;
    if !waiter.acceptors.iter().any(succeeds) {
        return Some("no acceptor leads to `success`");
    }
    if waiter.min_delay == 0 || waiter.min_delay > waiter.max_delay {
        return Some("`minDelay` must be from 1 to `maxDelay`");
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
