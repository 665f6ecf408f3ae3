//! The cost of building the programs, and their size.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::machine;
use crate::program::{Program, Programs, WORKSPACE, cargo, crate_cpu};
use crate::table::{Budget, Compared, Rows, Table, median};

/// How often the floor and `appflow-client` are built; the SDK is built once.
const ROUNDS: usize = 3;

/// CPU seconds of builds, of each program.
#[derive(Default)]
struct Seconds {
    release: [Vec<f64>; 3],
    client: [Vec<f64>; 3],
    dev: [Vec<f64>; 3],
    check: [Vec<f64>; 3],
}

/// Measures builds from nothing, with the dependencies downloaded.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let rounds = programs.rounds(ROUNDS, 1);
    cargo(&["fetch"], &programs.target("fetch"))?;
    let mut seconds = Seconds::default();
    for round in 1..=rounds {
        eprintln!("   round {round} of {rounds}");
        for program in Program::ALL {
            if round == 1 || program != Program::Official {
                build_for_development(programs, program, &mut seconds)?;
                build_for_release(programs, program, &mut seconds)?;
            }
        }
    }
    let [release, client, dev, check] =
        [seconds.release, seconds.client, seconds.dev, seconds.check].map(|it| it.map(median));
    let (mut crates, mut size, mut searching_size) = ([0.0; 3], [0.0; 3], [0.0; 3]);
    for program in Program::ALL {
        let (name, at) = (program.name(), program as usize);
        crates[at] = number_of_crates(name)?;
        size[at] = stripped_size(&programs.release(name, &[])?)?;
        searching_size[at] = match program {
            Program::Floor => f64::NAN,
            _ => stripped_size(&programs.release(name, &["from-env"])?)?,
        };
    }
    let row = |what, values, budget: &[Budget]| Compared {
        what,
        values,
        digits: 0,
        budget: budget.to_vec(),
    };
    let of_floor = |factor| Budget::AtMost(factor, Program::Floor);
    let of_official = |factor| Budget::AtMost(factor, Program::Official);
    let mut rows = vec![
        row(
            "release build, CPU seconds",
            release,
            &[of_floor(1.25), of_official(0.28)],
        ),
        row(
            "dev build, CPU seconds",
            dev,
            &[of_floor(1.3), of_official(0.35)],
        ),
        row(
            "`cargo check`, CPU seconds",
            check,
            &[of_floor(1.3), of_official(0.35)],
        ),
        row(
            "the generated crate alone, release build, CPU seconds",
            client,
            &[Budget::Most(9.0)],
        ),
        row(
            "crates in the tree",
            crates,
            &[Budget::Above(20.0, Program::Floor)],
        ),
        row(
            "stripped release binary, bytes",
            size,
            &[of_floor(1.15), of_official(0.3)],
        ),
        row(
            "the same of a program that looks for credentials",
            searching_size,
            &[],
        ),
    ];
    rows[3].digits = 1;
    let note = format!(
        "A program that starts a flow, built from nothing: user and system time of `cargo` and all \
         that it ran. Of `appflow-client` and of the SDK all 25 operations are compiled in. The \
         generated crate is what its `rustc` took in the release build. Incremental \
         compilation is off, as it is for crates from a registry. Figures of the floor and of \
         `appflow-client` are medians of {rounds} builds, those of the SDK are of one. The crates are \
         those of `cargo tree -e normal`, the program included. {} {}",
        peers()?,
        machine::describe()?
    );
    Ok(vec![Table {
        title: "Building",
        part: "build",
        rows: Rows::Compared(rows),
        note,
    }])
}

/// Checks and builds a program in the profile `dev`. What was built of the SDK is kept.
fn build_for_development(
    programs: &Programs,
    program: Program,
    seconds: &mut Seconds,
) -> Result<()> {
    let (name, at) = (program.name(), program as usize);
    let target = programs.target(&format!("{name}-dev"));
    seconds.check[at].push(anew(&["check"], name, &target)?);
    seconds.dev[at].push(anew(&["build"], name, &target)?);
    if program != Program::Official {
        fs::remove_dir_all(&target)?;
    }
    Ok(())
}

/// Builds a program for release, and keeps it.
fn build_for_release(programs: &Programs, program: Program, seconds: &mut Seconds) -> Result<()> {
    let (name, at) = (program.name(), program as usize);
    let target = programs.target(name);
    seconds.release[at].push(anew(&["build", "--release"], name, &target)?);
    let client = match program {
        Program::Floor => return Ok(()),
        Program::Ours => "appflow_client",
        Program::Official => "aws_sdk_appflow",
    };
    seconds.client[at].push(crate_cpu(&target, client)?);
    Ok(())
}

/// Runs a command of cargo for a program of which nothing is built.
fn anew(command: &[&str], name: &str, target: &Path) -> Result<f64> {
    let _ = fs::remove_dir_all(target);
    cargo(&[command, &["-p", name, "--bin", name]].concat(), target)
}

fn peers() -> Result<String> {
    let peers = ["reqwest", "aws-sdk-appflow", "aws-config"]
        .map(|name| machine::version(name).map(|version| format!("{name} {version}")));
    let peers: Result<Vec<String>> = peers.into_iter().collect();
    Ok(format!("The peers are {}.", peers?.join(", ")))
}

fn number_of_crates(name: &str) -> Result<f64> {
    let output = Command::new("cargo")
        .args([
            "tree", "--locked", "-e", "normal", "--prefix", "none", "-p", name,
        ])
        .current_dir(WORKSPACE)
        .output()?;
    ensure!(output.status.success(), "cargo tree fails");
    let text = String::from_utf8(output.stdout)?;
    let crates: BTreeSet<String> = text
        .lines()
        .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    Ok(f64::from(u32::try_from(crates.len())?))
}

fn stripped_size(program: &Path) -> Result<f64> {
    let stripped = program.with_extension("stripped");
    let status = Command::new("strip")
        .arg("-o")
        .arg(&stripped)
        .arg(program)
        .status();
    let status = status.context("`strip` of binutils is needed")?;
    ensure!(status.success(), "strip fails");
    let bytes = fs::metadata(stripped)?.len();
    Ok(f64::from(u32::try_from(bytes)?))
}
