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
        let name = &generated.package;
        match changes.as_slice() {
            [] => print(&format!("{name}: up to date, {}\n", summary(&generated)))?,
            changes => {
                let count = counted(changes.len(), "file");
                let (summary, skipped) = (summary(&generated), skipped(&generated));
                print(&format!("{name}: {count} changed, {summary}\n{skipped}"))?;
            }
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
            eprint!(
                "{CLEAR_LINE}[{}/{total}] {}",
                index + 1,
                member.options.package
            );
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
    let (operations, types) = (
        generated.service.operations.len(),
        generated.service.types.len(),
    );
    let skipped = match generated.service.skipped.len() {
        0 => String::new(),
        count => format!(", {count} skipped"),
    };
    format!(
        "{} and {}{skipped}",
        counted(operations, "operation"),
        counted(types, "type")
    )
}

/// Returns a line for each operation and each waiter that was left out, with the reason.
pub(super) fn skipped(generated: &Generated) -> String {
    let lines = generated
        .service
        .skipped
        .iter()
        .map(|skipped| format!("  skipped {}: {}\n", skipped.operation, skipped.reason));
    lines.collect()
}
