//! `cargo codegen refresh`: updates a model from a newer official one.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use smithy_reqwest_codegen::refresh::{Refreshed, refresh_file};
use smithy_reqwest_codegen::workspace::Workspace;

use super::{command_name, counted, print};

/// Update the facts of a crate's model from a newer official model.
///
/// Names, shapes, traits and constraints become those of the official model. The documentation, the
/// endpoint rules and their test cases stay, and so does the order of the file. New shapes and
/// members have no documentation, and are listed. The model is written only if every crate that
/// uses it can be generated from the result.
///
/// Changes of the official documentation are not reported, because they do not show without the
/// older official model.
#[derive(Args)]
#[command(after_help = "Exit codes: 0 success, or nothing to do; 1 error; 2 wrong usage.")]
pub(crate) struct Refresh {
    /// The newer official model: a Smithy JSON AST of the same service, as AWS publishes them.
    #[arg(long, value_name = "OFFICIAL.json")]
    from: PathBuf,
    /// The crate whose model to update, if those of the workspace have different models.
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
}

pub(crate) fn run(refresh: &Refresh) -> Result<()> {
    let workspace = Workspace::find()?;
    let package = refresh.package.as_deref();
    let (name, refreshed) = refresh_file(&workspace, package, &refresh.from)?;
    let official = refresh.from.display().to_string();
    print(&report(&name, &refreshed, &official))
}

fn report(name: &str, refreshed: &Refreshed, official: &str) -> String {
    let mut report = String::new();
    if refreshed.changes.is_empty() {
        report.push_str(&format!("{name}: up to date with {official}\n"));
    } else {
        for change in &refreshed.changes {
            report.push_str(&format!("{change}\n"));
        }
        let count = counted(refreshed.changes.len(), "change");
        report.push_str(&format!("\n{name}: {count} from {official}\n"));
    }
    for note in &refreshed.notes {
        report.push_str(&format!("\nnote: {note}\n"));
    }
    if !refreshed.undocumented.is_empty() {
        let count = counted(refreshed.undocumented.len(), "place");
        report.push_str(&format!(
            "\n{count} without documentation, which users will see:\n"
        ));
        for id in &refreshed.undocumented {
            report.push_str(&format!("  {id}\n"));
        }
    }
    if !refreshed.changes.is_empty() {
        let command = command_name();
        report.push_str(&format!("\nnext: {command}\n"));
        // After `./`, a path is relative to the current directory.
        if Path::new(name).is_relative() {
            report.push_str(&format!("then: {command} diff git:HEAD:./{name} {name}\n"));
        }
    }
    report
}
