//! The time and memory of the generator, and the size of its output.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::Process;
use crate::program::{Programs, WORKSPACE, cargo};
use crate::table::{Rows, Table, grouped, median, verdict};

const MIB: f64 = 1024.0 * 1024.0;
/// How often each model is generated.
const ROUNDS: usize = 3;
/// MB of models a second.
const BUDGET: f64 = 15.0;

/// One run of the generator.
struct Run {
    milliseconds: f64,
    lines: f64,
    peak_memory: f64,
}

/// Measures the generator.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let generator = programs.release("generator", &[])?;
    let mut tables = vec![appflow(programs, &generator)?];
    let models = official_models()?;
    if models.is_empty() {
        eprintln!("   skipped: no models of AWS in ../shared beside the checkout");
    } else {
        tables.push(official(&generator, &models, programs.rounds(ROUNDS, 1))?);
    }
    Ok(tables)
}

/// All of AppFlow.
fn appflow(programs: &Programs, generator: &Path) -> Result<Table> {
    let target = programs.target("generator");
    cargo(&["bench", "-p", "generator", "--bench", "appflow"], &target)?;
    let estimates = fs::read(target.join("criterion/appflow/new/estimates.json"))?;
    let estimates: Value = serde_json::from_slice(&estimates)?;
    let median = estimates["median"]["point_estimate"]
        .as_f64()
        .context("criterion has a median")?;
    let model = Path::new(WORKSPACE).join("../../model/appflow.json");
    let all = generate(generator, &model, &[])?.lines;
    let one = generate(generator, &model, &["StartFlow"])?.lines;
    let row = |what: &str, figure: f64, digits: usize, limit: f64, others: &str| {
        vec![
            what.to_owned(),
            grouped(figure, digits),
            verdict(&grouped(limit, 0), figure <= limit),
            others.to_owned(),
        ]
    };
    let rows = vec![
        row(
            "all of AppFlow as a library call, milliseconds",
            median / 1e6,
            1,
            40.0,
            "progenitor 1,160 of CPU; openapi-generator 10,000",
        ),
        row(
            "generated lines for StartFlow",
            one,
            0,
            400.0,
            "SDK 1,619; openapi-generator 526; progenitor 673",
        ),
        row(
            "generated lines for all 25 operations",
            all,
            0,
            11_000.0,
            "SDK 73,217; openapi-generator 11,561; progenitor 30,879",
        ),
    ];
    Ok(Table {
        title: "The generator",
        part: "generator",
        rows: Rows::Plain(&["", "measured", "at most", "others, measured once"], rows),
        note: "The time is criterion's median. The figures of the others were measured once, those of \
               progenitor 0.15.1 and openapi-generator 7.26 on an equivalent OpenAPI document, as they \
               cannot read a Smithy model: what they generate neither signs, retries nor fills in \
               tokens."
            .to_owned(),
    })
}

/// The models of AWS, sorted by size; none if they are not beside the checkout.
fn official_models() -> Result<Vec<(f64, PathBuf)>> {
    let mut models = Vec::new();
    for folder in ["models", "models-next"] {
        let folder = Path::new(WORKSPACE).join("../../../shared").join(folder);
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let bytes = u32::try_from(entry.metadata()?.len())?;
            models.push((f64::from(bytes), entry.path()));
        }
    }
    models.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    Ok(models)
}

/// Every official model.
fn official(generator: &Path, models: &[(f64, PathBuf)], rounds: usize) -> Result<Table> {
    let mut rows = Vec::new();
    let (mut all, mut highest) = (Vec::new(), 0.0_f64);
    for (bytes, file) in models {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let runs: Result<Vec<Run>> = (0..rounds)
            .map(|_| generate(generator, file, &[]))
            .collect();
        let runs = runs.with_context(|| format!("model {name}"))?;
        let of = |figure: fn(&Run) -> f64| median(runs.iter().map(figure).collect());
        let run = Run {
            milliseconds: of(|run| run.milliseconds),
            lines: of(|run| run.lines),
            peak_memory: of(|run| run.peak_memory),
        };
        rows.push(row(&name, *bytes, &run));
        highest = highest.max(run.peak_memory);
        all.push((*bytes, run));
    }
    let bytes: f64 = all.iter().map(|(bytes, _)| bytes).sum();
    let total = Run {
        milliseconds: all.iter().map(|(_, run)| run.milliseconds).sum(),
        lines: all.iter().map(|(_, run)| run.lines).sum(),
        peak_memory: highest,
    };
    let speed = bytes / 1e3 / total.milliseconds;
    rows.insert(0, row(&format!("all {}", all.len()), bytes, &total));
    let largest = all.last().map_or(0.0, |(bytes, _)| *bytes);
    let limit = format!("{BUDGET} MB a second");
    let limit = verdict(&format!("at least {limit} of all of them"), speed >= BUDGET);
    Ok(Table {
        title: "Every official model",
        part: "generator",
        rows: Rows::Plain(
            &[
                "model", "MB", "milliseconds", "MB a second", "peak memory, MiB", "generated lines",
            ],
            rows,
        ),
        note: format!(
            "Budget: {limit}. Each model is generated by a process of its own, one after the other: \
             medians of {rounds} runs, sorted by size. Operations that need what is not supported are \
             left out. The highest peak is {:.1} times the largest model.",
            highest / largest
        ),
    })
}

fn row(name: &str, bytes: f64, run: &Run) -> Vec<String> {
    vec![
        name.to_owned(),
        grouped(bytes / 1e6, 2),
        grouped(run.milliseconds, 0),
        grouped(bytes / 1e3 / run.milliseconds, 1),
        grouped(run.peak_memory / MIB, 0),
        grouped(run.lines, 0),
    ]
}

/// Generates a model, or some of its operations, in a process of its own.
fn generate(generator: &Path, model: &Path, operations: &[&str]) -> Result<Run> {
    let model = model.to_str().context("a path that is text")?;
    let mut process = Process::start(generator, &[&["generate", model], operations].concat())?;
    let line = process.line()?;
    let (milliseconds, lines) = line.split_once(' ').context("two numbers")?;
    Ok(Run {
        milliseconds: milliseconds.parse()?,
        lines: lines.parse()?,
        peak_memory: process.usage()?.peak_memory,
    })
}
