//! `serde::Deserialize` for generated types, from their JSON form.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde_core::Deserialize;
use serde_core::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{List, Map, Slot, Structure, Union, Value, View, set, with_fields_mut};
use crate::timestamp::Timestamp;
use crate::{Document, big_number};

/// Deserializes a value of a generated type.
///
/// # Errors
///
/// Errors of the deserializer, a value of the wrong type, and a missing required member of a type
/// that is only sent.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::initial();
    Fill(&mut value).deserialize(deserializer)?;
    Ok(value)
}

/// Fills a value.
struct Fill<'a>(&'a mut dyn Value);

impl<'de> DeserializeSeed<'de> for Fill<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self(value) = self;
        match value.slot() {
            Slot::Number(number) => match big_number::deserialize(deserializer)? {
                None => value.clear(),
                Some(digits) if number.set(&digits) => {}
                Some(_) => return Err(D::Error::custom("expected a number")),
            },
            Slot::Document(document) => match Document::deserialize(deserializer)? {
                Document::Null => value.clear(),
                found => *document = found,
            },
            _ => deserializer.deserialize_any(Fill(value))?,
        }
        Ok(())
    }
}

/// Returns the error for a value of the wrong type.
fn mismatch<E: Error>(value: &mut dyn Value) -> E {
    E::custom(format_args!("expected {}", value.slot().expectation()))
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "JSON has one type of numbers, and the model says how many bits are enough"
)]
impl<'de> Visitor<'de> for Fill<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the modeled type")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.clear();
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, found: bool) -> Result<(), E> {
        match self.0.slot() {
            Slot::Boolean(slot) => *slot = found,
            _ => return Err(mismatch(self.0)),
        }
        Ok(())
    }

    fn visit_i64<E: Error>(self, found: i64) -> Result<(), E> {
        let is_set = match self.0.slot() {
            Slot::Integer(slot) => slot.set(found),
            _ => return self.visit_f64(found as f64),
        };
        is_set.then_some(()).ok_or_else(|| mismatch(self.0))
    }

    fn visit_u64<E: Error>(self, found: u64) -> Result<(), E> {
        match i64::try_from(found) {
            Ok(found) => self.visit_i64(found),
            Err(_) => self.visit_f64(found as f64),
        }
    }

    fn visit_f64<E: Error>(self, found: f64) -> Result<(), E> {
        let is_set = match self.0.slot() {
            Slot::Integer(slot) => whole(found).is_some_and(|found| slot.set(found)),
            Slot::Float(slot) => set(slot, Some(found as f32)),
            Slot::Double(slot) => set(slot, Some(found)),
            Slot::Timestamp(slot) => set(slot, Timestamp::from_epoch_seconds(found)),
            _ => false,
        };
        is_set.then_some(()).ok_or_else(|| mismatch(self.0))
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        let is_set = match self.0.slot() {
            Slot::String(slot) => slot.set(found),
            Slot::Float(slot) => set(slot, non_finite(found).map(|found| found as f32)),
            Slot::Double(slot) => set(slot, non_finite(found)),
            Slot::Timestamp(slot) => set(slot, Timestamp::parse_lenient(found)),
            Slot::Blob(slot) => set(slot, BASE64_STANDARD.decode(found).ok().map(Bytes::from)),
            _ => false,
        };
        is_set.then_some(()).ok_or_else(|| mismatch(self.0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        let Slot::List(list) = self.0.slot() else {
            return Err(mismatch(self.0));
        };
        while elements.next_element_seed(Element(&mut *list))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        match self.0.slot() {
            Slot::Structure(slot) => structure(slot, members),
            Slot::Union(slot) => union(slot, members),
            Slot::Map(slot) => map(slot, members),
            _ => Err(mismatch(self.0)),
        }
    }
}

/// Parses text for a number that JSON cannot represent.
pub(crate) fn non_finite(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// Converts a float to an integer, without loss.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn whole(value: f64) -> Option<i64> {
    let range = -9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0;
    (value.fract() == 0.0 && range.contains(&value)).then_some(value as i64)
}

/// Reads an element of a list, which may be null.
struct Element<'a>(&'a mut dyn List);

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Element<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an element of the modeled type")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.0.push_null();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.0.push() {
            Some(element) => Fill(element).deserialize(deserializer),
            None => Ok(()),
        }
    }
}

/// Reads the value of an entry of a map, which may be null.
struct Entry<'a>(&'a mut dyn Map, &'a str);

impl<'de> DeserializeSeed<'de> for Entry<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Entry<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the modeled type")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.0.insert_null(self.1);
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Fill(self.0.insert(self.1)).deserialize(deserializer)
    }
}

fn map<'de, A: MapAccess<'de>>(map: &mut dyn Map, mut entries: A) -> Result<(), A::Error> {
    while let Some(key) = entries.next_key::<Cow<'_, str>>()? {
        entries.next_value_seed(Entry(map, &key))?;
    }
    Ok(())
}

fn structure<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    mut members: A,
) -> Result<(), A::Error> {
    let schema = structure.schema();
    let read = with_fields_mut(structure, |fields| {
        let members_and_fields = schema.members.iter().zip(&*fields);
        // A missing optional member is checked when the request is sent, because it may still be
        // set.
        let missing = members_and_fields
            .map(|(member, field)| member.required && !matches!(field.view(), View::Null));
        let mut missing: Vec<bool> = missing.collect();
        while let Some(name) = members.next_key::<Cow<'_, str>>()? {
            let at = schema.members.iter().position(|it| it.json_name == name);
            let field = at.and_then(|at| Some((missing.get_mut(at)?, fields.get_mut(at)?)));
            if let Some((missing, field)) = field {
                members.next_value_seed(Fill(&mut **field))?;
                *missing = false;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        let mut absent = schema.members.iter().zip(missing);
        let absent = absent.find_map(|(member, missing)| missing.then_some(member.json_name));
        match absent {
            Some(name) if !schema.lenient => Err(A::Error::missing_field(name)),
            _ => Ok(()),
        }
    });
    read.unwrap_or(Ok(()))
}

/// Reads the value of a member of a union, and returns `false` if it is null.
struct Alternative<'a>(&'a mut dyn Union, &'static str);

impl<'de> DeserializeSeed<'de> for Alternative<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Alternative<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the modeled type")
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match self.0.set(self.1) {
            Some(value) => Fill(value).deserialize(deserializer)?,
            None => IgnoredAny::deserialize(deserializer).map(drop)?,
        }
        Ok(true)
    }
}

/// Reads the one member that is not null. Some services add `__type`, which is not a member.
fn union<'de, A: MapAccess<'de>>(union: &mut dyn Union, mut members: A) -> Result<(), A::Error> {
    let schema = union.schema();
    let mut found = false;
    while let Some(name) = members.next_key::<Cow<'_, str>>()? {
        let mut known = schema.members.iter();
        let is_set = match known.find(|member| member.json_name == name) {
            Some(member) => members.next_value_seed(Alternative(&mut *union, member.name))?,
            None => match members.next_value::<Document>()? {
                Document::Null => false,
                _ if name == "__type" => false,
                value => {
                    union.set_unknown(&name, value);
                    true
                }
            },
        };
        if is_set && std::mem::replace(&mut found, true) {
            return Err(A::Error::custom("a union has more than one member"));
        }
    }
    if found {
        Ok(())
    } else {
        Err(A::Error::custom("a union has no member that is not null"))
    }
}
