//! The source of a model: a file, or a file in a revision of a git repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::{fmt, fs, io};

use crate::diagnostic::Diagnostics;
use crate::model::{Kind, Model};

/// The text of a model.
#[derive(Debug, Clone, Copy)]
pub struct ModelText<'a> {
    /// Its name in reports, which is usually its path.
    pub name: &'a str,
    /// A Smithy JSON AST.
    pub text: &'a str,
}

/// Returns the ids of the services of a model.
#[must_use]
pub fn services(model: &str) -> Vec<String> {
    // Whoever generates from the model reports its problems.
    let model = Model::read(model, &mut Diagnostics::new("", model));
    let services = model.shapes.values();
    let services = services.filter(|shape| matches!(shape.kind, Kind::Service { .. }));
    services.map(|shape| shape.id.to_string()).collect()
}

/// The source of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelSource {
    /// A file.
    File(PathBuf),
    /// A file in a git revision, written `git:REV:PATH`.
    Revision {
        /// The revision, in any form that git understands, as in `HEAD~1` or `v0.1.0`.
        revision: String,
        /// The path of the file, relative to the root of the repository, or to the current
        /// directory after `./` or `../`.
        path: String,
    },
}

/// A string that is not the source of a model.
#[derive(Debug, thiserror::Error)]
#[error("invalid source `{0}`: expected `git:REV:PATH`, as in `git:HEAD~1:model.json`")]
pub struct ParseSourceError(String);

/// The error of reading a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The file cannot be read.
    #[error("could not read the model `{}`: {error}{}", path.display(), hint(path))]
    File {
        /// The file.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
    /// git could not be run.
    #[error("could not run `git` to read `{from}`: {error}; install git, or use a file")]
    Run {
        /// The source.
        from: ModelSource,
        /// The cause.
        error: io::Error,
    },
    /// git did not find the revision or the file.
    #[error(
        "could not read `{from}`: {message}; the path is relative to the root of the repository, or to \
         the current directory after `./`"
    )]
    Revision {
        /// The source.
        from: ModelSource,
        /// The error message of git.
        message: String,
    },
    /// The file is not text.
    #[error("invalid model `{0}`: not valid UTF-8")]
    Encoding(ModelSource),
}

/// Returns a hint for a path that does not exist.
fn hint(path: &Path) -> String {
    match path.to_str() {
        Some(path) if path.contains(':') && !path.contains(":\\") => {
            format!("; for a file of a git revision, write `git:{path}`")
        }
        _ => String::new(),
    }
}

impl FromStr for ModelSource {
    type Err = ParseSourceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(revision) = text.strip_prefix("git:") else {
            return Ok(Self::File(PathBuf::from(text)));
        };
        match revision.split_once(':') {
            Some((revision, path)) if !revision.is_empty() && !path.is_empty() => {
                Ok(Self::Revision {
                    revision: revision.to_owned(),
                    path: path.to_owned(),
                })
            }
            _ => Err(ParseSourceError(text.to_owned())),
        }
    }
}

impl fmt::Display for ModelSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Revision { revision, path } => write!(f, "git:{revision}:{path}"),
        }
    }
}

impl ModelSource {
    /// Reads the text of the model. Revisions are those of the repository of the current directory.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, an unknown revision or path, or git that cannot be run.
    pub fn read(&self) -> Result<String, SourceError> {
        let (revision, path) = match self {
            Self::File(path) => {
                return fs::read_to_string(path).map_err(|error| SourceError::File {
                    path: path.clone(),
                    error,
                });
            }
            Self::Revision { revision, path } => (revision, path),
        };
        let output = Command::new("git")
            // A revision cannot be mistaken for an option.
            .args([
                "cat-file",
                "blob",
                "--end-of-options",
                &format!("{revision}:{path}"),
            ])
            .output()
            .map_err(|error| SourceError::Run {
                from: self.clone(),
                error,
            })?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr);
            return Err(SourceError::Revision {
                from: self.clone(),
                message: message.trim().to_owned(),
            });
        }
        String::from_utf8(output.stdout).map_err(|_| SourceError::Encoding(self.clone()))
    }
}
