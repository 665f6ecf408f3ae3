//! What the generator takes, and what it makes.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::process::Process;
use crate::program::{Programs, WORKSPACE, cargo};
use crate::table::{Rows, Table, grouped};

const MIB: f64 = 1024.0 * 1024.0;

/// Measures the generator, and the crate that it makes.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let generator = programs.release("generator", &[])?;
    let mut tables = vec![appflow(programs, &generator)?];
    let models = Path::new(WORKSPACE).join("../../../shared/models");
    if models.is_dir() {
        tables.push(official(&generator, &models)?);
    } else {
        eprintln!("   not measured: AWS's models are not beside the checkout");
    }
    Ok(tables)
}

/// All of AppFlow.
fn appflow(programs: &Programs, generator: &Path) -> Result<Table> {
    let target = programs.target("generator");
    cargo(&["bench", "-p", "generator", "--bench", "appflow"], &target)?;
    let estimates = fs::read(target.join("criterion/appflow/new/estimates.json"))?;
    let estimates: Value = serde_json::from_slice(&estimates)?;
    let mean = estimates["mean"]["point_estimate"]
        .as_f64()
        .context("criterion has a mean")?;
    let model = Path::new(WORKSPACE).join("../../model/appflow.json");
    let (_, all) = generate(generator, &model, &[])?.0;
    let (_, one) = generate(generator, &model, &["StartFlow"])?.0;
    // Once with everything it stands on, then alone.
    cargo(
        &["build", "--release", "-p", "appflow-client"],
        &programs.target("ours"),
    )?;
    cargo(
        &["clean", "--release", "-p", "appflow-client"],
        &programs.target("ours"),
    )?;
    let alone = cargo(
        &["build", "--release", "-p", "appflow-client"],
        &programs.target("ours"),
    )?;
    let row = |what: &str, figure: f64, digits: usize, budget: f64, others: &str| {
        let is_missed = figure > budget;
        let budget = grouped(budget, 0);
        let budget = if is_missed {
            format!("**missed:** {budget}")
        } else {
            budget
        };
        vec![
            what.to_owned(),
            grouped(figure, digits),
            budget,
            others.to_owned(),
        ]
    };
    let rows = vec![
        row(
            "all of AppFlow as a library call, milliseconds",
            mean / 1e6,
            1,
            60.0,
            "progenitor 1,160 of CPU; openapi-generator 10,000",
        ),
        row(
            "`appflow-client` alone, release build, CPU seconds",
            alone,
            1,
            16.0,
            "progenitor 37; openapi-generator 28",
        ),
        row(
            "generated lines for StartFlow",
            one,
            0,
            700.0,
            "SDK 1,619; openapi-generator 526; progenitor 673",
        ),
        row(
            "generated lines for all 25 operations",
            all,
            0,
            15_000.0,
            "SDK 73,217; openapi-generator 11,561; progenitor 30,879",
        ),
    ];
    Ok(Table {
        title: "The generator",
        part: "generator",
        rows: Rows::Plain(&["", "measured", "at most", "others, measured once"], rows),
        note: "The time is criterion's mean. The figures of the others were measured once, those of \
               progenitor 0.15.1 and openapi-generator 7.26 on an equivalent OpenAPI document, as they \
               cannot read a Smithy model: what they generate neither signs, retries nor fills in \
               tokens."
            .to_owned(),
    })
}

/// Every official model.
fn official(generator: &Path, models: &Path) -> Result<Table> {
    let mut files: Vec<(f64, PathBuf)> = fs::read_dir(models)?
        .map(|entry| {
            let entry = entry?;
            let bytes = u32::try_from(entry.metadata()?.len())?;
            Ok((f64::from(bytes), entry.path()))
        })
        .collect::<Result<_>>()?;
    files.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut rows = Vec::new();
    let mut highest: f64 = 0.0;
    for (bytes, file) in &files {
        let ((millis, lines), peak) = generate(generator, file, &[])?;
        highest = highest.max(peak);
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        rows.push(vec![
            name.into_owned(),
            grouped(bytes / 1e6, 2),
            grouped(millis, 0),
            grouped(bytes / 1e3 / millis, 1),
            grouped(peak / MIB, 0),
            grouped(lines, 0),
        ]);
    }
    let largest = files.last().map_or(0.0, |(bytes, _)| *bytes);
    Ok(Table {
        title: "Every official model",
        part: "generator",
        rows: Rows::Plain(
            &[
                "model",
                "MB",
                "milliseconds",
                "MB a second",
                "peak memory, MiB",
                "generated lines",
            ],
            rows,
        ),
        note: format!(
            "One run of each, sorted by size. The highest peak is {:.1} times the largest model; \
             at most 12 times it is wanted.",
            highest / largest
        ),
    })
}

/// The milliseconds and the lines of a model's client, and the peak memory of making it.
fn generate(generator: &Path, model: &Path, operations: &[&str]) -> Result<((f64, f64), f64)> {
    let model = model.to_str().context("a path that is text")?;
    let arguments: Vec<&str> = [model]
        .into_iter()
        .chain(operations.iter().copied())
        .collect();
    let mut process = Process::start(generator, &arguments)?;
    let line = process.line()?;
    let (millis, lines) = line.split_once(' ').context("two numbers")?;
    let peak = process.usage()?.peak_memory;
    Ok(((millis.parse()?, lines.parse()?), peak))
}
