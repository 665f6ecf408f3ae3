//! Atomic replacement of files.

use std::fs::{self, File};
use std::hash::{BuildHasher as _, RandomState};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The end of the name of a file that is not complete yet.
const PARTIAL: &str = ".codegen-partial";

/// Writes a file as a whole or not at all: a reader sees the old content or the new.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::system("create", folder, error))?;
    }
    let failed = |error| Error::system("write", path, error);
    let (partial, file) = create_beside(path).map_err(failed)?;
    let written = fill(file, path, text).and_then(|()| fs::rename(&partial, path));
    written.map_err(|error| {
        // Nothing else can be done about a file that cannot be removed either.
        let _ = fs::remove_file(&partial);
        failed(error)
    })
}

/// Returns `true` if a path is that of a file that a run has not completed.
pub(super) fn is_partial(path: &Path) -> bool {
    path.to_string_lossy().ends_with(PARTIAL)
}

/// Creates a file with an unpredictable name.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    let random = RandomState::new().hash_one(path);
    let partial = path.with_file_name(format!(".{random:016x}{PARTIAL}"));
    let file = File::create_new(&partial)?;
    Ok((partial, file))
}

/// Writes the text, with the permissions of the file that it will replace.
fn fill(mut file: File, path: &Path, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    match fs::metadata(path) {
        Ok(replaced) => file.set_permissions(replaced.permissions()),
        Err(_) => Ok(()),
    }
}
