//! `cargo codegen refresh`: says what a newer official model has changed, and what is left to do.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;
use smithy_reqwest_codegen::refresh::{RefreshedFile, refresh_file};
use smithy_reqwest_codegen::workspace::Workspace;

use super::{command_name, counted, print};

/// Take the facts of a newer official model over into the model of a crate.
///
/// Names, shapes, traits and bounds become those of the official model. The documentation, the
/// endpoint rules and their cases stay as they are, and so do the order of the file and its
/// formatting. What is new comes without documentation, and everything without is listed. The model
/// is written only if every crate that has it can be generated from it.
///
/// Which sentences of the official documentation have changed is not told: only the older official
/// model would show it.
#[derive(Args)]
#[command(after_help = "Exit codes: 0 done, or nothing to do; 1 a failure; 2 usage.")]
pub(crate) struct Refresh {
    /// The newer official model: a Smithy JSON AST of the same service, as AWS publishes them.
    #[arg(long, value_name = "OFFICIAL.json")]
    from: PathBuf,
    /// The crate whose model it is, where those of the workspace have different ones.
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
}

pub(crate) fn run(refresh: &Refresh) -> Result<()> {
    let workspace = Workspace::find()?;
    let file = refresh_file(&workspace, refresh.package.as_deref(), &refresh.from)?;
    print(&report(&file, &refresh.from.display().to_string()))
}

fn report(file: &RefreshedFile, official: &str) -> String {
    let RefreshedFile {
        name, refreshed, ..
    } = file;
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
        report.push_str(&format!("\nlook at this: {note}\n"));
    }
    if !refreshed.undocumented.is_empty() {
        let count = counted(refreshed.undocumented.len(), "place");
        report.push_str(&format!(
            "\n{count} without documentation; write it, it is shown to users:\n"
        ));
        for id in &refreshed.undocumented {
            report.push_str(&format!("  {id}\n"));
        }
    }
    if !refreshed.changes.is_empty() {
        let command = command_name();
        report.push_str(&format!(
            "
next: {command}
"
        ));
        // After `./`, git takes a path from the folder that one is in.
        if Path::new(name).is_relative() {
            report.push_str(&format!(
                "then: {command} diff git:HEAD:./{name} {name}
"
            ));
        }
    }
    report
}
