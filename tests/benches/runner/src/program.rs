//! The programs that are compared: each starts a flow.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::{process, wrapper};

/// The folder of the benchmarks.
pub const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// A program, in the order of the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// Bare reqwest.
    Floor,
    /// `appflow-client`.
    Ours,
    /// The official SDK.
    Official,
}

impl Program {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Floor, Self::Ours, Self::Official];

    /// The name of its package.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Ours => "ours",
            Self::Official => "official",
        }
    }
}

/// The built programs, and the folder that they are built in.
pub struct Programs {
    folder: TempDir,
    is_quick: bool,
}

impl Programs {
    /// Programs that are built when they are first asked for, in a folder that goes with this.
    ///
    /// # Errors
    ///
    /// No folder can be made.
    pub fn new(is_quick: bool) -> Result<Self> {
        let target = Path::new(WORKSPACE).join("target");
        fs::create_dir_all(&target)?;
        let folder = tempfile::Builder::new()
            .prefix("measure")
            .tempdir_in(target)?;
        Ok(Self { folder, is_quick })
    }

    /// The number of repetitions: of two, the first, or the second in a quick run.
    #[must_use]
    pub fn rounds(&self, usual: usize, quick: usize) -> usize {
        if self.is_quick { quick } else { usual }
    }

    /// A folder for the builds of a program.
    #[must_use]
    pub fn target(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program of a package, built for release.
    ///
    /// # Errors
    ///
    /// It does not compile.
    pub fn release(&self, package: &str, features: &[&str]) -> Result<PathBuf> {
        self.release_binary(package, package, features, package)
    }

    /// A program of a package, built for release in the folder of another program, which has most of
    /// its dependencies.
    ///
    /// # Errors
    ///
    /// It does not compile.
    pub fn release_binary(
        &self,
        package: &str,
        name: &str,
        features: &[&str],
        folder: &str,
    ) -> Result<PathBuf> {
        let target = self.target(folder);
        let features = features.join(",");
        let mut arguments = vec!["build", "--release", "-p", package, "--bin", name];
        arguments.extend(["--features", &features]);
        cargo(&arguments, &target)?;
        // Another set of features takes the same place.
        let built = target.join("release").join(name);
        let kept = self.folder.path().join(format!("{name}.{features}"));
        fs::copy(&built, &kept).with_context(|| format!("{} is missing", built.display()))?;
        Ok(kept)
    }
}

/// Runs cargo in the workspace, and returns the CPU seconds of it and of all that it ran.
///
/// # Errors
///
/// Cargo fails.
pub fn cargo(arguments: &[&str], target: &Path) -> Result<f64> {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--locked"]).collect();
    cargo_in(Path::new(WORKSPACE), &arguments, target)
}

/// Runs cargo in a folder, and returns the CPU seconds of it and of all that it ran.
///
/// Incremental compilation is off: cargo never uses it for crates from a registry, such as the SDK,
/// but does by default for crates in a folder, such as ours.
///
/// # Errors
///
/// Cargo fails.
pub fn cargo_in(folder: &Path, arguments: &[&str], target: &Path) -> Result<f64> {
    eprintln!("   cargo {}", arguments.join(" "));
    let log = crate_log(target);
    let _ = fs::remove_file(&log);
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(arguments)
        .arg("--quiet")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_DIR", target)
        .env("CRITERION_HOME", target.join("criterion"))
        .current_dir(folder);
    wrapper::wrap(&mut command, &log)?;
    let before = process::children_cpu()?;
    let output = command.output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "cargo {}:\n{errors}",
        arguments.join(" ")
    );
    Ok(process::children_cpu()? - before)
}

/// The CPU seconds of a crate in the last run of cargo with this target folder.
///
/// # Errors
///
/// The run did not compile it.
pub fn crate_cpu(target: &Path, name: &str) -> Result<f64> {
    wrapper::cpu(&crate_log(target), name)
}

fn crate_log(target: &Path) -> PathBuf {
    target.with_extension("log")
}
