//! Values: from the JSON of examples and protocol cases to values of the crate's types.

mod placeholder;

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value as Json};

use crate::ir::{
    EnumValue, ErrorItem, Field, FieldValue, Member, Structure, StructureValue, Type, TypeItem,
    Union, Value,
};
use crate::name::Ident;

pub(super) use placeholder::Search;

/// The mismatch of a value with the model, as a part of a sentence.
pub(super) type Misfit = String;

/// The types of a service, by which values are read.
pub(super) struct Values<'i> {
    types: BTreeMap<String, &'i TypeItem>,
    errors: &'i [ErrorItem],
}

impl<'i> Values<'i> {
    pub(super) fn new(types: &'i [TypeItem], errors: &'i [ErrorItem]) -> Self {
        Self {
            types: types
                .iter()
                .map(|item| (item.name().to_string(), item))
                .collect(),
            errors,
        }
    }

    /// Returns the value of a structure, from an object with the member names of the model. If the
    /// structure has a constructor, no required member may be missing.
    pub(super) fn structure(
        &self,
        structure: &Structure,
        object: &Map<String, Json>,
    ) -> Result<StructureValue, Misfit> {
        if let Some(name) = object.keys().find(|name| {
            let is_it = |member: &Member| member.model_name == **name;
            !structure.members.iter().any(is_it)
        }) {
            return Err(format!(
                "gives `{name}`, which `{}` does not have",
                structure.name
            ));
        }
        let has_setters = structure.usage.input;
        let mut fields = Vec::new();
        for member in &structure.members {
            match object.get(&member.model_name) {
                Some(json) if !json.is_null() => fields.push(FieldValue {
                    name: member.name.clone(),
                    field: field(member),
                    value: self.value(&member.ty, json)?,
                }),
                _ if let Type::EventSender(name) = &member.ty => fields.push(FieldValue {
                    name: member.name.clone(),
                    field: Field::Argument,
                    value: no_events(name),
                }),
                _ if member.is_argument() && has_setters => {
                    let name = &member.model_name;
                    return Err(format!(
                        "lacks `{name}`, which `{}` requires",
                        structure.name
                    ));
                }
                _ => {}
            }
        }
        Ok(StructureValue {
            name: structure.name.clone(),
            fields,
            has_setters,
            constructor: structure.constructor.clone(),
        })
    }

    fn value(&self, ty: &Type, json: &Json) -> Result<Value, Misfit> {
        let misfit = || format!("gives {json} for a member of another type");
        Ok(match ty {
            Type::Boolean => Value::Boolean(json.as_bool().ok_or_else(misfit)?),
            Type::Integer(bits) => Value::Integer(integer(json, *bits).ok_or_else(misfit)?),
            Type::Float(bits) => Value::Float(float(json).ok_or_else(misfit)?, *bits),
            Type::String => Value::Text(json.as_str().ok_or_else(misfit)?.to_owned()),
            Type::Blob => Value::Bytes(json.as_str().ok_or_else(misfit)?.into()),
            Type::Stream { .. } => Value::Stream(json.as_str().ok_or_else(misfit)?.into()),
            Type::EventReceiver(_) | Type::EventSender(_) => return Err(misfit()),
            Type::BigInteger => big_number("BigInteger", number(json).ok_or_else(misfit)?),
            Type::BigDecimal => big_number("BigDecimal", number(json).ok_or_else(misfit)?),
            Type::Timestamp(_) => timestamp(json).ok_or_else(misfit)?,
            Type::Document => Value::Document(json.clone()),
            Type::Enumeration(name) => {
                let text = json.as_str().ok_or_else(misfit)?;
                self.of_enumeration(name, EnumValue::Text(text.to_owned()))
            }
            Type::IntEnumeration(name) => {
                let number = json.as_i64().and_then(|number| number.try_into().ok());
                self.of_enumeration(name, EnumValue::Integer(number.ok_or_else(misfit)?))
            }
            Type::Structure { name, boxed } => {
                let value = self.of_named_type(&name.to_string(), json)?;
                if *boxed {
                    Value::Boxed(Box::new(value))
                } else {
                    value
                }
            }
            Type::List { element, sparse } => Value::List {
                element: (**element).clone(),
                elements: self.elements(element, json.as_array().ok_or_else(misfit)?)?,
                sparse: *sparse,
            },
            Type::Map { key, value, sparse } => {
                let entries = json.as_object().ok_or_else(misfit)?.iter();
                let entries = entries.map(|(name, json)| {
                    let key = self.value(key, &Json::from(name.as_str()))?;
                    Ok((key, self.nullable(value, json)?))
                });
                Value::Map {
                    key: (**key).clone(),
                    value: (**value).clone(),
                    entries: entries.collect::<Result<_, Misfit>>()?,
                    sparse: *sparse,
                }
            }
        })
    }

