//! The README of a new crate, and the front page of its documentation.

use super::example::Example;
use crate::ir::Service;
use crate::prose;

/// Returns the README; `model` is the path of the model from the folder of the crate.
pub(super) fn readme(name: &str, service: &Service, model: &str) -> String {
    let crate_name = name.replace('-', "_");
    let example = Example::of(service).call(&crate_name);
    let example: Vec<String> = example.iter().map(|line| format!("    {line}\n")).collect();
    format!(
        "# {name}

A client for {title} (API version {version}), generated from its model,
{model}, by `smithy-reqwest-codegen`.

```rust,no_run
#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), {crate_name}::Error> {{
{example}    Ok(())
}}
```

`cargo doc --open` shows the documentation. It has examples of settings, retries, timeouts, request
IDs, logs, serde and redaction.

`src/generated` and `tests/generated` are generated; everything else is yours. After a change of the
model, run `codegen`, the command of `smithy-reqwest-codegen`, in this directory. `codegen --check`
reports outdated files.

The TLS library is chosen by features: `rustls-ring` (the default), `rustls-aws-lc` or `native-tls`.
Without any of them, pass your own HTTP client to the builder.
",
        title = service.title,
        version = prose::phrase(&service.version),
        model = prose::code(model),
        example = example.concat(),
    )
}

/// The re-exports from the runtime. They are the same for every crate, because the front page is
/// not updated when operations are added.
const REEXPORTS: &str = "pub use generated::*;
#[doc(inline)]
pub use smithy_reqwest::pagination::{Items, Pages};
#[doc(inline)]
pub use smithy_reqwest::{
    BigDecimal, BigInteger, Body, Bytes, CachedCredentials, Credentials, CredentialsError,
    CredentialsFuture, Document, EnvironmentVariables, ProvideCredentials, Timestamp, Transport,
    TransportError, credentials, http_client_builder, retry,
};
pub use smithy_reqwest::{http, reqwest};
";

/// The tests of the README.
const README: &str = "
/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!(\"../README.md\")]
struct Readme;
";

pub(super) fn front_page(name: &str, service: &Service) -> String {
    let crate_name = name.replace('-', "_");
    let example = Example::of(service);
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
{call}//! # Ok(())
//! # }}
//! ```
//!
//! Every operation is a method of [`Client`].
//!
{guide}//!
{serde}{tls}
#[rustfmt::skip]
mod generated;

{operations}{REEXPORTS}{README}",
        title = service.title,
        call = comment(&example.call(&crate_name)),
        guide = GUIDE.replace("CRATE", &crate_name),
        serde = serde(&example, &crate_name),
        tls = TLS,
    )
}

/// Returns lines as a comment about the crate.
fn comment(lines: &[String]) -> String {
    let lines = lines.iter().map(|line| {
        let line = format!("//! {line}");
        format!("{}\n", line.trim_end())
    });
    lines.collect()
}

/// Returns the section about serde, with a request of the example if there is one.
fn serde(example: &Example, crate_name: &str) -> String {
    let request = example.request(crate_name).map_or(String::new(), |lines| {
        format!(
            "//! ```
//! # fn main() -> serde_json::Result<()> {{
{}//! # Ok(())
//! # }}
//! ```
//!
",
            comment(&lines)
        )
    });
    SERDE
        .replace("REQUEST", &request)
        .replace("CRATE", crate_name)
}

/// The sections that differ between crates only in the name of the crate.
const GUIDE: &str = "\
//! # Retries and timeouts
//!
//! A call makes up to three attempts if a failure may be temporary. These are the timeouts:
//!
//! | setting | limits | default |
//! |---|---|---|
//! | `connect_timeout` | connecting, including TLS | 3.1 s |
//! | `read_timeout` | a connection without data | 60 s |
//! | `attempt_timeout` | an attempt | none |
//! | `call_timeout` | a call with all attempts | none |
//! | `credentials_timeout` | getting credentials | 60 s |
//!
//! ```
//! use std::time::Duration;
//!
//! let builder = CRATE::Client::builder()
//!     .max_attempts(5)
//!     .connect_timeout(Duration::from_secs(1))
//!     .read_timeout(Duration::from_secs(20))
//!     .attempt_timeout(Duration::from_secs(30))
//!     .call_timeout(Duration::from_secs(60))
//!     .credentials_timeout(Duration::from_secs(10));
//! # drop(builder);
//! ```
//!
//! # Request IDs
//!
//! `send_with_metadata` also returns the request ID, the status, the headers and the number of
//! attempts:
//!
//! ```
//! # async fn example<R>(call: CRATE::Call<R>) -> Result<(), CRATE::Error>
//! # where
//! #     R: CRATE::Request<Error = CRATE::ServiceError>,
//! # {
//! let (response, metadata) = call.send_with_metadata().await?;
//! println!(\"{:?}, after {} attempts\", metadata.request_id(), metadata.attempts());
//! # drop(response);
//! # Ok(())
//! # }
//! ```
//!
//! An error always has them:
//!
//! ```
//! # fn example(error: CRATE::Error) {
//! eprintln!(\"{error}\");
//! eprintln!(\"{:?}, after {} attempts\", error.request_id(), error.attempts());
//! # }
//! ```
//!
//! # Logs
//!
//! Every call emits a `tracing` span, and every attempt an event, with the target `smithy_reqwest`
//! and the level DEBUG. They contain no headers and no bodies. The filter `smithy_reqwest=debug` of
//! the crate `tracing-subscriber` shows them. The span of a call is inside the current span:
//!
//! ```
//! use tracing::Instrument as _;
//!
//! # async fn example<R>(call: CRATE::Call<R>) -> Result<(), CRATE::Error>
//! # where
//! #     R: CRATE::Request<Error = CRATE::ServiceError>,
//! # {
//! let response = call.send().instrument(tracing::info_span!(\"nightly\")).await?;
//! # drop(response);
//! # Ok(())
//! # }
//! ```
";

const SERDE: &str = "\
//! # serde and secrets
//!
//! Requests, responses and types implement `Serialize` and `Deserialize`, with the names of the API,
//! unless they contain a stream.
//!
REQUEST//! `Debug` redacts members that the model marks as sensitive, and `WithoutSecrets` redacts them for
//! serde:
//!
//! ```
//! # fn example<R: CRATE::Request>(request: &R) -> serde_json::Result<()> {
//! let redacted = CRATE::WithoutSecrets(request);
//! println!(\"{}\", serde_json::to_string(&redacted)?);
//! # Ok(())
//! # }
//! ```
//!
";

const TLS: &str = "\
//! # TLS
//!
//! The TLS library is chosen by features: `rustls-ring` (the default), `rustls-aws-lc` or
//! `native-tls`. Without any of them, pass your own HTTP client to the builder.
";
