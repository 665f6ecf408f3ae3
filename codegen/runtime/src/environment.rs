//! The environment variables a client is set up from.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// Environment variables: those of the process, or a fixed set for tests.
///
/// A variable that is set but blank counts as not set, as in the official SDKs.
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
    /// `None` stands for the process's own.
    fixed: Option<BTreeMap<String, String>>,
}

impl EnvironmentVariables {
    /// The variables of this process.
    #[must_use]
    pub fn process() -> Self {
        Self { fixed: None }
    }

    /// The value of a variable, where it is set, not blank and UTF-8.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<String> {
        self.verbatim(name)
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    }

    /// The value of a variable as it is, where it is set and UTF-8.
    pub(crate) fn verbatim(&self, name: &str) -> Option<String> {
        match &self.fixed {
            Some(variables) => variables.get(name).cloned(),
            None => std::env::var(name).ok(),
        }
    }

    /// The home directory: `HOME`, or else what Windows has for it, or else what the system says of
    /// the user of this process.
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

    /// A path whose first part may be `~`, which stands for the home directory.
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
    /// Gives the names and never the values, some of which are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fixed {
            Some(variables) => f.debug_set().entries(variables.keys()).finish(),
            None => f.write_str("EnvironmentVariables(process)"),
        }
    }
}
