//! What one reads first of a new crate: its README and the front page of its documentation.

use std::collections::BTreeSet;

use super::NewCrate;
use crate::generate::Generated;
use crate::ir::{Operation, Service, Type};
use crate::prose;

/// The README; `model` is the path of the model from the folder of the crate.
pub(super) fn readme(new: &NewCrate, service: &Service, model: &str) -> String {
    let NewCrate { name, .. } = new;
    let example = example(new, service).join("\n");
    format!(
        "# {name}

A client of {title} (API version {version}), generated from its model,
{model}, by `smithy-reqwest-codegen`.

```rust
{example}
```

`src/generated` and `tests/generated` are machine-written; everything else is yours. After a change
of the model, run `codegen`, the binary of `smithy-reqwest-codegen`, in this folder; `codegen --check`
shows whether that is needed.

TLS is a matter of features: `rustls-ring` (the default), and without default features
`rustls-aws-lc`, `native-tls`, or none of them with an HTTP client of your own. The feature
`aws-config` is for profiles with IAM Identity Center, roles taken with other credentials, or processes.
",
        title = service.title,
        version = prose::phrase(&service.version),
        model = prose::code(model),
    )
}

/// What every crate re-exports of the runtime.
const REEXPORTS: &[&str] = &[
    "Body",
    "Bytes",
    "CachedCredentials",
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
    "retry",
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
    format!("{reexports}pub use smithy_reqwest::{{{}}};\n", names.join(", "))
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

pub(super) fn front_page(new: &NewCrate, generated: &Generated) -> String {
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
//! default), `rustls-aws-lc`, `native-tls`, or none of them with a client of your own. `aws-config`
//! is for profiles with IAM Identity Center, roles taken with other credentials, or processes.

#[rustfmt::skip]
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
            .map(|member| format!("{:?}", member.model_name))
            .collect();
        let call = format!("client.{}({})", operation.method, arguments.join(", "));
        lines.push(format!("let answer = {call}.send().await?;"));
        lines.push("println!(\"{answer:?}\");".to_owned());
    }
    lines
}
