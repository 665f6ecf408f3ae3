//! Timestamps, in three formats. Whatever the format is, a number or text in any of them is read.

use std::fmt;

use serde::de::{self, Deserializer, Unexpected, Visitor};
use serde::ser::{Error as _, Serializer};

use super::{Format, TextFormat};
use crate::timestamp::{Timestamp, TimestampFormat};

/// A timestamp as seconds since 1970, with a fraction where there is one.
#[derive(Debug)]
pub struct EpochSeconds;

impl Format<Timestamp> for EpochSeconds {
    fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        if value.subsec_nanosecond() < 1_000_000 {
            serializer.serialize_i64(value.as_second())
        } else {
            serializer.serialize_f64(value.to_epoch_seconds())
        }
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_any(TimestampVisitor)
    }
}

impl TextFormat<Timestamp> for EpochSeconds {
    fn to_text(value: &Timestamp) -> Option<String> {
        value.format(TimestampFormat::EpochSeconds)
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        Timestamp::parse(text, TimestampFormat::EpochSeconds)
    }
}

/// A timestamp as in RFC 3339: `2019-12-16T23:48:18.52Z`.
#[derive(Debug)]
pub struct DateTime;

impl Format<Timestamp> for DateTime {
    fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_text::<Self, S>(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_any(TimestampVisitor)
    }
}

impl TextFormat<Timestamp> for DateTime {
    fn to_text(value: &Timestamp) -> Option<String> {
        value.format(TimestampFormat::DateTime)
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        Timestamp::parse(text, TimestampFormat::DateTime)
    }
}

/// A timestamp as in HTTP's own headers: `Tue, 29 Apr 2014 18:30:38 GMT`.
#[derive(Debug)]
pub struct HttpDate;

impl Format<Timestamp> for HttpDate {
    fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_text::<Self, S>(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        deserializer.deserialize_any(TimestampVisitor)
    }
}

impl TextFormat<Timestamp> for HttpDate {
    const COMMAS: usize = 1;

    fn to_text(value: &Timestamp) -> Option<String> {
        value.format(TimestampFormat::HttpDate)
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        Timestamp::parse(text, TimestampFormat::HttpDate)
    }
}

fn serialize_text<F, S>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error>
where
    F: TextFormat<Timestamp>,
    S: Serializer,
{
    let text = F::to_text(value).ok_or_else(|| S::Error::custom("a date before the year 1"))?;
    serializer.serialize_str(&text)
}

struct TimestampVisitor;

impl Visitor<'_> for TimestampVisitor {
    type Value = Timestamp;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a timestamp in the years -9999 to 9999")
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Timestamp, E> {
        Timestamp::from_epoch_seconds(value)
            .ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Timestamp, E> {
        Timestamp::from_second(value).map_err(E::custom)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Timestamp, E> {
        self.visit_i64(value.try_into().unwrap_or(i64::MAX))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Timestamp, E> {
        Timestamp::parse_lenient(value)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
    }
}
