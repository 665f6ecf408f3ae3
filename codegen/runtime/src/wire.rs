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

mod collection;
mod default;
mod header;
mod redacted;
mod scalar;
mod timestamp;
mod union;

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

pub use collection::{List, Map, SparseList, SparseMap};
pub use default::{DefaultValue, Or};
pub use header::{EncodedText, TextFormat};
pub use redacted::{Redacted, debug_member};
pub use scalar::{Base64, Float, float};
#[doc(hidden)]
pub use serde;
pub use timestamp::{DateTime, EpochSeconds, HttpDate};
pub use union::{member_value, read_member, write_empty_member, write_member};

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

/// `{}`, which stands for a structure that is the whole body and is absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct EmptyObject {}

impl From<EmptyObject> for serde_json::Value {
    fn from(_: EmptyObject) -> Self {
        Self::Object(serde_json::Map::new())
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
