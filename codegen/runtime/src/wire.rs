//! How values are written in JSON, headers, paths and queries.
//!
//! Generated types derive serde's traits. Where the protocol writes a value in another way than
//! serde would, or must read it more leniently, a member names its *format*:
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use smithy_reqwest::Timestamp;
//! use smithy_reqwest::wire::{As, EpochSeconds, List, Plain};
//!
//! #[derive(Debug, PartialEq, Serialize, Deserialize)]
//! struct Run {
//!     #[serde(with = "As::<EpochSeconds>")]
//!     started: Timestamp,
//!     #[serde(with = "As::<List<Plain>>")]
//!     errors: Vec<String>,
//! }
//!
//! let run: Run = serde_json::from_str(r#"{"started":1.5,"errors":["late",null]}"#).unwrap();
//! assert_eq!(run.started.as_millisecond(), 1_500);
//! assert_eq!(run.errors, ["late"]);
//! assert_eq!(serde_json::to_string(&run).unwrap(), r#"{"started":1.5,"errors":["late"]}"#);
//! ```
//!
//! The rules are those of the restJson1 protocol in the Smithy reference.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use jiff::Timestamp;
use jiff::fmt::strtime;
use serde::de::{Deserialize, Deserializer, Error as _, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

#[doc(hidden)]
pub use serde;

/// How a `T` is written and read: the contract behind [`As`].
pub trait Format<T> {
    /// Writes a value.
    ///
    /// # Errors
    ///
    /// What the serializer says, or that the value cannot be written in this format.
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// What the deserializer says, or that the value is not of this format.
    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// How a `T` is written in a header, and read from one.
pub trait TextFormat<T> {
    /// How many commas there are in one value: between the values of a list there is one more.
    const COMMAS: usize = 0;

    /// The value as text.
    fn to_text(value: &T) -> String;

    /// The value of a text; `None` where it is none of this format.
    fn from_text(text: &str) -> Option<T>;
}

impl<T: fmt::Display + std::str::FromStr> TextFormat<T> for Plain {
    fn to_text(value: &T) -> String {
        value.to_string()
    }

    fn from_text(text: &str) -> Option<T> {
        text.parse().ok()
    }
}

impl TextFormat<f64> for Float {
    fn to_text(value: &f64) -> String {
        float(*value)
    }

    fn from_text(text: &str) -> Option<f64> {
        text.parse().ok()
    }
}

impl TextFormat<f32> for Float {
    fn to_text(value: &f32) -> String {
        float(f64::from(*value))
    }

    fn from_text(text: &str) -> Option<f32> {
        text.parse().ok()
    }
}

impl TextFormat<Timestamp> for EpochSeconds {
    fn to_text(value: &Timestamp) -> String {
        Self::format(*value)
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`Timestamp` checks the range"
    )]
    fn from_text(text: &str) -> Option<Timestamp> {
        let seconds: f64 = text.parse().ok()?;
        Timestamp::from_microsecond((seconds * 1e6).round() as i64).ok()
    }
}

impl TextFormat<Timestamp> for DateTime {
    fn to_text(value: &Timestamp) -> String {
        Self::format(*value)
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        text.parse().ok()
    }
}

impl TextFormat<Timestamp> for HttpDate {
    const COMMAS: usize = 1;

    fn to_text(value: &Timestamp) -> String {
        Self::format(*value)
    }

    fn from_text(text: &str) -> Option<Timestamp> {
        Self::parse(text).ok()
    }
}

/// Text of a media type, which headers carry in base64.
#[derive(Debug)]
pub struct EncodedText;

impl TextFormat<String> for EncodedText {
    fn to_text(value: &String) -> String {
        BASE64_STANDARD.encode(value)
    }

    fn from_text(text: &str) -> Option<String> {
        String::from_utf8(BASE64_STANDARD.decode(text).ok()?).ok()
    }
}

/// Names a format in serde's `with` attribute.
#[derive(Debug)]
pub struct As<F>(PhantomData<F>);

impl<F> As<F> {
    /// Writes a value in the format.
    ///
    /// # Errors
    ///
    /// As [`Format::serialize`].
    pub fn serialize<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        F: Format<T>,
        S: Serializer,
    {
        F::serialize(value, serializer)
    }

    /// Writes a borrowed value in the format, for a field that is itself a reference.
    ///
    /// # Errors
    ///
    /// As [`Format::serialize`].
    pub fn serialize_ref<T, S>(value: &&T, serializer: S) -> Result<S::Ok, S::Error>
    where
        F: Format<T>,
        S: Serializer,
    {
        F::serialize(value, serializer)
    }

    /// Reads a value in the format.
    ///
    /// # Errors
    ///
    /// As [`Format::deserialize`].
    pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        F: Format<T>,
        D: Deserializer<'de>,
    {
        F::deserialize(deserializer)
    }
}

/// As serde does it.
#[derive(Debug)]
pub struct Plain;

impl<T: Serialize + for<'de> Deserialize<'de>> Format<T> for Plain {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// A value that may be absent or null.
impl<T, F: Format<T>> Format<Option<T>> for Option<F> {
    fn serialize<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => F::serialize(value, serializer),
            None => serializer.serialize_none(),
        }
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        let read = Option::<Read<T, F>>::deserialize(deserializer)?;
        Ok(read.map(|read| read.value))
    }
}

