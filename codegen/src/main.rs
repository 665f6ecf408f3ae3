//! `cargo codegen`: regenerates, checks and makes client crates, and tells what changes of models
//! mean.

mod command;

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, Parser, Subcommand};
use smithy_reqwest_codegen::diagnostic::Diagnostics;
use smithy_reqwest_codegen::refresh::RefreshError;
use smithy_reqwest_codegen::scaffold::{NewCrate, ScaffoldError, scaffold};
use smithy_reqwest_codegen::workspace::{Workspace, WorkspaceError};
use smithy_reqwest_codegen::{GenerateError, Generated, output};

use crate::command::{diff, refresh};

/// Generates Rust clients of AWS services from their Smithy models.
///
/// Without a command, regenerates every crate of the workspace whose manifest has
/// `[package.metadata.codegen]`.
#[derive(Parser)]
#[command(
    name = "cargo codegen",
    version,
    args_conflicts_with_subcommands = true
)]
#[command(
    after_help = "Exit codes: 0 done; 1 out of date, a difference of the class that `--fail-on` names or \
                  of a greater one, an invalid model or a failure; 2 usage."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Write nothing; list what is out of date, and exit with 1 if anything is.
    #[arg(long)]
    check: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Make a new client crate from a model: manifest, front page, sources and tests.
    New(New),
    Refresh(refresh::Refresh),
    /// Tell what a change of the model means to the users of the crate, and to its version.
    ///
    /// Both models are generated, and nothing is written.
    Diff(diff::Diff),
}

#[derive(Args)]
struct New {
    /// The model: a Smithy JSON AST, as AWS publishes them.
    #[arg(long, value_name = "FILE")]
    model: PathBuf,
    /// The name of the crate, as in `appflow-client`.
    #[arg(long, value_name = "CRATE")]
    name: String,
    /// The folder to make the crate in. It must be empty or not be there.
    #[arg(long, value_name = "DIR")]
    path: PathBuf,
    /// The service, where the model has several: its shape id, or the name in it.
    #[arg(long, value_name = "ID")]
    service: Option<String>,
    /// The operations to generate, with the shapes they need and nothing else. All by default.
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    operations: Vec<String>,
    /// Leave out operations that need what is not supported, instead of failing.
    #[arg(long)]
    skip_unsupported: bool,
    /// Depend on the runtime in this folder, instead of on its published version.
    #[arg(long, value_name = "DIR")]
    runtime_path: Option<PathBuf>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let writes = !cli.check && !matches!(cli.command, Some(Command::Diff(_)));
    let done = match cli.command {
        Some(Command::New(new)) => make_new(new).map(|()| true),
        Some(Command::Refresh(arguments)) => refresh::run(&arguments).map(|()| true),
        Some(Command::Diff(arguments)) => diff::run(&arguments),
        None if cli.check => check(),
        None => regenerate().map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            report(&error, writes);
            ExitCode::FAILURE
        }
    }
}

fn regenerate() -> Result<()> {
    for (member, generated) in generate_all()? {
        let changes = output::write(&generated, &member)?;
        let name = &generated.package;
        match changes.as_slice() {
            [] => println!("{name}: up to date, {}", summary(&generated)),
            changes => println!(
                "{name}: {} changed, {}",
                files(changes.len()),
                summary(&generated)
            ),
        }
        print_skipped(&generated);
    }
    Ok(())
}

/// Whether everything is up to date.
fn check() -> Result<bool> {
    let mut changed = Vec::new();
    let mut names = Vec::new();
    for (member, generated) in generate_all()? {
        names.push(generated.package.clone());
        for change in output::compare(&generated, &member)? {
            changed.push(format!("{}: {change}", generated.package));
        }
    }
    if changed.is_empty() {
        println!("up to date: {}", names.join(", "));
        return Ok(true);
    }
    for change in &changed {
        eprintln!("{change}");
    }
    let count = files(changed.len());
    eprintln!("\n{count} out of date; run `cargo codegen`, review the difference and commit it");
    Ok(false)
}

/// Generates every crate before any is written, so that a bad model leaves nothing half done.
fn generate_all() -> Result<Vec<(PathBuf, Generated)>> {
    let workspace = Workspace::find()?;
    let total = workspace.members.len();
    let shows_progress = total > 1 && std::io::stderr().is_terminal();
    let mut all = Vec::new();
    for (index, member) in workspace.members.iter().enumerate() {
        if shows_progress {
            eprintln!("[{}/{total}] {}", index + 1, member.options.package);
        }
        all.push((member.dir.clone(), member.generate()?));
    }
    Ok(all)
}

fn make_new(new: New) -> Result<()> {
    let New {
        model,
        name,
        path,
        service,
        operations,
        skip_unsupported,
        runtime_path,
    } = new;
    let new_crate = NewCrate {
        model,
        name,
        path,
        service,
        operations,
        skip_unsupported,
        runtime_path,
    };
    let generated = scaffold(&new_crate)
        .with_context(|| format!("`{}` was not made", new_crate.path.display()))?;
    println!(
        "{}: made in {}, {}",
        new_crate.name,
        new_crate.path.display(),
        summary(&generated)
    );
    print_skipped(&generated);
    println!(
        "try it: cargo test --manifest-path {}",
        new_crate.path.join("Cargo.toml").display()
    );
    Ok(())
}

fn summary(generated: &Generated) -> String {
    let (operations, types) = (
        generated.service.operations.len(),
        generated.service.types.len(),
    );
    let plural = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    format!(
        "{} and {}",
        plural(operations, "operation"),
        plural(types, "type")
    )
}

fn files(count: usize) -> String {
    if count == 1 {
        "1 file".to_owned()
    } else {
        format!("{count} files")
    }
}

fn print_skipped(generated: &Generated) {
    for skipped in &generated.service.skipped {
        println!(
            "  left out: {}, since {}",
            skipped.operation, skipped.reason
        );
    }
}

/// Reports a model with its source in colours where somebody looks at them. `writes` is whether the
/// command would have written something.
fn report(error: &anyhow::Error, writes: bool) {
    match problems(error) {
        Some(problems) => {
            let is_terminal = std::io::stderr().is_terminal();
            let text = if is_terminal {
                problems.styled()
            } else {
                problems.to_string()
            };
            let count = problems.iter().count();
            let noun = if count == 1 { "problem" } else { "problems" };
            let outcome = if writes { "; nothing was written" } else { "" };
            eprintln!("{text}\n\n{count} {noun} in the model{outcome}");
        }
        _ => eprintln!("error: {error:#}"),
    }
}

/// The problems of a model, where they are what went wrong.
fn problems(error: &anyhow::Error) -> Option<&Diagnostics> {
    if let Some(error) = error.downcast_ref::<RefreshError>() {
        return error.problems();
    }
    let generate_error = match (error.downcast_ref(), error.downcast_ref()) {
        (Some(WorkspaceError::Generate(error)), _) | (_, Some(ScaffoldError::Generate(error))) => {
            error
        }
        _ => error.downcast_ref()?,
    };
    match generate_error {
        GenerateError::Model(problems) => Some(problems),
        _ => None,
    }
}
