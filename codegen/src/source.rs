//! Where the text of a model is: in a file, or in a revision of a git repository.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;
use std::{fmt, fs, io};

use crate::diagnostic::Diagnostics;
use crate::model::{Kind, Model};

/// The text of a model.
#[derive(Debug, Clone, Copy)]
pub struct ModelText<'a> {
    /// What it is called in reports: its path, mostly.
    pub name: &'a str,
    /// A Smithy JSON AST.
    pub text: &'a str,
}

/// The ids of the services of a model.
#[must_use]
pub fn services(model: &str) -> Vec<String> {
    // Whoever generates from the model reports its problems.
    let model = Model::read(model, &mut Diagnostics::new("", model));
    let services = model.shapes.values();
    let services = services.filter(|shape| matches!(shape.kind, Kind::Service { .. }));
    services.map(|shape| shape.id.to_string()).collect()
}

/// A place that a model is read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelSource {
    /// A file.
    File(PathBuf),
    /// A file as a revision has it, written `git:REV:PATH`.
    Revision {
        /// A revision, in any form that git understands, as in `HEAD~1` or `v0.1.0`.
        revision: String,
        /// The path of the file, from the root of the repository; after `./` or `../`, from the
        /// current folder.
        path: String,
    },
}

/// What is no place of a model.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` names no file of a revision; write `git:REV:PATH`, as in `git:HEAD~1:model.json`")]
pub struct ParseSourceError(String);

/// Why a model cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The file cannot be read.
    #[error("the model `{}` could not be read: {error}{}", path.display(), hint(path))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// git did not run.
    #[error("`git` could not be run, which reads `{from}`: {error}; install it, or name a file")]
    Run {
        /// The place.
        from: ModelSource,
        /// What the system said.
        error: io::Error,
    },
    /// There is no such file in such a revision.
    #[error(
        "`{from}` could not be read, since git says: {said}; the path is from the root of the \
         repository, or from here after `./`, and `git log --all -- PATH` lists its revisions"
    )]
    Revision {
        /// The place.
        from: ModelSource,
        /// What git said.
        said: String,
    },
    /// It is no text.
    #[error("`{0}` is no text in UTF-8, and so no model")]
    Encoding(ModelSource),
}

/// What was meant by a path that is not there.
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
    /// Reads the text of the model. A revision is one of the repository that the current folder is
    /// in.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, a revision or a path that git does not know, or no git.
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
            // A revision is never taken for an option.
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
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(SourceError::Revision {
                from: self.clone(),
                said: said.trim().to_owned(),
            });
        }
        String::from_utf8(output.stdout).map_err(|_| SourceError::Encoding(self.clone()))
    }
}