/// A required value of a response: null is read as the type's default, so that no call fails for
/// a member that the service left out.
#[derive(Debug)]
pub struct Required<F>(PhantomData<F>);

impl<T: Default, F: Format<T>> Format<T> for Required<F> {
    fn serialize<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Ok(<Option<F> as Format<Option<T>>>::deserialize(deserializer)?.unwrap_or_default())
    }
}

impl<T, F: Format<T>> Format<Box<T>> for Box<F> {
    fn serialize<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize(value, serializer)
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        F::deserialize(deserializer).map(Box::new)
    }
}

/// A list whose nulls are skipped.
#[derive(Debug)]
pub struct List<F>(PhantomData<F>);

impl<T, F: Format<T>> Format<Vec<T>> for List<F> {
    fn serialize<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(Written::<T, F>::new))
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        let read = Vec::<Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read.into_iter().flatten().map(|read| read.value).collect())
    }
}

/// A list whose nulls are kept.
#[derive(Debug)]
pub struct SparseList<F>(PhantomData<F>);

impl<T, F: Format<T>> Format<Vec<Option<T>>> for SparseList<F> {
    fn serialize<S: Serializer>(value: &Vec<Option<T>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            value
                .iter()
                .map(|value| value.as_ref().map(Written::<T, F>::new)),
        )
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Option<T>>, D::Error> {
        let read = Vec::<Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .map(|read| read.map(|read| read.value))
            .collect())
    }
}

/// A map whose entries with null are skipped.
#[derive(Debug)]
pub struct Map<F>(PhantomData<F>);

impl<K, T, F: Format<T>> Format<BTreeMap<K, T>> for Map<F>
where
    K: Ord + Serialize + for<'de> Deserialize<'de>,
{
    fn serialize<S: Serializer>(value: &BTreeMap<K, T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            value
                .iter()
                .map(|(key, value)| (key, Written::<T, F>::new(value))),
        )
    }

    fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<K, T>, D::Error> {
        let read = BTreeMap::<K, Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?.value)))
            .collect())
    }
}

/// A map whose entries with null are kept.
#[derive(Debug)]
pub struct SparseMap<F>(PhantomData<F>);

impl<K, T, F: Format<T>> Format<BTreeMap<K, Option<T>>> for SparseMap<F>
where
    K: Ord + Serialize + for<'de> Deserialize<'de>,
{
    fn serialize<S: Serializer>(
        value: &BTreeMap<K, Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            value
                .iter()
                .map(|(key, value)| (key, value.as_ref().map(Written::<T, F>::new))),
        )
    }

    fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<K, Option<T>>, D::Error> {
        let read = BTreeMap::<K, Option<Read<T, F>>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .map(|(key, value)| (key, value.map(|read| read.value)))
            .collect())
    }
}

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
            serializer.serialize_str(&float(f64::from(*value)))
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

struct FloatVisitor;

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

