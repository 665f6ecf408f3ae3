//! The README, whose tables this program writes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::program::WORKSPACE;
use crate::table::Table;

/// The line before the tables.
const MARK: &str = "<!-- What follows is written by the runner. -->\n";

/// Replaces these tables of the README, and puts those that it does not have behind the ones before
/// them.
///
/// # Errors
///
/// It is not there, or has no place for them.
pub fn write(tables: &[Table]) -> Result<()> {
    let text = read()?;
    let (before, after) = text.split_once(MARK).context("the README has no mark")?;
    let mut sections: Vec<String> = after
        .split("\n## ")
        .map(|section| section.trim().trim_start_matches("## ").to_owned())
        .filter(|section| !section.is_empty())
        .collect();
    let mut next = 0;
    for table in tables {
        let section = table.markdown();
        let section = section.trim().trim_start_matches("## ").to_owned();
        let is_this = |it: &String| it.lines().next() == Some(table.title);
        if let Some(at) = sections.iter().position(is_this) {
            sections[at] = section;
            next = at + 1;
        } else {
            sections.insert(next, section);
            next += 1;
        }
    }
    let tables = sections.join("\n\n## ");
    fs::write(path(), format!("{before}{MARK}\n## {tables}\n"))?;
    Ok(())
}

/// The figures of a row that compares the programs, in their order.
///
/// # Errors
///
/// There is no such row.
pub fn figures(text: &str, what: &str) -> Result<[f64; 3]> {
    let start = format!("| {what} |");
    let row = text.lines().find_map(|line| line.strip_prefix(&start));
    let row = row.with_context(|| format!("the README has no row {what:?}"))?;
    let figures: Result<Vec<f64>, _> = row
        .split('|')
        .take(3)
        .map(|figure| figure.trim().replace(',', "").parse())
        .collect();
    let figures = figures.with_context(|| format!("the row {what:?} has figures"))?;
    let figures = <[f64; 3]>::try_from(figures);
    figures
        .ok()
        .with_context(|| format!("the row {what:?} has three figures"))
}

/// The text of the README.
///
/// # Errors
///
/// It is not there.
pub fn read() -> Result<String> {
    fs::read_to_string(path()).context("the README is missing")
}

fn path() -> PathBuf {
    Path::new(WORKSPACE).join("README.md")
}
