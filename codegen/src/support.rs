//! Unsupported features of models, and the operations that need them.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Protocol, Skipped};
use crate::lower::auth::auth_schemes;
use crate::model::{Kind, Model, Shape, ShapeId};
use crate::select::{Operation, Selection, Wanted, select};

/// Leaves operations out of a selection that need what is not supported, or reports them. Returns
/// the selection, and what was left out of it; `None` if nothing is left.
pub(crate) fn leave_out<'m>(
    model: &'m Model,
    selection: Selection<'m>,
    protocol: Option<&str>,
    skips: bool,
    diagnostics: &mut Diagnostics,
) -> Option<(Selection<'m>, Option<Vec<Skipped>>)> {
    let obstacles = obstacles(model, &selection);
    if !skips {
        obstacles.report(diagnostics);
        return Some((selection, None));
    }
    let skipped = obstacles.skipped();
    let names = selection.operations.iter().map(Operation::name);
    let kept = names.filter(|name| !skipped.iter().any(|skip| skip.operation == *name));
    let kept: Vec<String> = kept.map(str::to_owned).collect();
    if kept.len() == selection.operations.len() {
        return Some((selection, Some(skipped)));
    }
    let service = selection.service.shape.id.as_str();
    let wanted = Wanted {
        service: Some(service),
        protocol,
        operations: &kept,
    };
    let rest = (!kept.is_empty()).then(|| select(model, wanted, diagnostics));
    if let Some(Some(selection)) = rest {
        return Some((selection, Some(skipped)));
    }
    obstacles.report(diagnostics);
    None
}

/// Something in a model that is not supported.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Obstacle {
    what: String,
    start: usize,
    end: usize,
}

/// Finds the operations that cannot be generated, with the reason of each.
fn obstacles<'m>(model: &'m Model, selection: &Selection<'m>) -> Obstacles<'m> {
    let mut found = Obstacles::default();
    let of_shapes = of_shapes(selection);
    let protocol = selection.service.protocol;
    for operation in &selection.operations {
        let of_s3 = of_s3(selection.service.shape, operation.shape);
        let of_auth = of_auth(selection.service.shape, operation.shape);
        let of_closure = of_closure(model, operation, protocol, &of_shapes);
        for obstacle in of_closure.into_iter().chain(of_auth).chain(of_s3) {
            let by_operation = found.by_operation.entry(&operation.shape.id);
            by_operation.or_default().insert(obstacle.clone());
            let by_obstacle = found.by_obstacle.entry(obstacle);
            by_obstacle.or_default().insert(operation.name());
        }
    }
    found
}

/// Unsupported features, and the operations that need them.
#[derive(Debug, Default)]
struct Obstacles<'m> {
    by_operation: BTreeMap<&'m ShapeId, BTreeSet<Obstacle>>,
    by_obstacle: BTreeMap<Obstacle, BTreeSet<&'m str>>,
}

impl Obstacles<'_> {
    /// Returns the operations that cannot be generated, by name.
    fn skipped(&self) -> Vec<Skipped> {
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
    fn report(self, diagnostics: &mut Diagnostics) {
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

/// Amazon S3 has rules of its own, such as checksums in trailers, and errors with a status of 200.
fn of_s3(service: &Shape, operation: &Shape) -> Option<Obstacle> {
    let names = service.traits.service.as_ref()?;
    (names.sdk_id.as_deref() == Some("S3")).then(|| Obstacle {
        what: format!("`{}` follows the rules of Amazon S3", operation.id),
        start: operation.span.start,
        end: operation.span.end,
    })
}

/// Returns an operation needs an authentication scheme that is supported, or none at all.
fn of_auth(service: &Shape, operation: &Shape) -> Option<Obstacle> {
    let schemes = auth_schemes(service, operation).err()?;
    Some(Obstacle {
        what: format!("`{}` is called with {}", operation.id, schemes.join(" or ")),
        start: operation.span.start,
        end: operation.span.end,
    })
}

/// Finds what is not supported of operations and of the shapes that they need. Shapes without any
/// of that, which are mostly all, are left out.
fn of_shapes<'m>(selection: &Selection<'m>) -> BTreeMap<&'m ShapeId, Vec<Obstacle>> {
    let operations = selection.operations.iter().map(|it| it.shape);
    let shapes = operations.chain(selection.shapes());
    shapes
        .map(|shape| (&shape.id, of_shape(shape, selection.service.protocol)))
        .filter(|(_, obstacles)| !obstacles.is_empty())
        .collect()
}

/// Finds what is not supported of a shape itself.
fn of_shape(shape: &Shape, protocol: Protocol) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let id = &shape.id;
    if let Some(kind) = unsupported_kind(&shape.kind) {
        found.push(format!("`{id}` is of type `{kind}`"));
    }
    let checksum = shape.traits.http_checksum.as_ref();
    if shape.is_event_stream() && !protocol.has_event_streams() {
        let protocol = protocol.name();
        found.push(format!(
            "`{id}` is an event stream, which {protocol} does not have"
        ));
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

/// Finds what is not supported of an operation and of the shapes that it needs.
fn of_closure<'m>(
    model: &'m Model,
    operation: &Operation<'m>,
    protocol: Protocol,
    of_shapes: &BTreeMap<&'m ShapeId, Vec<Obstacle>>,
) -> BTreeSet<Obstacle> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    // Mostly there is nothing to find.
    let mut pending = Vec::new();
    if !of_shapes.is_empty() {
        pending.push(operation.shape);
        let targets = operation.input.into_iter().chain(operation.output);
        let targets = targets.chain(operation.errors.iter().copied());
        pending.extend(targets.filter_map(|target| model.shape(&target.id)));
    }
    while let Some(shape) = pending.pop() {
        if !seen.insert(&shape.id) {
            continue;
        }
        found.extend(of_shapes.get(&shape.id).into_iter().flatten().cloned());
        // The events of a stream do not matter where the stream is not supported.
        if !shape.is_event_stream() || protocol.has_event_streams() {
            let targets = shape.references().map(|member| &member.target.id);
            pending.extend(targets.filter_map(|id| model.shape(id)));
        }
    }
    found
}

fn unsupported_kind(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Service(_) => Some("service"),
        Kind::Resource(_) => Some("resource"),
        Kind::Unknown(name) => Some(name),
        _ => None,
    }
}
