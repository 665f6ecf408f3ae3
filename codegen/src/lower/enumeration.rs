//! Values of enums, for defaults.

use std::collections::BTreeMap;

use serde::Deserialize as _;
use serde_json::Value as Json;

use super::shape::enumeration;
use super::type_name::TypeNames;
use crate::ir::{EnumValue, Value};
use crate::model::{Kind, Model, Shape, ShapeId};
use crate::name::Ident;
use crate::select::Selection;

/// The enumerations that members with defaults have as targets. Each is lowered once, however many
/// members it is the target of.
#[derive(Debug)]
pub(super) struct Enumerations<'m> {
    /// By enumeration, and then by value.
    values: BTreeMap<&'m ShapeId, BTreeMap<EnumValue, Value>>,
}

impl<'m> Enumerations<'m> {
    /// Lowers the enumerations that members with defaults target.
    pub(super) fn of_defaults(
        model: &'m Model,
        selection: &Selection<'m>,
        names: &TypeNames<'m>,
    ) -> Self {
        let members = selection.shapes().flat_map(|shape| shape.members.values());
        let members = members.filter(|member| member.traits.default.is_some());
        let targets = members.filter_map(|member| model.shape(&member.target.id));
        let mut values = BTreeMap::new();
        for target in targets.filter(|target| is_enumeration(target)) {
            values
                .entry(&target.id)
                .or_insert_with(|| values_of(target, &names.name(target)));
        }
        Self { values }
    }

    /// Returns a value of an enumeration; `None` if it does not list the value.
    pub(super) fn listed(&self, target: &Shape, value: &Json) -> Option<Value> {
        let value = EnumValue::deserialize(value).ok()?;
        self.values.get(&target.id)?.get(&value).cloned()
    }
}

pub(super) fn is_enumeration(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Enum | Kind::IntEnum) || shape.is_enum_trait()
}

fn values_of(shape: &Shape, name: &Ident) -> BTreeMap<EnumValue, Value> {
    let variants = enumeration(shape, name.clone()).variants.into_iter();
    let values = variants.map(|variant| {
        let name = name.clone();
        let value = if variant.deprecated.is_some() {
            // A deprecated variant is not named, because that would cause a warning.
            let value = Box::new(variant.value.clone().into());
            Value::Unlisted { name, value }
        } else {
            let variant = variant.name;
            Value::Variant { name, variant }
        };
        (variant.value, value)
    });
    values.collect()
}
