//! The first call of a program whose credentials come from a profile.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::call::instructions;
use crate::load::Service;
use crate::process::Process;
use crate::program::{Program, Programs};
use crate::table::{Compared, Rows, Table, median};

const ROUNDS: usize = 101;

/// Measures the way from `from_env` to the first response.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let service = Service::start(programs)?;
    let home = home(programs)?;
    let searching = [
        programs.release(Program::Floor.name(), &[])?,
        programs.release(Program::Ours.name(), &["from-env"])?,
        programs.release(Program::Official.name(), &["from-env"])?,
    ];
    let rounds = programs.rounds(ROUNDS, 11);
    eprintln!("   {rounds} rounds");
    let (mut time, mut cpu): ([Vec<f64>; 3], [Vec<f64>; 3]) = Default::default();
    for _ in 0..rounds {
        for (at, program) in searching.iter().enumerate() {
            let mut command = at_home(program, &home);
            command.args([&service.url, "1", "1"]);
            time[at].push(Process::spawn(&mut command)?.line()?.parse()?);
        }
    }
    for (at, program) in searching.iter().enumerate() {
        eprintln!("   callgrind {}", Program::ALL[at].name());
        let valgrind = at_home(Path::new("valgrind"), &home);
        cpu[at].push(instructions(valgrind, program, &service.url, "1")?);
    }
    let rows = vec![
        Compared {
            what: "`from_env` to the first response, milliseconds",
            values: time.map(median),
            digits: 2,
            budget: vec![],
        },
        Compared {
            what: "user instructions of the process until then",
            values: cpu.map(median),
            digits: 0,
            budget: vec![],
        },
    ];
    Ok(vec![Table {
        title: "The first call",
        part: "start",
        rows: Rows::Compared(rows),
        note: format!(
            "A program without settings in its code: region and credentials are those of a profile in \
             `~/.aws`, and the service is on the loopback interface, without TLS. The floor looks for \
             nothing. Times are medians of {rounds} rounds in which the programs take turns. Setting \
             up TLS, for which the certificates of the machine are read, is most of each."
        ),
    }])
}

/// A home folder with a profile.
fn home(programs: &Programs) -> Result<PathBuf> {
    let home = programs.target("home");
    fs::create_dir_all(home.join(".aws"))?;
    fs::write(home.join(".aws/config"), "[default]\nregion = us-east-1\n")?;
    let credentials = "[default]\n\
                       aws_access_key_id = AKIDEXAMPLE\n\
                       aws_secret_access_key = secret\n";
    fs::write(home.join(".aws/credentials"), credentials)?;
    Ok(home)
}

/// A program that has no environment but its home.
fn at_home(program: &Path, home: &Path) -> Command {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut command = Command::new(program);
    command.env_clear().env("HOME", home).env("PATH", path);
    command
}
