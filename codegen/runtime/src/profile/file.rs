//! The paths and contents of profile files.

use std::path::{Path, PathBuf};
use std::{fs, io};

use zeroize::Zeroizing;

use super::InvalidProfile;
use crate::environment::EnvironmentVariables;

pub(super) const CONFIG_FILE: &str = "AWS_CONFIG_FILE";
pub(super) const CREDENTIALS_FILE: &str = "AWS_SHARED_CREDENTIALS_FILE";

/// Returns the path of the config file: `AWS_CONFIG_FILE`, or else `~/.aws/config`; `None` without
/// a home directory.
#[must_use]
pub fn config_file(environment: &EnvironmentVariables) -> Option<PathBuf> {
    path(environment, CONFIG_FILE, "config")
}

/// Returns the path of the credentials file: `AWS_SHARED_CREDENTIALS_FILE`, or else
/// `~/.aws/credentials`; `None` without a home directory.
#[must_use]
pub fn credentials_file(environment: &EnvironmentVariables) -> Option<PathBuf> {
    path(environment, CREDENTIALS_FILE, "credentials")
}

fn path(environment: &EnvironmentVariables, variable: &str, name: &str) -> Option<PathBuf> {
    match environment.get(variable) {
        Some(path) => Some(environment.expand_home(&path)),
        None => Some(environment.home()?.join(".aws").join(name)),
    }
}

/// Reads a file; `None` if it does not exist.
///
/// The call blocks: profile files are small and local, so another thread would cost more than it
/// gains.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    use io::ErrorKind::{NotADirectory, NotFound};

    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        // If a part of the path is a file, as in containers with `HOME=/dev/null`, the file does
        // not exist.
        Err(error) if matches!(error.kind(), NotFound | NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Returns the content of a file as text.
pub(super) fn text(bytes: Vec<u8>, path: &Path) -> Result<Zeroizing<String>, InvalidProfile> {
    String::from_utf8(bytes)
        .map(Zeroizing::new)
        .map_err(|error| {
            drop(Zeroizing::new(error.into_bytes()));
            let path = path.display();
            InvalidProfile(format!(
                "the profile file {path} is not UTF-8; save it as UTF-8"
            ))
        })
}
