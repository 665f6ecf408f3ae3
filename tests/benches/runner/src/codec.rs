//! The speed at which bodies are read and written, and events received.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::program::Programs;
use crate::table::{Rows, Table, grouped, verdict};

/// The least part of the speed of derives that tables may have.
const BUDGET: f64 = 0.8;
const ROUNDS: usize = 3;

/// Measures a list of 1,000 flows read and written, and a request of 200 tasks written.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let codec = programs.release_binary("codec", "codec", &[], "ours")?;
    let events = programs.release_binary("codec", "events", &[], "ours")?;
    let official = programs.release_binary("official", "official-codec", &["codec"], "official")?;
    let (mut ours, mut theirs, mut received) = ([0.0; 6], [0.0; 2], [0.0; 2]);
    let rounds = programs.rounds(ROUNDS, 1);
    for round in 1..=rounds {
        eprintln!("   round {round} of {rounds}");
        best(&mut ours, &codec)?;
        best(&mut theirs, &official)?;
        best(&mut received, &events)?;
    }
    let row = |what: &str, ours: f64, derives: f64, official: Option<f64>| {
        let ratio = ours / derives;
        let of_official = official.map(|official| format!("{:.2}", ours / official));
        let absent = || "–".to_owned();
        vec![
            what.to_owned(),
            grouped(ours, 0),
            grouped(derives, 0),
            official.map_or_else(absent, |official| grouped(official, 0)),
            format!("{ratio:.2}"),
            of_official.unwrap_or_else(absent),
            verdict(&format!("at least {BUDGET} of derives"), ratio >= BUDGET),
        ]
    };
    let [
        read,
        derived_read,
        list,
        derived_list,
        request,
        derived_request,
    ] = ours;
    let [official_read, official_written] = theirs;
    let rows = vec![
        row(
            "a list of 1,000 flows, read",
            read,
            derived_read,
            Some(official_read),
        ),
        row("a list of 1,000 flows, written", list, derived_list, None),
        row(
            "`CreateFlow` of 200 tasks, written",
            request,
            derived_request,
            Some(official_written),
        ),
    ];
    let bodies = Table {
        title: "Reading and writing",
        part: "codec",
        rows: Rows::Plain(
            &[
                "MB a second", "`appflow-client`", "serde's derives", "official SDK", "of derives",
                "of the SDK", "budget",
            ],
            rows,
        ),
        note: format!(
            "Derives are those that one would write by hand for `serde_json`, without a call around \
             them. The figures of `appflow-client` and of the SDK are of whole calls, unsigned and \
             without a network, because the serializers of the SDK are private: what an SDK call costs \
             besides its body counts most in the smaller one, the request of `CreateFlow`. The SDK \
             does not write lists of flows. What is written is copied first, since a call takes its \
             request. Each figure is the best of {} repetitions in turns.",
            rounds * 30
        ),
    };
    Ok(vec![bodies, event_table(received)])
}

/// The table of events, given millions a second: as events of a call, and as frames of the official
/// decoder.
fn event_table([events, frames]: [f64; 2]) -> Table {
    let nanoseconds = |millions: f64| grouped(1_000.0 / millions, 0);
    let row = |what: &str, ours: String, theirs: String, ratio: f64| {
        vec![what.to_owned(), ours, theirs, format!("{ratio:.2}")]
    };
    Table {
        title: "Receiving events",
        part: "codec",
        rows: Rows::Plain(
            &[
                "100,000 events in a response",
                "`smithy-reqwest`",
                "`aws-smithy-eventstream`",
                "ratio",
            ],
            vec![
                row(
                    "millions a second",
                    grouped(events, 2),
                    grouped(frames, 2),
                    events / frames,
                ),
                row(
                    "CPU of one, nanoseconds",
                    nanoseconds(events),
                    nanoseconds(frames),
                    frames / events,
                ),
            ],
        ),
        note: "One thread reads a response of 8 KiB pieces without a network. Of `smithy-reqwest` these \
               are typed events of a call; of the crate that the official SDK decodes with, frames \
               with their headers, which the SDK then turns into events."
            .to_owned(),
    }
}

/// Runs a program that prints speeds, and keeps the best of each.
fn best<const N: usize>(best: &mut [f64; N], program: &Path) -> Result<()> {
    let output = Command::new(program).output()?;
    ensure!(output.status.success(), "{} fails", program.display());
    let text = String::from_utf8(output.stdout)?;
    let figures: Result<Vec<f64>, _> = text.split_whitespace().map(str::parse).collect();
    let figures = figures.with_context(|| format!("numbers, and not {text:?}"))?;
    ensure!(figures.len() == N, "{N} numbers, and not {text:?}");
    for (best, figure) in best.iter_mut().zip(figures) {
        *best = best.max(figure);
    }
    Ok(())
}