    fn elements(&self, ty: &Type, json: &[Json]) -> Result<Vec<Option<Value>>, Misfit> {
        json.iter().map(|json| self.nullable(ty, json)).collect()
    }

    fn nullable(&self, ty: &Type, json: &Json) -> Result<Option<Value>, Misfit> {
        if json.is_null() && *ty != Type::Document {
            return Ok(None);
        }
        self.value(ty, json).map(Some)
    }

    /// Returns the value of a type of the crate, or of an error, which an event can be.
    pub(super) fn of_named_type(&self, name: &str, json: &Json) -> Result<Value, Misfit> {
        let structure = match self.types.get(name) {
            Some(TypeItem::Structure(structure)) => Some(structure),
            Some(TypeItem::Union(union)) => return self.member(union, json),
            _ => self.error(name),
        };
        let structure =
            structure.ok_or_else(|| format!("gives a value of `{name}`, which is not a type"))?;
        let object = json
            .as_object()
            .ok_or_else(|| format!("gives {json} for `{name}`, which is a structure"))?;
        self.structure(structure, object).map(Value::Structure)
    }

    fn error(&self, name: &str) -> Option<&Structure> {
        let mut structures = self.errors.iter().map(|error| &error.structure);
        structures.find(|structure| structure.name == name)
    }

    fn member(&self, union: &Union, json: &Json) -> Result<Value, Misfit> {
        let mut members = json.as_object().into_iter().flatten();
        let (Some((name, json)), None) = (members.next(), members.next()) else {
            return Err(format!(
                "gives {json} for `{}`, which is a union",
                union.name
            ));
        };
        let variant = union
            .variants
            .iter()
            .find(|variant| variant.model_name == *name)
            .ok_or_else(|| format!("gives `{name}`, which `{}` does not have", union.name))?;
        let value = variant.ty.as_ref().map(|ty| self.value(ty, json));
        Ok(Value::Member {
            name: union.name.clone(),
            variant: variant.name.clone(),
            value: value.transpose()?.map(Box::new),
        })
    }

    /// Returns a value of an enumeration, whether listed or not.
    fn of_enumeration(&self, name: &Ident, value: EnumValue) -> Value {
        let variants = match self.types.get(name.as_str()) {
            Some(TypeItem::Enumeration(enumeration)) => enumeration.variants.as_slice(),
            _ => &[],
        };
        let name = name.clone();
        match variants.iter().find(|variant| variant.value == value) {
            Some(variant) => Value::Variant {
                name,
                variant: variant.name.clone(),
            },
            None => Value::Unlisted {
                name,
                value: Box::new(value.into()),
            },
        }
    }
}

fn field(member: &Member) -> Field {
    if member.is_argument() {
        Field::Argument
    } else if member.is_always_there() {
        Field::Plain
    } else {
        Field::Optional
    }
}

/// Returns an empty event stream.
fn no_events(name: &Ident) -> Value {
    Value::Events {
        name: name.clone(),
        events: Vec::new(),
    }
}

/// Returns a number of one of the runtime's types for numbers of any size.
pub(super) fn big_number(ty: &str, digits: String) -> Value {
    Value::BigNumber(Ident::new(ty), digits)
}

/// Returns an integer, if it fits into this number of bits.
pub(super) fn integer(json: &Json, bits: u8) -> Option<i64> {
    let number = json.as_i64()?;
    matches!(number >> (bits - 1), 0 | -1).then_some(number)
}

/// Returns the digits of a number, or of a string that is a number.
fn number(json: &Json) -> Option<String> {
    match json.as_str() {
        Some(text) => serde_json::from_str::<Number>(text)
            .is_ok()
            .then(|| text.to_owned()),
        None => json.is_number().then(|| json.to_string()),
    }
}

fn float(json: &Json) -> Option<f64> {
    match json.as_str() {
        Some("NaN") => Some(f64::NAN),
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        Some(_) => None,
        None => json.as_f64(),
    }
}

/// Returns a timestamp, from seconds since 1970 or from text.
pub(super) fn timestamp(json: &Json) -> Option<Value> {
    if let Some(text) = json.as_str() {
        return Some(Value::TimestampText(text.to_owned()));
    }
    // The digits as they are written: a float would not hold them all.
    let digits = json.to_string();
    let (seconds, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let nanoseconds: i32 = format!("{fraction:0<9.9}").parse().ok()?;
    let sign = if digits.starts_with('-') { -1 } else { 1 };
    Some(Value::Timestamp(seconds.parse().ok()?, sign * nanoseconds))
}
