//! Five other services, of five protocols: the cost of building their crates.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::machine;
use crate::process::Process;
use crate::program::{Programs, WORKSPACE, cargo, cargo_in, crate_cpu};
use crate::table::{Rows, Table, grouped, median};

const ROUNDS: usize = 3;

/// A service: its protocol, its model and the name of its crates.
struct Service {
    protocol: &'static str,
    model: &'static str,
    name: &'static str,
}

const SERVICES: [Service; 5] = [
    Service {
        protocol: "restJson1",
        model: "lambda-2015-03-31",
        name: "lambda",
    },
    Service {
        protocol: "awsJson1_0",
        model: "dynamodb-2012-08-10",
        name: "dynamodb",
    },
    Service {
        protocol: "awsJson1_1",
        model: "kms-2014-11-01",
        name: "kms",
    },
    Service {
        protocol: "awsQuery",
        model: "sns-2010-03-31",
        name: "sns",
    },
    Service {
        protocol: "restXml",
        model: "route-53-2013-04-01",
        name: "route53",
    },
];

/// The size of a crate, and its build.
struct Crate {
    operations: usize,
    lines: usize,
    seconds: f64,
}

/// Builds the generated crates and those of the SDK.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let models = Path::new(WORKSPACE).join("../../../shared/models-next");
    if !models.is_dir() {
        eprintln!("   skipped: no models of AWS in ../shared beside the checkout");
        return Ok(Vec::new());
    }
    // The dependencies have been built if the part `build` has run.
    let target = programs.target("official-dev");
    let services = ["build", "-p", "official", "--bin", "official"];
    cargo(
        &[&services[..], &["--features", "services"]].concat(),
        &target,
    )?;
    let mut rows = Vec::new();
    for service in &SERVICES {
        let ours = ours(programs, service, &models)?;
        let theirs = theirs(service, &target)?;
        let version = machine::version(&format!("aws-sdk-{}", service.name))?;
        rows.push(vec![
            format!("{} {version}, {}", service.name, service.protocol),
            format!("{} of {}", ours.operations, theirs.operations),
            count(ours.lines)?,
            count(theirs.lines)?,
            grouped(ours.seconds, 1),
            grouped(theirs.seconds, 1),
            format!("{:.2}", ours.seconds / theirs.seconds),
        ]);
    }
    Ok(vec![Table {
        title: "Other services",
        part: "service",
        rows: Rows::Plain(
            &[
                "service", "operations", "lines, ours", "lines, SDK", "CPU seconds, ours",
                "CPU seconds, SDK", "ratio",
            ],
            rows,
        ),
        note: format!(
            "All operations of a service in a dev build that is not incremental: user and system time \
             of the `rustc` of the crate, without its dependencies, ours the median of {} builds, the \
             SDK's of one. Ours are made from official models of 2026 that are somewhat older than the \
             crates of the SDK. Lines are those of all files below `src`.",
            programs.rounds(ROUNDS, 1)
        ),
    }])
}

/// A crate that `cargo codegen new` makes of the official model.
fn ours(programs: &Programs, service: &Service, models: &Path) -> Result<Crate> {
    let name = format!("{}-client", service.name);
    let folder = programs.target("services").join(&name);
    let model = models.join(format!("{}.json", service.model));
    let runtime = Path::new(WORKSPACE).join("../../codegen/runtime");
    let generator = programs.release("generator", &[])?;
    let text = |path: &Path| {
        path.to_str()
            .map(str::to_owned)
            .context("a path that is text")
    };
    let (model, path, runtime) = (text(&model)?, text(&folder)?, text(&runtime)?);
    eprintln!("   codegen new {name}");
    Process::start(&generator, &["new", &model, &name, &path, &runtime])?.line()?;
    // The dependencies have the versions that the others have.
    fs::copy(
        Path::new(WORKSPACE).join("Cargo.lock"),
        folder.join("Cargo.lock"),
    )?;
    let target = programs.target("services-dev");
    let mut seconds = Vec::new();
    for _ in 0..programs.rounds(ROUNDS, 1) {
        cargo_in(&folder, &["build", "--lib"], &target)?;
        seconds.push(crate_cpu(&target, &name.replace('-', "_"))?);
        cargo_in(&folder, &["clean", "-p", &name], &target)?;
    }
    let generated = folder.join("src/generated");
    Ok(Crate {
        operations: files(&generated.join("operation"))?,
        lines: lines(&folder.join("src"))?,
        seconds: median(seconds),
    })
}

/// The crate of the SDK, which has been built.
fn theirs(service: &Service, target: &Path) -> Result<Crate> {
    let name = format!("aws-sdk-{}", service.name);
    let folder = unpacked(&name)?;
    Ok(Crate {
        operations: files(&folder.join("src/operation"))?,
        lines: lines(&folder.join("src"))?,
        seconds: crate_cpu(target, &name.replace('-', "_"))?,
    })
}

/// The folder that cargo has unpacked a crate into.
fn unpacked(name: &str) -> Result<PathBuf> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    let sources = home.context("no home of cargo")?.join("registry/src");
    let folder = format!("{name}-{}", machine::version(name)?);
    for registry in fs::read_dir(sources)? {
        let path = registry?.path().join(&folder);
        if path.is_dir() {
            return Ok(path);
        }
    }
    anyhow::bail!("{folder} is not unpacked")
}

/// The number of modules of operations.
fn files(folder: &Path) -> Result<usize> {
    let entries = fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_module = |path: &PathBuf| path.extension().is_some_and(|it| it == "rs");
    Ok(paths
        .filter(|path| is_module(path) && !path.ends_with("mod.rs"))
        .count())
}

/// The lines of Rust below a folder.
fn lines(folder: &Path) -> Result<usize> {
    let mut sum = 0;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            sum += lines(&path)?;
        } else if path.extension().is_some_and(|it| it == "rs") {
            sum += fs::read_to_string(path)?.lines().count();
        }
    }
    Ok(sum)
}

fn count(lines: usize) -> Result<String> {
    Ok(grouped(f64::from(u32::try_from(lines)?), 0))
}
