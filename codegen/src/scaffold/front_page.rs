//! The README of a new crate, and the front page of its documentation.

use super::NewCrate;
use crate::ir::{Constructor, Member, Operation, Service, Type};
use crate::name;
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
    CredentialsFuture, Document, Environment as EnvironmentVariables, ProvideCredentials,
    Timestamp, Transport, TransportError, credentials, http, http_client_builder, reqwest, retry,
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
//! The operations are the methods of [`Client`].
//!
{guide}
#[rustfmt::skip]
mod generated;

{operations}{REEXPORTS}",
        title = service.title,
        example = example.concat(),
        guide = GUIDE.replace("CRATE", &crate_name),
    )
}

/// The sections that are the same for every crate, but for its name.
const GUIDE: &str = "\
//! # Retries and timeouts
//!
//! A call is attempted three times, where another attempt can help. Connecting takes at most 3.1
//! seconds, and the service may be silent for 60; attempts and calls have no timeout of their own.
//!
//! ```
//! use std::time::Duration;
//!
//! let builder = CRATE::Client::builder()
//!     .max_attempts(5)
//!     .connect_timeout(Duration::from_secs(1))
//!     .read_timeout(Duration::from_secs(20))
//!     .attempt_timeout(Duration::from_secs(30))
//!     .call_timeout(Duration::from_secs(60));
//! # drop(builder);
//! ```
//!
//! # Request ids and logs
//!
//! `send_with_metadata` in place of `send` gives the request id, the status, the headers and the
//! number of attempts too. An error has them in any case:
//!
//! ```
//! # fn example(error: CRATE::Error) {
//! eprintln!(\"{error}\");
//! eprintln!(\"{:?}, after {} attempts\", error.request_id(), error.attempts());
//! # }
//! ```
//!
//! Every call emits a span of the crate `tracing`, and every attempt an event, with the target
//! `smithy_reqwest` and the level DEBUG. They have no headers and no bodies.
//!
//! # serde and secrets
//!
//! Requests, responses and types implement `Serialize` and `Deserialize`, with the names of the API.
//! What the model declares sensitive is redacted by `Debug`, and by serde if it is asked to:
//!
//! ```
//! # fn example<R: CRATE::Request>(request: &R) {
//! let shown = CRATE::WithoutSecrets(request); // implements `Serialize`
//! println!(\"{shown:?}\");
//! # }
//! ```
//!
//! # TLS
//!
//! TLS is a matter of features: `rustls-ring` (the default), `rustls-aws-lc`, `native-tls`, or none of
//! them with a client of your own.
";

/// Returns an example: a call of an operation whose required members are all strings, if there is
/// one. One that requires something shows more than one that requires nothing.
fn example(new: &NewCrate, service: &Service) -> Vec<String> {
    let crate_name = new.name.replace('-', "_");
    let mut lines = vec![format!(
        "let client = {crate_name}::Client::from_env().await?;"
    )];
    let is_simple = |operation: &&Operation| {
        let mut required = operation
            .request
            .members
            .iter()
            .filter(|it| is_required(it));
        operation.deprecated.is_none()
            && !matches!(operation.request.constructor, Constructor::Fields(..))
            && required.all(|member| member.ty == Type::String)
    };
    let simple: Vec<&Operation> = service.operations.iter().filter(is_simple).collect();
    let shows_more = |it: &&&Operation| it.request.members.iter().any(is_required);
    if let Some(operation) = simple.iter().find(shows_more).or(simple.first()) {
        let arguments: Vec<String> = operation
            .request
            .arguments()
            .map(|member| format!("{:?}", member.model_name))
            .collect();
        let mut call = format!("client.{}({})", operation.method, arguments.join(", "));
        let members = operation.request.members.iter();
        for member in members.filter(|it| it.is_required_setting()) {
            let setter = name::call_setter_name(&member.name, operation.pagination.is_some());
            call.push_str(&format!(".{setter}({:?})", member.model_name));
        }
        lines.push(format!("let response = {call}.send().await?;"));
        lines.push("println!(\"{response:?}\");".to_owned());
    }
    lines
}

fn is_required(member: &Member) -> bool {
    member.is_argument() || member.is_required_setting()
}
