//! Creation of a crate: manifest, front page, model and generated sources.

mod example;
mod front_page;
mod manifest;
mod name;
mod path;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use self::front_page::{front_page, readme};
use self::manifest::manifest;
use self::name::unusable_name;
use crate::error::Error;
use crate::generate::{Generated, generate};
use crate::options::Options;
use crate::output::write_new;

/// The settings of a new crate.
#[derive(Debug, Clone)]
pub struct NewCrate {
    /// The model, which is copied into the crate.
    pub model: PathBuf,
    /// The folder of the crate.
    pub path: PathBuf,
    /// The options of the generator. `package` is the name of the crate.
    pub options: Options,
    /// The folder of the runtime, the package `smithy-reqwest`. It is required until that package
    /// is published.
    pub runtime_path: Option<PathBuf>,
}

/// The error of creating a crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScaffoldError {
    /// A crate cannot have the name.
    #[error("invalid crate name `{name}`: {reason}")]
    Name {
        /// The name.
        name: String,
        /// The reason.
        reason: &'static str,
    },
    /// There are other files in the folder.
    #[error("`{}` is not empty; name a new folder", .0.display())]
    NotEmpty(PathBuf),
    /// A path cannot be read.
    #[error("`{}` could not be read: {error}{}", path.display(), hint.unwrap_or_default())]
    Read {
        /// The path.
        path: PathBuf,
        /// The error of the system.
        error: io::Error,
        /// The remedy, after a semicolon, if there is one to name.
        hint: Option<&'static str>,
    },
    /// There is no published runtime to depend on.
    #[error(
        "the runtime `smithy-reqwest` is not published yet; give its folder with `--runtime-path`, \
         as in `--runtime-path codegen/runtime` in a checkout of its repository"
    )]
    Unpublished,
    /// The folder does not hold the runtime.
    #[error(
        "`{}` is not the runtime: {found}; give the folder of the package `smithy-reqwest`",
        path.display()
    )]
    Runtime {
        /// The folder.
        path: PathBuf,
        /// The package that was found instead.
        found: String,
    },
    /// The model has problems, or a file could not be written.
    #[error(transparent)]
    Generate(#[from] Error),
}

/// The remedy where a model cannot be read.
const MODELS: &str = "; AWS publishes the models of its services on GitHub, in \
                      aws/api-models-aws";

/// Creates a crate. If anything is wrong with the settings, nothing is written.
///
/// A run that was killed can be repeated: a folder with nothing in it but files of the same crate
/// counts as empty.
///
/// # Errors
///
/// An invalid name, a folder that is not empty, no runtime, a model that cannot be read or has
/// problems, or a file that cannot be written.
pub fn scaffold(new: &NewCrate) -> Result<Generated, ScaffoldError> {
    let runtime = new.runtime_path.as_deref();
    let runtime = path::runtime(runtime.ok_or(ScaffoldError::Unpublished)?)?;
    let name = &new.options.package;
    if let Some(reason) = unusable_name(name, &runtime.dependencies) {
        let name = name.clone();
        return Err(ScaffoldError::Name { name, reason });
    }
    let source = fs::read_to_string(&new.model).map_err(|error| ScaffoldError::Read {
        path: new.model.clone(),
        error,
        hint: Some(MODELS),
    })?;
    let generated = generate(&source, &new.options)?;
    let runtime = path::relative(&runtime.path, &new.path);
    let others = others(new, &generated, source, &runtime);
    if write_new(&generated, &others, &new.path)? {
        Ok(generated)
    } else {
        Err(ScaffoldError::NotEmpty(new.path.clone()))
    }
}

/// Returns the files beside the generated sources.
fn others(
    new: &NewCrate,
    generated: &Generated,
    model: String,
    runtime: &str,
) -> BTreeMap<PathBuf, String> {
    let (name, service) = (&generated.package, &generated.service);
    let model_path = model_path(&new.model);
    let manifest = manifest(new, service, &model_path, runtime);
    BTreeMap::from([
        ("Cargo.toml".into(), manifest),
        (".gitignore".into(), "/target\n".to_owned()),
        ("README.md".into(), readme(name, service, &model_path)),
        ("src/lib.rs".into(), front_page(name, service)),
        (model_path.into(), model),
    ])
}

/// Returns the path of the model in the new crate.
fn model_path(model: &Path) -> String {
    let name = model.file_name().unwrap_or_default();
    format!("model/{}", name.to_string_lossy())
}
