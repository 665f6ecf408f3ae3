//! Bytes and floating-point numbers.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use serde::de::{Deserializer, Error as _, Visitor};
use serde::ser::Serializer;

use super::{Format, text};

/// Bytes as base64 text.
#[derive(Debug)]
pub struct Base64;

impl Format<Bytes> for Base64 {
    fn serialize<S: Serializer>(value: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(value))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        text(deserializer, |text| BASE64_STANDARD.decode(text))?
            .map(Bytes::from)
            .map_err(D::Error::custom)
    }
}

/// A floating-point number; those that JSON has no number for are text: `"NaN"`, `"Infinity"` and
/// `"-Infinity"`.
#[derive(Debug)]
pub struct Float;

impl Format<f64> for Float {
    fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_finite() {
            serializer.serialize_f64(*value)
        } else {
            serializer.serialize_str(&float(*value))
        }
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        deserializer.deserialize_any(FloatVisitor)
    }
}

impl Format<f32> for Float {
    fn serialize<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_finite() {
            serializer.serialize_f32(*value)
        } else {
            serializer.serialize_str(&float(*value))
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the model says that an f32 is enough"
    )]
    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f32, D::Error> {
        deserializer
            .deserialize_any(FloatVisitor)
            .map(|value| value as f32)
    }
}

pub(super) struct FloatVisitor;

impl Visitor<'_> for FloatVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or one of \"NaN\", \"Infinity\" and \"-Infinity\"")
    }

    fn visit_f64<E>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON does not tell integers from floats"
    )]
    fn visit_i64<E>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "JSON does not tell integers from floats"
    )]
    fn visit_u64<E>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<f64, E> {
        match value {
            "NaN" => Ok(f64::NAN),
            "Infinity" => Ok(f64::INFINITY),
            "-Infinity" => Ok(f64::NEG_INFINITY),
            _ => Err(E::invalid_value(serde::de::Unexpected::Str(value), &self)),
        }
    }
}

/// A floating-point number as text, as in headers and queries, with as few digits as tell it from
/// others of its type.
#[must_use]
pub fn float<T: fmt::Display + Into<f64> + Copy>(value: T) -> String {
    let wide: f64 = value.into();
    if wide == f64::INFINITY {
        "Infinity".to_owned()
    } else if wide == f64::NEG_INFINITY {
        "-Infinity".to_owned()
    } else {
        value.to_string()
    }
}
