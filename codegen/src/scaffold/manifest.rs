//! The manifest of a new crate.

use std::fs;
use std::path::Path;

use super::NewCrate;
use crate::ir::Service;

/// Returns the manifest; `model` and `runtime` are paths relative to the crate.
pub(super) fn manifest(new: &NewCrate, service: &Service, model: &str, runtime: &str) -> String {
    let options = &new.options;
    let mut codegen = format!("model = {}\n", toml_text(model));
    if let Some(service) = &options.service {
        codegen.push_str(&format!("service = {}\n", toml_text(service)));
    }
    if let Some(protocol) = &options.protocol {
        codegen.push_str(&format!("protocol = {}\n", toml_text(protocol)));
    }
    if !options.operations.is_empty() {
        let operations = toml_array(&options.operations);
        codegen.push_str(&format!("operations = {operations}\n"));
    }
    if options.skip_unsupported {
        codegen.push_str("skip-unsupported = true\n");
    }
    let source = format!("path = {}, ", toml_text(runtime));
    let dev_dependencies = dev_dependencies(service, &source);
    let features = service.runtime_features();
    let features = if features.is_empty() {
        String::new()
    } else {
        format!(", features = {}", toml_array(features))
    };
    let version = env!("CARGO_PKG_VERSION");
    let description = toml_text(&format!(
        "A client for {}, generated from its model.",
        service.title
    ));
    // A package inside another workspace needs its own workspace if it is not a member.
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
jiff = [\"smithy-reqwest/jiff\"]

[dependencies]
smithy-reqwest = {{ {source}version = \"{version}\", default-features = false{features} }}
{dev_dependencies}{workspace}",
        name = options.package,
    )
}

/// Returns the dependencies of the tests: those of the examples on the front page, and of the protocol
/// test cases if the model has some.
fn dev_dependencies(service: &Service, source: &str) -> String {
    let cases = &service.cases;
    let has_cases =
        !cases.requests.is_empty() || !cases.responses.is_empty() || !cases.events.is_empty();
    let version = env!("CARGO_PKG_VERSION");
    let runtime = if has_cases {
        format!(
            "smithy-reqwest = {{ {source}version = \"{version}\", default-features = false, \
             features = [\"protocol-test\"] }}\n"
        )
    } else {
        String::new()
    };
    format!(
        "
[dev-dependencies]
serde_json = \"1\"
{runtime}tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}
tracing = {{ version = \"0.1\", default-features = false, features = [\"std\"] }}
"
    )
}

/// Returns text as a TOML string, which has the escapes of JSON and forbids one more character.
fn toml_text(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{7f}', "\\u007f")
}

/// Returns texts as a TOML array.
fn toml_array(texts: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let texts = texts.into_iter().map(|text| toml_text(text.as_ref()));
    format!("[{}]", texts.collect::<Vec<_>>().join(", "))
}

fn is_below_workspace(path: &Path) -> bool {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.ancestors().skip(1).any(|folder| {
        fs::read_to_string(folder.join("Cargo.toml"))
            .is_ok_and(|manifest| manifest.lines().any(declares_workspace))
    })
}

/// Returns `true` if a line of a manifest declares a workspace.
fn declares_workspace(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("[workspace]") || line.starts_with("[workspace.")
}
