//! Unions: objects with one member.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::Serializer;
use serde_json::Value;

use super::{Format, Written};

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
