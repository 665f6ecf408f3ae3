//! Generation of a client in a build script, as a module of the crate.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use crate::error::Error;
use crate::generate::{Generated, generate};
use crate::name::{is_keyword, is_reserved_file};
use crate::options::Options;
use crate::output;

/// Generates a client in a build script.
///
/// With this crate in `[build-dependencies]`, write this build script:
///
/// ```no_run
/// // build.rs
/// use smithy_reqwest_codegen::{Build, Error};
///
/// fn main() -> Result<(), Error> {
///     Build::new("greeter.json").operations(["Greet"]).generate()?;
///     Ok(())
/// }
/// ```
///
/// The client is a module with the name of the model. Include it in the crate:
///
/// ```ignore
/// // src/main.rs
/// include!(concat!(env!("OUT_DIR"), "/greeter.rs"));
///
/// use greeter::Client;
/// ```
///
/// The crate needs the edition 2024, and `smithy-reqwest` in `[dependencies]`, with a TLS feature,
/// and with `cbor` for rpcv2Cbor, `xml` for restXml, `query` for awsQuery and ec2Query,
/// `event-stream` for event streams, and `http2`, `gzip` and `md5` if an operation needs these.
///
/// Cargo runs the script again when the model has changed. Files that are already right are not
/// changed. Examples and test cases of the model are left out; `codegen new` creates a crate with
/// them.
#[derive(Debug, Clone)]
#[must_use = "nothing is generated before `generate`"]
pub struct Build {
    model: PathBuf,
    module: Option<String>,
    out_dir: Option<PathBuf>,
    options: Options,
}

impl Build {
    /// Creates the settings for a client of a model, which is a Smithy JSON AST. A relative path is
    /// relative to the folder of the manifest.
    pub fn new(model: impl Into<PathBuf>) -> Self {
        let model = model.into();
        Self {
            options: Options::new(model.display().to_string(), String::new()),
            model,
            module: None,
            out_dir: None,
        }
    }

    /// Sets the operations to generate, with the types they need. Defaults to all operations of the
    /// service.
    pub fn operations<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.options.operations = names.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the service, if the model has several: its shape id or the name in it.
    pub fn service(mut self, id: impl Into<String>) -> Self {
        self.options.service = Some(id.into());
        self
    }

    /// Sets the protocol, if the service has several: its name, as in `awsJson1_0`, or the id of
    /// its trait.
    pub fn protocol(mut self, name: impl Into<String>) -> Self {
        self.options.protocol = Some(name.into());
        self
    }

    /// Leaves out operations that need unsupported features, instead of failing.
    /// [`Generated::skipped`] lists them.
    pub fn skip_unsupported(mut self) -> Self {
        self.options.skip_unsupported = true;
        self
    }

    /// Sets the name of the module and of the file to include. Defaults to the name of the model's
    /// file, in snake case.
    pub fn module(mut self, name: impl Into<String>) -> Self {
        self.module = Some(name.into());
        self
    }

    /// Sets the folder to write to. Defaults to `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates the client, and tells cargo to run the script again when the model has changed.
    ///
    /// # Errors
    ///
    /// A model that cannot be read or is invalid, an invalid module name, or a file that cannot be
    /// written. When a build script returns the error, cargo shows it as a report.
    pub fn generate(self) -> Result<Generated, Error> {
        let model = &self.model;
        println!("cargo::rerun-if-changed={}", model.display());
        let module = self.module_name()?;
        let out_dir = match self.out_dir {
            Some(folder) => folder,
            None => env::var_os("OUT_DIR").ok_or(Error::OutDir)?.into(),
        };
        let source = fs::read_to_string(model).map_err(|error| Error::Read {
            path: model.clone(),
            error,
        })?;
        let mut options = self.options;
        options.package.clone_from(&module);
        options.is_module = true;
        let generated = generate(&source, &options).map_err(in_build_script)?;
        claim(&out_dir, &module)?;
        output::write_module(&generated, &module, &entry(&module, model), &out_dir)?;
        Ok(generated)
    }

    fn module_name(&self) -> Result<String, Error> {
        let stem = self.model.file_stem().unwrap_or_default();
        let name = match &self.module {
            Some(name) => name.clone(),
            None => heck::AsSnakeCase(stem.to_string_lossy()).to_string(),
        };
        let is_identifier = syn::parse_str::<syn::Ident>(&name).is_ok();
        if is_identifier && !is_keyword(&name) && !is_reserved_file(&name.to_ascii_lowercase()) {
            Ok(name)
        } else {
            Err(Error::Module(name))
        }
    }
}

/// Takes a module for this build script: a second one of the same name would replace the first.
fn claim(out_dir: &Path, module: &str) -> Result<(), Error> {
    static CLAIMED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

    let mut claimed = CLAIMED.lock().unwrap_or_else(PoisonError::into_inner);
    if claimed.insert(out_dir.join(module)) {
        Ok(())
    } else {
        Err(Error::Repeated(module.to_owned()))
    }
}

/// Returns the hints of an error in the words of a build script: methods in place of flags and
/// keys.
fn in_build_script(error: Error) -> Error {
    const METHODS: [(&str, &str); 6] = [
        ("; in a manifest, with the keys of these names", ""),
        (", or `service` in the manifest", ""),
        ("`--skip-unsupported`", "`.skip_unsupported()`"),
        ("`--operations`", "`.operations([…])`"),
        ("`--service`", "`.service(\"…\")`"),
        ("`--protocol`", "`.protocol(\"…\")`"),
    ];

    let words = |help: &str| {
        METHODS
            .iter()
            .fold(help.to_owned(), |help, (flag, method)| {
                help.replace(flag, method)
            })
    };
    match error {
        Error::Model(problems) => Error::Model(Box::new(problems.with_help(words))),
        other => other,
    }
}

/// Returns the file that a crate includes. A module in a file of its own may begin with inner
/// attributes, which included text may not.
fn entry(module: &str, model: &Path) -> String {
    let model = model.file_name().unwrap_or_default().to_string_lossy();
    format!(
        "// @generated by smithy-reqwest-codegen from {model}; do not edit.

#[allow(
    clippy::disallowed_names,
    clippy::doc_markdown,
    dead_code,
    unreachable_pub,
    reason = \"names and words are the model's, and a crate uses what it needs of a client\"
)]
#[path = \"{module}/mod.rs\"]
pub mod {module};
"
    )
}
