//! A new crate: its manifest, its front page and its generated sources.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use crate::format::import_list;
use crate::generate::{GenerateError, Generated, Options, generate};
use crate::ir::{Operation, Service, Type};
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
    #[error("`{}` could not be read: {source}", path.display())]
    Read {
        /// The path.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
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
    let source = fs::read_to_string(&new.model).map_err(|source| ScaffoldError::Read {
        path: new.model.clone(),
        source,
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
        Err(source) => Err(ScaffoldError::Read {
            path: path.to_owned(),
            source,
        }),
    }
}

fn runtime_path(path: &Path) -> Result<PathBuf, ScaffoldError> {
    let absolute = path.canonicalize().map_err(|source| ScaffoldError::Read {
        path: path.to_owned(),
        source,
    })?;
    if absolute.join("Cargo.toml").is_file() {
        Ok(absolute)
    } else {
        Err(ScaffoldError::Runtime(path.to_owned()))
    }
}

fn manifest(new: &NewCrate, service: &Service, runtime: Option<&Path>) -> String {
    let model = relative(&new.model, &new.path);
    let mut codegen = format!("model = {}\n", toml_text(&model.to_string_lossy()));
    if let Some(service) = &new.service {
        codegen.push_str(&format!("service = {}\n", toml_text(service)));
    }
    if !new.operations.is_empty() {
        let names: Vec<String> = new.operations.iter().map(|name| toml_text(name)).collect();
        codegen.push_str(&format!("operations = [{}]\n", names.join(", ")));
    }
    if new.skip_unsupported {
        codegen.push_str("skip-unsupported = true\n");
    }
    let source = match runtime {
        Some(path) => format!("path = {}, ", toml_text(&path.to_string_lossy())),
        None => String::new(),
    };
    let dev_dependencies = dev_dependencies(service, &source);
    let features: Vec<String> = service
        .runtime_features()
        .into_iter()
        .map(toml_text)
        .collect();
    let features = match features.as_slice() {
        [] => String::new(),
        features => format!(", features = [{}]", features.join(", ")),
    };
    let version = env!("CARGO_PKG_VERSION");
    let description = toml_text(&format!(
        "A client of {}, generated from its model.",
        service.title
    ));
    // A package below a workspace that does not list it must say that it is none of its members.
    let workspace = if is_below_workspace(&new.path) {
        "\n[workspace]\n"
    } else {
        ""
    };
    format!(
        "[package]
name = \"{name}\"
description = {description}
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.88\"

[package.metadata.codegen]
{codegen}
[features]
default = [\"rustls-ring\"]
rustls-ring = [\"smithy-reqwest/rustls-ring\"]
rustls-aws-lc = [\"smithy-reqwest/rustls-aws-lc\"]
native-tls = [\"smithy-reqwest/native-tls\"]

[dependencies]
serde = {{ version = \"1\", features = [\"derive\"] }}
smithy-reqwest = {{ {source}version = \"{version}\", default-features = false{features} }}
{dev_dependencies}{workspace}",
        name = new.name,
    )
}

/// What the tests of a crate need, where its model carries protocol cases.
fn dev_dependencies(service: &Service, source: &str) -> String {
    let cases = &service.cases;
    if cases.requests.is_empty() && cases.responses.is_empty() {
        return String::new();
    }
    let version = env!("CARGO_PKG_VERSION");
    format!(
        "
[dev-dependencies]
smithy-reqwest = {{ {source}version = \"{version}\", default-features = false, features = [\"protocol-test\"] }}
tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}
"
    )
}

/// Text as a string of TOML, which has the escapes of JSON.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn is_below_workspace(path: &Path) -> bool {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.ancestors().skip(1).any(|folder| {
        fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|manifest| manifest.lines().any(|line| line.trim() == "[workspace]"))
    })
}

/// The path to a file from a folder that need not be there yet.
fn relative(file: &Path, folder: &Path) -> PathBuf {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (file, folder) = (clean(&absolute(file)), clean(&absolute(folder)));
    let shared = file.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(Component::ParentDir.as_os_str(), folder.len() - shared);
    up.chain(file.iter().skip(shared).map(AsRef::as_ref))
        .collect()
}

/// The parts of an absolute path, without `.` and `..`.
fn clean(path: &Path) -> Vec<std::ffi::OsString> {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()),
            component => parts.push(component.as_os_str().to_owned()),
        }
    }
    parts
}

fn readme(new: &NewCrate, service: &Service) -> String {
    let NewCrate { name, .. } = new;
    let example = example(new, service).join("\n");
    format!(
        "# {name}

A client of {title} (API version {version}), generated from its model by
`smithy-reqwest-codegen`.

```rust
{example}
```

`src/generated` and `tests/generated` are machine-written; everything else is yours. After a change
of the model, run `codegen`, the binary of `smithy-reqwest-codegen`, in this folder; `codegen --check`
tells whether that is needed.

TLS is a matter of features: `rustls-ring` (the default), and without default features
`rustls-aws-lc`, `native-tls`, or none of them with an HTTP client of your own.
",
        title = service.title,
        version = service.version,
    )
}

/// What every crate re-exports of the runtime.
const REEXPORTS: &[&str] = &[
    "Body",
    "Bytes",
    "Credentials",
    "CredentialsError",
    "CredentialsFuture",
    "Environment",
    "ProvideCredentials",
    "Timestamp",
    "Transport",
    "TransportError",
    "http",
    "http_client_builder",
    "reqwest",
];

/// What a crate re-exports of the runtime where its own types hold it.
const REEXPORTS_IF_USED: &[&str] = &["BigDecimal", "BigInteger", "Document"];

/// The re-exports of the front page.
fn reexports(generated: &Generated) -> String {
    let service = &generated.service;
    let mut reexports = String::new();
    if !service.operations.is_empty() {
        reexports.push_str("#[doc(no_inline)]\npub use generated::operation::*;\n");
    }
    reexports.push_str("pub use generated::*;\n");
    let mut operations = service.operations.iter();
    if operations.any(|operation| operation.pagination.is_some()) {
        reexports.push_str("pub use smithy_reqwest::pagination::{Items, Pages};\n");
    }
    let is_used = |name: &&&str| {
        let path = format!("smithy_reqwest::{name}");
        let mut files = generated.library.values();
        files.any(|text| text.contains(&path) || lists(text, name))
    };
    let used = REEXPORTS_IF_USED.iter().filter(is_used);
    let names: BTreeSet<&str> = REEXPORTS.iter().chain(used).copied().collect();
    let names: Vec<&str> = names.into_iter().collect();
    reexports + &import_list("pub use smithy_reqwest", &names) + "\n"
}

/// Whether a file imports a name in a list of names of the runtime.
fn lists(text: &str, name: &str) -> bool {
    let lists = text.split("use smithy_reqwest::{").skip(1);
    let mut names = lists.flat_map(|rest| {
        let list = rest.split('}').next().unwrap_or_default();
        list.split(',').map(str::trim)
    });
    names.any(|listed| listed == name)
}

fn front_page(new: &NewCrate, generated: &Generated) -> String {
    let service = &generated.service;
    let crate_name = new.name.replace('-', "_");
    let example: Vec<String> = example(new, service)
        .into_iter()
        .map(|line| format!("//! {line}\n"))
        .collect();
    format!(
        "//! A client of {title}.
//!
//! ```no_run
//! # async fn example() -> Result<(), {crate_name}::Error> {{
{example}//! # Ok(())
//! # }}
//! ```
//!
//! The operations are the methods of [`Client`]. TLS is a matter of features: `rustls-ring` (the
//! default), `rustls-aws-lc`, `native-tls`, or none of them with a client of your own.

mod generated;

{reexports}",
        title = service.title,
        example = example.concat(),
        reexports = reexports(generated),
    )
}

/// How the crate is used: a call of an operation that needs nothing but text, where there is one.
fn example(new: &NewCrate, service: &Service) -> Vec<String> {
    let crate_name = new.name.replace('-', "_");
    let mut lines = vec![format!(
        "let client = {crate_name}::Client::from_env().await?;"
    )];
    let simple = |operation: &&Operation| {
        let mut required = operation
            .request
            .members
            .iter()
            .filter(|member| member.is_argument());
        operation.deprecated.is_none() && required.all(|member| member.ty == Type::String)
    };
    if let Some(operation) = service.operations.iter().find(simple) {
        let required = operation
            .request
            .members
            .iter()
            .filter(|member| member.is_argument());
        let arguments: Vec<String> = required
            .map(|member| format!("\"{}\"", member.name))
            .collect();
        let call = format!("client.{}({})", operation.method, arguments.join(", "));
        lines.push(format!("let answer = {call}.send().await?;"));
        lines.push("println!(\"{answer:?}\");".to_owned());
    }
    lines
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
