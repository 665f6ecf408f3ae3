//! The README of a new crate, and the front page of its documentation.

use super::NewCrate;
use super::example::Example;
use crate::ir::Service;
use crate::prose;

/// The README; `model` is the path of the model from the folder of the crate.
pub(super) fn readme(new: &NewCrate, service: &Service, model: &str) -> String {
    let NewCrate { name, .. } = new;
    let crate_name = name.replace('-', "_");
    let example = Example::of(service).call(&crate_name);
    let example: Vec<String> = example.iter().map(|line| format!("    {line}\n")).collect();
    format!(
        "# {name}

A client of {title} (API version {version}), generated from its model,
{model}, by `smithy-reqwest-codegen`.

```rust,no_run
#[tokio::main(flavor = \"current_thread\")]
async fn main() -> Result<(), {crate_name}::Error> {{
{example}    Ok(())
}}
```

`cargo doc --open` shows the documentation. It has examples of settings, retries, timeouts, request
ids, logs, serde and redaction.

`src/generated` and `tests/generated` are machine-written; everything else is yours. After a change
of the model, run `codegen`, the binary of `smithy-reqwest-codegen`, in this directory;
`codegen --check` shows whether that is needed.

TLS is a matter of features: `rustls-ring` (the default), and without default features
`rustls-aws-lc`, `native-tls`, or none of them with an HTTP client of your own.
",
        title = service.title,
        version = prose::phrase(&service.version),
        model = prose::code(model),
        example = example.concat(),
    )
}

/// The re-exports from the runtime. They are the same for every crate, because the front page stays
/// as it is when the crate gets more operations.
const REEXPORTS: &str = "pub use generated::*;
pub use smithy_reqwest::pagination::{Items, Pages};
pub use smithy_reqwest::{
    BigDecimal, BigInteger, Body, Bytes, CachedCredentials, Credentials, CredentialsError,
    CredentialsFuture, Document, EnvironmentVariables, ProvideCredentials, Timestamp, Transport,
    TransportError, credentials, http, http_client_builder, reqwest, retry,
};
";

/// The tests of the README.
const README: &str = "
/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!(\"../README.md\")]
struct Readme;
";

pub(super) fn front_page(new: &NewCrate, service: &Service) -> String {
    let crate_name = new.name.replace('-', "_");
    let example = Example::of(service);
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
{call}//! # Ok(())
//! # }}
//! ```
//!
//! The operations are the methods of [`Client`].
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

/// Lines of a comment about the crate.
fn comment(lines: &[String]) -> String {
    let lines = lines.iter().map(|line| {
        let line = format!("//! {line}");
        format!("{}\n", line.trim_end())
    });
    lines.collect()
}

/// The section about serde, which shows a request of the example where there is one.
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

/// The sections that are the same for every crate, but for its name.
const GUIDE: &str = "\
//! # Retries and timeouts
//!
//! A call is attempted three times, where another attempt can help. These are the timeouts:
//!
//! | setting | limits | default |
//! |---|---|---|
//! | `connect_timeout` | connecting, with TLS | 3.1 s |
//! | `read_timeout` | the silence of the service | 60 s |
//! | `attempt_timeout` | an attempt | none |
//! | `call_timeout` | a call with all its attempts | none |
//! | `credentials_timeout` | fetching credentials | 60 s |
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
//! # Request ids
//!
//! `send_with_metadata` in place of `send` gives the request id, the status, the headers and the
//! number of attempts too:
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
//! An error has them in any case:
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
//! Every call emits a span of the crate `tracing`, and every attempt an event, with the target
//! `smithy_reqwest` and the level DEBUG. They have no headers and no bodies. The filter
//! `smithy_reqwest=debug` of the crate `tracing-subscriber` shows them. The span of a call is inside
//! of the current one:
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
//! Requests, responses and types implement `Serialize` and `Deserialize`, with the names of the API.
//! What is streamed does not.
//!
REQUEST//! What the model declares sensitive is redacted by `Debug`, and by serde if it is asked to:
//!
//! ```
//! # fn example<R: CRATE::Request>(request: &R) -> serde_json::Result<()> {
//! let shown = CRATE::WithoutSecrets(request);
//! println!(\"{}\", serde_json::to_string(&shown)?);
//! # Ok(())
//! # }
//! ```
//!
";

const TLS: &str = "\
//! # TLS
//!
//! TLS is a matter of features: `rustls-ring` (the default), `rustls-aws-lc`, `native-tls`, or none of
//! them with a client of your own.
";
