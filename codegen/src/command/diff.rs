//! `cargo codegen diff`: what a change of the model means to the users of the crate.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use clap::{Args, ValueEnum};
use smithy_reqwest_codegen::diff::{Class, Format, diff};
use smithy_reqwest_codegen::source::ModelSource;
use smithy_reqwest_codegen::workspace::{GeneratedCrate, Workspace, WorkspaceError};
use smithy_reqwest_codegen::{Generated, Options, generate};

#[derive(Args)]
pub(crate) struct Diff {
    /// The model as it was: a file, or `git:REV:PATH` with a path from the root of the repository.
    old: ModelSource,
    /// The model as it is, in the same form.
    new: ModelSource,
    /// How to tell it.
    #[arg(long, value_enum, default_value = "text")]
    format: Shape,
    /// Exit with 1 where the difference is of this class or a greater one.
    #[arg(long, value_name = "CLASS")]
    fail_on: Option<Level>,
    /// The crate to compare for, with the operations that its manifest names. By default that of the
    /// new model, or the only one of the workspace; outside of one, all of the model.
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
enum Shape {
    Text,
    Markdown,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Major,
    Minor,
    Patch,
}

impl From<Level> for Class {
    fn from(level: Level) -> Self {
        match level {
            Level::Major => Self::Major,
            Level::Minor => Self::Minor,
            Level::Patch => Self::Patch,
        }
    }
}

/// Whether the difference is of a class below that which fails.
pub(crate) fn run(arguments: &Diff) -> Result<bool> {
    let options = options(arguments)?;
    let (old, new) = (
        generated(&arguments.old, &options)?,
        generated(&arguments.new, &options)?,
    );
    let difference = diff(&old, &new)?;
    let format = match arguments.format {
        Shape::Text => Format::Text {
            styled: is_styled(),
        },
        Shape::Markdown => Format::Markdown,
        Shape::Json => Format::Json,
    };
    print(&difference.report(&options.package, format))?;
    let fails = arguments
        .fail_on
        .is_some_and(|level| difference.verdict() >= Some(level.into()));
    Ok(!fails)
}

/// Prints a report, of which a reader such as `head` may want the beginning alone.
fn print(report: &str) -> Result<()> {
    match io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(error).context("the report could not be printed")
        }
        _ => Ok(()),
    }
}

/// Whether somebody looks at the report, and has not turned colours off: see <https://no-color.org>.
fn is_styled() -> bool {
    let is_off = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !is_off
}

fn generated(from: &ModelSource, options: &Options) -> Result<Generated> {
    let mut options = options.clone();
    options.model_name = from.to_string();
    Ok(generate(&from.read()?, &options)?)
}

/// What to generate of both models: what the crate takes, and what the arguments say otherwise.
fn options(arguments: &Diff) -> Result<Options> {
    let mut options = match member(arguments)? {
        Some(member) => member.options,
        None => Options::new("", "client"),
    };
    if arguments.service.is_some() {
        options.service.clone_from(&arguments.service);
    }
    if !arguments.operations.is_empty() {
        options.operations.clone_from(&arguments.operations);
    }
    options.skip_unsupported |= arguments.skip_unsupported;
    Ok(options)
}

/// The crate to compare for, where there is one.
fn member(arguments: &Diff) -> Result<Option<GeneratedCrate>> {
    let workspace = match (Workspace::find(), &arguments.package) {
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
    let mut members = workspace.members;
    if let Some(package) = &arguments.package {
        let names: Vec<String> = members
            .iter()
            .map(|it| it.options.package.clone())
            .collect();
        members.retain(|member| member.options.package == *package);
        if members.is_empty() {
            let names = names.join(", ");
            bail!("no crate `{package}` of this workspace is generated; there is: {names}");
        }
    }
    if members.len() > 1 {
        members.retain(|member| is_model_of(member, &arguments.new));
    }
    // Several crates of one model have different operations, and none is the one that is meant.
    let one = members.pop();
    Ok(one.filter(|_| members.is_empty()))
}

fn is_model_of(member: &GeneratedCrate, source: &ModelSource) -> bool {
    let Ok(model) = member.model.canonicalize() else {
        return false;
    };
    match source {
        ModelSource::File(path) => path.canonicalize().is_ok_and(|path| path == model),
        ModelSource::Revision { path, .. } => model.ends_with(Path::new(path)),
    }
}
