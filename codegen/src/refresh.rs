//! A newer official model: its facts are taken over into a model of which the sentences are ours.
//!
//! A model that is published with a crate has the facts of the official one and documentation of
//! its own; the module `fact` says which is which. When AWS publishes a newer model, [`refresh`]
//! edits the text of ours so that the facts are the newer ones. Whatever has not changed keeps its
//! bytes: the difference in version control is the difference of the models. What is new comes
//! without documentation, and is listed, so that somebody writes it.
//!
//! [`refresh_file`] does the same to the model of a generated crate, once the crate can be
//! generated from the result.

mod change;
mod endpoint;
mod fact;
mod file;
mod layout;
mod merge;
mod node;
mod order;
mod prose;
mod renamed;
mod rewrite;
mod undocumented;

use crate::diagnostic::Diagnostics;
use crate::generate::GenerateError;
use crate::output::OutputError;
use crate::source::ModelText;
use crate::workspace::WorkspaceError;

use self::fact::Level;
use self::layout::Style;
use self::merge::Merge;
use self::node::Node;

pub use self::change::{Change, ChangeKind};
pub use self::file::{RefreshedFile, refresh_file};

/// A model with newer facts.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Refreshed {
    /// The text of the model.
    pub text: String,
    /// What has changed; nothing where the facts were those of the official model already.
    pub changes: Vec<Change>,
    /// The ids of all shapes and members that users see and that have no documentation.
    pub undocumented: Vec<String>,
    /// What else somebody should look at, a sentence each.
    pub notes: Vec<String>,
}

/// Why a model was not refreshed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RefreshError {
    /// A model cannot be read, or is none.
    #[error(transparent)]
    Model(Box<Diagnostics>),
    /// The models have no service in common.
    #[error(
        "`{official}` is a model of {}, and `{ours}` one of {}; give the official model of the \
         same service",
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
    /// The facts did not become those of the official model: a bug in this crate.
    #[error(
        "the facts of `{official}` were not taken over whole; this is a bug in the generator, so \
         report it with both models"
    )]
    Unfaithful {
        /// The official model.
        official: String,
    },
    /// A file cannot be read.
    #[error("`{path}` could not be read")]
    Read {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The crates of the workspace, or which of them is meant, cannot be told.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// A crate cannot be generated from the refreshed model.
    #[error("`{package}` cannot be generated from the refreshed model")]
    Generate {
        /// The crate.
        package: String,
        /// The problems.
        source: GenerateError,
    },
    /// The model could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl RefreshError {
    /// The problems of a model, where it is these.
    #[must_use]
    pub fn problems(&self) -> Option<&Diagnostics> {
        match self {
            Self::Model(problems)
            | Self::Generate {
                source: GenerateError::Model(problems),
                ..
            } => Some(problems),
            _ => None,
        }
    }
}

impl From<Diagnostics> for RefreshError {
    fn from(problems: Diagnostics) -> Self {
        Self::Model(Box::new(problems))
    }
}

fn listed(services: &[String]) -> String {
    match services {
        [] => "no service".to_owned(),
        services => services.join(", "),
    }
}

/// Takes the facts of an official model over into the text of ours.
///
/// The result has the facts of `official`, with its members in their order. Everything else is as
/// in `ours`: the documentation, the endpoint rules and their cases, the order of all else and the
/// formatting. What official documentation has changed cannot be seen without the older official
/// model, so it is not told.
///
/// # Errors
///
/// A text that is no Smithy model, with the places of all problems, or the model of another
/// service.
pub fn refresh(ours: &ModelText<'_>, official: &ModelText<'_>) -> Result<Refreshed, RefreshError> {
    let (old, new) = (Node::of_model(ours)?, Node::of_model(official)?);
    let (services, theirs) = (services(&old), services(&new));
    if !services.iter().any(|id| theirs.contains(id)) {
        return Err(RefreshError::AnotherService {
            ours: ours.name.to_owned(),
            services,
            official: official.name.to_owned(),
            theirs,
        });
    }
    let changes = change::changes(&old, &new);
    let text = merged(ours, &old, &new);
    let refreshed = Node::of_model(&ModelText {
        text: &text,
        ..*ours
    })?;
    if !change::changes(&refreshed, &new).is_empty() {
        let official = official.name.to_owned();
        return Err(RefreshError::Unfaithful { official });
    }
    Ok(Refreshed {
        notes: [
            renamed::notes(&old, &new),
            prose::notes(&old, &new),
            endpoint::notes(&old, &new),
        ]
        .concat(),
        undocumented: undocumented::undocumented(&refreshed),
        changes,
        text,
    })
}

fn merged(ours: &ModelText<'_>, old: &Node<'_>, new: &Node<'_>) -> String {
    let style = Style::of(old);
    let merged = Merge { style: &style }.value(old, new, Level::Document, false);
    let before = ours.text.get(..old.span.start).unwrap_or_default();
    let after = ours.text.get(old.span.end..).unwrap_or_default();
    format!("{before}{merged}{after}")
}

/// The ids of the services of a model.
fn services(model: &Node<'_>) -> Vec<String> {
    let shapes = model.shapes().iter();
    let services = shapes.filter(|shape| shape.value.kind().as_deref() == Some("service"));
    services.map(|shape| shape.key.clone()).collect()
}
