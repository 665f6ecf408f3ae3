//! The third stage, *lower*: from shapes and traits to the plain data of [`ir`](crate::ir).

pub(crate) mod auth;
mod binding;
mod case;
mod collision;
mod customization;
pub(crate) mod default;
mod deprecation;
mod endpoint;
pub(crate) mod enumeration;
pub(crate) mod error;
mod example;
mod link;
pub(crate) mod operation;
pub(crate) mod pagination;
pub(crate) mod recursion;
pub(crate) mod shape;
pub(crate) mod text;
mod value;
pub(crate) mod waiter;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::generate::Skipped;
use crate::ir::{ProtocolCases, Service, TypeItem, Usage};
use crate::model::{Kind, Model, Shape, ShapeId, Traits};
use crate::name;
use crate::prose;
use crate::select::Selection;

use self::enumeration::Enumerations;
use self::shape::Role;
use self::value::Values;

/// Lowers a selection. What it cannot express is told to `diagnostics`, and then what it returns
/// is not to be used.
pub fn lower<'m>(
    model: &'m Model<'_>,
    selection: &Selection<'m, '_>,
    skipped: Vec<Skipped>,
    diagnostics: &mut Diagnostics,
) -> Service {
    let service = selection.service;
    let mut lowering = Lowering {
        model,
        selection,
        recursion: recursion::boxed_members(model, selection),
        enumerations: Enumerations::of_defaults(model, selection),
        messages: collision::messages(selection),
        diagnostics,
    };
    lowering.check_type_names();
    let api: ServiceTrait = service.traits.get("aws.api#service").unwrap_or_default();
    let sdk_id = api.sdk_id.unwrap_or_else(|| service.id.name().to_owned());
    let Kind::Service { version, .. } = &service.kind else {
        unreachable!("`select` selects nothing but a service");
    };
    let title: Option<String> = service.traits.get("smithy.api#title");
    let mut lowered = Service {
        title: prose::phrase(title.as_deref().unwrap_or(&sdk_id)),
        version: version.clone(),
        signing_name: lowering.signing_name(api.endpoint_prefix),
        docs: docs(&service.traits).unwrap_or_default(),
        operations: selection
            .operations
            .iter()
            .map(|shape| lowering.operation(shape))
            .collect(),
        types: lowering.types(),
        errors: lowering.errors(),
        endpoint: lowering.endpoint(),
        cases: ProtocolCases::default(),
        skipped,
        headers: Vec::new(),
        sdk_id,
    };
    customization::customize(&mut lowered);
    lowering.bind_parameters(&mut lowered);
    lowering.add_examples(&mut lowered);
    link::link_operations(&mut lowered);
    lowered.cases = lowering.protocol_cases(&lowered);
    lowered
}

/// The value of `aws.api#service`.
#[derive(Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
struct ServiceTrait {
    sdk_id: Option<String>,
    endpoint_prefix: Option<String>,
}

/// The value of `aws.auth#sigv4`.
#[derive(serde::Deserialize)]
struct SigV4Trait {
    name: String,
}

/// What every part of lowering needs to know.
struct Lowering<'s, 'm, 'a> {
    model: &'m Model<'a>,
    selection: &'s Selection<'m, 'a>,
    /// Members, by shape and name, that would make their structure contain itself.
    recursion: BTreeSet<(ShapeId, String)>,
    enumerations: Enumerations<'m>,
    /// The Rust names of what operations send and return.
    messages: BTreeSet<String>,
    diagnostics: &'s mut Diagnostics,
}

