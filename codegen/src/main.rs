//! `cargo codegen`: generates, checks and creates client crates, and compares models.

mod command;

use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use smithy_reqwest_codegen::Error;
use smithy_reqwest_codegen::diagnostic::Diagnostics;
use smithy_reqwest_codegen::refresh::RefreshError;
use smithy_reqwest_codegen::scaffold::ScaffoldError;
use smithy_reqwest_codegen::terminal::plain;
use smithy_reqwest_codegen::workspace::WorkspaceError;

use crate::command::{counted, diff, generate, new, refresh};

/// Generate Rust clients of AWS services from their Smithy models.
///
/// Without a command, regenerate every crate of the workspace whose manifest has
/// `[package.metadata.codegen]`.
#[derive(Parser)]
#[command(
    name = "cargo codegen",
    version,
    args_conflicts_with_subcommands = true
)]
#[command(
    after_help = "Exit codes: 0 success; 1 out of date, a difference that `--fail-on` forbids, an \
                  invalid model or another error; 2 wrong usage."
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
    New(new::New),
    Refresh(refresh::Refresh),
    Diff(diff::Diff),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let writes = !cli.check && !matches!(cli.command, Some(Command::Diff(_)));
    let done = match cli.command {
        Some(Command::New(arguments)) => new::run(arguments).map(|()| true),
        Some(Command::Refresh(arguments)) => refresh::run(&arguments).map(|()| true),
        Some(Command::Diff(arguments)) => diff::run(&arguments),
        None if cli.check => generate::check(),
        None => generate::regenerate().map(|()| true),
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

/// Prints an error. The problems of a model are shown in its source, with colors on a terminal.
/// `writes` is `true` if the command writes files.
fn report(error: &anyhow::Error, writes: bool) {
    match problems(error) {
        Some(problems) => {
            let is_terminal = std::io::stderr().is_terminal();
            let text = if is_terminal {
                problems.styled()
            } else {
                problems.to_string()
            };
            let outcome = if writes { "; nothing was written" } else { "" };
            eprintln!("{text}\n\n{}{outcome}", tally(problems));
        }
        _ => eprintln!("error: {}", plain(&format!("{error:#}"))),
    }
}

/// Returns the number of problems, and where they are.
fn tally(problems: &Diagnostics) -> String {
    let of_arguments = problems.iter().filter(|it| it.is_of_argument).count();
    let of_model = problems.iter().count() - of_arguments;
    let of_arguments = (of_arguments > 0)
        .then(|| format!("{} in the arguments", counted(of_arguments, "problem")));
    let of_model = (of_model > 0).then(|| format!("{} in the model", counted(of_model, "problem")));
    let parts: Vec<String> = of_arguments.into_iter().chain(of_model).collect();
    parts.join(" and ")
}

/// Returns the problems of a model, if they are what went wrong.
fn problems(error: &anyhow::Error) -> Option<&Diagnostics> {
    let generate_error = if let Some(RefreshError::Generate(error)) = error.downcast_ref() {
        error
    } else if let Some(ScaffoldError::Generate(error)) = error.downcast_ref() {
        error
    } else if let Some(WorkspaceError::Generate(error)) = error.downcast_ref() {
        error
    } else {
        error.downcast_ref()?
    };
    match generate_error {
        Error::Model(problems) => Some(problems),
        _ => None,
    }
}
