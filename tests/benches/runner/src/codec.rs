//! How fast bodies are read and written.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::program::Programs;
use crate::table::{Rows, Table};

/// The least part of the speed of derives that tables may have.
const BUDGET: f64 = 0.8;

/// Measures a list of 1,000 flows, with tables of members and with serde's derives.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let codec = programs.release("codec", &[])?;
    let output = Command::new(codec).output()?;
    ensure!(output.status.success(), "codec fails");
    let text = String::from_utf8(output.stdout)?;
    let figures: Result<Vec<f64>, _> = text.split_whitespace().map(str::parse).collect();
    let figures = figures.context("codec prints numbers")?;
    let &[read, peer_read, written, peer_written] = figures.as_slice() else {
        anyhow::bail!("codec prints four numbers, and not {text:?}");
    };
    let row = |what: &str, ours: f64, peer: f64| {
        let ratio = ours / peer;
        let missed = if ratio < BUDGET { "**missed:** " } else { "" };
        vec![
            what.to_owned(),
            format!("{ours:.0}"),
            format!("{peer:.0}"),
            format!("{ratio:.2}"),
            format!("{missed}at least {BUDGET}"),
        ]
    };
    Ok(vec![Table {
        title: "Reading and writing",
        part: "codec",
        rows: Rows::Plain(
            &["MB a second", "tables", "serde's derives", "ratio", "budget"],
            vec![
                row("read", read, peer_read),
                row("written", written, peer_written),
            ],
        ),
        note: "A list of 1,000 flows, read and written by calls without a network, beside \
               `serde_json` with the derives that one would write by hand: the best of 30 rounds, of \
               which those of both take turns."
            .to_owned(),
    }])
}
