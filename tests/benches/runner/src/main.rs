//! Builds the programs, runs them side by side, and writes the tables of the README.
//!
//! ```console
//! cargo run --release --manifest-path tests/benches/Cargo.toml
//! cargo run --release --manifest-path tests/benches/Cargo.toml -- call load
//! ```
//!
//! Without arguments everything is measured, which takes 15 minutes on two cores; with the names of
//! parts, these alone. Only a run of everything writes the README. Progress goes to the standard
//! error, the tables to the standard output.

mod build;
mod call;
mod codec;
mod generator;
mod load;
mod machine;
mod process;
mod program;
mod readme;
mod table;

use anyhow::{Context, Result, bail};

use program::Programs;
use table::Table;

type Measure = fn(&Programs) -> Result<Vec<Table>>;

/// The parts, in the order of the README.
const PARTS: [(&str, Measure); 5] = [
    ("build", build::measure),
    ("call", call::measure),
    ("load", load::measure),
    ("codec", codec::measure),
    ("generator", generator::measure),
];

fn main() -> Result<()> {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = asked
        .iter()
        .find(|it| PARTS.iter().all(|(name, _)| name != it))
    {
        let names = PARTS.map(|(name, _)| name).join(", ");
        bail!("there is no part {unknown:?}; the parts are {names}");
    }
    let programs = Programs::new().context("the programs have no place")?;
    let mut all = String::new();
    for (name, measure) in PARTS {
        if asked.is_empty() || asked.iter().any(|it| it == name) {
            eprintln!("== {name}");
            let tables = measure(&programs).with_context(|| format!("part {name}"))?;
            let text: String = tables.iter().map(Table::markdown).collect();
            // What has been measured is there even where a later part fails.
            print!("{text}");
            all.push_str(&text);
        }
    }
    if asked.is_empty() {
        readme::write(&all)?;
    }
    Ok(())
}
