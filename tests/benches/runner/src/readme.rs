//! Where the tables are written.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::program::WORKSPACE;

/// What stands before the tables.
const MARK: &str = "<!-- What follows is written by the runner. -->\n";

/// Replaces the tables of the README.
///
/// # Errors
///
/// It is not there, or has no place for them.
pub fn write(tables: &str) -> Result<()> {
    let path = Path::new(WORKSPACE).join("README.md");
    let text = fs::read_to_string(&path)?;
    let (before, _) = text.split_once(MARK).context("the README has no mark")?;
    fs::write(&path, format!("{before}{MARK}\n{}\n", tables.trim_end()))?;
    eprintln!("{} is written", path.display());
    Ok(())
}
