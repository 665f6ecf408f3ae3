//! The second stage, *select*: the service, its operations, and the shapes they need.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Protocol, Usage};
use crate::model::{self, Kind, Model, Shape, ShapeId, Target};
use crate::options::Options;
use crate::protocol;

/// The part of a model that is generated.
#[derive(Debug)]
pub(crate) struct Selection<'m> {
    pub(crate) service: Service<'m>,
    /// The operations, by name.
    pub(crate) operations: Vec<Operation<'m>>,
    /// Every shape that the operations need, with the direction it travels in.
    pub(crate) closure: BTreeMap<&'m ShapeId, (&'m Shape, Usage)>,
    /// The modeled errors that the operations can return, by id.
    pub(crate) errors: BTreeMap<&'m ShapeId, &'m Shape>,
}

impl<'m> Selection<'m> {
    /// Returns every shape that the operations need.
    pub(crate) fn shapes(&self) -> impl Iterator<Item = &'m Shape> {
        self.closure.values().map(|(shape, _)| *shape)
    }
}

/// The selected service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Service<'m> {
    pub(crate) shape: &'m Shape,
    pub(crate) api: &'m model::Service,
    /// The protocol that clients speak to it.
    pub(crate) protocol: Protocol,
}

/// A selected operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'m> {
    pub(crate) shape: &'m Shape,
    pub(crate) input: Option<&'m Target>,
    pub(crate) output: Option<&'m Target>,
    /// The errors that it can return: its own, those of every operation, and those that end the
    /// events of its output.
    pub(crate) errors: Vec<&'m Target>,
}

impl<'m> Operation<'m> {
    fn of(service: Service<'m>, shape: &'m Shape) -> Option<Self> {
        let Kind::Operation(operation) = &shape.kind else {
            return None;
        };
        Some(Self {
            shape,
            input: operation.input.as_ref(),
            output: operation.output.as_ref(),
            errors: operation.errors.iter().chain(&service.api.errors).collect(),
        })
    }

    /// Adds the errors that end the events of its output.
    fn add_stream_errors(&mut self, model: &'m Model) {
        let errors = stream_errors(model, self.output);
        let new = errors.filter(|error| self.errors.iter().all(|it| it.id != error.id));
        let new: Vec<&Target> = new.collect();
        self.errors.extend(new);
    }

    /// Returns the name in the model, as in `StartFlow`.
    pub(crate) fn name(&self) -> &'m str {
        self.shape.id.name()
    }
}

/// Selects a service, and of its operations the named ones, or all where none is named.
///
/// Returns `None` if there is no service to select. Problems are added to `diagnostics`.
pub(crate) fn select<'m>(
    model: &'m Model,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Selection<'m>> {
    let service = select_service(model, options, diagnostics)?;
    let mut selector = Selector {
        model,
        diagnostics,
        closure: BTreeMap::new(),
        hints: HINTS,
    };
    let all = selector.operations_of(service);
    let mut operations = selector.select_operations(service.shape, all, &options.operations);
    for operation in &mut operations {
        operation.add_stream_errors(model);
    }
    let mut errors = BTreeMap::new();
    let (input, output) = (
        Usage {
            input: true,
            output: false,
        },
        Usage {
            input: false,
            output: true,
        },
    );
    for operation in &operations {
        let id = &operation.shape.id;
        if let Some(target) = operation.input {
            selector.visit(id, target, input);
        }
        for target in operation.output.iter().chain(&operation.errors) {
            selector.visit(id, target, output);
        }
        let sent = stream_errors(model, operation.input);
        let known = operation.errors.iter().copied().chain(sent);
        let known = known.filter_map(|it| model.shape(&it.id));
        errors.extend(known.map(|error| (&error.id, error)));
    }
    Some(Selection {
        service,
        operations,
        closure: selector.closure,
        errors,
    })
}

/// Returns the errors among the events of a message.
fn stream_errors<'m>(
    model: &'m Model,
    message: Option<&'m Target>,
) -> impl Iterator<Item = &'m Target> {
    let message = message.and_then(|message| model.shape(&message.id));
    let streams = message
        .into_iter()
        .flat_map(|message| model.event_streams(message));
    let errors = streams.flat_map(|stream| model.exceptions(stream));
    errors.map(|(_, member)| &member.target)
}

fn select_service<'m>(
    model: &'m Model,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Service<'m>> {
    let services = model.shapes.values().filter_map(|shape| match &shape.kind {
        Kind::Service(api) => Some((shape, api)),
        _ => None,
    });
    let services: Vec<(&Shape, &model::Service)> = services.collect();
    let found = match &options.service {
        Some(wanted) if !services.is_empty() => named(&services, wanted),
        _ => only(&services),
    };
    let supported = found.and_then(|(shape, api)| {
        let protocol = protocol::choose(shape, options.protocol.as_deref())?;
        Ok(Service {
            shape,
            api,
            protocol,
        })
    });
    match supported {
        Ok(service) => Some(service),
        // Where reading failed, that is the problem to report.
        Err(_) if services.is_empty() && !diagnostics.is_empty() => None,
        Err(problem) => {
            diagnostics.push(problem);
            None
        }
    }
}

