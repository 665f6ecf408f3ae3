//! Contents of folders, without following symbolic links.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::error::Error;

/// Refuses a path below a folder that has a symbolic link in it.
pub(super) fn refuse_links(dir: &Path, path: &Path) -> Result<(), Error> {
    let mut current = dir.to_owned();
    for part in path {
        current.push(part);
        match fs::symlink_metadata(&current) {
            Ok(found) if found.is_symlink() => return Err(Error::Link(current)),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => break,
            Err(error) => return Err(Error::system("read", &current, error)),
        }
    }
    Ok(())
}

/// Returns the files below a folder in `dir`, by their path from `dir`.
pub(super) fn files_below(dir: &Path, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        let absolute = dir.join(&path);
        match fs::symlink_metadata(&absolute) {
            Ok(entry) if entry.is_symlink() => return Err(Error::Link(absolute)),
            Ok(entry) if entry.is_dir() => {
                let names = names(&absolute)?;
                pending.extend(names.into_iter().map(|name| path.join(name)));
            }
            Ok(_) => found.push(path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::system("read", &absolute, error)),
        }
    }
    found.sort();
    Ok(found)
}

/// Returns the names of the entries of a folder, or none if it does not exist.
pub(super) fn names(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error| Error::system("list", folder, error);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(failed(error)),
    };
    let names = entries.map(|entry| Ok(entry.map_err(failed)?.file_name().into()));
    names.collect()
}
