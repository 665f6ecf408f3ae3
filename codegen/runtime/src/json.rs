//! Reading JSON into the types of generated crates.
//!
//! What serde derives for a type is compiled once more for every deserializer that the type is read
//! with, and `serde_json`'s makes much of it: with that, a good third of what the compiler made of a
//! generated crate was for reading. Here all that is the same for every type is in functions of its
//! own, and what is compiled for a type does little more than call them. What strings with escapes say
//! is left to `serde_json`, and the value of numbers to the standard library.
//!
//! An error tells what was expected and where, and never what was found, which may be a secret.

mod deserializer;
mod error;
mod syntax;

use serde::Deserialize;

pub(crate) use deserializer::{Members, Text};
pub(crate) use error::Error;
use syntax::Reader;

/// The name that asks a [`Reader`] for a number as it is written.
pub(crate) const AS_WRITTEN: &str = "smithy_reqwest::json::AS_WRITTEN";

/// Reads all of a text as one value.
pub(crate) fn from_slice<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, Error> {
    read(text, |reader| T::deserialize(reader))
}

/// Reads all of a text, which has to be an object, by its members.
pub(crate) fn members<'de, T>(
    text: &'de [u8],
    value: impl FnOnce(Members<'_, 'de>) -> Result<T, Error>,
) -> Result<T, Error> {
    read(text, |reader| {
        reader.open(b'{', &"an object")?;
        value(Members::new(reader))
    })
}

fn read<'de, T>(
    text: &'de [u8],
    value: impl FnOnce(&mut Reader<'de>) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut reader = Reader::new(text)?;
    match value(&mut reader) {
        Ok(value) => reader.end().map(|()| value),
        Err(error) => Err(error.at(reader.line_and_column())),
    }
}
