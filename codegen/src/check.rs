//! The fourth stage, *check*: everything that would make the generated code wrong.
//!
//! What passes can be emitted: emission never fails.

mod binding;
mod distinct;
mod error;
mod kind;
mod nesting;
mod pagination;
mod waiter;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, cause};
use crate::lower::enumeration::Enumerations;
use crate::lower::operation::{Http, http_method};
use crate::lower::{default, recursion, text};
use crate::model::{Kind, Member, Model, Shape, Simple, Traits};
use crate::select::Selection;

/// Traits that bind a member to a place in the HTTP message.
const BINDINGS: &[&str] = &[
    "smithy.api#httpHeader",
    "smithy.api#httpLabel",
    "smithy.api#httpPayload",
    "smithy.api#httpPrefixHeaders",
    "smithy.api#httpQuery",
    "smithy.api#httpQueryParams",
    "smithy.api#httpResponseCode",
];

/// Checks a selection. What is wrong with it is told to `diagnostics`.
pub fn check<'m>(
    model: &'m Model<'_>,
    selection: &Selection<'m, '_>,
    diagnostics: &mut Diagnostics,
) {
    let mut checker = Checker {
        model,
        enumerations: Enumerations::of_defaults(model, selection),
        diagnostics,
    };
    for operation in &selection.operations {
        checker.operation(operation);
        checker.host_prefix(operation);
        checker.messages(selection.service, operation);
        checker.pagination(selection.service, operation);
        checker.waiters(operation);
    }
    for shape in selection.closure.keys().filter_map(|id| model.shape(id)) {
        checker.constraints(&shape.id.to_string(), &shape.traits);
        checker.members(shape);
        checker.kinds(shape);
        checker.distinct(shape);
    }
    for error in selection.errors.iter().filter_map(|id| model.shape(id)) {
        checker.retryable(error);
    }
    checker.nesting(selection);
    for (id, name) in recursion::endless_members(model, selection) {
        let member = model.shape(&id).and_then(|shape| shape.members.get(&name));
        checker.report(
            format!("`{id}${name}` makes `{id}` contain itself without end"),
            member.map_or(0..0, |member| member.span.clone()),
            "every member on the way back to it is required",
            "make one of the members on the way optional, or put a list or a map between",
        );
    }
}

struct Checker<'m, 'a, 'd> {
    model: &'m Model<'a>,
    enumerations: Enumerations<'m>,
    diagnostics: &'d mut Diagnostics,
}