/// Returns the service of an id or a name.
fn named<'m>(
    services: &[(&'m Shape, &'m model::Service)],
    wanted: &str,
) -> Result<(&'m Shape, &'m model::Service), Diagnostic> {
    let is_it = |shape: &Shape| shape.id.as_str() == wanted || shape.id.name() == wanted;
    let found = services.iter().find(|(shape, _)| is_it(shape));
    found.copied().ok_or_else(|| {
        Diagnostic::new(
            format!("the model has no service `{wanted}`"),
            0..0,
            "no service shape has this id",
            format!("name one that it has: {}", ids(services)),
        )
        .of_argument()
    })
}

/// Returns the service of a model that has one.
fn only<'m>(
    services: &[(&'m Shape, &'m model::Service)],
) -> Result<(&'m Shape, &'m model::Service), Diagnostic> {
    match services {
        [service] => Ok(*service),
        [] => Err(Diagnostic::new(
            "the model has no service",
            0..0,
            "no shape here is of type `service`",
            "give the model of a service, not one of shared shapes",
        )),
        [_, (second, _), ..] => Err(Diagnostic::new(
            "the model has several services",
            second.span.clone(),
            "this is not the only one",
            format!(
                "say which one with `--service`, or `service` in the manifest: {}",
                ids(services)
            ),
        )),
    }
}

fn ids(services: &[(&Shape, &model::Service)]) -> String {
    let ids = services.iter().map(|(shape, _)| format!("`{}`", shape.id));
    ids.collect::<Vec<_>>().join(", ")
}

struct Selector<'m, 'd> {
    model: &'m Model,
    diagnostics: &'d mut Diagnostics,
    closure: BTreeMap<&'m ShapeId, (&'m Shape, Usage)>,
    /// The number of missing targets that still get a hint.
    hints: usize,
}

/// The maximum number of missing targets with a hint: each is compared with the names of all
/// shapes, and so many are not typing errors.
const HINTS: usize = 32;

impl<'m> Selector<'m, '_> {
    /// Returns the operations of a service and of its resources.
    fn operations_of(&mut self, service: Service<'m>) -> BTreeMap<&'m str, Operation<'m>> {
        let mut found: BTreeMap<&str, Operation<'m>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut pending = vec![(service.shape, &service.api.parts)];
        while let Some((shape, parts)) = pending.pop() {
            if !seen.insert(&shape.id) {
                continue;
            }
            for target in &parts.operations {
                let Some(operation) = self.resolve(&shape.id, target) else {
                    continue;
                };
                let Some(operation) = Operation::of(service, operation) else {
                    self.not_an_operation(shape, target);
                    continue;
                };
                let (shape, name) = (operation.shape, operation.name());
                let other = found.insert(name, operation);
                self.same_name(other.map(|other| other.shape), shape, target);
            }
            for target in &parts.resources {
                if let Some(shape) = self.resolve(&shape.id, target)
                    && let Kind::Resource(parts) = &shape.kind
                {
                    pending.push((shape, parts));
                }
            }
        }
        found
    }

    fn not_an_operation(&mut self, shape: &Shape, target: &Target) {
        self.diagnostics.push(Diagnostic::new(
            format!(
                "`{}` lists `{}`, which is not an operation",
                shape.id, target.id
            ),
            target.span.clone(),
            "an operation is expected here",
            "correct the target, or remove it",
        ));
    }

    /// Reports two operations of one name, of which only the namespaces differ.
    fn same_name(&mut self, other: Option<&Shape>, operation: &Shape, target: &Target) {
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
        service: &Shape,
        all: BTreeMap<&'m str, Operation<'m>>,
        wanted: &[String],
    ) -> Vec<Operation<'m>> {
        if wanted.is_empty() {
            return all.into_values().collect();
        }
        let mut selected = BTreeMap::new();
        for name in wanted {
            let bare = name.rsplit('#').next().unwrap_or(name);
            if let Some((name, operation)) = all.get_key_value(bare) {
                selected.insert(*name, operation.clone());
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

    /// Adds a shape and all that it refers to to the closure.
    fn visit(&mut self, from: &'m ShapeId, target: &'m Target, usage: Usage) {
        let mut pending = vec![(from, target)];
        while let Some((from, target)) = pending.pop() {
            let Some(shape) = self.resolve(from, target) else {
                continue;
            };
            let (_, known) = self
                .closure
                .entry(&shape.id)
                .or_insert((shape, Usage::default()));
            let merged = Usage {
                input: known.input || usage.input,
                output: known.output || usage.output,
            };
            if *known != merged {
                *known = merged;
                pending.extend(shape.references().map(|member| (&shape.id, &member.target)));
            }
        }
    }

    fn resolve(&mut self, from: &ShapeId, target: &Target) -> Option<&'m Shape> {
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

/// The maximum number of operations in a hint.
const LISTED: usize = 60;

/// Returns the names of the operations that there are.
fn listed<'n>(names: impl ExactSizeIterator<Item = &'n str>) -> String {
    let more = match names.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let names: Vec<&str> = names.take(LISTED).collect();
    format!("there are {}{more}", names.join(", "))
}

/// Returns the name that is most like a wrong one, where any is like it.
fn nearest<'n>(wrong: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names
        .map(|name| (strsim::jaro_winkler(wrong, name), name))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name)
}
