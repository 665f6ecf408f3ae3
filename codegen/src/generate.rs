//! All stages, from a model to the text of files.

use std::collections::BTreeMap;

use crate::check::check;
use crate::diagnostic::Diagnostics;
use crate::emit::{File, Folder, files};
use crate::error::Error;
use crate::format::Root;
use crate::ir::{Service, Skipped};
use crate::lower::lower;
use crate::model::Model;
use crate::options::Options;
use crate::parallel;
use crate::select::select;
use crate::support::leave_out;

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

/// Generates the sources of a client from the text of a model.
///
/// The result depends only on the arguments: it is the same on every machine and in every run.
///
/// # Errors
///
/// Every problem of the model, in one report.
pub fn generate(source: &str, options: &Options) -> Result<Generated, Error> {
    let (service_id, mut service) = analyze(source, options)?;
    if options.is_module {
        for operation in &mut service.operations {
            operation.examples.clear();
            operation.event_example = None;
        }
    }
    let crate_name = options.package.replace('-', "_");
    let errors = service.error_names();
    let root = |file: &File<'_>| match file.folder {
        Folder::Tests => Root::Test(&crate_name),
        Folder::Library if options.is_module => Root::Ancestor(1 + file.path.matches('/').count()),
        Folder::Library => Root::Crate,
    };
    let model = options.model_name.rsplit(['/', '\\']).next();
    let render = |file: &File<'_>| {
        let source = file.source();
        let text = source.render(model.unwrap_or_default(), root(file), &errors);
        text.map_err(|error| Error::InvalidRust {
            file: file.path.clone(),
            error,
        })
    };
    let (mut library, mut tests) = (BTreeMap::new(), BTreeMap::new());
    let files = files(&service, &crate_name);
    let rendered = parallel::map(&files, render);
    for (file, text) in files.into_iter().zip(rendered) {
        let folder = match file.folder {
            Folder::Library => &mut library,
            Folder::Tests => &mut tests,
        };
        folder.insert(file.path, text?);
    }
    Ok(Generated {
        library,
        tests,
        package: options.package.clone(),
        service_id,
        service,
    })
}

/// Reads, selects, checks and lowers; returns the id of the service too.
fn analyze(source: &str, options: &Options) -> Result<(String, Service), Diagnostics> {
    let mut diagnostics = Diagnostics::new(&options.model_name, source);
    let model = Model::read(source, &mut diagnostics);
    let selection = select(&model, options, &mut diagnostics)
        .and_then(|selection| leave_out(&model, selection, options, &mut diagnostics));
    let Some((selection, skipped)) = selection else {
        return Err(diagnostics);
    };
    let accepted = check(&model, &selection, skipped, diagnostics)?;
    Ok((selection.service.shape.id.to_string(), lower(accepted)))
}
