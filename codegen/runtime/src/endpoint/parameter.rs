//! Endpoint parameters of a service.

use std::collections::BTreeMap;

use super::EndpointError;

/// A parameter of the endpoint rules of a service.
#[derive(Debug, Clone, Copy)]
pub struct EndpointParameter {
    pub(crate) name: &'static str,
    pub(crate) is_of_call: bool,
}

impl EndpointParameter {
    /// Creates a parameter that is set on the client builder.
    #[must_use]
    pub const fn of_client(name: &'static str) -> Self {
        let is_of_call = false;
        Self { name, is_of_call }
    }

    /// Creates a parameter that operations set, or else the client builder.
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
    /// A boolean.
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

/// Endpoint parameters by name: those of a client, or those of an operation and its input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EndpointParameters {
    values: BTreeMap<String, EndpointValue>,
    /// The URL of the endpoint, if an input contains it.
    pub(crate) url: Option<String>,
}

impl EndpointParameters {
    /// Sets a parameter, replacing an earlier value.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<EndpointValue>) {
        self.values.insert(name.into(), value.into());
    }

    /// Sets the URL of the endpoint instead of that of the rules.
    pub fn set_url(&mut self, url: impl Into<String>) {
        self.url = Some(url.into());
    }

    /// Adds other parameters, which take precedence.
    pub(crate) fn extend(&mut self, other: Self) {
        self.values.extend(other.values);
    }

    /// Returns the names of the parameters.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Returns a boolean parameter.
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

    /// Returns a text parameter.
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

    /// Returns a parameter that is a list of text.
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
