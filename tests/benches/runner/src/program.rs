//! The programs that are compared: each starts a flow.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use tempfile::TempDir;

use crate::process;

/// Where the programs are.
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

/// The built programs, and where they are built.
pub struct Programs {
    folder: TempDir,
}

impl Programs {
    /// Programs that are built when they are first asked for, in a folder that goes with this.
    ///
    /// # Errors
    ///
    /// No folder can be made.
    pub fn new() -> Result<Self> {
        let target = Path::new(WORKSPACE).join("target");
        fs::create_dir_all(&target)?;
        let folder = tempfile::Builder::new()
            .prefix("measure")
            .tempdir_in(target)?;
        Ok(Self { folder })
    }

    /// A folder for the builds of a program.
    #[must_use]
    pub fn target(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program, built for release.
    ///
    /// # Errors
    ///
    /// It does not compile.
    pub fn release(&self, name: &str, features: &[&str]) -> Result<PathBuf> {
        let target = self.target(name);
        cargo(
            &[
                "build",
                "--release",
                "-p",
                name,
                "--features",
                &features.join(","),
            ],
            &target,
        )?;
        // Another set of features takes the same place.
        let built = target.join("release").join(name);
        let kept = self
            .folder
            .path()
            .join(format!("{name}-{}", features.len()));
        fs::copy(&built, &kept).with_context(|| format!("{} is not there", built.display()))?;
        Ok(kept)
    }
}

/// Runs cargo in the workspace, and gives the CPU seconds that all of it took.
///
/// # Errors
///
/// Cargo fails.
pub fn cargo(arguments: &[&str], target: &Path) -> Result<f64> {
    eprintln!("   cargo {}", arguments.join(" "));
    let before = process::children_cpu()?;
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(arguments)
        .args(["--locked", "--quiet"])
        .env("CARGO_TARGET_DIR", target)
        .env("CRITERION_HOME", target.join("criterion"))
        .current_dir(WORKSPACE)
        .output()?;
    let errors = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "cargo {}:\n{errors}",
        arguments.join(" ")
    );
    Ok(process::children_cpu()? - before)
}
