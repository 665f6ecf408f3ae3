//! `cargo codegen` itself: regenerates or checks the crates of the workspace.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use anyhow::Result;
use smithy_reqwest_codegen::terminal::plain;
use smithy_reqwest_codegen::workspace::Workspace;
use smithy_reqwest_codegen::{Generated, output};

use super::{command_name, counted, print};

/// Regenerates every crate of the workspace.
pub(crate) fn regenerate() -> Result<()> {
    for (member, generated) in generate_all()? {
        let changes = output::write(&generated, &member)?;
        let (name, summary) = (&generated.package, summary(&generated));
        if changes.is_empty() {
            print(&format!("{name}: up to date, {summary}\n"))?;
        } else {
            let (count, skipped) = (counted(changes.len(), "file"), skipped(&generated));
            print(&format!("{name}: {count} changed, {summary}\n{skipped}"))?;
        }
    }
    Ok(())
}

/// Returns `true` if everything is up to date.
pub(crate) fn check() -> Result<bool> {
    let mut changed = Vec::new();
    let mut names = Vec::new();
    for (member, generated) in generate_all()? {
        names.push(generated.package.clone());
        for change in output::compare(&generated, &member)? {
            changed.push(format!("{}: {change}", generated.package));
        }
    }
    if changed.is_empty() {
        print(&format!("up to date: {}\n", names.join(", ")))?;
        return Ok(true);
    }
    for change in &changed {
        eprintln!("{}", plain(change));
    }
    let count = counted(changed.len(), "file");
    let command = command_name();
    eprintln!("\n{count} out of date; run `{command}`, review the diff and commit it");
    Ok(false)
}

/// Moves the cursor of a terminal to the beginning of its line, and clears the line.
const CLEAR_LINE: &str = "\r\x1b[K";

/// Generates every crate before any is written, so that nothing is written if a model is invalid.
fn generate_all() -> Result<Vec<(PathBuf, Generated)>> {
    let workspace = Workspace::find()?;
    let total = workspace.members.len();
    let shows_progress = total > 1 && std::io::stderr().is_terminal();
    let mut all = Vec::new();
    for (index, member) in workspace.members.iter().enumerate() {
        if shows_progress {
            let (number, package) = (index + 1, &member.options.package);
            eprint!("{CLEAR_LINE}[{number}/{total}] {package}");
        }
        let generated = member.generate();
        if shows_progress {
            eprint!("{CLEAR_LINE}");
        }
        all.push((member.dir.clone(), generated?));
    }
    Ok(all)
}

/// Summarizes what was generated.
pub(super) fn summary(generated: &Generated) -> String {
    let service = &generated.service;
    let operations = counted(service.operations.len(), "operation");
    let types = counted(service.types.len(), "type");
    let skipped = match service.skipped.len() {
        0 => String::new(),
        count => format!(", {count} skipped"),
    };
    format!("{operations} and {types}{skipped}")
}

/// Returns a line for each operation and each waiter that was left out, with the reason.
pub(super) fn skipped(generated: &Generated) -> String {
    let skipped = generated.skipped().iter();
    let lines = skipped.map(|it| format!("  skipped {}: {}\n", it.operation, it.reason));
    lines.collect()
}
