//! `cargo codegen diff`: the API changes between two models.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use smithy_reqwest_codegen::Options;
use smithy_reqwest_codegen::diff::{Class, Format, diff, generate_sides};
use smithy_reqwest_codegen::source::{ModelSource, ModelText, services};
use smithy_reqwest_codegen::workspace::{Workspace, WorkspaceError};

use super::{operations, print, print_json, write};

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
    #[arg(long, value_name = "CLASS", value_parser = ["major", "minor", "patch"])]
    fail_on: Option<String>,
    /// The crate to compare for, with the operations that its manifest names. By default that of
    /// the new model, or the only one of the same service; if there is none, all of the model.
    #[arg(long, value_name = "CRATE")]
    package: Option<String>,
    /// The service, if the models have several: its shape id or its name.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// The protocol, if the service has several, in place of that of the crate.
    #[arg(long, value_name = "PROTOCOL")]
    protocol: Option<String>,
    /// The operations to compare, in place of those of the crate.
    #[arg(long, value_name = "A,B", value_parser = operations)]
    operations: Vec<Vec<String>>,
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

/// Prints the report. Returns `false` if `--fail-on` forbids the difference.
pub(crate) fn run(arguments: &Diff) -> Result<bool> {
    let (old_name, new_name) = (arguments.old.to_string(), arguments.new.to_string());
    let (old_text, new_text) = (arguments.old.read()?, arguments.new.read()?);
    let found = options_of_crate(arguments, &new_text)?;
    let package = found.as_ref().map(|options| options.package.clone());
    let options = options(arguments, found);
    let side = |name, text| ModelText { name, text };
    let sides = [side(&*old_name, &*old_text), side(&new_name, &new_text)];
    let [old, new] = generate_sides(sides, &options)?;
    if old.service_id != new.service_id {
        bail!(
            "`{old_name}` is a model of `{}`, and `{new_name}` of `{}`; give two models of the same \
             service",
            old.service_id,
            new.service_id
        );
    }
    let difference = diff(&old, &new)?;
    let name = package.unwrap_or_else(|| new.service.sdk_id.clone());
    match arguments.format {
        Layout::Text => {
            let styled = is_styled();
            // What it quotes is escaped already, and its colors stay.
            write(&difference.report(&name, Format::Text { styled }))?;
        }
        Layout::Markdown => print(&difference.report(&name, Format::Markdown))?,
        Layout::Json => print_json(&difference.report(&name, Format::Json))?,
    }
    let verdict = difference.verdict();
    let limit = arguments.fail_on.as_deref();
    let mut classes = Class::ALL.into_iter();
    let limit = classes.find(|class| limit == Some(class.name()));
    match (verdict, limit) {
        (Some(verdict), Some(limit)) if verdict >= limit => {
            let (verdict, limit) = (verdict.name(), limit.name());
            eprintln!("error: the difference is {verdict}, which `--fail-on {limit}` forbids");
            Ok(false)
        }
        _ => Ok(true),
    }
}

/// Returns `true` if the report is colored: on a terminal, unless <https://no-color.org> turns
/// colors off.
fn is_styled() -> bool {
    let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_off
}

/// Returns the options for both models: those of the crate, changed by the arguments.
fn options(arguments: &Diff, of_crate: Option<Options>) -> Options {
    let mut options = of_crate.unwrap_or_else(|| Options::new("", "client"));
    if arguments.service.is_some() {
        options.service.clone_from(&arguments.service);
    }
    if arguments.protocol.is_some() {
        options.protocol.clone_from(&arguments.protocol);
    }
    if !arguments.operations.is_empty() {
        options.operations = arguments.operations.concat();
    }
    options.skip_unsupported |= arguments.skip_unsupported;
    options
}

/// Returns the options of the crate to compare for, if there is one: the crate of the new model, or
/// else the only one of the same service.
fn options_of_crate(arguments: &Diff, new: &str) -> Result<Option<Options>> {
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
    let found = found.or_else(|| workspace.crate_of_services(&services(new)));
    Ok(found.map(|found| found.options.clone()))
}

/// Returns `true` if a source is a model on disk, in any revision.
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
