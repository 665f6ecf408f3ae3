//! `serde::Serialize` for generated types, to their JSON form.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_core::ser::{
    Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer,
};

use super::debug::REDACTED;
use super::{List, Map, Member, Structure, Union, Value, Variant, View, with_fields};
use crate::big_number;
use crate::timestamp::{Timestamp, TimestampFormat};

/// Serializes a value of a generated type.
///
/// # Errors
///
/// Errors of the serializer, and a timestamp that its format cannot represent.
pub fn serialize<S: Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
    view(value.view(), Style::default(), serializer)
}

/// A wrapper that serializes a value without its secrets: members that the model marks as
/// sensitive, which `Debug` redacts too.
///
/// Serializing the value itself includes its secrets, because the result must be complete.
///
/// ```
/// use smithy_reqwest::{WithoutSecrets, structure};
///
/// #[derive(Clone, PartialEq)]
/// struct Login {
///     user: String,
///     password: String,
/// }
///
/// structure!(Login: Default { user: "user", password: "password" [sensitive] });
///
/// let login = Login { user: "ada".to_owned(), password: "secret".to_owned() };
/// assert_eq!(
///     serde_json::to_string(&WithoutSecrets(&login)).unwrap(),
///     r#"{"user":"ada","password":"** redacted **"}"#
/// );
/// ```
#[derive(Clone, Copy)]
pub struct WithoutSecrets<'a>(pub &'a dyn Value);

impl Serialize for WithoutSecrets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let style = Style {
            hides_secrets: true,
            ..Style::default()
        };
        view(self.0.view(), style, serializer)
    }
}

impl fmt::Debug for WithoutSecrets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.view().fmt(f)
    }
}

/// The options of serialization.
#[derive(Clone, Copy, Default)]
pub(super) struct Style {
    /// The format of the timestamps.
    format: Option<TimestampFormat>,
    hides_secrets: bool,
}

impl Style {
    /// Returns the options for the value of a member.
    fn of(self, member: &Member) -> Self {
        Self {
            format: member.timestamp_format,
            ..self
        }
    }

    /// Returns `true` if the value of a member is redacted.
    fn hides(self, member: &Member) -> bool {
        self.hides_secrets && member.sensitive
    }
}

/// Serializes a value.
pub(super) fn view<S: Serializer>(
    value: View<'_>,
    style: Style,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        View::Null => serializer.serialize_none(),
        View::Boolean(value) => serializer.serialize_bool(value),
        View::Integer(value) => serializer.serialize_i64(value),
        View::Float(value) if value.is_finite() => serializer.serialize_f32(value),
        View::Float(value) => serializer.serialize_str(non_finite(value.into())),
        View::Double(value) if value.is_finite() => serializer.serialize_f64(value),
        View::Double(value) => serializer.serialize_str(non_finite(value)),
        View::Number(digits) => big_number::serialize(digits, serializer),
        View::String(text) => serializer.serialize_str(text),
        View::Enumeration(value) => serializer.serialize_str(value.as_str()),
        View::Blob(bytes) => serializer.serialize_str(&BASE64_STANDARD.encode(bytes)),
        View::Stream(_) | View::Events => Err(S::Error::custom("a stream cannot be serialized")),
        View::Timestamp(value) => timestamp(value, style.format, serializer),
        View::Document(value) => value.serialize(serializer),
        View::List(list) => self::list(list, style, serializer),
        View::Map(map) => self::map(map, style, serializer),
        View::Structure(structure) => self::structure(structure, style, serializer),
        View::Union(union) => self::union(union, style, serializer),
    }
}

/// Returns the text for a number that JSON cannot represent.
pub(crate) fn non_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value.is_sign_positive() {
        "Infinity"
    } else {
        "-Infinity"
    }
}

fn timestamp<S: Serializer>(
    value: Timestamp,
    format: Option<TimestampFormat>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match format.unwrap_or(TimestampFormat::EpochSeconds) {
        TimestampFormat::EpochSeconds => {
            let seconds = value.to_epoch_seconds();
            if seconds.fract() == 0.0 {
                serializer.serialize_i64(value.as_second())
            } else {
                serializer.serialize_f64(seconds)
            }
        }
        format => match value.format(format) {
            Some(text) => serializer.serialize_str(&text),
            None => Err(S::Error::custom(
                "a timestamp that its format has no text for",
            )),
        },
    }
}

/// A value with its options.
struct Shown<'a>(View<'a>, Style);

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        view(self.0, self.1, serializer)
    }
}

fn list<S: Serializer>(list: &dyn List, style: Style, serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(list.len()))?;
    for element in list.iter() {
        sequence.serialize_element(&Shown(element, style))?;
    }
    sequence.end()
}

fn map<S: Serializer>(map: &dyn Map, style: Style, serializer: S) -> Result<S::Ok, S::Error> {
    let mut entries = serializer.serialize_map(Some(map.len()))?;
    map.try_for_each(|key, value| entries.serialize_entry(key, &Shown(value, style)))?;
    entries.end()
}

fn structure<S: Serializer>(
    structure: &dyn Structure,
    style: Style,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let schema = structure.schema();
    let result = with_fields(structure, |fields| {
        let present = |(_, field): &(&Member, &View<'_>)| !matches!(field, View::Null);
        let members = || schema.members.iter().zip(fields).filter(present);
        let mut output = serializer.serialize_struct(schema.name, members().count())?;
        for (member, field) in members() {
            if style.hides(member) {
                output.serialize_field(member.json_name, REDACTED)?;
            } else {
                let value = Shown(*field, style.of(member));
                output.serialize_field(member.json_name, &value)?;
            }
        }
        output.end()
    });
    // Every structure shows its members once.
    result.unwrap_or_else(|| Err(S::Error::custom("a structure without members")))
}

fn union<S: Serializer>(union: &dyn Union, style: Style, serializer: S) -> Result<S::Ok, S::Error> {
    let mut entry = serializer.serialize_map(Some(1))?;
    match union.get() {
        // It is unknown whether the value is a secret.
        Variant::Unknown(name, _) if style.hides_secrets => {
            entry.serialize_entry(name, REDACTED)?;
        }
        Variant::Unknown(name, value) => entry.serialize_entry(name, value)?,
        Variant::Known(name, value) => {
            let member = union.schema().member(name);
            let name = member.map_or(name, |member| member.json_name);
            match (value, member) {
                (Some(_), Some(member)) if style.hides(member) => {
                    entry.serialize_entry(name, REDACTED)?;
                }
                (Some(value), member) => {
                    let style = member.map_or(style, |member| style.of(member));
                    entry.serialize_entry(name, &Shown(value, style))?;
                }
                (None, _) => entry.serialize_entry(name, &serde_json::Map::new())?,
            }
        }
    }
    entry.end()
}
