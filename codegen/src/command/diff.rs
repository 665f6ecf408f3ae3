//! `cargo codegen diff`: what a change of the model means to the users of the crate.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::Result;
use clap::{Args, ValueEnum};
use smithy_reqwest_codegen::Options;
use smithy_reqwest_codegen::diff::{Class, Format, diff, generate_sides};
use smithy_reqwest_codegen::source::{ModelSource, ModelText};
use smithy_reqwest_codegen::workspace::{Workspace, WorkspaceError};

use super::print;

/// Tell what a change of the model means to the users of the crate, and to its version.
///
/// Both models are generated, and nothing is written.
#[derive(Args)]
pub(crate) struct Diff {
    /// The model as it was: a file, or `git:REV:PATH` with a path from the root of the repository,
    /// or from the current folder after `./`.
    old: ModelSource,
    /// The model as it is, in the same form.
    new: ModelSource,
    /// How to tell it.
    #[arg(long, value_enum, default_value = "text")]
    format: Layout,
    /// Exit with 1 where the difference is of the class that is named, or a greater one.
    #[arg(long, value_name = "CLASS")]
    fail_on: Option<ClassName>,
    /// The crate to compare for, with the operations that its manifest names. By default that of the
    /// new model, or the only one of the workspace; where there is none, all of the model.
    #[arg(long, value_name = "CRATE")]
    package: Option<String>,
    /// The service, where the models have several: its shape id, or the name in it.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// The operations to compare, in place of those of the crate.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Leave out operations that need what is not supported, instead of failing.
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

/// Whether the difference is of a class below that which fails.
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
            eprintln!("the difference is {verdict}, and `--fail-on {limit}` does not let it pass");
            Ok(false)
        }
        _ => Ok(true),
    }
}

/// Whether somebody looks at the report, and has not turned colours off: see <https://no-color.org>.
fn is_styled() -> bool {
    let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_off
}

/// What to generate of both models: what the crate takes, and what the arguments say otherwise.
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

/// What the crate to compare for takes of its model, where there is one.
fn options_of_crate(arguments: &Diff) -> Result<Option<Options>> {
    let package = arguments.package.as_deref();
    let workspace = match (Workspace::find(), package) {
        (Ok(workspace), _) => workspace,
        // Models can be compared where there is no crate.
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

/// Whether a source is that of a model on disk, be it of another revision.
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
