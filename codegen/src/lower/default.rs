//! Presence of members, and their default values.
//!
//! The rules are those of the Smithy reference for clients, which it calls non-authoritative: a
//! member is always present if it is required or has a default other than null, unless it has
//! `clientOptional` or is a member of an operation's input. Three decisions are our own:
//!
//! - A required member of an input is an argument: the compiler reports its absence.
//! - A required member stays an argument if it has a default too. Models that were converted
//!   from Smithy 1.0 give every required number the default 0, which is not meant to be sent.
//! - An optional number or boolean that has its default is not sent, as in the official SDKs. Most
//!   defaults of 0 and `false` in the models of AWS are artifacts of that conversion too, and a
//!   service that received them would not use its own. In structures that are only sent the member
//!   is an `Option`, so that 0 can be sent on purpose. A default that was added to a member later
//!   (`addedDefault`) is meant, and is sent.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value as Json;

use super::enumeration::{Enumerations, is_enumeration};
use super::type_name::TypeNames;
use super::value;
use crate::ir::{Fallback, Presence, Usage, Value};
use crate::model::traits::Traits;
use crate::model::{self, Kind, Model, Shape, ShapeId, Simple};
use crate::select::Selection;

/// The defaults of the members of structures, by shape and name.
#[derive(Debug, Default)]
pub(crate) struct Defaults<'m>(BTreeMap<(&'m ShapeId, &'m str), Fallback>);

/// A default that does not fit the type of its member.
pub(crate) struct Misfit<'m> {
    pub(crate) shape: &'m Shape,
    pub(crate) name: &'m str,
    pub(crate) member: &'m model::Member,
    /// The expected value.
    pub(crate) expected: &'static str,
}

impl<'m> Defaults<'m> {
    /// Returns the default of a member of a structure.
    pub(super) fn get<'a>(&'a self, shape: &'a ShapeId, name: &'a str) -> Option<&'a Fallback> {
        self.0.get(&(shape, name))
    }

    /// Reads the defaults of a selection. Those that do not fit are returned on the side.
    pub(crate) fn of(
        model: &'m Model,
        selection: &Selection<'m>,
        names: &TypeNames<'m>,
    ) -> (Self, Vec<Misfit<'m>>) {
        let enumerations = Enumerations::of_defaults(model, selection, names);
        let (mut defaults, mut misfits) = (Self::default(), Vec::new());
        for shape in selection.shapes().filter(|it| it.kind == Kind::Structure) {
            for (name, member) in &shape.members {
                let value = member.traits.default.as_ref().map(|default| &default.value);
                let value = value.filter(|value| !value.is_null());
                let target = model.shape(&member.target.id);
                let (Some(value), Some(target)) = (value, target) else {
                    continue;
                };
                match fallback(target, value, &enumerations) {
                    Ok(fallback) => drop(defaults.0.insert((&shape.id, name), fallback)),
                    Err(expected) => misfits.push(Misfit {
                        shape,
                        name,
                        member,
                        expected,
                    }),
                }
            }
        }
        (defaults, misfits)
    }
}

/// Adjusts the presence of a member to the usage of its structure: the service fills in defaults
/// that are numbers or booleans.
pub(super) fn presence(
    presence: Presence,
    target: &Shape,
    traits: &Traits,
    usage: Usage,
) -> Presence {
    let is_left_out = usage.input && is_number_or_boolean(target) && !traits.added_default;
    match presence {
        Presence::Default(_) if is_left_out && !usage.output => Presence::Optional,
        Presence::Default(fallback) if is_left_out => Presence::Unsent(fallback),
        presence => presence,
    }
}

fn is_number_or_boolean(shape: &Shape) -> bool {
    matches!(
        shape.kind,
        Kind::Simple(
            Simple::Boolean
                | Simple::Byte
                | Simple::Short
                | Simple::Integer
                | Simple::Long
                | Simple::Float
                | Simple::Double
        )
    )
}

/// Reads a default.
///
/// # Errors
///
/// Returns the expected value, if a value does not fit its shape.
fn fallback(
    target: &Shape,
    value: &Json,
    enumerations: &Enumerations<'_>,
) -> Result<Fallback, &'static str> {
    if is_enumeration(target) {
        let value = enumerations.listed(target, value);
        let expected = "one of the values of the enumeration";
        return value.map(Fallback::Value).ok_or(expected);
    }
    let value = match &target.kind {
        Kind::Simple(simple) => simple_value(*simple, value),
        Kind::List => match value.as_array() {
            Some(elements) if elements.is_empty() => Ok(None),
            _ => Err("an empty list"),
        },
        Kind::Map => match value.as_object() {
            Some(entries) if entries.is_empty() => Ok(None),
            _ => Err("an empty map"),
        },
        _ => Err("the trait to be absent"),
    };
    Ok(value?.map_or(Fallback::Standard, Fallback::Value))
}

/// The years 1 to 9999 without their first and their last day, in seconds since 1970.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_510_400..=253_402_214_400;

/// Reads a default of a simple type; `None` is the value that Rust's `Default` gives.
fn simple_value(simple: Simple, value: &Json) -> Result<Option<Value>, &'static str> {
    let integer = |bits, expected| {
        let number = value::integer(value, bits).ok_or(expected)?;
        Ok((number != 0).then_some(Value::Integer(number)))
    };
    let number = |of: fn(&Json, f64) -> Value| {
        let number = value.as_f64().ok_or("a number")?;
        Ok((number != 0.0).then(|| of(value, number)))
    };
    match simple {
        Simple::Boolean => {
            let value = value.as_bool().ok_or("`true` or `false`")?;
            Ok(value.then_some(Value::Boolean(true)))
        }
        Simple::Byte => integer(8, "an integer of 8 bits"),
        Simple::Short => integer(16, "an integer of 16 bits"),
        Simple::Integer => integer(32, "an integer of 32 bits"),
        Simple::Long => integer(64, "an integer of 64 bits"),
        // A greater number than this would be a strange default.
        Simple::BigInteger => {
            let number = integer(64, "an integer of 64 bits")?;
            Ok(number.map(|_| value::big_number("BigInteger", value.to_string())))
        }
        Simple::BigDecimal => number(|json, _| value::big_number("BigDecimal", json.to_string())),
        Simple::Float => number(|_, number| Value::Float(number, 32)),
        Simple::Double => number(|_, number| Value::Float(number, 64)),
        Simple::String => {
            let text = value.as_str().ok_or("text")?;
            Ok((!text.is_empty()).then(|| Value::Text(text.to_owned())))
        }
        Simple::Blob => {
            let text = value.as_str().ok_or("text in base64")?;
            let bytes = BASE64_STANDARD.decode(text).map_err(|_| "text in base64")?;
            Ok((!bytes.is_empty()).then_some(Value::Bytes(bytes)))
        }
        Simple::Timestamp => match value::timestamp(value) {
            Some(Value::Timestamp(0, 0)) => Ok(None),
            Some(Value::Timestamp(seconds, nanoseconds)) if SECONDS.contains(&seconds) => {
                Ok(Some(Value::Timestamp(seconds, nanoseconds)))
            }
            _ => Err("seconds since 1970"),
        },
        Simple::Document => {
            let is_simple = value.as_array().is_none_or(Vec::is_empty)
                && value.as_object().is_none_or(serde_json::Map::is_empty);
            let value = is_simple.then(|| Value::Document(value.clone()));
            let expected = "a simple value, an empty list or an empty map";
            value.map(Some).ok_or(expected)
        }
    }
}
