//! Unsupported features of models, and the operations that need them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Protocol, Skipped};
use crate::lower::auth::auth_schemes;
use crate::model::{Kind, Model, Shape, ShapeId};
use crate::options::Options;
use crate::select::{Operation, Selection, select};

/// Removes operations that need unsupported features from a selection, or reports them. Returns the
/// selection and the skipped operations; `None` if no operation remains.
pub(crate) fn leave_out<'m>(
    model: &'m Model,
    selection: Selection<'m>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<(Selection<'m>, Option<Vec<Skipped>>)> {
    let obstacles = obstacles(model, &selection);
    if !options.skip_unsupported {
        report(obstacles, diagnostics);
        return Some((selection, None));
    }
    let skipped = skipped(&selection, &obstacles);
    if skipped.is_empty() {
        return Some((selection, Some(skipped)));
    }
    let names = selection.operations.iter().map(Operation::name);
    let kept = names.filter(|name| !skipped.iter().any(|skip| skip.operation == *name));
    let kept: Vec<String> = kept.map(str::to_owned).collect();
    let without = Options {
        operations: kept,
        ..options.clone()
    };
    if !without.operations.is_empty()
        && let Some(selection) = select(model, &without, diagnostics)
    {
        return Some((selection, Some(skipped)));
    }
    report(obstacles, diagnostics);
    None
}

/// Unsupported features, each in words that name its shape, with the place of the shape and the
/// operations that need it.
type Obstacles<'m> = BTreeMap<String, (Range<usize>, BTreeSet<&'m str>)>;

/// Finds the unsupported features that operations need.
fn obstacles<'m>(model: &'m Model, selection: &Selection<'m>) -> Obstacles<'m> {
    let mut found = Obstacles::new();
    let of_shapes = of_shapes(selection);
    let service = &selection.service;
    for operation in &selection.operations {
        let shape = operation.shape;
        let of_s3 = of_s3(service.shape, shape);
        let of_auth = of_auth(service.shape, shape);
        let of_operation = of_s3.into_iter().chain(of_auth).map(|what| (shape, what));
        let of_closure = of_closure(model, operation, service.protocol, &of_shapes);
        for (shape, what) in of_closure.into_iter().chain(of_operation) {
            let place = || (shape.span.clone(), BTreeSet::new());
            let (_, operations) = found.entry(what).or_insert_with(place);
            operations.insert(operation.name());
        }
    }
    found
}

/// Returns the operations that cannot be generated, by name, with the reasons of each.
fn skipped(selection: &Selection<'_>, obstacles: &Obstacles<'_>) -> Vec<Skipped> {
    let names = selection.operations.iter().map(Operation::name);
    let skipped = names.filter_map(|name| {
        let obstacles = obstacles.iter();
        let reasons = obstacles.filter(|(_, (_, operations))| operations.contains(name));
        let reasons: Vec<&str> = reasons.map(|(what, _)| what.as_str()).collect();
        (!reasons.is_empty()).then(|| Skipped {
            operation: name.to_owned(),
            reason: reasons.join("; "),
        })
    });
    skipped.collect()
}

/// Reports every obstacle with the operations that need it.
fn report(obstacles: Obstacles<'_>, diagnostics: &mut Diagnostics) {
    for (what, (place, operations)) in obstacles {
        let operations: Vec<&str> = operations.into_iter().collect();
        diagnostics.push(Diagnostic::new(
            format!("{what}, which is not supported"),
            place,
            format!("needed by {}", operations.join(", ")),
            "leave these operations out: use `--skip-unsupported`, or name others with \
             `--operations`; in a manifest, with the keys of these names",
        ));
    }
}

/// Returns a problem for Amazon S3, whose special rules include checksums in trailers and errors
/// with the status 200.
fn of_s3(service: &Shape, operation: &Shape) -> Option<String> {
    let names = service.traits.service.as_ref()?;
    (names.sdk_id.as_deref() == Some("S3"))
        .then(|| format!("`{}` follows the rules of Amazon S3", operation.id))
}

/// Returns a problem if none of an operation's authentication schemes is supported.
fn of_auth(service: &Shape, operation: &Shape) -> Option<String> {
    let schemes = auth_schemes(service, operation).err()?;
    let schemes = schemes.join(" or ");
    Some(format!("`{}` is called with {schemes}", operation.id))
}

/// Finds the unsupported features of operations and of the shapes that they need, by shape.
fn of_shapes<'m>(selection: &Selection<'m>) -> BTreeMap<&'m ShapeId, Vec<String>> {
    let operations = selection.operations.iter().map(|it| it.shape);
    let shapes = operations.chain(selection.shapes());
    shapes
        .map(|shape| (&shape.id, of_shape(shape, selection.service.protocol)))
        .filter(|(_, obstacles)| !obstacles.is_empty())
        .collect()
}

/// Finds the unsupported features of a shape itself.
fn of_shape(shape: &Shape, protocol: Protocol) -> Vec<String> {
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
    found
}

/// Finds the unsupported features of an operation and of the shapes that it needs, with the shape.
fn of_closure<'m>(
    model: &'m Model,
    operation: &Operation<'m>,
    protocol: Protocol,
    of_shapes: &BTreeMap<&'m ShapeId, Vec<String>>,
) -> Vec<(&'m Shape, String)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    // Most models have no unsupported features.
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
        let of_shape = of_shapes.get(&shape.id).into_iter().flatten();
        found.extend(of_shape.map(|what| (shape, what.clone())));
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
