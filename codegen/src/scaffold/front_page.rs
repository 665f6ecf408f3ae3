//! The README of a new crate, and the front page of its documentation.

use super::NewCrate;
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
of the model, run `codegen`, the binary of `smithy-reqwest-codegen`, in this directory;
`codegen --check` shows whether that is needed.

TLS is a matter of features: `rustls-ring` (the default), and without default features
`rustls-aws-lc`, `native-tls`, or none of them with an HTTP client of your own.
",
        title = service.title,
        version = prose::phrase(&service.version),
        model = prose::code(model),
    )
}

/// The re-exports from the runtime. They are the same for every crate, because the front page stays
/// as it is when the crate gets more operations.
const REEXPORTS: &str = "pub use generated::*;
pub use smithy_reqwest::pagination::{Items, Pages};
pub use smithy_reqwest::{
    BigDecimal, BigInteger, Body, Bytes, CachedCredentials, Credentials, CredentialsError,
    CredentialsFuture, Document, Environment, ProvideCredentials, Timestamp, Transport,
    TransportError, credentials, http, http_client_builder, reqwest, retry,
};
";

pub(super) fn front_page(new: &NewCrate, service: &Service) -> String {
    let crate_name = new.name.replace('-', "_");
    let example: Vec<String> = example(new, service)
        .into_iter()
        .map(|line| format!("//! {line}\n"))
        .collect();
    let operations = if service.operations.is_empty() {
        ""
    } else {
        "#[doc(no_inline)]\npub use generated::operation::*;\n"
    };
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

#[rustfmt::skip]
mod generated;

{operations}{REEXPORTS}",
        title = service.title,
        example = example.concat(),
    )
}

/// Returns an example: a call of an operation whose required members are all strings, if there is
/// one.
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
        lines.push(format!("let response = {call}.send().await?;"));
        lines.push("println!(\"{response:?}\");".to_owned());
    }
    lines
}
