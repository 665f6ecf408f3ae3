//! The values of enumerations, as far as defaults are of such.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use serde_json::Value as Json;

use super::shape;
use crate::ir::Value;
use crate::model::{Kind, Model, Shape, ShapeId};
use crate::name;
use crate::select::Selection;

/// A value of an enumeration, with its variant.
#[derive(Debug)]
pub(crate) struct Listed {
    variant: Ident,
    is_deprecated: bool,
    value: Value,
}

impl Listed {
    /// The value, where the enumeration is this type.
    pub(super) fn of_type(&self, ty: &Ident) -> Value {
        let name = ty.clone();
        // What is deprecated is not named, so that nothing has to be said about that.
        if self.is_deprecated {
            let value = Box::new(self.value.clone());
            return Value::Unlisted { name, value };
        }
        Value::Variant {
            name,
            variant: self.variant.clone(),
        }
    }
}

/// The enumerations that members with defaults have as targets. Each is lowered once, however many
/// members it is the target of.
#[derive(Debug)]
pub(crate) struct Enumerations<'m> {
    /// By enumeration, and then by value.
    listed: BTreeMap<&'m ShapeId, BTreeMap<String, Listed>>,
}

impl<'m> Enumerations<'m> {
    /// Those of a selection.
    pub(crate) fn of_defaults(model: &'m Model<'_>, selection: &Selection<'m, '_>) -> Self {
        let shapes = selection.closure.keys().filter_map(|id| model.shape(id));
        let members = shapes.flat_map(|shape| shape.members.values());
        let members = members.filter(|member| member.traits.has("smithy.api#default"));
        let targets = members.filter_map(|member| model.shape(&member.target.id));
        let mut listed = BTreeMap::new();
        for target in targets.filter(|target| is_enumeration(target)) {
            listed
                .entry(&target.id)
                .or_insert_with(|| values_of(target));
        }
        Self { listed }
    }

    /// A value of an enumeration; `None` where it does not list the value.
    pub(super) fn listed(&self, target: &Shape<'_>, value: &Json) -> Option<&Listed> {
        let listed = self.listed.get(&target.id)?;
        if target.kind == Kind::IntEnum {
            listed.get(&value.as_i64()?.to_string())
        } else {
            listed.get(value.as_str()?)
        }
    }
}

fn is_enumeration(shape: &Shape<'_>) -> bool {
    matches!(shape.kind, Kind::Enum | Kind::IntEnum) || shape::is_enum_trait(shape)
}

fn values_of(shape: &Shape<'_>) -> BTreeMap<String, Listed> {
    // What the type is called does not change its variants.
    let name = name::type_name(shape.id.name());
    if shape.kind == Kind::IntEnum {
        let variants = shape::int_enumeration(shape, name).variants.into_iter();
        let listed = variants.map(|variant| {
            let listed = Listed {
                variant: variant.name,
                is_deprecated: variant.deprecated.is_some(),
                value: Value::Integer(variant.value.into()),
            };
            (variant.value.to_string(), listed)
        });
        return listed.collect();
    }
    let variants = shape::enumeration(shape, name).variants.into_iter();
    let listed = variants.map(|variant| {
        let listed = Listed {
            variant: variant.name,
            is_deprecated: variant.deprecated.is_some(),
            value: Value::Text(variant.value.clone()),
        };
        (variant.value, listed)
    });
    listed.collect()
}
