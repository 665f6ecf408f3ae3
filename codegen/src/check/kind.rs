//! What is in a place must be of a kind that the place can hold.

use super::Checker;
use crate::model::{Kind, Member, Model, Shape, Simple, Target};

impl Checker<'_, '_, '_> {
    /// What an operation sends and returns are structures.
    pub(super) fn messages(&mut self, service: &Shape<'_>, operation: &Shape<'_>) {
        let Kind::Operation {
            input,
            output,
            errors,
        } = &operation.kind
        else {
            return;
        };
        let common = match &service.kind {
            Kind::Service { errors, .. } => errors.as_slice(),
            _ => &[],
        };
        let targets = input.iter().chain(output).chain(errors).chain(common);
        for target in targets {
            let shape = self.model.shape(&target.id);
            if shape.is_some_and(|shape| shape.kind != Kind::Structure) {
                self.no_structure(operation, target);
            }
        }
    }

    fn no_structure(&mut self, operation: &Shape<'_>, target: &Target) {
        self.report(
            format!(
                "`{}` sends or returns `{}`, which is no structure",
                operation.id, target.id
            ),
            target.span.clone(),
            "a structure is expected here",
            "correct the target",
        );
    }

    /// Members have values, and what is in places of a message is of a kind that these can hold.
    pub(super) fn kinds(&mut self, shape: &Shape<'_>) {
        if matches!(shape.kind, Kind::Enum | Kind::IntEnum) {
            return;
        }
        for (name, member) in &shape.members {
            let id = format!("{}${name}", shape.id);
            let Some(target) = self.model.shape(&member.target.id) else {
                continue;
            };
            if matches!(target.kind, Kind::Operation { .. }) {
                self.report(
                    format!("`{id}` is a `{}`, which is an operation", target.id),
                    member.target.span.clone(),
                    "an operation is no value",
                    "correct the target",
                );
            }
            for (id_of_trait, expected, fits) in PLACES {
                if member.traits.has(id_of_trait) && !fits(self.model, target) {
                    self.misplaced(&id, member, id_of_trait, expected);
                }
            }
        }
    }

    fn misplaced(&mut self, id: &str, member: &Member<'_>, id_of_trait: &str, expected: &str) {
        self.report(
            format!("`{id}` has the trait `{id_of_trait}`, but is not {expected}"),
            member.span.clone(),
            format!("it is a `{}`", member.target.id),
            "remove the trait, or correct the target",
        );
    }
}

/// Whether a shape is what a trait is for.
type Fits = fn(&Model<'_>, &Shape<'_>) -> bool;

/// Traits of members, with what they are for.
const PLACES: &[(&str, &str, Fits)] = &[
    (
        "smithy.api#httpResponseCode",
        "an `integer`",
        |_, target| target.kind == Kind::Simple(Simple::Integer),
    ),
    (
        "smithy.api#httpPrefixHeaders",
        "a map of strings",
        |model, target| value(model, target).is_some_and(is_text),
    ),
    (
        "smithy.api#httpQueryParams",
        "a map of strings or of lists of them",
        |model, target| {
            value(model, target)
                .is_some_and(|value| is_text(value) || element(model, value).is_some_and(is_text))
        },
    ),
    ("smithy.api#idempotencyToken", "a `string`", |_, target| {
        is_text(target)
    }),
    ("smithy.api#hostLabel", "a `string`", |_, target| {
        is_text(target)
    }),
];

/// What a map of text holds, none of which may be null.
fn value<'m, 'a>(model: &'m Model<'a>, map: &Shape<'_>) -> Option<&'m Shape<'a>> {
    let member = |name| model.shape(&map.members.get(name)?.target.id);
    let is_dense = map.kind == Kind::Map && !map.traits.has("smithy.api#sparse");
    let has_text = member("key").is_some_and(is_text);
    member("value").filter(|_| is_dense && has_text)
}

/// What a list holds, none of which may be null.
fn element<'m, 'a>(model: &'m Model<'a>, list: &Shape<'_>) -> Option<&'m Shape<'a>> {
    let is_dense = list.kind == Kind::List && !list.traits.has("smithy.api#sparse");
    let member = list.members.get("member").filter(|_| is_dense)?;
    model.shape(&member.target.id)
}

fn is_text(shape: &Shape<'_>) -> bool {
    shape.kind == Kind::Simple(Simple::String) && !shape.traits.has("smithy.api#enum")
}
