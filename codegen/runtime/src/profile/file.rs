//! Where the files are, and what is in them.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::InvalidProfile;
use crate::environment::Environment;

/// The path of the config file: `AWS_CONFIG_FILE`, or else `~/.aws/config`; `None` where there is no
/// home directory.
#[must_use]
pub fn config_file(environment: &Environment) -> Option<PathBuf> {
    path(environment, "AWS_CONFIG_FILE", "config")
}

/// The path of the credentials file: `AWS_SHARED_CREDENTIALS_FILE`, or else `~/.aws/credentials`;
/// `None` where there is no home directory.
#[must_use]
pub fn credentials_file(environment: &Environment) -> Option<PathBuf> {
    path(environment, "AWS_SHARED_CREDENTIALS_FILE", "credentials")
}

fn path(environment: &Environment, variable: &str, name: &str) -> Option<PathBuf> {
    match environment.get(variable) {
        Some(path) => Some(environment.expand_home(&path)),
        None => Some(environment.home()?.join(".aws").join(name)),
    }
}

/// The text of a file; `None` where it is not there.
///
/// It is read in one go: profile files are small and on this machine, so that waiting for them on
/// another thread would cost more than it gives.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, InvalidProfile> {
    let refuse = |problem: String| {
        let path = path.display();
        InvalidProfile(format!("the profile file {path} {problem}"))
    };
    match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(error) => {
                drop(Zeroizing::new(error.into_bytes()));
                Err(refuse("is not UTF-8; save it as UTF-8".to_owned()))
            }
        },
        // A part of the path that is a file, as in containers with `HOME=/dev/null`, is as good as
        // no file.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(refuse(format!("cannot be read: {error}"))),
    }
}
