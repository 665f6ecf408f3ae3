//! All stages, from a model to the text of files.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::check;
use crate::diagnostic::Diagnostics;
use crate::emit::emit;
use crate::format::{Root, Source};
use crate::ir::{Service, Skipped};
use crate::lower::lower;
use crate::model::Model;
use crate::select::{Wanted, select};
use crate::support::leave_out;

/// The client to generate.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// The name of the model in diagnostics, usually its path. The header of generated files
    /// contains only its last part, which is the same on every machine.
    pub model_name: String,
    /// The package of the sources, such as `appflow-client`.
    pub package: String,
    /// The service, if the model has several: its shape id or the name in it.
    pub service: Option<String>,
    /// The protocol, if the service has several: its name, such as `awsJson1_0`, or the ID of its
    /// trait. Defaults to the preferred one.
    pub protocol: Option<String>,
    /// The operations to generate. If empty, all of the service.
    pub operations: Vec<String>,
    /// Leave out operations that need unsupported features, instead of failing.
    pub skip_unsupported: bool,
    /// Is `true` if the client is a module of another crate. Then it has no examples, which rustdoc
    /// would compile as if that crate were the client.
    pub is_module: bool,
}

impl Options {
    /// Creates options for all operations of the only service of a model.
    pub fn new(model_name: impl Into<String>, package: impl Into<String>) -> Self {
        Self {
            model_name: model_name.into(),
            package: package.into(),
            ..Self::default()
        }
    }
}

/// Generated sources, by path.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Generated {
    /// The files of `src/generated`.
    pub library: BTreeMap<String, String>,
    /// The files of `tests/generated`.
    pub tests: BTreeMap<String, String>,
    /// The package of the sources.
    pub package: String,
    /// The shape id of the service.
    pub service_id: String,
    /// The data that the files are made of.
    #[doc(hidden)]
    pub service: Service,
}

impl Generated {
    /// Returns the operations and waiters that were left out, because they need unsupported
    /// features.
    #[must_use]
    pub fn skipped(&self) -> &[Skipped] {
        &self.service.skipped
    }
}

/// An error that prevents the generation of a client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// The model has problems.
    #[error(transparent)]
    Model(Box<Diagnostics>),
    /// An emitter generated invalid Rust, which is a bug in this crate.
    #[error(
        "generated invalid Rust in `{file}`: {error}; this is a bug in the generator: report it with the model"
    )]
    Emitter {
        /// The file.
        file: String,
        /// The problem.
        error: syn::Error,
    },
}

impl From<Diagnostics> for GenerateError {
    fn from(problems: Diagnostics) -> Self {
        Self::Model(Box::new(problems))
    }
}

/// Generates the sources of a client from the text of a model.
///
/// The result depends only on the arguments: it is the same on every machine and in every run.
///
/// # Errors
///
/// Every problem of the model, in one report.
pub fn generate(source: &str, options: &Options) -> Result<Generated, GenerateError> {
    let (service_id, mut service) = analyze(source, options)?;
    if options.is_module {
        for operation in &mut service.operations {
            operation.examples.clear();
        }
    }
    let crate_name = options.package.replace('-', "_");
    let sources = emit(&service, &crate_name);
    let errors = service.error_names();
    let root = |file: &str| {
        if options.is_module {
            Root::Ancestor(1 + file.matches('/').count())
        } else {
            Root::Crate
        }
    };
    Ok(Generated {
        library: render(sources.library, options, &errors, root)?,
        tests: render(sources.tests, options, &errors, |_| Root::Test(&crate_name))?,
        package: options.package.clone(),
        service_id,
        service,
    })
}

/// Reads, selects, checks and lowers; returns the id of the service too.
fn analyze(source: &str, options: &Options) -> Result<(String, Service), Diagnostics> {
    let mut diagnostics = Diagnostics::new(&options.model_name, source);
    let model = Model::read(source, &mut diagnostics);
    let wanted = Wanted {
        service: options.service.as_deref(),
        protocol: options.protocol.as_deref(),
        operations: &options.operations,
    };
    let selection = select(&model, wanted, &mut diagnostics);
    let selection = selection.and_then(|selection| {
        leave_out(
            &model,
            selection,
            wanted.protocol,
            options.skip_unsupported,
            &mut diagnostics,
        )
    });
    let Some((selection, skipped)) = selection else {
        return Err(diagnostics);
    };
    let accepted = check(&model, &selection, skipped, diagnostics)?;
    Ok((selection.service.shape.id.to_string(), lower(accepted)))
}

fn render<'r>(
    sources: BTreeMap<String, Source>,
    options: &Options,
    errors: &BTreeSet<String>,
    root: impl Fn(&str) -> Root<'r>,
) -> Result<BTreeMap<String, String>, GenerateError> {
    let model = options
        .model_name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default();
    sources
        .into_iter()
        .map(
            |(file, source)| match source.render(model, root(&file), errors) {
                Ok(text) => Ok((file, text)),
                Err(error) => Err(GenerateError::Emitter { file, error }),
            },
        )
        .collect()
}
