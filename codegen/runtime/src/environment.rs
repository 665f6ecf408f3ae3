//! The environment variables a client is set up from.

use std::collections::BTreeMap;
use std::fmt;

/// Environment variables: those of the process, or a fixed set for tests.
///
/// A variable that is set but blank counts as not set, as in the official SDKs.
///
/// ```
/// use smithy_reqwest::Environment;
///
/// let environment = Environment::from_iter([("AWS_REGION", "eu-west-1"), ("AWS_PROFILE", "")]);
/// assert_eq!(environment.get("AWS_REGION").as_deref(), Some("eu-west-1"));
/// assert_eq!(environment.get("AWS_PROFILE"), None);
/// ```
#[derive(Clone, Default)]
pub struct Environment {
    /// `None` stands for the process's own.
    fixed: Option<BTreeMap<String, String>>,
}

impl Environment {
    /// The variables of this process.
    #[must_use]
    pub fn process() -> Self {
        Self { fixed: None }
    }

    /// The value of a variable, where it is set, not blank and UTF-8.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        let value = match &self.fixed {
            Some(variables) => variables.get(name).cloned(),
            None => std::env::var(name).ok(),
        };
        value
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// The value of a variable that is `true` or `false` in any case.
    ///
    /// # Errors
    ///
    /// A sentence about a value that is neither.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, String> {
        match self.get(name) {
            None => Ok(None),
            Some(value) if value.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some(value) if value.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(value) => Err(format!("{name} is {value:?}; set it to `true` or `false`")),
        }
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        let fixed = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        Self {
            fixed: Some(fixed.collect()),
        }
    }
}

impl fmt::Debug for Environment {
    /// Gives the names and never the values, some of which are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fixed {
            Some(variables) => f.debug_set().entries(variables.keys()).finish(),
            None => f.write_str("Environment(process)"),
        }
    }
}
