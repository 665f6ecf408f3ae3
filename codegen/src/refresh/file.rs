//! The model of a generated crate, refreshed on disk.

use std::path::Path;

use super::{RefreshError, Refreshed, refresh};
use crate::generate::generate;
use crate::output::write_file;
use crate::source::{ModelSource, ModelText, SourceError};
use crate::workspace::Workspace;

/// Refreshes the model of a generated crate from an official one. `package` names the crate if
/// those of the workspace have different models. Returns the path of the model, from the current
/// folder if it is inside, and the result.
///
/// The file is written if it changes, and only after every crate that is generated from it has been
/// generated from the result.
///
/// # Errors
///
/// A file that cannot be read or written, the errors of [`refresh`], or a refreshed model that a
/// crate cannot be generated from. Nothing is written then.
pub fn refresh_file(
    workspace: &Workspace,
    package: Option<&str>,
    official: &Path,
) -> Result<(String, Refreshed), RefreshError> {
    let (model, crates) = workspace.crates_of_model(package)?;
    let name = crates.first().map(|it| it.options.model_name.clone());
    let name = name.unwrap_or_default();
    // Writing replaces the file, so a link has to be followed first.
    let model = model.canonicalize().map_err(|error| SourceError::File {
        path: name.clone().into(),
        error,
    })?;
    let text = ModelSource::File(model.clone()).read()?;
    let official_name = official.display().to_string();
    let official_text = ModelSource::File(official.to_owned()).read()?;
    let refreshed = refresh(
        &ModelText {
            name: &name,
            text: &text,
        },
        &ModelText {
            name: &official_name,
            text: &official_text,
        },
    )?;
    if refreshed.text != text {
        for generated_crate in crates {
            let mut options = generated_crate.options.clone();
            // The line numbers of a report are those of the refreshed text.
            options.model_name.push_str(" (refreshed)");
            generate(&refreshed.text, &options)?;
        }
        write_file(&model, &refreshed.text)?;
    }
    Ok((name, refreshed))
}
