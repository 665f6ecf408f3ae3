//! The manifest of a new crate.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::NewCrate;
use crate::ir::Service;

pub(super) fn manifest(new: &NewCrate, service: &Service, runtime: Option<&Path>) -> String {
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
    // A package inside a workspace of which it is not a member needs a workspace of its own.
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
keywords = [\"aws\", \"client\"]
categories = [\"api-bindings\"]
include = [\"/src/**\", \"/README.md\"]

[package.metadata.codegen]
{codegen}
[package.metadata.docs.rs]
all-features = true

[features]
default = [\"rustls-ring\"]
rustls-ring = [\"smithy-reqwest/rustls-ring\"]
rustls-aws-lc = [\"smithy-reqwest/rustls-aws-lc\"]
native-tls = [\"smithy-reqwest/native-tls\"]
aws-config = [\"smithy-reqwest/aws-config\"]

[dependencies]
serde = {{ version = \"1\", features = [\"derive\"] }}
smithy-reqwest = {{ {source}version = \"{version}\", default-features = false{features} }}
{dev_dependencies}{workspace}",
        name = new.name,
    )
}

/// Returns the dependencies of the tests, if the model has protocol test cases.
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

/// Returns text as a TOML string, which has the escapes of JSON.
fn toml_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn is_below_workspace(path: &Path) -> bool {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.ancestors().skip(1).any(|folder| {
        fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|manifest| manifest.lines().any(declares_workspace))
    })
}

/// Returns whether a line of a manifest declares a workspace.
fn declares_workspace(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("[workspace]") || line.starts_with("[workspace.")
}

/// Returns the path of a file relative to a directory that need not exist yet.
fn relative(file: &Path, folder: &Path) -> PathBuf {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (file, folder) = (clean(&absolute(file)), clean(&absolute(folder)));
    let shared = file.iter().zip(&folder).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n(Component::ParentDir.as_os_str(), folder.len() - shared);
    up.chain(file.iter().skip(shared).map(AsRef::as_ref))
        .collect()
}

/// Returns the components of an absolute path, without `.` and `..`.
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
