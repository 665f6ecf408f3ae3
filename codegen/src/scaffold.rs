//! A new crate: its manifest, its front page and its generated sources.

mod front_page;
mod manifest;

use std::path::{Path, PathBuf};
use std::{fs, io};

use self::front_page::{front_page, readme};
use self::manifest::manifest;
use crate::generate::{GenerateError, Generated, Options, generate};
use crate::output::{self, OutputError, write_file};
use crate::prose::PROPER_NAMES;

/// What crate to make.
#[derive(Debug, Clone)]
pub struct NewCrate {
    /// The model.
    pub model: PathBuf,
    /// The name of the crate.
    pub name: String,
    /// The folder to make it in.
    pub path: PathBuf,
    /// The service, where the model has several.
    pub service: Option<String>,
    /// The operations; all where there are none here.
    pub operations: Vec<String>,
    /// Whether to leave out what is not supported.
    pub skip_unsupported: bool,
    /// The folder of the runtime, where it is not to be the published one.
    pub runtime_path: Option<PathBuf>,
}

/// Why no crate was made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ScaffoldError {
    /// The name is none for a crate.
    #[error("`{0}` is no name for a crate: use letters, digits, `-` and `_`, with a letter first")]
    Name(String),
    /// There is something in the folder.
    #[error("`{}` is not empty; name a new folder", .0.display())]
    NotEmpty(PathBuf),
    /// A path cannot be read.
    #[error("`{}` could not be read: {error}", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The folder of the runtime has none.
    #[error("`{}` has no `Cargo.toml`; give the folder of the package `smithy-reqwest`", .0.display())]
    Runtime(PathBuf),
    /// The model has problems.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// A file could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Makes a crate. Where anything is wrong with what is asked for, nothing is written.
///
/// # Errors
///
/// A name that is none, a folder that is not empty, a model that cannot be read or has problems,
/// or a file that cannot be written.
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
    write("src/lib.rs", &front_page(new, &generated))?;
    if let Some(settings) = clippy_settings(&generated) {
        write(".clippy.toml", &settings)?;
    }
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

/// The proper names in mixed case that stand in the generated files.
fn proper_names(generated: &Generated) -> Vec<&'static str> {
    let texts = generated.library.values().chain(generated.tests.values());
    let stands = |name: &str| texts.clone().any(|text| text.contains(name));
    PROPER_NAMES
        .iter()
        .copied()
        .filter(|name| stands(name))
        .collect()
}

/// What Clippy has to know of the crate; `None` where that is nothing.
fn clippy_settings(generated: &Generated) -> Option<String> {
    let mut settings = String::new();
    let proper_names = proper_names(generated);
    if !proper_names.is_empty() {
        settings.push_str(&format!(
            "# Names that the documentation uses as words, not as code.\n\
             doc-valid-idents = [\"{}\", \"..\"]\n",
            proper_names.join("\", \"")
        ));
    }
    if has_placeholder(generated) {
        settings.push_str("# The model has members of such names.\ndisallowed-names = []\n");
    }
    Some(settings).filter(|settings| !settings.is_empty())
}

/// Whether a member has a name that Clippy takes for a placeholder.
fn has_placeholder(generated: &Generated) -> bool {
    let mut texts = generated.library.values();
    texts.any(|text| {
        ["foo", "baz", "quux"]
            .iter()
            .any(|name| text.contains(&format!("pub {name}:")))
    })
}
