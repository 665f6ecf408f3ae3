//! What the generator cannot do yet, and which operations need it.

mod waiter;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::Skipped;
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
    let of_shapes = of_shapes(model, selection);
    for operation in &selection.operations {
        let of_auth = of_auth(selection.service, operation);
        let of_closure = of_closure(model, selection.service, operation, &of_shapes);
        for obstacle in of_closure.into_iter().chain(of_auth) {
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
                 `--operations`; in a manifest, with the keys of these names",
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

/// What of each operation, and of each shape that they need, is not supported. The shapes that have
/// nothing of that kind are left out: mostly these are all.
fn of_shapes<'m>(
    model: &'m Model<'_>,
    selection: &Selection<'m, '_>,
) -> BTreeMap<&'m ShapeId, Vec<Obstacle>> {
    let needed = selection.closure.keys().filter_map(|id| model.shape(id));
    let shapes = selection.operations.iter().copied().chain(needed);
    shapes
        .map(|shape| (&shape.id, of_shape(shape)))
        .filter(|(_, obstacles)| !obstacles.is_empty())
        .collect()
}

/// What of a shape itself is not supported.
fn of_shape(shape: &Shape<'_>) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let id = &shape.id;
    if let Some(kind) = unsupported_kind(&shape.kind) {
        found.push(format!("`{id}` is of type `{kind}`"));
    }
    let checksum: Option<HttpChecksum> = shape.traits.get("aws.protocols#httpChecksum");
    if is_event_stream(shape) {
        found.push(format!("`{id}` is an event stream"));
    } else if checksum.is_some_and(|checksum| checksum.request_checksum_required) {
        found.push(format!(
            "`{id}` requires a checksum by the trait `aws.protocols#httpChecksum`"
        ));
    }
    let obstacle = |what| Obstacle {
        what,
        start: shape.span.start,
        end: shape.span.end,
    };
    found.into_iter().map(obstacle).collect()
}

/// What of an operation and of the shapes that it needs is not supported.
fn of_closure<'m>(
    model: &'m Model<'_>,
    service: &'m Shape<'_>,
    operation: &'m Shape<'_>,
    of_shapes: &BTreeMap<&'m ShapeId, Vec<Obstacle>>,
) -> BTreeSet<Obstacle> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    // Operations share shapes, so where nothing is to be found there is no looking for it.
    let mut pending = Vec::new();
    if !of_shapes.is_empty() {
        let common = match &service.kind {
            Kind::Service { errors, .. } => errors.as_slice(),
            _ => &[],
        };
        pending.push(operation);
        pending.extend(common.iter().filter_map(|target| model.shape(&target.id)));
    }
    while let Some(shape) = pending.pop() {
        if !seen.insert(&shape.id) {
            continue;
        }
        found.extend(of_shapes.get(&shape.id).into_iter().flatten().cloned());
        let members = shape.members.values().map(|member| &member.target);
        let targets: Vec<_> = match &shape.kind {
            Kind::Operation {
                input,
                output,
                errors,
            } => input.iter().chain(output).chain(errors).collect(),
            Kind::Enum | Kind::IntEnum => Vec::new(),
            // What is in an event stream stands in nobody's way but its own.
            _ if is_event_stream(shape) => Vec::new(),
            _ => members.collect(),
        };
        let targets = targets.into_iter();
        pending.extend(targets.filter_map(|target| model.shape(&target.id)));
    }
    found
}

fn is_event_stream(shape: &Shape<'_>) -> bool {
    shape.kind == Kind::Union && shape.traits.has("smithy.api#streaming")
}

fn unsupported_kind(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Service { .. } => Some("service"),
        Kind::Resource { .. } => Some("resource"),
        Kind::Unknown(name) => Some(name),
        _ => None,
    }
}
