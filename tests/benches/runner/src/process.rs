//! Processes, and the CPU time and memory that Linux reports of them.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};

/// Ticks a second in `/proc`, on every Linux that there is.
const TICKS: f64 = 100.0;

/// A program under way, or waiting for its standard input to end.
pub struct Process {
    child: Child,
    output: BufReader<std::process::ChildStdout>,
}

/// CPU time and memory of a process so far.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// CPU seconds, user and system.
    pub cpu: f64,
    /// The most memory it held at a time, in bytes.
    pub peak_memory: f64,
}

impl Process {
    /// Starts a program.
    ///
    /// # Errors
    ///
    /// It is not there.
    pub fn start(program: &Path, arguments: &[&str]) -> Result<Self> {
        let mut command = Command::new(program);
        command.args(arguments);
        Self::spawn(&mut command)
    }

    /// Starts a program from a prepared command.
    ///
    /// # Errors
    ///
    /// It is not there.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} does not start", command.get_program().display()))?;
        let output = child.stdout.take().context("it has an output")?;
        let output = BufReader::new(output);
        Ok(Self { child, output })
    }

    /// The next line that it prints.
    ///
    /// # Errors
    ///
    /// It has ended.
    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        ensure!(!line.is_empty(), "the process ended too early");
        Ok(line.trim_end().to_owned())
    }

    /// CPU time and memory so far.
    ///
    /// # Errors
    ///
    /// It has ended.
    pub fn usage(&self) -> Result<Usage> {
        let folder = format!("/proc/{}", self.child.id());
        let status = fs::read_to_string(format!("{folder}/status"))?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak
            .and_then(|peak| peak.trim().strip_suffix("kB"))
            .context("no VmHWM")?;
        let peak_memory: f64 = peak.trim().parse()?;
        Ok(Usage {
            cpu: ticks(&format!("{folder}/stat"), 13)?,
            peak_memory: peak_memory * 1024.0,
        })
    }
}

impl Drop for Process {
    /// Ends the process, by ending its standard input.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// The CPU seconds of all children that have ended, and of theirs.
///
/// # Errors
///
/// This is no Linux.
pub fn children_cpu() -> Result<f64> {
    ticks("/proc/self/stat", 15)
}

/// The seconds of two numbers of ticks, of which the first has this place, counted from 0.
fn ticks(path: &str, place: usize) -> Result<f64> {
    let stat = fs::read_to_string(path).context("this needs Linux")?;
    // The name, in parentheses, may have spaces in it.
    let (_, rest) = stat.rsplit_once(')').context("no name")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |place: usize| -> Result<f64> { Ok(fields[place - 2].parse()?) };
    Ok((ticks(place)? + ticks(place + 1)?) / TICKS)
}
