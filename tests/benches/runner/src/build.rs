//! What the programs cost to build, and how large they are.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::machine;
use crate::program::{Program, Programs, WORKSPACE, cargo};
use crate::table::{Budget, Compared, Rows, Table};

/// Measures builds from nothing, with the dependencies downloaded.
pub fn measure(programs: &Programs) -> Result<Vec<Table>> {
    let (mut release, mut dev, mut check) = ([0.0; 3], [0.0; 3], [0.0; 3]);
    let (mut crates, mut size, mut searching_size) = ([0.0; 3], [0.0; 3], [0.0; 3]);
    cargo(&["fetch"], &programs.target("fetch"))?;
    for program in Program::ALL {
        let (name, at) = (program.name(), program as usize);
        crates[at] = number_of_crates(name)?;
        let fresh = programs.target(&format!("{name}-dev"));
        check[at] = cargo(&["check", "-p", name], &fresh)?;
        fs::remove_dir_all(&fresh)?;
        dev[at] = cargo(&["build", "-p", name], &fresh)?;
        fs::remove_dir_all(&fresh)?;
        let fresh = programs.target(name);
        let _ = fs::remove_dir_all(&fresh);
        release[at] = cargo(&["build", "--release", "-p", name], &fresh)?;
        size[at] = stripped_size(&programs.release(name, &[])?)?;
        searching_size[at] = match program {
            Program::Floor => size[at],
            _ => stripped_size(&programs.release(name, &["from-env"])?)?,
        };
    }
    let third = Budget::AtMost(1.0 / 3.0, Program::Official);
    let rows = vec![
        Compared {
            what: "release build, CPU seconds",
            values: release,
            digits: 0,
            budget: vec![Budget::AtMost(1.25, Program::Floor), third],
        },
        Compared {
            what: "dev build, CPU seconds",
            values: dev,
            digits: 0,
            budget: vec![],
        },
        Compared {
            what: "`cargo check`, CPU seconds",
            values: check,
            digits: 0,
            budget: vec![],
        },
        Compared {
            what: "crates in the tree",
            values: crates,
            digits: 0,
            budget: vec![Budget::Above(25.0, Program::Floor)],
        },
        Compared {
            what: "stripped release binary, bytes",
            values: size,
            digits: 0,
            budget: vec![Budget::AtMost(1.2, Program::Floor), third],
        },
        Compared {
            what: "the same of a program that looks for credentials",
            values: searching_size,
            digits: 0,
            budget: vec![],
        },
    ];
    Ok(vec![Table {
        title: "Building",
        part: "build",
        rows: Rows::Compared(rows),
        note: format!(
            "A program that starts a flow, built from nothing: user and system time of `cargo` and \
                 all that it ran. Of `appflow-client` and of the SDK all 25 operations are compiled \
                 in. The crates are those of `cargo tree -e normal`, the program included. {}",
            machine::describe()?
        ),
    }])
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

fn stripped_size(program: &std::path::Path) -> Result<f64> {
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
