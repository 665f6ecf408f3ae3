//! The workspace that the crates are made in, and what cargo says of it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fmt, fs, io};

use smithy_reqwest_codegen::Options;
use smithy_reqwest_codegen::scaffold::{NewCrate, scaffold};

use crate::input::Input;
use crate::outcome::Outcomes;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What is looked at before the tests: what it is, and the arguments of cargo.
pub(crate) const CHECKS: &[(&str, &[&str])] = &[
    ("rustfmt", &["fmt", "--all", "--check"]),
    (
        "clippy",
        &[
            "clippy", "--offline", "--workspace", "--all-targets", "--keep-going", "--", "-D",
            "warnings",
        ],
    ),
    (
        "compile the tests",
        &[
            "test", "--offline", "--workspace", "--no-run", "--no-fail-fast",
        ],
    ),
    (
        "rustdoc",
        &[
            "doc", "--offline", "--workspace", "--no-deps", "--keep-going",
        ],
    ),
];

/// Why the crates could not be made or looked at.
#[derive(Debug)]
pub(crate) struct Error(String);

impl Error {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |error| Self::new(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A workspace of generated crates.
pub(crate) struct Workspace {
    folder: PathBuf,
    models: PathBuf,
}

impl Workspace {
    /// An empty workspace, in place of the one of the run before.
    pub(crate) fn create() -> Result<Self, Error> {
        let root = Path::new(ROOT).join("target/conformance");
        let (folder, models) = (root.join("workspace"), root.join("models"));
        for path in [&folder, &models] {
            if path.exists() {
                fs::remove_dir_all(path).map_err(Error::io(path))?;
            }
            fs::create_dir_all(path).map_err(Error::io(path))?;
        }
        Ok(Self { folder, models })
    }

    /// Makes a crate.
    pub(crate) fn add(&self, input: &Input) -> Result<(), Error> {
        let path = self.folder.join(&input.name);
        let model = self.models.join(format!("{}.json", input.name));
        fs::write(&model, format!("{:#}", input.model)).map_err(Error::io(&model))?;
        let mut options = Options::new(model.display().to_string(), input.package());
        options.skip_unsupported = true;
        let generated = scaffold(&NewCrate {
            model,
            path: path.clone(),
            options,
            runtime_path: Some(Path::new(ROOT).join("codegen/runtime")),
        })
        .map_err(|error| Error::new(format!("{}: {error}", input.name)))?;
        // It is a member of this workspace, and the command made it for one of its own.
        let manifest = path.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(Error::io(&manifest))?;
        let text = text.replace("\n[workspace]\n", "");
        fs::write(&manifest, text).map_err(Error::io(&manifest))?;
        match generated.service.skipped.first() {
            None => Ok(()),
            Some(skipped) => Err(Error::new(format!(
                "{}: {} was left out, since {}",
                input.name, skipped.operation, skipped.reason
            ))),
        }
    }

    /// Writes what makes a workspace of the crates: the manifest and the versions of everything.
    pub(crate) fn complete(&self) -> Result<(), Error> {
        let manifest = self.folder.join("Cargo.toml");
        let text =
            "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n\n[profile.dev]\ndebug = false\n";
        fs::write(&manifest, text).map_err(Error::io(&manifest))?;
        let lock = Path::new(ROOT).join("Cargo.lock");
        fs::copy(&lock, self.folder.join("Cargo.lock")).map_err(Error::io(&lock))?;
        Ok(())
    }

    /// Runs a check; what is wrong is returned.
    pub(crate) fn check(&self, what: &str, arguments: &[&str]) -> Result<Option<String>, Error> {
        let output = self.cargo(arguments)?;
        if output.status.success() {
            return Ok(None);
        }
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        Ok(Some(format!("{what} has something to say:\n{said}")))
    }

    /// Runs the tests of a crate.
    pub(crate) fn test(&self, input: &Input) -> Result<Outcomes, Error> {
        let package = input.package();
        let output = self.cargo(&["test", "--offline", "--no-fail-fast", "--package", &package])?;
        let outcomes = Outcomes::read(&String::from_utf8_lossy(&output.stdout));
        if !output.status.success() && outcomes.failed().next().is_none() {
            let said = String::from_utf8_lossy(&output.stderr);
            let name = &input.name;
            return Err(Error::new(format!(
                "{name}: the tests cannot be run:\n{said}"
            )));
        }
        Ok(outcomes)
    }

    fn cargo(&self, arguments: &[&str]) -> Result<Output, Error> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let target = Path::new(ROOT).join("target/conformance/target");
        Command::new(cargo)
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target)
            // The crates are made anew each time, so nothing is gained by keeping parts of them.
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TERM_COLOR", "never")
            .env("RUSTDOCFLAGS", "-D warnings")
            .output()
            .map_err(|error| Error::new(format!("cargo cannot be run: {error}")))
    }
}
