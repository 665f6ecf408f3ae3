//! Environment variables.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Environment variables: those of the process, or a fixed set for tests.
///
/// A blank variable counts as not set, as in the official SDKs.
///
/// ```
/// use smithy_reqwest::EnvironmentVariables;
///
/// let variables = [("AWS_REGION", "eu-west-1"), ("AWS_PROFILE", "")];
/// let environment = EnvironmentVariables::from_iter(variables);
/// assert_eq!(environment.get("AWS_REGION").as_deref(), Some("eu-west-1"));
/// assert_eq!(environment.get("AWS_PROFILE"), None);
/// ```
#[derive(Clone, Default)]
pub struct EnvironmentVariables {
    /// `None` for the variables of the process.
    fixed: Option<BTreeMap<String, String>>,
}

impl EnvironmentVariables {
    /// Returns the variables of this process.
    #[must_use]
    pub fn process() -> Self {
        Self { fixed: None }
    }

    /// Returns the value of a variable, if it is set, not blank, and valid UTF-8.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        self.verbatim(name)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// Returns the value of a variable without checking for blanks, if it is set and valid UTF-8.
    pub(crate) fn verbatim(&self, name: &str) -> Option<String> {
        match &self.fixed {
            Some(variables) => variables.get(name).cloned(),
            None => std::env::var(name).ok(),
        }
    }

    /// Returns the home directory: `HOME`, or else the variables of Windows, or else the home
    /// directory of the user of this process.
    pub(crate) fn home(&self) -> Option<PathBuf> {
        let of_windows = || {
            let (drive, path) = (self.get("HOMEDRIVE")?, self.get("HOMEPATH")?);
            Some(format!("{drive}{path}"))
        };
        let home = self.get("HOME").or_else(|| self.get("USERPROFILE"));
        let home = home.or_else(of_windows).map(PathBuf::from);
        match &self.fixed {
            Some(_) => home,
            None => home.or_else(std::env::home_dir),
        }
    }

    /// Expands a leading `~` in a path to the home directory.
    pub(crate) fn expand_home(&self, path: &str) -> PathBuf {
        let path = Path::new(path);
        match (path.strip_prefix("~"), self.home()) {
            (Ok(rest), Some(home)) => home.join(rest),
            _ => path.to_owned(),
        }
    }
}

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for EnvironmentVariables {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(variables: I) -> Self {
        let fixed = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()));
        Self {
            fixed: Some(fixed.collect()),
        }
    }
}

impl fmt::Debug for EnvironmentVariables {
    /// Shows the names but not the values, some of which are secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fixed {
            Some(variables) => f.debug_set().entries(variables.keys()).finish(),
            None => f.write_str("EnvironmentVariables(process)"),
        }
    }
}
