//! The crates of a workspace that are generated, as their manifests say.
//!
//! ```toml
//! [package.metadata.codegen]
//! model = "../model/appflow.json"       # from the folder of the manifest
//! service = "SandstoneConfigurationServiceLambda"   # where the model has several
//! operations = ["StartFlow"]            # all by default
//! skip-unsupported = true               # leave out what is not supported
//! ```

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use serde::Deserialize;
use serde_json::Value;

use crate::generate::{GenerateError, Generated, Options, generate};

/// The generated crates of a workspace.
#[derive(Debug)]
#[non_exhaustive]
pub struct Workspace {
    /// The crates, by name.
    pub members: Vec<GeneratedCrate>,
}

/// A crate that is generated.
#[derive(Debug)]
#[non_exhaustive]
pub struct GeneratedCrate {
    /// The folder of its manifest.
    pub dir: PathBuf,
    /// The model.
    pub model: PathBuf,
    /// What of the model is generated.
    pub options: Options,
}

/// Why the crates of a workspace could not be found or generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkspaceError {
    /// `cargo metadata` did not run.
    #[error("`cargo metadata` could not be run: {0}")]
    Run(io::Error),
    /// `cargo metadata` failed, or said something else than expected.
    #[error("`cargo metadata` failed; run it here to see why: {0}")]
    Cargo(String),
    /// No crate is generated.
    #[error(
        "no crate of this workspace has `[package.metadata.codegen]` in its manifest; add it, or \
         make a crate with `codegen new`"
    )]
    Nothing,
    /// No crate of this name is generated.
    #[error("`{package}` is no generated crate of this workspace; there are {}", crates.join(", "))]
    Unknown {
        /// The name.
        package: String,
        /// The crates that are generated.
        crates: Vec<String>,
    },
    /// The crates are generated from several models.
    #[error(
        "the crates have different models; say whose is meant with `--package`: {}",
        crates.join(", ")
    )]
    SeveralModels {
        /// The crates that are generated.
        crates: Vec<String>,
    },
    /// Several crates are generated from one model, and differ in what they take of it.
    #[error(
        "several crates are generated from this model; say which is meant with `--package`, or go \
         to its folder: {}",
        crates.join(", ")
    )]
    SeveralCrates {
        /// The crates that are generated from it.
        crates: Vec<String>,
    },
    /// The table in a manifest is not understood.
    #[error("`[package.metadata.codegen]` in `{}` is not understood: {problem}", manifest.display())]
    Manifest {
        /// The manifest.
        manifest: PathBuf,
        /// What is wrong.
        problem: String,
    },
    /// A model cannot be read.
    #[error("the model `{}` of `{package}` could not be read: {error}", path.display())]
    Model {
        /// The model.
        path: PathBuf,
        /// The crate.
        package: String,
        /// What the system said.
        error: io::Error,
    },
    /// A model cannot be generated from.
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

/// The part of what `cargo metadata` says that is of interest.
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
    #[serde(default)]
    operations: Vec<String>,
    #[serde(default)]
    skip_unsupported: bool,
}

impl Workspace {
    /// Finds the generated crates of the workspace that the current folder is in.
    ///
    /// # Errors
    ///
    /// No workspace, no generated crate in it, or a table that is not understood.
    pub fn find() -> Result<Self, WorkspaceError> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["metadata", "--no-deps", "--format-version", "1"])
            .output()
            .map_err(WorkspaceError::Run)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(WorkspaceError::Cargo(said));
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

    /// The model of a crate, and all crates that are generated from it. Where all crates have the
    /// same model, no crate need be named.
    ///
    /// # Errors
    ///
    /// A crate that is not generated, or none and several models.
    pub fn crates_of_model(
        &self,
        package: Option<&str>,
    ) -> Result<(&Path, Vec<&GeneratedCrate>), WorkspaceError> {
        let first = match package {
            Some(package) => self.named(package)?,
            None => self.members.first().ok_or(WorkspaceError::Nothing)?,
        };
        // Their names are of canonical paths, so the same file has the same name.
        let is_same =
            |member: &&GeneratedCrate| member.options.model_name == first.options.model_name;
        if package.is_none() && !self.members.iter().all(|member| is_same(&member)) {
            let crates = names(&self.members);
            return Err(WorkspaceError::SeveralModels { crates });
        }
        Ok((&first.model, self.members.iter().filter(is_same).collect()))
    }

    /// The crate that is meant: the named one, the only one of the workspace, or that of a model. Of
    /// several of one model it is that which the current folder is in. Nothing where none is of the
    /// model.
    ///
    /// # Errors
    ///
    /// A crate that is not generated, or several of one model.
    pub fn crate_of_model(
        &self,
        package: Option<&str>,
        is_model: impl Fn(&Path) -> bool,
    ) -> Result<Option<&GeneratedCrate>, WorkspaceError> {
        if let Some(package) = package {
            return self.named(package).map(Some);
        }
        if let [only] = self.members.as_slice() {
            return Ok(Some(only));
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
    let table = Table::deserialize(table).map_err(|error| WorkspaceError::Manifest {
        manifest: package.manifest_path.clone(),
        problem: error.to_string(),
    })?;
    let dir = package
        .manifest_path
        .parent()
        .unwrap_or(Path::new("."))
        .to_owned();
    let model = dir.join(&table.model);
    let options = Options {
        model_name: shown(&model),
        package: package.name.clone(),
        service: table.service,
        operations: table.operations,
        skip_unsupported: table.skip_unsupported,
    };
    Ok(GeneratedCrate {
        dir,
        model,
        options,
    })
}

/// A path as somebody in the current folder would write it.
fn shown(path: &Path) -> String {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let here = std::env::current_dir()
        .and_then(|here| here.canonicalize())
        .ok();
    let inside = here
        .as_deref()
        .and_then(|here| path.strip_prefix(here).ok());
    inside.unwrap_or(&path).display().to_string()
}

impl GeneratedCrate {
    /// Generates the sources of the crate.
    ///
    /// # Errors
    ///
    /// A model that cannot be read or has problems.
    pub fn generate(&self) -> Result<Generated, WorkspaceError> {
        let source = fs::read_to_string(&self.model).map_err(|error| WorkspaceError::Model {
            path: self.model.clone(),
            package: self.options.package.clone(),
            error,
        })?;
        Ok(generate(&source, &self.options)?)
    }
}
