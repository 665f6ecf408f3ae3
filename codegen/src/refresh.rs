//! Updates the facts of a model from a newer official one, and keeps the documentation.
//!
//! A model that is published with a crate contains the facts of the official model, but its own
//! documentation; the module `fact` distinguishes them. When AWS publishes a newer model,
//! [`refresh`] updates the facts. Pretty-printed JSON, as published by AWS, keeps its layout, so
//! its line diff shows the difference between the models. New shapes and members have no
//! documentation, and are listed.
//!
//! [`refresh_file`] updates the model of a generated crate, if the crate can be generated from the
//! result.

mod change;
mod fact;
mod file;
mod json;
mod merge;
mod note;

use crate::error::Error;
use crate::source::{ModelText, SourceError};
use crate::workspace::WorkspaceError;

use self::fact::{Level, facts};
use self::json::Json;
use self::merge::merge;

pub use self::file::refresh_file;

/// A model with newer facts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Refreshed {
    /// The text of the model.
    pub text: String,
    /// The changes, a line each; none if the facts were up to date.
    pub changes: Vec<String>,
    /// The ids of all shapes and members that users see and that have no documentation.
    pub undocumented: Vec<String>,
    /// Other things to check, one sentence each.
    pub notes: Vec<String>,
}

/// The error of refreshing a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RefreshError {
    /// The models have no service in common.
    #[error(
        "`{official}` is a model of {}, and `{ours}` is a model of {}: use the official model of \
         the same service",
        listed(theirs),
        listed(services)
    )]
    AnotherService {
        /// Our model.
        ours: String,
        /// Its services.
        services: Vec<String>,
        /// The official model.
        official: String,
        /// Its services.
        theirs: Vec<String>,
    },
    /// A model cannot be read.
    #[error(transparent)]
    Read(#[from] SourceError),
    /// The crate, or its workspace, was not found.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// A model is invalid, a crate cannot be generated from the refreshed model, or the model could
    /// not be written.
    #[error(transparent)]
    Generate(#[from] Error),
}

fn listed(services: &[String]) -> String {
    match services {
        [] => "no service".to_owned(),
        services => services.join(", "),
    }
}

/// Updates the facts of our model from an official one.
///
/// The result has the facts of `official`, with members in its order. What is ours stays: the
/// documentation, the endpoint rules and their test cases, and the order of everything else. A
/// model whose facts are up to date keeps its text; any other is printed as pretty JSON, with the
/// indent of the file.
///
/// Changes of the official documentation are not reported, because they do not show without the
/// older official model.
///
/// # Errors
///
/// An invalid model, or the model of another service.
pub fn refresh(ours: &ModelText<'_>, official: &ModelText<'_>) -> Result<Refreshed, RefreshError> {
    let (old, new) = (Json::of_model(ours)?, Json::of_model(official)?);
    let (services, theirs) = (services(&old), services(&new));
    if !services.iter().any(|id| theirs.contains(id)) {
        return Err(RefreshError::AnotherService {
            ours: ours.name.to_owned(),
            services,
            official: official.name.to_owned(),
            theirs,
        });
    }
    let new_facts = facts(&new, Level::Document);
    let changes = change::changes(&facts(&old, Level::Document), &new_facts);
    let mut notes = note::notes(&old, &new);
    let (mut model, mut text) = (old, ours.text.to_owned());
    if !changes.is_empty() {
        if model.print_like(&text) != text {
            notes.push(format!(
                "`{}` was not pretty-printed JSON, so all of it was reformatted",
                ours.name
            ));
        }
        model = merge(model, &new_facts, Level::Document);
        text = model.print_like(&text);
    }
    Ok(Refreshed {
        text,
        changes,
        undocumented: note::undocumented(&model),
        notes,
    })
}

/// Returns the ids of the services of a model.
fn services(model: &Json) -> Vec<String> {
    let shapes = model.entries("shapes");
    let services = shapes.filter(|(_, shape)| shape.kind() == Some("service"));
    services.map(|(id, _)| id.clone()).collect()
}
