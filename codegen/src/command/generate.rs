//! `cargo codegen` itself: regenerates or checks the crates of the workspace.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use anyhow::Result;
use smithy_reqwest_codegen::workspace::Workspace;
use smithy_reqwest_codegen::{Generated, output};

use super::{command_name, counted};

/// Regenerates every crate of the workspace.
pub(crate) fn regenerate() -> Result<()> {
    for (member, generated) in generate_all()? {
        let changes = output::write(&generated, &member)?;
        let name = &generated.package;
        match changes.as_slice() {
            [] => println!("{name}: up to date, {}", summary(&generated)),
            changes => {
                println!(
                    "{name}: {} changed, {}",
                    counted(changes.len(), "file"),
                    summary(&generated)
                );
                print_skipped(&generated);
            }
        }
    }
    Ok(())
}

/// Returns whether everything is up to date.
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
        println!("up to date: {}", names.join(", "));
        return Ok(true);
    }
    for change in &changed {
        eprintln!("{change}");
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
    let left_out = match generated.service.skipped.len() {
        0 => String::new(),
        count => format!(", {count} skipped"),
    };
    format!(
        "{} and {}{left_out}",
        counted(operations, "operation"),
        counted(types, "type")
    )
}

/// Prints what was skipped, and why.
pub(super) fn print_skipped(generated: &Generated) {
    for skipped in &generated.service.skipped {
        println!("  skipped {}: {}", skipped.operation, skipped.reason);
    }
}
