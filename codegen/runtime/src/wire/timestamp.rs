//! Timestamps, in three formats.

use jiff::Timestamp;
use jiff::fmt::strtime;
use serde::de::{Deserializer, Error as _};
use serde::ser::Serializer;

use super::scalar::FloatVisitor;
use super::{Format, text};

/// A timestamp as seconds since 1970, with a fraction where there is one.
#[derive(Debug)]
pub struct EpochSeconds;

impl Format<Timestamp> for EpochSeconds {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a float holds microseconds for centuries"
    )]
    fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        if value.subsec_nanosecond() == 0 {
            serializer.serialize_i64(value.as_second())
        } else {
            serializer.serialize_f64(value.as_microsecond() as f64 / 1e6)
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`Timestamp` checks the range"
    )]
    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        let seconds = deserializer.deserialize_any(FloatVisitor)?;
        Timestamp::from_microsecond((seconds * 1e6).round() as i64).map_err(D::Error::custom)
    }
}

impl EpochSeconds {
    /// The timestamp as text, as in headers and queries.
    #[must_use]
    pub fn format(value: Timestamp) -> String {
        let (seconds, nanoseconds) = (value.as_second(), value.subsec_nanosecond());
        if nanoseconds == 0 {
            seconds.to_string()
        } else {
            format!("{seconds}.{nanoseconds:09}")
                .trim_end_matches('0')
                .to_owned()
        }
    }
}

/// A timestamp as in RFC 3339: `2019-12-16T23:48:18.52Z`.
#[derive(Debug)]
pub struct DateTime;

impl Format<Timestamp> for DateTime {
    fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        text(deserializer, str::parse)?.map_err(D::Error::custom)
    }
}

impl DateTime {
    /// The timestamp as text, as in headers and queries.
    #[must_use]
    pub fn format(value: Timestamp) -> String {
        value.to_string()
    }
}

/// A timestamp as in HTTP's own headers: `Tue, 29 Apr 2014 18:30:38 GMT`.
#[derive(Debug)]
pub struct HttpDate;

impl Format<Timestamp> for HttpDate {
    fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Self::format(*value))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        text(deserializer, Self::parse)?.map_err(D::Error::custom)
    }
}

impl HttpDate {
    /// The timestamp as text, as in headers and queries.
    #[must_use]
    pub fn format(value: Timestamp) -> String {
        value.strftime("%a, %d %b %Y %H:%M:%S%.f GMT").to_string()
    }

    pub(super) fn parse(text: &str) -> Result<Timestamp, jiff::Error> {
        let time = strtime::parse("%a, %d %b %Y %H:%M:%S%.f GMT", text)?.to_datetime()?;
        Ok(time.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp())
    }
}
