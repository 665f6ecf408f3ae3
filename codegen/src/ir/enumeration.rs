//! Enumerations of text and of integers.

use std::fmt;

use super::Deprecation;
use super::value::Value;
use crate::name::Ident;

#[derive(Debug, Clone)]
pub struct Enumeration {
    /// The kind of its values.
    pub kind: EnumKind,
    /// The Rust name.
    pub name: Ident,
    /// The name in the model, where the Rust name is another one.
    pub alias: Option<String>,
    /// Markdown.
    pub docs: String,
    /// The variants, in the order of the model.
    pub variants: Vec<Variant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EnumKind {
    Text,
    Integer,
}

#[derive(Debug, Clone)]
pub struct Variant {
    /// The Rust name.
    pub name: Ident,
    /// The value on the wire.
    pub value: EnumValue,
    /// The text, or the name of an integer in the model, where the Rust name is another one.
    pub alias: Option<String>,
    /// Markdown.
    pub docs: String,
    pub deprecated: Option<Deprecation>,
}

/// The value of a variant, as `smithy.api#enumValue` gives it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(untagged, expecting = "expected text or an integer of 32 bits")]
pub enum EnumValue {
    Integer(i32),
    Text(String),
}

/// Prints the value alone, as `diff` shows it.
impl fmt::Debug for EnumValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => fmt::Debug::fmt(value, f),
            Self::Text(value) => fmt::Debug::fmt(value, f),
        }
    }
}

impl From<EnumValue> for Value {
    fn from(value: EnumValue) -> Self {
        match value {
            EnumValue::Integer(value) => Self::Integer(value.into()),
            EnumValue::Text(value) => Self::Text(value),
        }
    }
}
