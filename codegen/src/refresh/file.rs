//! The model of a generated crate, refreshed on disk.

use std::fs;
use std::path::{Path, PathBuf};

use super::{RefreshError, Refreshed, refresh};
use crate::generate::{Options, generate};
use crate::output::write_file;
use crate::source::ModelText;
use crate::workspace::{GeneratedCrate, Workspace};

/// A model on disk that has been refreshed.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct RefreshedFile {
    /// The path of the model, as somebody in the current folder would write it.
    pub name: String,
    /// What has become of it.
    pub refreshed: Refreshed,
}

/// Refreshes the model of a generated crate from an official one. `package` names the crate, where
/// the workspace has several with different models.
///
/// The file is written where it changes, and only once every crate that is generated from it
/// can be generated from the result.
///
/// # Errors
///
/// Files that cannot be read or written, what [`refresh`] has as errors, or a refreshed model that
/// a crate cannot be generated from. Nothing is written then.
pub fn refresh_file(
    workspace: &Workspace,
    package: Option<&str>,
    official: &Path,
) -> Result<RefreshedFile, RefreshError> {
    let (model, crates) = workspace.crates_of_model(package)?;
    let name = crates.first().map(|it| it.options.model_name.clone());
    let name = name.unwrap_or_default();
    let text = read(model, &name)?;
    let official_name = official.display().to_string();
    let theirs = read(official, &official_name)?;
    let ours = ModelText {
        name: &name,
        text: &text,
    };
    let theirs = ModelText {
        name: &official_name,
        text: &theirs,
    };
    let refreshed = refresh(&ours, &theirs)?;
    if refreshed.text != text {
        for generated_crate in crates {
            try_out(generated_crate, &refreshed.text)?;
        }
        write_file(&target(model, &name)?, &refreshed.text)?;
    }
    Ok(RefreshedFile { name, refreshed })
}

/// The file that a path leads to: what is put in the place of a link would be a file of its own.
fn target(path: &Path, name: &str) -> Result<PathBuf, RefreshError> {
    path.canonicalize().map_err(|source| RefreshError::Read {
        path: name.to_owned(),
        source,
    })
}

fn read(path: &Path, name: &str) -> Result<String, RefreshError> {
    fs::read_to_string(path).map_err(|source| RefreshError::Read {
        path: name.to_owned(),
        source,
    })
}

/// Generates a crate from a model that is not written yet, for its problems alone.
fn try_out(generated_crate: &GeneratedCrate, text: &str) -> Result<(), RefreshError> {
    let options = &generated_crate.options;
    let options = Options {
        // The lines of a report are those of the refreshed text, which the file does not have.
        model_name: format!("{} (refreshed)", options.model_name),
        ..options.clone()
    };
    match generate(text, &options) {
        Ok(_) => Ok(()),
        Err(source) => Err(RefreshError::Generate {
            package: options.package,
            source,
        }),
    }
}
