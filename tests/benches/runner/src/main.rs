//! Builds the programs, runs them side by side, and writes the tables and plots of the README.
//!
//! It is also the wrapper of `rustc` in these builds, which is how the CPU time of a single crate is
//! known.

mod build;
mod call;
mod codec;
mod generator;
mod load;
mod machine;
mod plot;
mod process;
mod program;
mod readme;
mod service;
mod start;
mod table;
mod wrapper;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use program::Programs;
use table::Table;

type Measure = fn(&Programs) -> Result<Vec<Table>>;

/// The parts, in the order of the README.
const PARTS: [(&str, Measure); 7] = [
    ("build", build::measure),
    ("call", call::measure),
    ("start", start::measure),
    ("load", load::measure),
    ("codec", codec::measure),
    ("generator", generator::measure),
    ("service", service::measure),
];

const HELP: &str = "\
Compare appflow-client with bare reqwest and with the official SDK.

Usage: cargo run --release --manifest-path tests/benches/Cargo.toml -- [OPTIONS] [PART]...

Without a part, everything is measured, and the tables and plots of tests/benches/README.md are
written. Progress goes to standard error, tables to standard output.

Parts:
  build      CPU time of builds, crates, size of the binary
  call       Instructions and allocations of a call
  start      The first call, with credentials from a profile
  load       64 calls at a time
  codec      A list of 1,000 flows read, a request of 200 tasks written, events received
  generator  AppFlow and other models generated
  service    Five other services built: needs the models in ../shared
  plot       Draw the plots from the tables of the README, without measuring

Options:
      --quick  Repeat as little as possible; the figures are rough
      --write  Write the tables of the named parts to the README
  -h, --help   Print this help
";

/// The arguments.
#[derive(Default)]
struct Arguments {
    parts: Vec<String>,
    is_quick: bool,
    writes: bool,
    asks_for_help: bool,
}

impl Arguments {
    fn read(arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut read = Self::default();
        for argument in arguments {
            match argument.as_str() {
                "--quick" => read.is_quick = true,
                "--write" => read.writes = true,
                "-h" | "--help" => read.asks_for_help = true,
                "plot" => read.parts.push(argument),
                part if PARTS.iter().any(|(name, _)| *name == part) => read.parts.push(argument),
                unknown => bail!("unexpected argument `{unknown}`; see --help"),
            }
        }
        Ok(read)
    }
}

fn main() -> Result<ExitCode> {
    if let Some(log) = wrapper::log() {
        return wrapper::run(&log);
    }
    let arguments = Arguments::read(std::env::args().skip(1))?;
    if arguments.asks_for_help {
        print!("{HELP}");
        return Ok(ExitCode::SUCCESS);
    }
    let programs = Programs::new(arguments.is_quick).context("no folder for the programs")?;
    let is_asked = |part: &str| arguments.parts.iter().any(|it| it == part);
    let writes = arguments.writes || (arguments.parts.is_empty() && !arguments.is_quick);
    let (mut measured, mut failures) = (Vec::new(), 0);
    for (name, measure) in PARTS {
        if !arguments.parts.is_empty() && !is_asked(name) {
            continue;
        }
        eprintln!("== {name}");
        // A part that fails takes none of the others with it.
        match measure(&programs) {
            Ok(tables) => {
                for table in &tables {
                    print!("{}", table.markdown());
                }
                measured.extend(tables);
                if writes {
                    readme::write(&measured)?;
                }
            }
            Err(error) => {
                eprintln!("   part {name} failed: {error:#}");
                failures += 1;
            }
        }
    }
    if writes || is_asked("plot") {
        plot::write()?;
    }
    Ok(ExitCode::from(failures))
}
