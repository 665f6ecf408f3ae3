//! Which members are always there, and what they are where a message lacks them.
//!
//! The rules are those of the Smithy reference for clients, which it calls non-authoritative: a
//! member is always there if it is required or has a default other than null, unless it has
//! `clientOptional` or is a member of an operation's input. Two decisions are our own:
//!
//! - A required member of an input is an argument: who leaves it out is told by the compiler.
//! - A required member stays an argument where it has a default too. Models that were converted
//!   from Smithy 1.0 give every required number the default 0, which nobody means to send.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use proc_macro2::Ident;
use serde_json::{Number, Value as Json};

use super::enumeration::Enumerations;
use super::value::big_number;
use super::{Lowering, shape};
use crate::ir::{Fallback, Presence, Usage, Value};
use crate::model::{self, Kind, Shape, Simple};

impl Lowering<'_, '_, '_> {
    /// Whether a member of a structure that travels so is always there.
    pub(super) fn presence(&self, member: &model::Member<'_>, usage: Usage) -> Presence {
        let traits = &member.traits;
        // A path without the label would name something else.
        let is_optional =
            traits.has("smithy.api#clientOptional") && !traits.has("smithy.api#httpLabel");
        if is_optional {
            return Presence::Optional;
        }
        let target = self.model.shape(&member.target.id);
        // What does not fit is reported by `check`.
        let enumerations = &self.enumerations;
        let value = |target| default_value(member, target, enumerations).ok().flatten();
        let value = target.and_then(value);
        let ty = self.type_name(&member.target.id);
        let constant = |value: &Json| constant(target?, value, &ty, enumerations);
        let fallback = |value: Json| match constant(&value) {
            Some(value) => Fallback::Value(value),
            None => Fallback::Standard,
        };
        match (value, traits.has("smithy.api#required")) {
            (Some(value), true) if usage.output => Presence::Required(fallback(value)),
            (_, true) => Presence::Required(Fallback::Standard),
            (Some(value), false) => Presence::Default(fallback(value)),
            (None, false) => Presence::Optional,
        }
    }
}

/// The value that a member has where none is given; an error says why it can never have it.
pub(crate) fn default_value(
    member: &model::Member<'_>,
    target: &Shape<'_>,
    enumerations: &Enumerations<'_>,
) -> Result<Option<Json>, &'static str> {
    let Some(value) = member.traits.get::<Json>("smithy.api#default") else {
        return Ok(None);
    };
    if value.is_null() {
        return Ok(None);
    }
    match fits(target, &value, enumerations) {
        None => Ok(Some(value)),
        Some(expected) => Err(expected),
    }
}

/// Tells of a default that one would not guess.
pub(super) fn sentence(member: &model::Member<'_>, presence: &Presence) -> String {
    let value: Option<Json> = member.traits.get("smithy.api#default");
    match (presence, value) {
        (Presence::Default(Fallback::Value(_)), Some(value)) => {
            format!(
                "\n\nThe default is `{}`.",
                value.to_string().replace('`', "'")
            )
        }
        _ => String::new(),
    }
}

