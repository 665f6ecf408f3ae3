//! The error of the library.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use crate::diagnostic::Diagnostics;

/// An error that prevents the generation or comparison of clients.
///
/// `Debug`, which cargo shows for an error of a build script, prints text to be read, as `Display`
/// does.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The model has problems.
    #[error(transparent)]
    Model(Box<Diagnostics>),
    /// The model cannot be read.
    #[error(
        "the model `{}` could not be read: {error}; a relative path begins in the folder of the \
         manifest",
        path.display()
    )]
    Read {
        /// The model.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
    },
    /// The system refused to read or write generated files.
    #[error("could not {action} `{}`: {error}", path.display())]
    System {
        /// The action, as in `write`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
    },
    /// A symbolic link is on the way to a generated file.
    #[error(
        "`{}` is a symbolic link, and generated files are not written or removed through one; \
         replace it with a folder or a file of its own",
        .0.display()
    )]
    Link(PathBuf),
    /// Another run writes to the same folder.
    #[error("the generated files in `{}` keep changing; wait for the other run to end", .0.display())]
    Contested(PathBuf),
    /// Cargo has named no folder to write to.
    #[error("`OUT_DIR` is not set: generate in a build script, or name a folder with `out_dir`")]
    OutDir,
    /// A module cannot have the name.
    #[error(
        "`{0}` is not a name for a module; give one with `module`, as in `.module(\"greeter\")`"
    )]
    Module(String),
    /// The build script has generated a module of this name already.
    #[error("there are two modules `{0}`; give one of them another name with `module`")]
    Repeated(String),
    /// Generated sources are not Rust, which is a bug in this crate.
    #[error(
        "invalid Rust in `{file}`: {error}; this is a bug in the generator: report it with the model"
    )]
    InvalidRust {
        /// The file.
        file: String,
        /// The problem.
        error: syn::Error,
    },
}

impl Error {
    pub(crate) fn system(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self::System {
            action,
            path: path.to_owned(),
            error,
        }
    }
}

impl From<Diagnostics> for Error {
    fn from(problems: Diagnostics) -> Self {
        Self::Model(Box::new(problems))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Model(problems) = self {
            writeln!(f, "no client was generated from `{}`:\n", problems.origin())?;
        }
        fmt::Display::fmt(self, f)
    }
}
