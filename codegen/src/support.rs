//! What the generator cannot do yet, and which operations need it.

mod waiter;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::generate::Skipped;
use crate::lower::auth::auth_schemes;
use crate::model::{Kind, Model, Shape, ShapeId};
use crate::select::Selection;

pub(crate) use waiter::unsupported_waiters;

/// The value of `aws.protocols#httpChecksum`, as far as it changes what must be sent.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct HttpChecksum {
    request_checksum_required: bool,
}

/// Something in a model that is not supported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Obstacle {
    what: String,
    start: usize,
    end: usize,
}

/// Finds the operations that cannot be generated, with the reason of each.
pub(crate) fn obstacles<'m>(model: &'m Model<'_>, selection: &Selection<'m, '_>) -> Obstacles<'m> {
    let mut found = Obstacles::default();
    for operation in &selection.operations {
        let of_auth = of_auth(selection.service, operation);
        for obstacle in of_closure(model, operation).into_iter().chain(of_auth) {
            found
                .by_operation
                .entry(&operation.id)
                .or_default()
                .insert(obstacle.clone());
            found
                .by_obstacle
                .entry(obstacle)
                .or_default()
                .insert(operation.id.name());
        }
    }
    found
}

/// What stands in the way of which operations.
#[derive(Debug, Default)]
pub(crate) struct Obstacles<'m> {
    by_operation: BTreeMap<&'m ShapeId, BTreeSet<Obstacle>>,
    by_obstacle: BTreeMap<Obstacle, BTreeSet<&'m str>>,
}

impl Obstacles<'_> {
    /// The operations that cannot be generated, by name.
    pub(crate) fn skipped(&self) -> Vec<Skipped> {
        let skipped = self.by_operation.iter().map(|(operation, obstacles)| {
            let reasons: Vec<&str> = obstacles
                .iter()
                .map(|obstacle| obstacle.what.as_str())
                .collect();
            Skipped {
                operation: operation.name().to_owned(),
                reason: reasons.join("; "),
            }
        });
        skipped.collect()
    }

    /// Reports every obstacle with the operations that need it.
    pub(crate) fn report(self, diagnostics: &mut Diagnostics) {
        for (Obstacle { what, start, end }, operations) in self.by_obstacle {
            let operations: Vec<&str> = operations.into_iter().collect();
            diagnostics.push(Diagnostic::new(
                format!("{what}, which is not supported"),
                start..end,
                format!("needed by {}", operations.join(", ")),
                "leave these operations out: use `--skip-unsupported`, or name others with \
                 `--operations`",
            ));
        }
    }
}

/// An operation needs an authentication scheme that is supported, or none at all.
fn of_auth(service: &Shape<'_>, operation: &Shape<'_>) -> Option<Obstacle> {
    let schemes = auth_schemes(service, operation).err()?;
    Some(Obstacle {
        what: format!("`{}` is called with {}", operation.id, schemes.join(" or ")),
        start: operation.span.start,
        end: operation.span.end,
    })
}

fn of_closure(model: &Model<'_>, operation: &Shape<'_>) -> BTreeSet<Obstacle> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut pending = vec![operation];
    while let Some(shape) = pending.pop() {
        if !seen.insert(&shape.id) {
            continue;
        }
        let mut add = |what: String, span: &Range<usize>| {
            found.insert(Obstacle {
                what,
                start: span.start,
                end: span.end,
            });
        };
        if let Some(kind) = unsupported_kind(&shape.kind) {
            add(format!("`{}` is of type `{kind}`", shape.id), &shape.span);
        }
        if shape.kind == Kind::Union && shape.traits.has("smithy.api#streaming") {
            add(format!("`{}` is an event stream", shape.id), &shape.span);
            // What is in it stands in nobody's way but its own.
            continue;
        }
        let checksum: Option<HttpChecksum> = shape.traits.get("aws.protocols#httpChecksum");
        if checksum.is_some_and(|checksum| checksum.request_checksum_required) {
            let title = format!(
                "`{}` requires a checksum by the trait `aws.protocols#httpChecksum`",
                shape.id
            );
            add(title, &shape.span);
        }
        let members = shape.members.values().map(|member| &member.target);
        let is_enumeration = matches!(shape.kind, Kind::Enum | Kind::IntEnum);
        let targets: Vec<_> = match &shape.kind {
            Kind::Operation {
                input,
                output,
                errors,
            } => input.iter().chain(output).chain(errors).collect(),
            _ if is_enumeration => Vec::new(),
            _ => members.collect(),
        };
        pending.extend(
            targets
                .into_iter()
                .filter_map(|target| model.shape(&target.id)),
        );
    }
    found
}

fn unsupported_kind(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Service { .. } => Some("service"),
        Kind::Resource { .. } => Some("resource"),
        Kind::Unknown(name) => Some(name),
        _ => None,
    }
}