/// A floating-point number as text, as in headers and queries.
#[must_use]
pub fn float(value: f64) -> String {
    if value == f64::INFINITY {
        "Infinity".to_owned()
    } else if value == f64::NEG_INFINITY {
        "-Infinity".to_owned()
    } else {
        value.to_string()
    }
}

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

    fn parse(text: &str) -> Result<Timestamp, jiff::Error> {
        let time = strtime::parse("%a, %d %b %Y %H:%M:%S%.f GMT", text)?.to_datetime()?;
        Ok(time.to_zoned(jiff::tz::TimeZone::UTC)?.timestamp())
    }
}

/// Reads text and hands it on without a copy.
///
/// # Errors
///
/// What the deserializer says, or that the value is not text.
pub fn text<'de, D, T>(deserializer: D, read: impl FnOnce(&str) -> T) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
{
    struct TextVisitor<F>(F);

    impl<T, F: FnOnce(&str) -> T> Visitor<'_> for TextVisitor<F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E>(self, value: &str) -> Result<T, E> {
            Ok((self.0)(value))
        }
    }

    deserializer.deserialize_str(TextVisitor(read))
}

/// Writes a union: an object with one member.
///
/// # Errors
///
/// What the serializer says, or that the value cannot be written in the format `F`.
pub fn write_member<F, T, S>(serializer: S, name: &str, value: &T) -> Result<S::Ok, S::Error>
where
    F: Format<T>,
    S: Serializer,
{
    serializer.collect_map([(name, Written::<T, F>::new(value))])
}

/// Writes a union whose member says no more than which one it is.
///
/// # Errors
///
/// What the serializer says.
pub fn write_empty_member<S: Serializer>(serializer: S, name: &str) -> Result<S::Ok, S::Error> {
    serializer.collect_map([(name, BTreeMap::<&str, &str>::new())])
}

/// Reads a union: the one member of an object that is not null. `__type`, which some services add,
/// is no member.
///
/// # Errors
///
/// What the deserializer says, or that there is no such member, or more than one.
pub fn read_member<'de, D>(deserializer: D) -> Result<(String, Value), D::Error>
where
    D: Deserializer<'de>,
{
    let object = BTreeMap::<String, Value>::deserialize(deserializer)?;
    let is_member = |(name, value): &(String, Value)| name != "__type" && !value.is_null();
    let mut members = object.into_iter().filter(is_member);
    match (members.next(), members.next()) {
        (Some(member), None) => Ok(member),
        (None, _) => Err(D::Error::custom("a union has no member that is not null")),
        (Some((first, _)), Some((second, _))) => Err(D::Error::custom(format_args!(
            "a union has more than one member: `{first}` and `{second}`"
        ))),
    }
}

/// Reads the value of a union's member in the format `F`.
///
/// # Errors
///
/// That the value is not of this format.
pub fn member_value<F, T, E>(value: Value) -> Result<T, E>
where
    F: Format<T>,
    E: serde::de::Error,
{
    F::deserialize(value).map_err(E::custom)
}

/// `{}`, which stands for a structure that is the whole body and is absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct EmptyObject {}

/// What `Debug` shows in place of a secret.
pub struct Redacted;

impl Redacted {
    /// Shows whether there is a secret.
    #[must_use]
    pub fn option<T>(value: &Option<T>) -> Option<Self> {
        value.is_some().then_some(Self)
    }
}

/// Shows a member of a union, for the `Debug` of one that has secrets.
///
/// # Errors
///
/// What the formatter says.
pub fn debug_member(f: &mut fmt::Formatter<'_>, name: &str, value: &dyn fmt::Debug) -> fmt::Result {
    f.debug_tuple(name).field(value).finish()
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("** redacted **")
    }
}

/// A value that is read in a format.
struct Read<T, F> {
    value: T,
    format: PhantomData<F>,
}

impl<'de, T, F: Format<T>> Deserialize<'de> for Read<T, F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        F::deserialize(deserializer).map(|value| Self {
            value,
            format: PhantomData,
        })
    }
}

/// A value that is written in a format.
struct Written<'a, T, F> {
    value: &'a T,
    format: PhantomData<F>,
}

impl<'a, T, F> Written<'a, T, F> {
    fn new(value: &'a T) -> Self {
        Self {
            value,
            format: PhantomData,
        }
    }
}

impl<T, F: Format<T>> Serialize for Written<'_, T, F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        F::serialize(self.value, serializer)
    }
}
