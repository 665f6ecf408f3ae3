//! Timestamps, in three formats.
//!
//! Formats of text are those of Smithy's suite: they keep microseconds and cut off the rest, dates
//! of HTTP keep seconds, and a date is of the years 1 to 9999.

use jiff::Timestamp;
use jiff::fmt::strtime;
use serde::de::{Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};

use super::scalar::FloatVisitor;
use super::{Format, TextFormat, text};

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
        let microseconds = (deserializer.deserialize_any(FloatVisitor)? * 1e6).round();
        if microseconds.is_nan() {
            return Err(D::Error::custom("a timestamp is not a number"));
        }
        Timestamp::from_microsecond(microseconds as i64).map_err(D::Error::custom)
    }
}

/// In text, the fraction is added to the seconds even where these are negative: `-1.5` is half a
/// second before 1970.
impl TextFormat<Timestamp> for EpochSeconds {
    fn to_text(value: &Timestamp) -> Option<String> {
        let microseconds = value.as_nanosecond().div_euclid(1_000);
        let seconds = microseconds.div_euclid(1_000_000);
        Some(with_fraction(
            seconds.to_string(),
            microseconds.rem_euclid(1_000_000),
        ))
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_number = fraction.bytes().all(|byte| byte.is_ascii_digit());
        // What follows the ninth digit is less than a timestamp holds.
        let fraction: String = fraction
            .chars()
            .chain("000000000".chars())
            .take(9)
            .collect();
        let seconds: i128 = seconds.parse().ok()?;
        let nanoseconds: i128 = fraction.parse().ok().filter(|_| is_number)?;
        let nanoseconds = seconds
            .checked_mul(1_000_000_000)?
            .checked_add(nanoseconds)?;
        Timestamp::from_nanosecond(nanoseconds).ok()
    }
}

/// A number with microseconds as its fraction, where there are any.
fn with_fraction(number: String, microseconds: i128) -> String {
    if microseconds == 0 {
        return number;
    }
    let fraction = format!("{microseconds:06}");
    format!("{number}.{}", fraction.trim_end_matches('0'))
}

/// A timestamp as in RFC 3339: `2019-12-16T23:48:18.52Z`.
#[derive(Debug)]
pub struct DateTime;

impl Format<Timestamp> for DateTime {
    fn serialize<S: Serializer>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_text::<Self, S>(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
        text(deserializer, str::parse)?.map_err(D::Error::custom)
    }
}

impl TextFormat<Timestamp> for DateTime {
    fn to_text(value: &Timestamp) -> Option<String> {
        let microseconds = value.as_nanosecond().div_euclid(1_000);
        let cut = Timestamp::from_nanosecond(microseconds * 1_000).ok()?;
        (cut >= YEAR_1).then(|| cut.to_string())
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        text.parse().ok()
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
        text(deserializer, parse_http_date)?.map_err(D::Error::custom)
    }
}

impl TextFormat<Timestamp> for HttpDate {
    const COMMAS: usize = 1;

    fn to_text(value: &Timestamp) -> Option<String> {
        let date = value.strftime("%a, %d %b %Y %H:%M:%S GMT");
        (*value >= YEAR_1).then(|| date.to_string())
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        parse_http_date(text).ok()
    }
}

/// The first moment that a date has a year for.
const YEAR_1: Timestamp = Timestamp::constant(-62_135_596_800, 0);

fn serialize_text<F, S>(value: &Timestamp, serializer: S) -> Result<S::Ok, S::Error>
where
    F: TextFormat<Timestamp>,
    S: Serializer,
{
    let text = F::to_text(value).ok_or_else(|| S::Error::custom("a date before the year 1"))?;
    serializer.serialize_str(&text)
}

fn parse_http_date(text: &str) -> Result<Timestamp, jiff::Error> {
    let time = strtime::parse("%a, %d %b %Y %H:%M:%S%.f GMT", text)?.to_datetime()?;
    Ok(time.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp())
}