impl Lowering<'_, '_, '_> {
    fn signing_name(&mut self, endpoint_prefix: Option<String>) -> String {
        let service = self.selection.service;
        if !service.traits.has("aws.protocols#restJson1") {
            let protocols: Vec<&str> = service
                .traits
                .ids()
                .filter(|id| {
                    id.starts_with("aws.protocols#") || id.starts_with("smithy.protocols#")
                })
                .collect();
            let label = match protocols.as_slice() {
                [] => "this service names no protocol".to_owned(),
                protocols => format!("this service speaks {}", protocols.join(", ")),
            };
            self.diagnostics.push(Diagnostic::new(
                format!("`{}` does not speak restJson1", service.id),
                service.span.clone(),
                label,
                "only `aws.protocols#restJson1` is supported; choose a service that has it",
            ));
        }
        let signing: Option<SigV4Trait> = service.traits.get("aws.auth#sigv4");
        signing
            .map(|signing| signing.name)
            .or(endpoint_prefix)
            .unwrap_or_default()
    }

    /// The Rust name of a shape's type, which follows the name that the service gives the shape.
    fn type_name(&self, id: &ShapeId) -> Ident {
        let renamed = match &self.selection.service.kind {
            Kind::Service { rename, .. } => rename.get(id).map(String::as_str),
            _ => None,
        };
        let name = name::type_name(renamed.unwrap_or(id.name()));
        if self.messages.contains(&name.to_string()) {
            // Where a message holds a value of the type, both names are in one file.
            name::type_name(&format!("{name}Value"))
        } else {
            name
        }
    }

    /// Reports shapes that would become types or errors of one name, and operations that would.
    fn check_type_names(&mut self) {
        let types = self.named_shapes().into_iter().map(|(shape, _)| shape);
        let errors = self.selection.errors.iter();
        let errors = errors.filter_map(|id| self.model.shape(id));
        let mut collisions = self.collisions(types.chain(errors.clone()));
        collisions.extend(error::same_codes(errors));
        collisions.extend(collision::same_methods(&self.selection.operations));
        for collision in collisions {
            self.diagnostics.push(collision);
        }
    }

    fn collisions<'x>(&self, shapes: impl Iterator<Item = &'x Shape<'x>>) -> Vec<Diagnostic> {
        let mut names: BTreeMap<String, &ShapeId> = BTreeMap::new();
        let mut collisions = Vec::new();
        for shape in shapes {
            let name = self.type_name(&shape.id).to_string();
            if let Some(other) = names.insert(name.clone(), &shape.id) {
                collisions.push(Diagnostic::new(
                    format!(
                        "`{other}` and `{}` would both be the Rust type `{name}`",
                        shape.id
                    ),
                    shape.span.clone(),
                    "this is the second of them",
                    "give one of them another name in `rename` of the service, or leave out the \
                     operations that need it with `--operations`",
                ));
            }
        }
        collisions
    }

    /// Gives the operations their examples, which are values of the types.
    fn add_examples(&self, service: &mut Service) {
        let values = Values::new(&service.types);
        for (shape, operation) in self
            .selection
            .operations
            .iter()
            .zip(&mut service.operations)
        {
            operation.examples = example::examples(&shape.traits, &operation.request, &values);
        }
    }

    /// The shapes that become types: all structures and enumerations but those that are the input
    /// or the output of an operation and nothing else, and but errors.
    fn named_shapes(&self) -> Vec<(&'_ Shape<'_>, Usage)> {
        let referred = self.referred();
        self.selection
            .closure
            .iter()
            .filter_map(|(id, usage)| Some((self.model.shape(id)?, *usage)))
            .filter(|(shape, _)| match shape.kind {
                Kind::Enum | Kind::IntEnum | Kind::Union => true,
                Kind::Structure => {
                    referred.contains(&shape.id) && !self.selection.errors.contains(&shape.id)
                }
                _ => shape::is_enum_trait(shape),
            })
            .collect()
    }

    /// The shapes that are the target of a member.
    fn referred(&self) -> BTreeSet<&ShapeId> {
        let shapes = self
            .selection
            .closure
            .keys()
            .filter_map(|id| self.model.shape(id));
        let members = shapes
            .filter(|shape| !matches!(shape.kind, Kind::Enum | Kind::IntEnum))
            .flat_map(|shape| shape.members.values());
        members.map(|member| &member.target.id).collect()
    }

    fn types(&self) -> Vec<TypeItem> {
        let mut types: Vec<TypeItem> = self
            .named_shapes()
            .into_iter()
            .map(|(shape, usage)| match shape.kind {
                Kind::Structure => {
                    let name = self.type_name(&shape.id);
                    let fallback = format!(
                        "`{}` in the API, whose model says no more about it.",
                        shape.id.name()
                    );
                    TypeItem::Structure(self.structure(shape, name, Role::Part(usage), &fallback))
                }
                Kind::Union => TypeItem::Union(self.union(shape, usage)),
                Kind::IntEnum => {
                    let name = self.type_name(&shape.id);
                    TypeItem::IntEnumeration(shape::int_enumeration(shape, name))
                }
                _ => {
                    let name = self.type_name(&shape.id);
                    TypeItem::Enumeration(shape::enumeration(shape, name))
                }
            })
            .collect();
        types.sort_by_cached_key(|item| item.name().to_string());
        types
    }
}

/// The documentation of a shape or a member.
fn docs(traits: &Traits<'_>) -> Option<String> {
    let documentation: Option<String> = traits.get("smithy.api#documentation");
    let docs = prose::markdown(&documentation?);
    Some(docs.trim().to_owned()).filter(|docs| !docs.is_empty())
}
