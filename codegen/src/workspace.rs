//! The generated crates of a workspace, as their manifests declare them.
//!
//! ```toml
//! [package.metadata.codegen]
//! model = "../model/appflow.json"       # relative to the manifest
//! service = "SandstoneConfigurationServiceLambda"   # if the model has several
//! protocol = "awsJson1_0"               # if the service has several
//! operations = ["StartFlow"]            # the default is all
//! skip-unsupported = true               # skip unsupported operations
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use serde::Deserialize;
use serde_json::Value;

use crate::error::Error;
use crate::generate::{Generated, generate};
use crate::options::Options;
use crate::source::{self, ModelSource, SourceError};

/// The generated crates of a workspace.
#[derive(Debug)]
#[non_exhaustive]
pub struct Workspace {
    /// The crates, by name.
    pub members: Vec<GeneratedCrate>,
}

/// A generated crate.
#[derive(Debug)]
#[non_exhaustive]
pub struct GeneratedCrate {
    /// The directory of its manifest.
    pub dir: PathBuf,
    /// The model.
    pub model: PathBuf,
    /// The options for the generator.
    pub options: Options,
}

/// An error in finding or generating the crates of a workspace.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// `cargo metadata` could not be run.
    #[error("could not run `cargo metadata`: {0}")]
    Run(io::Error),
    /// `cargo metadata` failed, or printed something unexpected.
    #[error("`cargo metadata` failed: {0}")]
    Cargo(String),
    /// The workspace has no generated crate.
    #[error(
        "no crate of this workspace has `[package.metadata.codegen]` in its manifest: add it, or \
         create a crate with `codegen new`"
    )]
    Nothing,
    /// No generated crate has this name.
    #[error("`{package}` is not a generated crate of this workspace: choose one of {}", crates.join(", "))]
    Unknown {
        /// The name.
        package: String,
        /// The generated crates.
        crates: Vec<String>,
    },
    /// The crates have different models.
    #[error(
        "the crates have different models: choose one with `--package`: {}",
        crates.join(", ")
    )]
    SeveralModels {
        /// The generated crates.
        crates: Vec<String>,
    },
    /// Several crates have the same model.
    #[error(
        "several crates have this model: choose one with `--package`, or run this in its \
         directory: {}",
        crates.join(", ")
    )]
    SeveralCrates {
        /// The crates.
        crates: Vec<String>,
    },
    /// The table in a manifest is invalid.
    #[error("invalid `[package.metadata.codegen]` in `{}`: {problem}", manifest.display())]
    Manifest {
        /// The manifest.
        manifest: PathBuf,
        /// The problem.
        problem: String,
    },
    /// A model cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A crate cannot be generated.
    #[error(transparent)]
    Generate(#[from] Error),
}

/// The relevant part of the output of `cargo metadata`.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    #[serde(default)]
    metadata: Value,
}

/// The table `[package.metadata.codegen]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    model: PathBuf,
    service: Option<String>,
    protocol: Option<String>,
    #[serde(default)]
    operations: Vec<String>,
    #[serde(default)]
    skip_unsupported: bool,
}

