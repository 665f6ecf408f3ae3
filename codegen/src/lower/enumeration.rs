//! Values of enums, for defaults.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::shape::{enumeration, int_enumeration};
use super::type_name::TypeNames;
use crate::ir::Value;
use crate::model::{Kind, Model, Shape, ShapeId};
use crate::name::Ident;
use crate::select::Selection;

/// The enumerations that members with defaults have as targets. Each is lowered once, however many
/// members it is the target of.
#[derive(Debug)]
pub(super) struct Enumerations<'m> {
    /// By enumeration, and then by value.
    values: BTreeMap<&'m ShapeId, BTreeMap<String, Value>>,
}

impl<'m> Enumerations<'m> {
    /// Those of a selection.
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
        let values = self.values.get(&target.id)?;
        let value = if target.kind == Kind::IntEnum {
            values.get(&value.as_i64()?.to_string())
        } else {
            values.get(value.as_str()?)
        };
        value.cloned()
    }
}

pub(super) fn is_enumeration(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Enum | Kind::IntEnum) || shape.is_enum_trait()
}

fn values_of(shape: &Shape, name: &Ident) -> BTreeMap<String, Value> {
    let listed = |variant, is_deprecated, value| {
        let name = name.clone();
        if is_deprecated {
            // What is deprecated is not named, so that nothing has to be said about that.
            let value = Box::new(value);
            Value::Unlisted { name, value }
        } else {
            Value::Variant { name, variant }
        }
    };
    if shape.kind == Kind::IntEnum {
        let variants = int_enumeration(shape, name.clone()).variants.into_iter();
        let values = variants.map(|it| {
            let value = Value::Integer(it.value.into());
            let listed = listed(it.name, it.deprecated.is_some(), value);
            (it.value.to_string(), listed)
        });
        return values.collect();
    }
    let variants = enumeration(shape, name.clone()).variants.into_iter();
    let values = variants.map(|it| {
        let value = Value::Text(it.value.clone());
        (it.value, listed(it.name, it.deprecated.is_some(), value))
    });
    values.collect()
}
