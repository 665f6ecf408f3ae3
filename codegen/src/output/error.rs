//! The errors of the output.

use std::io;
use std::path::{Path, PathBuf};

/// The error of writing or comparing files.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The system refused something.
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
}

impl OutputError {
    pub(super) fn system(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self::System {
            action,
            path: path.to_owned(),
            error,
        }
    }

    /// Returns `true` if a file or a folder is not there.
    pub(super) fn is_not_found(&self) -> bool {
        matches!(self, Self::System { error, .. } if error.kind() == io::ErrorKind::NotFound)
    }
}