impl Workspace {
    /// Finds the generated crates of the workspace of the current directory.
    ///
    /// # Errors
    ///
    /// No workspace, no generated crate in it, or an invalid table.
    pub fn find() -> Result<Self, WorkspaceError> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .map_err(WorkspaceError::Run)?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr);
            let message = message.trim();
            let message = message.strip_prefix("error: ").unwrap_or(message);
            return Err(WorkspaceError::Cargo(message.to_owned()));
        }
        let metadata: Metadata = serde_json::from_slice(&output.stdout)
            .map_err(|error| WorkspaceError::Cargo(error.to_string()))?;
        let mut members = Vec::new();
        for package in &metadata.packages {
            if let Some(table) = package.metadata.get("codegen") {
                members.push(member(package, table)?);
            }
        }
        if members.is_empty() {
            return Err(WorkspaceError::Nothing);
        }
        members.sort_by(|a, b| a.options.package.cmp(&b.options.package));
        Ok(Self { members })
    }

    /// Returns the model of a crate, and all crates with this model. The crate need not be named if
    /// all crates have the same model.
    ///
    /// # Errors
    ///
    /// An unknown crate, or several models without a named crate.
    pub fn crates_of_model(
        &self,
        package: Option<&str>,
    ) -> Result<(&Path, Vec<&GeneratedCrate>), WorkspaceError> {
        let first = match package {
            Some(package) => self.named(package)?,
            None => self.members.first().ok_or(WorkspaceError::Nothing)?,
        };
        // The names are canonical paths, so the same file has the same name.
        let is_same =
            |member: &&GeneratedCrate| member.options.model_name == first.options.model_name;
        if package.is_none() && !self.members.iter().all(|member| is_same(&member)) {
            let crates = names(&self.members);
            return Err(WorkspaceError::SeveralModels { crates });
        }
        Ok((&first.model, self.members.iter().filter(is_same).collect()))
    }

    /// Returns the crate to use: the named one, or that of a model. If several crates have the
    /// model, it is the one around the current directory; `None` if none has it.
    ///
    /// # Errors
    ///
    /// An unknown crate, or several crates with the same model.
    pub fn crate_of_model(
        &self,
        package: Option<&str>,
        is_model: impl Fn(&Path) -> bool,
    ) -> Result<Option<&GeneratedCrate>, WorkspaceError> {
        if let Some(package) = package {
            return self.named(package).map(Some);
        }
        let of_model = self.members.iter().filter(|it| is_model(&it.model));
        let of_model: Vec<&GeneratedCrate> = of_model.collect();
        let here = std::env::current_dir().and_then(|here| here.canonicalize());
        let mut around = of_model.iter().filter(|member| {
            let dir = member.dir.canonicalize();
            matches!((&here, &dir), (Ok(here), Ok(dir)) if here.starts_with(dir))
        });
        match (of_model.as_slice(), around.next()) {
            ([], _) => Ok(None),
            ([one], _) | (_, Some(one)) => Ok(Some(one)),
            _ => {
                let crates = names(of_model);
                Err(WorkspaceError::SeveralCrates { crates })
            }
        }
    }

    /// Returns the crate whose model has one of these services, if there is exactly one.
    #[must_use]
    pub fn crate_of_services(&self, services: &[String]) -> Option<&GeneratedCrate> {
        let has_one = |member: &&GeneratedCrate| {
            let model = fs::read_to_string(&member.model).unwrap_or_default();
            let own = source::services(&model);
            own.iter().any(|id| services.contains(id))
        };
        let mut found = self.members.iter().filter(has_one);
        found.next().filter(|_| found.next().is_none())
    }

    fn named(&self, package: &str) -> Result<&GeneratedCrate, WorkspaceError> {
        let mut members = self.members.iter();
        let found = members.find(|member| member.options.package == package);
        found.ok_or_else(|| WorkspaceError::Unknown {
            package: package.to_owned(),
            crates: names(&self.members),
        })
    }
}

fn names<'c>(crates: impl IntoIterator<Item = &'c GeneratedCrate>) -> Vec<String> {
    let names = crates.into_iter().map(|it| it.options.package.clone());
    names.collect()
}

fn member(package: &Package, table: &Value) -> Result<GeneratedCrate, WorkspaceError> {
    let manifest = &package.manifest_path;
    let table = Table::deserialize(table).map_err(|error| WorkspaceError::Manifest {
        manifest: manifest.clone(),
        problem: error.to_string(),
    })?;
    let dir = manifest.parent().unwrap_or(Path::new(".")).to_owned();
    let model = dir.join(table.model);
    let options = Options {
        service: table.service,
        protocol: table.protocol,
        operations: table.operations,
        skip_unsupported: table.skip_unsupported,
        ..Options::new(shown(&model), &package.name)
    };
    Ok(GeneratedCrate {
        dir,
        model,
        options,
    })
}

/// Returns a path relative to the current directory, if it is inside.
fn shown(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let inside = here.ok().and_then(|here| path.strip_prefix(here).ok());
    inside.unwrap_or(&path).display().to_string()
}

impl GeneratedCrate {
    /// Generates the sources of the crate.
    ///
    /// # Errors
    ///
    /// A model that cannot be read or is invalid.
    pub fn generate(&self) -> Result<Generated, WorkspaceError> {
        let source = ModelSource::File(self.model.clone()).read()?;
        Ok(generate(&source, &self.options)?)
    }
}
