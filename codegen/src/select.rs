//! The second stage, *select*: the service, the operations, and the shapes that they need.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::Usage;
use crate::model::{Kind, Model, Shape, ShapeId, Target};

/// What of a model is generated.
#[derive(Debug)]
pub struct Selection<'m, 'a> {
    /// The service.
    pub service: &'m Shape<'a>,
    /// The operations, by name.
    pub operations: Vec<&'m Shape<'a>>,
    /// Every shape that the operations need, with the direction it travels in.
    pub closure: BTreeMap<&'m ShapeId, Usage>,
    /// The modelled errors that the operations can answer with.
    pub errors: BTreeSet<&'m ShapeId>,
}

/// Selects a service, and of its operations the named ones, or all where none is named.
///
/// `None` where there is no service to select; what is wrong is told to `diagnostics`.
pub fn select<'m, 'a>(
    model: &'m Model<'a>,
    service: Option<&str>,
    operations: &[String],
    diagnostics: &mut Diagnostics,
) -> Option<Selection<'m, 'a>> {
    let service = select_service(model, service, diagnostics)?;
    let mut selector = Selector {
        model,
        diagnostics,
        closure: BTreeMap::new(),
        hints: HINTS,
    };
    let all = selector.operations_of(service);
    let operations = selector.select_operations(service, all, operations);
    let mut errors = BTreeSet::new();
    for operation in &operations {
        let Kind::Operation {
            input,
            output,
            errors: own,
        } = &operation.kind
        else {
            continue;
        };
        let Kind::Service { errors: common, .. } = &service.kind else {
            continue;
        };
        if let Some(target) = input {
            selector.visit(
                &operation.id,
                target,
                Usage {
                    input: true,
                    output: false,
                },
            );
        }
        for target in output.iter().chain(own).chain(common) {
            selector.visit(
                &operation.id,
                target,
                Usage {
                    input: false,
                    output: true,
                },
            );
        }
        let known = own
            .iter()
            .chain(common)
            .filter_map(|target| model.shapes.get_key_value(&target.id));
        errors.extend(known.map(|(id, _)| id));
    }
    let closure = selector.closure;
    Some(Selection {
        service,
        operations,
        closure,
        errors,
    })
}

fn select_service<'m, 'a>(
    model: &'m Model<'a>,
    wanted: Option<&str>,
    diagnostics: &mut Diagnostics,
) -> Option<&'m Shape<'a>> {
    let services: Vec<&Shape<'a>> = model
        .shapes
        .values()
        .filter(|shape| matches!(shape.kind, Kind::Service { .. }))
        .collect();
    let ids: Vec<String> = services
        .iter()
        .map(|service| format!("`{}`", service.id))
        .collect();
    if let Some(wanted) = wanted {
        let found = services
            .iter()
            .copied()
            .find(|service| service.id.as_str() == wanted || service.id.name() == wanted);
        if found.is_none() && !ids.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    format!("the model has no service `{wanted}`"),
                    0..0,
                    "no service shape has this id",
                    format!("name one that it has: {}", ids.join(", ")),
                )
                .of_argument(),
            );
        }
        if found.is_some() || !ids.is_empty() {
            return found;
        }
    }
    match services.as_slice() {
        [service] => return Some(service),
        // Where reading failed, that is the problem to report.
        [] if diagnostics.iter().next().is_some() => {}
        [] => diagnostics.push(Diagnostic::new(
            "the model has no service",
            0..0,
            "no shape here is of type `service`",
            "give the model of a service, not one of shared shapes",
        )),
        [_, second, ..] => diagnostics.push(Diagnostic::new(
            "the model has several services",
            second.span.clone(),
            "this is not the only one",
            format!(
                "say which one with `--service`, or `service` in the manifest: {}",
                ids.join(", ")
            ),
        )),
    }
    None
}

struct Selector<'m, 'a, 'd> {
    model: &'m Model<'a>,
    diagnostics: &'d mut Diagnostics,
    closure: BTreeMap<&'m ShapeId, Usage>,
    /// How many more targets that are missing get a hint.
    hints: usize,
}

/// How many targets that are missing get a hint: each is compared with the name of every shape, and
/// where so many are missing it is no slip of the pen.
const HINTS: usize = 32;

