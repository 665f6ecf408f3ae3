//! The README of a new crate, and the front page of its documentation.

use super::NewCrate;
use crate::ir::{Constructor, Member, Operation, Service, Type};
use crate::name;
use crate::prose;

/// Returns the README; `model` is the path of the model from the folder of the crate.
pub(super) fn readme(new: &NewCrate, service: &Service, model: &str) -> String {
    let NewCrate { name, .. } = new;
    let example = example(new, service).join("\n");
    format!(
        "# {name}

A client for {title} (API version {version}), generated from its model,
{model}, by `smithy-reqwest-codegen`.

```rust
{example}
```

`src/generated` and `tests/generated` are generated; everything else is yours. After a change of the
model, run `codegen`, the command of `smithy-reqwest-codegen`, in this directory. `codegen --check`
reports outdated files.

The TLS library is chosen by features: `rustls-ring` (the default), `rustls-aws-lc` or `native-tls`.
Without any of them, pass your own HTTP client to the builder.
",
        title = service.title,
        version = prose::phrase(&service.version),
        model = prose::code(model),
    )
}

/// The re-exports from the runtime. They are the same for every crate, because the front page is
/// not updated when operations are added.
const REEXPORTS: &str = "pub use generated::*;
#[doc(inline)]
pub use smithy_reqwest::pagination::{Items, Pages};
pub use smithy_reqwest::{http, reqwest};
#[doc(inline)]
pub use smithy_reqwest::{
    BigDecimal, BigInteger, Body, Bytes, CachedCredentials, Credentials, CredentialsError,
    CredentialsFuture, Document, Environment as EnvironmentVariables, ProvideCredentials,
    Timestamp, Transport, TransportError, credentials, http_client_builder, retry,
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
        "//! A client for {title}.
//!
//! ```no_run
//! # async fn example() -> Result<(), {crate_name}::Error> {{
{example}//! # Ok(())
//! # }}
//! ```
//!
//! Every operation is a method of [`Client`].
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

/// The sections that differ between crates only in the name of the crate.
const GUIDE: &str = "\
//! # Retries and timeouts
//!
//! A call makes up to three attempts if a failure may be temporary. Connecting times out after 3.1
//! seconds, and a connection without data after 60 seconds. By default, attempts and calls have no
//! timeout.
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
//! # Request IDs and logs
//!
//! `send_with_metadata` also returns the request ID, the status, the headers and the number of
//! attempts. An error always has them:
//!
//! ```
//! # fn example(error: CRATE::Error) {
//! eprintln!(\"{error}\");
//! eprintln!(\"{:?}, after {} attempts\", error.request_id(), error.attempts());
//! # }
//! ```
//!
//! Every call emits a `tracing` span, and every attempt an event, with the target `smithy_reqwest`
//! and the level DEBUG. They contain no headers and no bodies.
//!
//! # serde and secrets
//!
//! Requests, responses and types implement `Serialize` and `Deserialize`, with the names of the
//! API. `Debug` redacts members that the model marks as sensitive, and `WithoutSecrets` redacts
//! them for serde:
//!
//! ```
//! # fn example<R: CRATE::Request>(request: &R) {
//! let redacted = CRATE::WithoutSecrets(request); // implements `Serialize`
//! println!(\"{redacted:?}\");
//! # }
//! ```
//!
//! # TLS
//!
//! The TLS library is chosen by features: `rustls-ring` (the default), `rustls-aws-lc` or
//! `native-tls`. Without any of them, pass your own HTTP client to the builder.
";

/// Returns an example: a call of an operation whose required members are all strings, if there is
/// one. An operation with required members is preferred.
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