/// What is expected in place of a value that does not fit its shape.
fn fits(target: &Shape<'_>, value: &Json, enumerations: &Enumerations<'_>) -> Option<&'static str> {
    let integer = |min: i64, max: i64| {
        value
            .as_i64()
            .is_some_and(|value| (min..=max).contains(&value))
    };
    let (fits, expected) = match &target.kind {
        Kind::Enum | Kind::IntEnum => (
            enumerations.listed(target, value).is_some(),
            "one of the values of the enumeration",
        ),
        Kind::List => (value == &Json::Array(Vec::new()), "an empty list"),
        Kind::Map => (
            value.as_object().is_some_and(serde_json::Map::is_empty),
            "an empty map",
        ),
        Kind::Simple(simple) => match simple {
            Simple::Boolean => (value.is_boolean(), "`true` or `false`"),
            Simple::Byte => (integer(-0x80, 0x7f), "an integer of 8 bits"),
            Simple::Short => (integer(-0x8000, 0x7fff), "an integer of 16 bits"),
            Simple::Integer => (
                integer(i32::MIN.into(), i32::MAX.into()),
                "an integer of 32 bits",
            ),
            // A greater number than this would be a strange default.
            Simple::Long | Simple::BigInteger => {
                (integer(i64::MIN, i64::MAX), "an integer of 64 bits")
            }
            Simple::Float | Simple::Double | Simple::BigDecimal => (value.is_number(), "a number"),
            Simple::String if shape::is_enum_trait(target) => (
                enumerations.listed(target, value).is_some(),
                "one of the values of the enumeration",
            ),
            Simple::String => (value.is_string(), "text"),
            Simple::Blob => (bytes(value).is_some(), "text in base64"),
            Simple::Timestamp => (timestamp(value).is_some(), "seconds since 1970"),
            Simple::Document => (
                value.as_array().is_none_or(Vec::is_empty)
                    && value.as_object().is_none_or(serde_json::Map::is_empty),
                "a simple value, an empty list or an empty map",
            ),
        },
        _ => (false, "no default: this type has none"),
    };
    (!fits).then_some(expected)
}

/// A value that fits its shape; nothing where Rust's `Default` gives the same.
fn constant(
    target: &Shape<'_>,
    value: &Json,
    ty: &Ident,
    enumerations: &Enumerations<'_>,
) -> Option<Value> {
    let variant = || enumerations.listed(target, value).map(|it| it.of_type(ty));
    let is_zero = value.as_f64() == Some(0.0);
    match &target.kind {
        Kind::Enum | Kind::IntEnum => variant(),
        Kind::Simple(simple) => match simple {
            Simple::Boolean => value.as_bool().filter(|value| *value).map(Value::Boolean),
            Simple::Byte | Simple::Short | Simple::Integer | Simple::Long => value
                .as_i64()
                .filter(|value| *value != 0)
                .map(Value::Integer),
            Simple::Float | Simple::Double => {
                let bits = if *simple == Simple::Float { 32 } else { 64 };
                let value = value.as_f64().filter(|_| !is_zero);
                value.map(|value| Value::Float(value, bits))
            }
            Simple::String if shape::is_enum_trait(target) => variant(),
            Simple::String => text(value).map(Value::Text),
            Simple::Blob => bytes(value)
                .filter(|bytes| !bytes.is_empty())
                .map(Value::Bytes),
            Simple::Timestamp => timestamp(value)
                .filter(|moment| *moment != (0, 0))
                .map(|(second, nanosecond)| Value::Timestamp(second, nanosecond)),
            Simple::Document => Some(Value::Document(value.clone())),
            Simple::BigInteger => (!is_zero).then(|| big_number("BigInteger", value.to_string())),
            Simple::BigDecimal => (!is_zero).then(|| big_number("BigDecimal", value.to_string())),
        },
        _ => None,
    }
}

fn text(value: &Json) -> Option<String> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn bytes(value: &Json) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(value.as_str()?).ok()
}

/// Seconds since 1970, within the years 1 to 9999 and a day from either end, and nanoseconds.
fn timestamp(value: &Json) -> Option<(i64, i32)> {
    const SECONDS: std::ops::RangeInclusive<i64> = -62_135_510_400..=253_402_214_400;
    let number: &Number = value.as_number()?;
    if let Some(seconds) = number.as_i64() {
        return Some((seconds, 0)).filter(|_| SECONDS.contains(&seconds));
    }
    let seconds = number.as_f64()?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is out of range is refused"
    )]
    let (whole, fraction) = (
        seconds.trunc() as i64,
        // A fraction that rounds up to a whole second would be none.
        (seconds.fract() * 1e9)
            .round()
            .clamp(-999_999_999.0, 999_999_999.0) as i32,
    );
    Some((whole, fraction)).filter(|_| SECONDS.contains(&whole))
}