impl<'m, 'a> Selector<'m, 'a, '_> {
    /// The operations of a service and of its resources.
    fn operations_of(&mut self, service: &'m Shape<'a>) -> BTreeMap<&'m str, &'m Shape<'a>> {
        let mut found = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut pending = vec![service];
        while let Some(shape) = pending.pop() {
            let (Kind::Service {
                operations,
                resources,
                ..
            }
            | Kind::Resource {
                operations,
                resources,
            }) = &shape.kind
            else {
                continue;
            };
            if !seen.insert(&shape.id) {
                continue;
            }
            for target in operations {
                match self.resolve(&shape.id, target) {
                    Some(operation) if matches!(operation.kind, Kind::Operation { .. }) => {
                        let other = found.insert(operation.id.name(), operation);
                        self.same_name(other, operation, target);
                    }
                    Some(_) => self.diagnostics.push(Diagnostic::new(
                        format!(
                            "`{}` lists `{}`, which is no operation",
                            shape.id, target.id
                        ),
                        target.span.clone(),
                        "an operation is expected here",
                        "correct the target, or remove it",
                    )),
                    None => {}
                }
            }
            for target in resources {
                pending.extend(self.resolve(&shape.id, target));
            }
        }
        found
    }

    /// Reports two operations of one name, of which only the namespaces differ.
    fn same_name(&mut self, other: Option<&Shape<'a>>, operation: &Shape<'a>, target: &Target) {
        if let Some(other) = other.filter(|other| other.id != operation.id) {
            self.diagnostics.push(Diagnostic::new(
                format!("`{}` and `{}` have the same name", other.id, operation.id),
                target.span.clone(),
                "this is the second of them",
                "rename one of them; within a service, a name belongs to one shape",
            ));
        }
    }

    fn select_operations(
        &mut self,
        service: &Shape<'a>,
        all: BTreeMap<&'m str, &'m Shape<'a>>,
        wanted: &[String],
    ) -> Vec<&'m Shape<'a>> {
        if wanted.is_empty() {
            return all.into_values().collect();
        }
        let mut selected = BTreeMap::new();
        for name in wanted {
            let bare = name.rsplit('#').next().unwrap_or(name);
            if let Some((name, operation)) = all.get_key_value(bare) {
                selected.insert(*name, *operation);
                continue;
            }
            let nearest = nearest(bare, all.keys().copied());
            let guess = nearest.map(|name| format!("did you mean `{name}`? "));
            let problem = Diagnostic::new(
                format!("`{}` has no operation `{name}`", service.id),
                service.span.clone(),
                format!("this service has {} operations", all.len()),
                guess.unwrap_or_default() + &listed(all.keys().copied()),
            );
            self.diagnostics.push(problem.of_argument());
        }
        selected.into_values().collect()
    }

    /// Takes a shape and all that it refers to into the closure.
    fn visit(&mut self, from: &'m ShapeId, target: &'m Target, usage: Usage) {
        let mut pending = vec![(from, target)];
        while let Some((from, target)) = pending.pop() {
            let Some(shape) = self.resolve(from, target) else {
                continue;
            };
            let known = self.closure.entry(&shape.id).or_default();
            let merged = Usage {
                input: known.input || usage.input,
                output: known.output || usage.output,
            };
            if *known != merged {
                *known = merged;
                // An enumeration's members refer to nothing that is generated.
                if !matches!(shape.kind, Kind::Enum | Kind::IntEnum) {
                    pending.extend(
                        shape
                            .members
                            .values()
                            .map(|member| (&shape.id, &member.target)),
                    );
                }
            }
        }
    }

    fn resolve(&mut self, from: &ShapeId, target: &Target) -> Option<&'m Shape<'a>> {
        let shape = self.model.shape(&target.id);
        // A malformed shape is there, and is reported itself.
        if shape.is_none() && !self.model.malformed.contains(&target.id) {
            let names = self.model.shapes.keys().map(ShapeId::name);
            let nearest = (self.hints > 0).then(|| nearest(target.id.name(), names));
            let nearest = nearest.flatten();
            self.hints = self.hints.saturating_sub(1);
            self.diagnostics.push(Diagnostic::new(
                format!(
                    "`{from}` refers to `{}`, which is not in the model",
                    target.id
                ),
                target.span.clone(),
                "there is no such shape",
                nearest.map_or("add the shape, or correct the target".to_owned(), |name| {
                    format!("add the shape, or correct the target; did you mean `{name}`?")
                }),
            ));
        }
        shape
    }
}

/// How many operations a hint lists.
const LISTED: usize = 60;

/// The names of the operations that there are.
fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let more = match names.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let names: Vec<&str> = names.take(LISTED).collect();
    format!("there are {}{more}", names.join(", "))
}

/// Of several names the one most like a wrong one, where any is like it.
fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
