//! Endpoint parameters that are no setting of every client: those of one service.

use std::collections::BTreeMap;

use super::EndpointError;

/// A parameter that the rules of a service have of their own.
#[derive(Debug, Clone, Copy)]
pub struct EndpointParameter {
    pub(crate) name: &'static str,
    pub(crate) is_of_call: bool,
}

impl EndpointParameter {
    /// A parameter that is given when a client is set up, by its name in the rules.
    #[must_use]
    pub const fn of_client(name: &'static str) -> Self {
        let is_of_call = false;
        Self { name, is_of_call }
    }

    /// A parameter that operations give, and in their place who sets up a client.
    #[must_use]
    pub const fn of_call(name: &'static str) -> Self {
        let is_of_call = true;
        Self { name, is_of_call }
    }
}

/// The value of an endpoint parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndpointValue {
    /// True or false.
    Boolean(bool),
    /// Text.
    String(String),
    /// A list of text.
    StringArray(Vec<String>),
}

impl From<bool> for EndpointValue {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<&str> for EndpointValue {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<String> for EndpointValue {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Vec<String>> for EndpointValue {
    fn from(values: Vec<String>) -> Self {
        Self::StringArray(values)
    }
}

/// Endpoint parameters by their names in the rules: those that a client was given, and those that
/// an operation and its input give.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointParameters {
    values: BTreeMap<String, EndpointValue>,
    /// The URL of the endpoint, where an input has it.
    pub(crate) url: Option<String>,
}

impl EndpointParameters {
    /// Gives a parameter a value, in place of the one it has.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<EndpointValue>) {
        self.values.insert(name.into(), value.into());
    }

    /// Sets the URL of the endpoint, in place of the one that the rules give.
    pub fn set_url(&mut self, url: impl Into<String>) {
        self.url = Some(url.into());
    }

    /// Takes over other parameters, in place of those of the same names.
    pub(crate) fn extend(&mut self, other: Self) {
        self.values.extend(other.values);
    }

    /// The names of the parameters that are given.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// The parameter of a name, which is true or false.
    ///
    /// # Errors
    ///
    /// A value of another type.
    pub fn boolean(&self, name: &str) -> Result<Option<bool>, EndpointError> {
        match self.values.get(name) {
            None => Ok(None),
            Some(EndpointValue::Boolean(value)) => Ok(Some(*value)),
            Some(_) => Err(wrong_type(name, "true or false")),
        }
    }

    /// The parameter of a name, which is text.
    ///
    /// # Errors
    ///
    /// A value of another type.
    pub fn string(&self, name: &str) -> Result<Option<String>, EndpointError> {
        match self.values.get(name) {
            None => Ok(None),
            Some(EndpointValue::String(value)) => Ok(Some(value.clone())),
            Some(_) => Err(wrong_type(name, "text")),
        }
    }

    /// The parameter of a name, which is a list of text.
    ///
    /// # Errors
    ///
    /// A value of another type.
    pub fn string_array(&self, name: &str) -> Result<Option<Vec<String>>, EndpointError> {
        match self.values.get(name) {
            None => Ok(None),
            Some(EndpointValue::StringArray(values)) => Ok(Some(values.clone())),
            Some(_) => Err(wrong_type(name, "a list of text")),
        }
    }
}

fn wrong_type(name: &str, expected: &str) -> EndpointError {
    EndpointError::new(format!("the endpoint parameter `{name}` is {expected}"))
}
