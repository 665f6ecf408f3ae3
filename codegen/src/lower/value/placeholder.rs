//! Placeholders: values of types, where a case or an example has none.

use serde_json::Value as Json;

use super::{Values, big_number, no_events};
use crate::ir::{Field, FieldValue, Member, Structure, StructureValue, Type, TypeItem, Value};
use crate::name::Ident;

/// The limits of the search for a value of a type.
#[derive(Debug)]
pub(in crate::lower) struct Search {
    /// The maximum nesting depth of structures.
    depth: u8,
    /// The maximum number of structures.
    structures: u16,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            depth: 16,
            structures: 1000,
        }
    }
}

impl Search {
    /// Counts one more structure inside the others; `None` at a limit.
    fn enter(&mut self) -> Option<()> {
        self.depth = self.depth.checked_sub(1)?;
        self.structures = self.structures.checked_sub(1)?;
        Some(())
    }
}

impl Values<'_> {
    /// Returns a value of a type, for an argument that a case does not mention, or `None` if the
    /// search finds none.
    pub(in crate::lower) fn any(&self, ty: &Type, search: &mut Search) -> Option<Value> {
        let unlisted = |name: &Ident, value| Value::Unlisted {
            name: name.clone(),
            value: Box::new(value),
        };
        Some(match ty {
            Type::Boolean => Value::Boolean(true),
            Type::Integer(_) => Value::Integer(1),
            Type::Float(bits) => Value::Float(1.0, *bits),
            Type::String => Value::Text("any".to_owned()),
            Type::Blob => Value::Bytes(b"any".to_vec()),
            Type::Stream { .. } => Value::Stream(b"any".to_vec()),
            Type::EventReceiver(_) => return None,
            Type::EventSender(name) => no_events(name),
            Type::BigInteger => big_number("BigInteger", "1".to_owned()),
            Type::BigDecimal => big_number("BigDecimal", "1".to_owned()),
            Type::Timestamp(_) => Value::Timestamp(1, 0),
            Type::Document => Value::Document(Json::Bool(true)),
            Type::Enumeration(name) => unlisted(name, Value::Text("any".to_owned())),
            Type::IntEnumeration(name) => unlisted(name, Value::Integer(1)),
            Type::List { element, sparse } => Value::List {
                element: (**element).clone(),
                elements: Vec::new(),
                sparse: *sparse,
            },
            Type::Map { key, value, sparse } => Value::Map {
                key: (**key).clone(),
                value: (**value).clone(),
                entries: Vec::new(),
                sparse: *sparse,
            },
            Type::Structure { name, boxed } => {
                let depth = search.depth;
                search.enter()?;
                let value = self.any_of_named_type(&name.to_string(), search);
                search.depth = depth;
                let value = value?;
                if *boxed {
                    Value::Boxed(Box::new(value))
                } else {
                    value
                }
            }
        })
    }

    /// Returns a value that explains a member in an example: its name, a variant, or the variable
    /// with the events to send.
    pub(in crate::lower) fn telling(&self, member: &Member) -> Option<Value> {
        match &member.ty {
            Type::String => Some(Value::Text(member.model_name.clone())),
            Type::Enumeration(name) => match self.types.get(&name.to_string())? {
                TypeItem::Enumeration(enumeration) => Some(Value::Variant {
                    name: name.clone(),
                    variant: enumeration.variants.first()?.name.clone(),
                }),
                _ => None,
            },
            Type::EventSender(_) => Some(Value::Variable(Ident::new("events"))),
            _ => None,
        }
    }

    /// Returns a structure with its required members.
    pub(in crate::lower) fn any_structure(
        &self,
        structure: &Structure,
        search: &mut Search,
    ) -> Option<StructureValue> {
        let fields = structure.arguments().map(|member| {
            Some(FieldValue {
                name: member.name.clone(),
                field: Field::Argument,
                value: self.any(&member.ty, search)?,
            })
        });
        Some(StructureValue {
            name: structure.name.clone(),
            fields: fields.collect::<Option<_>>()?,
            has_setters: structure.usage.input,
            constructor: structure.constructor.clone(),
        })
    }

    fn any_of_named_type(&self, name: &str, search: &mut Search) -> Option<Value> {
        match self.types.get(name)? {
            TypeItem::Structure(structure) => {
                let structure = self.any_structure(structure, search);
                structure.map(Value::Structure)
            }
            TypeItem::Union(union) => union.variants.iter().find_map(|variant| {
                let value = match &variant.ty {
                    Some(ty) => Some(Box::new(self.any(ty, search)?)),
                    None => None,
                };
                Some(Value::Member {
                    name: union.name.clone(),
                    variant: variant.name.clone(),
                    value,
                })
            }),
            TypeItem::Enumeration(_) => None,
        }
    }
}