impl Checker<'_, '_, '_> {
    fn report(
        &mut self,
        title: String,
        span: std::ops::Range<usize>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics
            .push(Diagnostic::new(title, span, label, help));
    }

    fn operation(&mut self, operation: &Shape<'_>) {
        let Some(raw) = operation.traits.raw("smithy.api#http") else {
            return self.report(
                format!("`{}` has no trait `smithy.api#http`", operation.id),
                operation.span.clone(),
                "how it is called over HTTP is not said",
                "add the trait, or leave the operation out with `--operations`",
            );
        };
        let span = self.model.key_span(raw);
        let http: Http = match serde_json::from_str(raw.get()) {
            Ok(http) => http,
            Err(error) => {
                let title = format!(
                    "the trait `smithy.api#http` of `{}` is malformed",
                    operation.id
                );
                return self.report(
                    title,
                    span,
                    cause(&error),
                    "give `method` and `uri`, both text",
                );
            }
        };
        if http_method(&http.method).is_none() {
            self.report(
                format!("`{}` has the HTTP method {:?}", operation.id, http.method),
                span.clone(),
                "there is no such method",
                "use DELETE, GET, HEAD, OPTIONS, PATCH, POST or PUT",
            );
        }
        self.uri(operation, &http, &span);
    }

    fn members(&mut self, shape: &Shape<'_>) {
        for (name, member) in &shape.members {
            let id = format!("{}${name}", shape.id);
            let bindings: Vec<&str> = BINDINGS
                .iter()
                .copied()
                .filter(|binding| member.traits.has(binding))
                .collect();
            if bindings.len() > 1 {
                self.report(
                    format!("`{id}` is bound more than once"),
                    member.span.clone(),
                    bindings.join(" and "),
                    "keep one of these traits; a member is in one place of a message",
                );
            }
            if bindings.contains(&"smithy.api#httpLabel")
                && !member.traits.has("smithy.api#required")
            {
                self.report(
                    format!("`{id}` is a label, but not required"),
                    member.span.clone(),
                    "a path without it would name something else",
                    "add `smithy.api#required`",
                );
            }
            if let [binding] = bindings.as_slice() {
                self.bound_type(&id, member, binding);
                self.header_name(&id, member, binding);
            }
            self.stream(&id, member);
            self.constraints(&id, &member.traits);
            if shape.kind == Kind::Structure {
                self.default_value(&id, member);
            }
        }
        self.beside_payload(shape);
        self.elements(shape);
    }

    /// A default must be a value of the member's type.
    fn default_value(&mut self, id: &str, member: &Member<'_>) {
        let target = self.model.shape(&member.target.id);
        let problem = target
            .and_then(|target| default::default_value(member, target, &self.enumerations).err());
        if let (Some(expected), Some(raw)) = (problem, member.traits.raw("smithy.api#default")) {
            self.report(
                format!("the trait `smithy.api#default` of `{id}` does not fit its type"),
                self.model.span(raw),
                format!("`{}` wants {expected}", member.target.id),
                "correct the value, or remove the trait",
            );
        }
    }

    /// A list has a member, a map a key that is text and a value.
    fn elements(&mut self, shape: &Shape<'_>) {
        let expected: &[&str] = match shape.kind {
            Kind::List => &["member"],
            Kind::Map => &["key", "value"],
            _ => return,
        };
        for name in expected {
            if !shape.members.contains_key(*name) {
                self.report(
                    format!("`{}` has no `{name}`", shape.id),
                    shape.span.clone(),
                    "what it holds is not said",
                    format!("add `{name}` with a `target`"),
                );
            }
        }
        let key = shape.members.get("key").filter(|_| shape.kind == Kind::Map);
        let target = key.and_then(|key| Some((key, self.model.shape(&key.target.id)?)));
        if let Some((key, target)) = target
            && !matches!(target.kind, Kind::Enum | Kind::Simple(Simple::String))
        {
            self.report(
                format!("`{}` has keys that are no text", shape.id),
                key.span.clone(),
                format!("a key is a `{}`", target.id),
                "give it keys of type `string` or `enum`",
            );
        }
    }

    /// Patterns, ranges and lengths must be sound.
    fn constraints(&mut self, id: &str, traits: &Traits<'_>) {
        for (name, problem) in [
            (
                "smithy.api#pattern",
                pattern_problem as fn(&Value) -> Option<String>,
            ),
            ("smithy.api#range", |value| {
                bounds_problem(value, f64::NEG_INFINITY)
            }),
            ("smithy.api#length", |value| bounds_problem(value, 0.0)),
        ] {
            let Some(raw) = traits.raw(name) else {
                continue;
            };
            let value = serde_json::from_str(raw.get()).unwrap_or_default();
            if let Some(problem) = problem(&value) {
                let span = self.model.span(raw);
                let title = format!("the trait `{name}` of `{id}` is malformed");
                self.report(title, span, problem, "correct the trait");
            }
        }
    }
}

fn pattern_problem(value: &Value) -> Option<String> {
    match value.as_str() {
        Some(pattern) => text::malformed(pattern),
        None => Some("a pattern is text".to_owned()),
    }
}

fn bounds_problem(value: &Value, least: f64) -> Option<String> {
    let Some(bounds) = value.as_object() else {
        return Some("this is an object with `min`, `max` or both".to_owned());
    };
    let bound = |name: &str| {
        bounds
            .get(name)
            .map(|bound| bound.as_f64().ok_or(name.to_owned()))
    };
    match (bound("min").transpose(), bound("max").transpose()) {
        (Err(name), _) | (_, Err(name)) => Some(format!("`{name}` is a number")),
        (Ok(None), Ok(None)) => Some("`min`, `max` or both are needed".to_owned()),
        (Ok(min), Ok(max)) => {
            let (min, max) = (min.unwrap_or(least), max.unwrap_or(f64::INFINITY));
            (min > max || min < least).then(|| "no value is within these bounds".to_owned())
        }
    }
}
