//! The cost of a call: instructions and allocations.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::load::Service;
use crate::process::Process;
use crate::program::{Program, Programs};
use crate::table::{Budget, Compared, Rows, Table};

/// The calls that a counted run has more than the one it is compared with.
const CALLS: f64 = 200.0;

/// Measures single calls, made one after the other.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let service = Service::start(programs)?;
    let (mut warm, mut first) = ([0.0; 3], [0.0; 3]);
    let (mut allocations, mut bytes) = ([0.0; 3], [0.0; 3]);
    for program in Program::ALL {
        let (name, at) = (program.name(), program as usize);
        let counting = programs.release(name, &["count-allocations"])?;
        let plain = programs.release(name, &[])?;
        eprintln!("   callgrind {name}");
        let count = |calls| instructions(Command::new("valgrind"), &plain, &service.url, calls);
        first[at] = count("1")?;
        let few = count("50")?;
        warm[at] = (count("250")? - few) / CALLS;
        (allocations[at], bytes[at]) = allocated(&counting, &service.url)?;
    }
    let rows = vec![
        Compared {
            what: "user instructions of a call, warm",
            values: warm,
            digits: 0,
            budget: vec![
                Budget::AtMost(1.6, Program::Floor),
                Budget::AtMost(0.3, Program::Official),
            ],
        },
        Compared {
            what: "user instructions from the start of the process to the first response",
            values: first,
            digits: 0,
            budget: vec![Budget::AtMost(1.05, Program::Floor)],
        },
        Compared {
            what: "allocations of a call",
            values: allocations,
            digits: 1,
            budget: vec![Budget::Most(75.0)],
        },
        Compared {
            what: "bytes allocated by a call",
            values: bytes,
            digits: 0,
            budget: vec![Budget::AtMost(1.3, Program::Floor)],
        },
    ];
    Ok(vec![Table {
        title: "A call",
        part: "call",
        rows: Rows::Compared(rows),
        note: "`StartFlow` against a service on the loopback interface. Instructions are counted by \
               callgrind: warm, 250 calls less 50 calls, by 200. Allocations include those that make \
               one larger, over 1,000 calls after the first. Both counts are the same in every run, \
               but for fractions of a percent. The floor posts the same bytes unsigned and reads no \
               JSON."
            .to_owned(),
    }])
}

/// The instructions of a program that makes so many calls, counted by valgrind, which may have an
/// environment of its own.
///
/// # Errors
///
/// Valgrind is missing, or the program fails.
pub fn instructions(mut valgrind: Command, program: &Path, url: &str, calls: &str) -> Result<f64> {
    let output = valgrind
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args([url, calls, "1"])
        .stdin(Stdio::null())
        .output()
        .context("`valgrind` is needed")?;
    let text = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{text}");
    let collected = text
        .lines()
        .find_map(|line| line.split("Collected : ").nth(1));
    Ok(collected
        .context("callgrind prints no count")?
        .trim()
        .parse()?)
}

/// The allocations of a call, and their bytes.
fn allocated(program: &Path, url: &str) -> Result<(f64, f64)> {
    let line = Process::start(program, &[url, "1000", "1"])?.line()?;
    let (allocations, bytes) = line.split_once(' ').context("two numbers")?;
    Ok((
        allocations.parse::<f64>()? / 1_000.0,
        bytes.parse::<f64>()? / 1_000.0,
    ))
}
