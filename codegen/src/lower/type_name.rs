//! The shapes that become types, and the Rust names of those.

use std::collections::{BTreeMap, BTreeSet};

use crate::ir::Usage;
use crate::model::{Kind, Shape, ShapeId};
use crate::name::{self, Ident};
use crate::select::Selection;

/// The Rust names of the types of a selection.
#[derive(Debug)]
pub(crate) struct TypeNames<'m> {
    /// The names that the service gives to shapes.
    rename: &'m BTreeMap<ShapeId, String>,
    /// The Rust names of what operations send and return.
    messages: BTreeSet<String>,
    /// The Rust names of types.
    types: BTreeSet<String>,
    /// The same names by their shapes, since many members have the same type.
    by_shape: BTreeMap<ShapeId, Ident>,
}

impl<'m> TypeNames<'m> {
    pub(crate) fn of(selection: &Selection<'m>) -> Self {
        let operations = selection.operations.iter();
        let messages = operations.flat_map(|operation| {
            let name = |suffix| name::message_name(operation.name(), suffix).to_string();
            [name("Request"), name("Response")]
        });
        let mut names = Self {
            rename: &selection.service.api.rename,
            messages: messages.collect(),
            types: BTreeSet::new(),
            by_shape: BTreeMap::new(),
        };
        let shapes = named_shapes(selection);
        let by_shape = shapes.map(|(shape, _)| (shape.id.clone(), names.name(shape)));
        names.by_shape = by_shape.collect();
        names.types = names.by_shape.values().map(Ident::to_string).collect();
        names
    }

    /// Returns the name of the structure that has the required members of another, or of a request.
    pub(crate) fn required_name(&self, structure: &Ident) -> Ident {
        let name = structure.to_string();
        let name = match name.strip_suffix("Request") {
            Some(operation) if self.messages.contains(&name) => operation,
            _ => &name,
        };
        let mut name = format!("{name}Required");
        while self.types.contains(&name) {
            name.push_str("Fields");
        }
        name::type_name(&name)
    }

    /// Returns the name of a shape's type, which follows the name that the service gives the shape.
    pub(crate) fn name(&self, shape: &Shape) -> Ident {
        if let Some(name) = self.by_shape.get(&shape.id) {
            return name.clone();
        }
        let renamed = self.rename.get(&shape.id).map(String::as_str);
        let name = name::type_name(renamed.unwrap_or(shape.id.name()));
        if self.messages.contains(&name.to_string()) {
            // Where a message holds a value of the type, both names are in one file.
            name::type_name(&format!("{name}Value"))
        } else {
            name
        }
    }
}

/// Returns the shapes that become types: all structures and enumerations but those that are the
/// input or the output of an operation and nothing else, and but errors.
pub(crate) fn named_shapes<'m>(
    selection: &'m Selection<'m>,
) -> impl Iterator<Item = (&'m Shape, Usage)> {
    let members = selection.shapes().flat_map(Shape::references);
    let referred: BTreeSet<&ShapeId> = members.map(|member| &member.target.id).collect();
    let shapes = selection.closure.values().copied();
    shapes.filter(move |(shape, _)| match shape.kind {
        Kind::Enum | Kind::IntEnum | Kind::Union => true,
        Kind::Structure => {
            referred.contains(&shape.id) && !selection.errors.contains_key(&shape.id)
        }
        _ => shape.is_enum_trait(),
    })
}
