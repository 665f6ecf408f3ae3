//! Many calls at a time.

use std::time::Instant;

use anyhow::Result;

use crate::process::Process;
use crate::program::{Program, Programs};
use crate::table::{Budget, Compared, Rows, Table, median};

/// The programs take turns, so that other work of the machine affects all of them.
const ROUNDS: usize = 9;
const CALLS: usize = 30_000;

/// The service that the programs call.
pub struct Service {
    /// Where it is.
    pub url: String,
    _process: Process,
}

impl Service {
    /// Starts it.
    ///
    /// # Errors
    ///
    /// It does not compile, or does not start.
    pub fn start(programs: &Programs) -> Result<Self> {
        let mut process = Process::start(&programs.release("service", &[])?, &[])?;
        let url = process.line()?;
        Ok(Self {
            url,
            _process: process,
        })
    }
}

/// Measures 64 calls at a time.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let service = Service::start(programs)?;
    let built = Program::ALL.map(|program| programs.release(program.name(), &[]));
    let mut figures: [[Vec<f64>; 3]; 3] = Default::default();
    let rounds = programs.rounds(ROUNDS, 2);
    let calls = programs.rounds(CALLS, 2_000).to_string();
    for round in 1..=rounds {
        eprintln!("   round {round} of {rounds}");
        for (at, program) in built.iter().enumerate() {
            let program = program
                .as_ref()
                .map_err(|error| anyhow::anyhow!("{error:#}"))?;
            let start = Instant::now();
            let mut process = Process::start(program, &[&service.url, &calls, "64"])?;
            process.line()?;
            let seconds = start.elapsed().as_secs_f64();
            let usage = process.usage()?;
            let calls: f64 = calls.parse()?;
            figures[0][at].push(calls / seconds);
            figures[1][at].push(usage.cpu / calls * 1e6);
            figures[2][at].push(usage.peak_memory / 1024.0 / 1024.0);
        }
    }
    let [rate, cpu, memory] = figures.map(|figure| figure.map(median));
    let rows = vec![
        Compared {
            what: "calls a second",
            values: rate,
            digits: 0,
            budget: vec![Budget::AtLeast(4.0, Program::Official)],
        },
        Compared {
            what: "CPU of the client a call, microseconds",
            values: cpu,
            digits: 1,
            budget: vec![Budget::AtMost(1.3, Program::Floor)],
        },
        Compared {
            what: "peak memory, MiB",
            values: memory,
            digits: 1,
            budget: vec![Budget::AtMost(1.15, Program::Floor)],
        },
    ];
    Ok(vec![Table {
        title: "64 calls at a time",
        part: "load",
        rows: Rows::Compared(rows),
        note: format!(
            "{calls} calls on one thread, against a service in another process; medians of {rounds} \
             rounds in which the programs take turns. The start of the process is in the time. The \
             CPU of the client varies by about 3 % from run to run, calls a second by twice that: \
             client and service share the machine."
        ),
    }])
}
