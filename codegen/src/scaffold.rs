//! Creates a crate: its manifest, its front page and its generated sources.

mod front_page;
mod manifest;

use std::path::{Path, PathBuf};
use std::{fs, io};

use self::front_page::{front_page, readme};
use self::manifest::manifest;
use crate::generate::{GenerateError, Generated, Options, generate};
use crate::output::{self, OutputError, write_file};

/// The crate to create.
#[derive(Debug, Clone)]
pub struct NewCrate {
    /// The model.
    pub model: PathBuf,
    /// The name of the crate.
    pub name: String,
    /// The directory to create it in.
    pub path: PathBuf,
    /// The service, if the model has several.
    pub service: Option<String>,
    /// The operations; all if this is empty.
    pub operations: Vec<String>,
    /// Whether to skip unsupported operations.
    pub skip_unsupported: bool,
    /// The directory of the runtime, instead of a published version.
    pub runtime_path: Option<PathBuf>,
}

/// An error in creating a crate.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScaffoldError {
    /// The name is not a valid crate name.
    #[error("invalid crate name `{0}`: use letters, digits, `-` and `_`, starting with a letter")]
    Name(String),
    /// The directory is not empty.
    #[error("`{}` is not empty: choose a new directory", .0.display())]
    NotEmpty(PathBuf),
    /// A path cannot be read.
    #[error("could not read `{}`: {error}", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// The cause.
        error: io::Error,
    },
    /// The directory is not that of the runtime.
    #[error("`{}` has no `Cargo.toml`: use the directory of the package `smithy-reqwest`", .0.display())]
    Runtime(PathBuf),
    /// The model is invalid.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// A file could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Creates a crate. Nothing is written if any argument is invalid.
///
/// # Errors
///
/// An invalid name, a directory that is not empty, a model that cannot be read or is invalid, or a
/// file that cannot be written.
pub fn scaffold(new: &NewCrate) -> Result<Generated, ScaffoldError> {
    check_name(&new.name)?;
    check_empty(&new.path)?;
    let source = fs::read_to_string(&new.model).map_err(|error| ScaffoldError::Read {
        path: new.model.clone(),
        error,
    })?;
    let runtime = new.runtime_path.as_deref().map(runtime_path).transpose()?;
    let generated = generate(
        &source,
        &Options {
            model_name: new.model.display().to_string(),
            package: new.name.clone(),
            service: new.service.clone(),
            operations: new.operations.clone(),
            skip_unsupported: new.skip_unsupported,
        },
    )?;
    let service = &generated.service;
    let write = |name: &str, text: &str| write_file(&new.path.join(name), text);
    write("Cargo.toml", &manifest(new, service, runtime.as_deref()))?;
    write(".gitignore", "/target\n")?;
    write("README.md", &readme(new, service))?;
    write("src/lib.rs", &front_page(new, service))?;
    output::write(&generated, &new.path)?;
    Ok(generated)
}

fn check_name(name: &str) -> Result<(), ScaffoldError> {
    let is_sound = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_ok();
    if is_sound {
        Ok(())
    } else {
        Err(ScaffoldError::Name(name.to_owned()))
    }
}

fn check_empty(path: &Path) -> Result<(), ScaffoldError> {
    match fs::read_dir(path).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(ScaffoldError::NotEmpty(path.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(ScaffoldError::Read {
            path: path.to_owned(),
            error,
        }),
    }
}

fn runtime_path(path: &Path) -> Result<PathBuf, ScaffoldError> {
    let absolute = path.canonicalize().map_err(|error| ScaffoldError::Read {
        path: path.to_owned(),
        error,
    })?;
    if absolute.join("Cargo.toml").is_file() {
        Ok(absolute)
    } else {
        Err(ScaffoldError::Runtime(path.to_owned()))
    }
}
