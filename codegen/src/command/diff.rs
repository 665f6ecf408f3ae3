//! `cargo codegen diff`: the API changes between two models.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};
use smithy_reqwest_codegen::Options;
use smithy_reqwest_codegen::diff::{Class, Format, diff, generate_sides};
use smithy_reqwest_codegen::source::{ModelSource, ModelText};
use smithy_reqwest_codegen::workspace::{Workspace, WorkspaceError};

use super::print;

/// Show API changes and the version bump they require.
///
/// Both models are generated, and nothing is written.
#[derive(Args)]
pub(crate) struct Diff {
    /// The old model: a file, or `git:REV:PATH` with a path relative to the root of the repository,
    /// or to the current directory after `./`.
    old: ModelSource,
    /// The new model, in the same form.
    new: ModelSource,
    /// The format of the report.
    #[arg(long, value_enum, default_value = "text")]
    format: Layout,
    /// Exit with 1 if the difference requires this version bump or a greater one.
    #[arg(long, value_name = "CLASS")]
    fail_on: Option<ClassName>,
    /// The crate to compare, with the operations that its manifest names. The default is the crate of
    /// the new model, or the only one of the workspace; without a crate, all operations are compared.
    #[arg(long, value_name = "CRATE")]
    package: Option<String>,
    /// The service, if the models have several: its shape id or its name.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// The operations to compare, instead of those of the crate.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Skip operations that need unsupported features, instead of failing.
    #[arg(long)]
    skip_unsupported: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Layout {
    Text,
    Markdown,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum ClassName {
    Major,
    Minor,
    Patch,
}

impl From<ClassName> for Class {
    fn from(name: ClassName) -> Self {
        match name {
            ClassName::Major => Self::Major,
            ClassName::Minor => Self::Minor,
            ClassName::Patch => Self::Patch,
        }
    }
}

/// Returns whether the difference passes `--fail-on`.
pub(crate) fn run(arguments: &Diff) -> Result<bool> {
    let options = options(arguments)?;
    let (old_name, new_name) = (arguments.old.to_string(), arguments.new.to_string());
    let (old_text, new_text) = (arguments.old.read()?, arguments.new.read()?);
    let side = |name, text| ModelText { name, text };
    let sides = [side(&*old_name, &*old_text), side(&new_name, &new_text)];
    let [old, new] = generate_sides(sides, &options)?;
    let difference = diff(&old, &new)?;
    let format = match arguments.format {
        Layout::Text => Format::Text {
            styled: is_styled(),
        },
        Layout::Markdown => Format::Markdown,
        Layout::Json => Format::Json,
    };
    print(&difference.report(&options.package, format))?;
    let verdict = difference.verdict();
    let limit = arguments.fail_on.map(Class::from);
    match (verdict, limit) {
        (Some(verdict), Some(limit)) if verdict >= limit => {
            let (verdict, limit) = (verdict.name(), limit.name());
            eprintln!("error: the difference is {verdict}, which `--fail-on {limit}` forbids");
            Ok(false)
        }
        _ => Ok(true),
    }
}

/// Returns whether to use colors: on a terminal, unless <https://no-color.org> turns them off.
fn is_styled() -> bool {
    let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_off
}

/// Returns the options for both models: those of the crate, with the arguments on top.
fn options(arguments: &Diff) -> Result<Options> {
    let options = options_of_crate(arguments)?;
    let mut options = options.unwrap_or_else(|| Options::new("", "client"));
    if arguments.service.is_some() {
        options.service.clone_from(&arguments.service);
    }
    if !arguments.operations.is_empty() {
        options.operations.clone_from(&arguments.operations);
    }
    options.skip_unsupported |= arguments.skip_unsupported;
    Ok(options)
}

/// Returns the options of the crate to compare, if there is one.
fn options_of_crate(arguments: &Diff) -> Result<Option<Options>> {
    let package = arguments.package.as_deref();
    let workspace = match (Workspace::find(), package) {
        (Ok(workspace), _) => workspace,
        // Models can be compared without a crate.
        (
            Err(WorkspaceError::Nothing | WorkspaceError::Cargo(_) | WorkspaceError::Run(_)),
            None,
        ) => {
            return Ok(None);
        }
        (Err(error), _) => return Err(error.into()),
    };
    let is_model = |model: &Path| is_same(model, &arguments.new);
    let found = workspace.crate_of_model(package, is_model)?;
    Ok(found.map(|found| found.options.clone()))
}

/// Returns whether a source is a model on disk, in any revision.
fn is_same(model: &Path, source: &ModelSource) -> bool {
    let Ok(model) = model.canonicalize() else {
        return false;
    };
    let is_here = |path: &Path| path.canonicalize().is_ok_and(|path| path == model);
    match source {
        ModelSource::File(path) => is_here(path),
        ModelSource::Revision { path, .. } if path.starts_with('.') => is_here(Path::new(path)),
        ModelSource::Revision { path, .. } => model.ends_with(path),
    }
}
