//! Generates a small, readable Rust client crate from the Smithy model of an AWS service.
//!
//! The stages, each a module, in the order in which a model goes through them:
//!
//! | stage | from | to |
//! |---|---|---|
//! | [`model`] | a JSON AST | typed shapes and traits, each with its place in the file |
//! | [`select`](mod@select) | a model | a service, its operations and the shapes they need |
//! | [`lower`](mod@lower) | shapes | plain data with Rust names: [`ir`] |
//! | [`check`](mod@check) | a selection | every problem that is left, as [`diagnostic`]s |
//! | `emit` | plain data | tokens; cannot fail |
//! | `format` | tokens | the text of files |
//! | [`output`] | files | a crate on disk, or what is out of date in it |
//!
//! Before them, [`refresh`](mod@refresh) updates a model from a newer official one. The results can
//! be examined:
//!
//! | module | from | to |
//! |---|---|---|
//! | [`api`] | generated sources | the public items, one line each |
//! | [`diff`](mod@diff) | the results of two models | API changes, and the version bump they require |
//!
//! [`workspace`] finds the crates to generate, [`scaffold`](mod@scaffold) creates one, and
//! [`source`] reads models from files and from git. [`walkthrough`] leads from a model to a call.
//!
//! In a build script, [`Build`] makes a client of a model. Most other callers need one function:
//!
//! ```
//! use smithy_reqwest_codegen::{Options, generate};
//!
//! let model = r#"{
//!     "smithy": "2.0",
//!     "shapes": {
//!         "example#Greeter": {
//!             "type": "service",
//!             "version": "2026-11-22",
//!             "operations": [{ "target": "example#Greet" }],
//!             "traits": {
//!                 "aws.api#service": { "sdkId": "Greeter", "endpointPrefix": "greeter" },
//!                 "aws.auth#sigv4": { "name": "greeter" },
//!                 "aws.protocols#restJson1": {},
//!                 "smithy.rules#endpointRuleSet": {
//!                     "version": "1.0",
//!                     "parameters": {},
//!                     "rules": [{
//!                         "type": "endpoint",
//!                         "conditions": [],
//!                         "endpoint": { "url": "https://greeter.example.com" }
//!                     }]
//!                 }
//!             }
//!         },
//!         "example#Greet": {
//!             "type": "operation",
//!             "traits": { "smithy.api#http": { "method": "POST", "uri": "/greet" } }
//!         }
//!     }
//! }"#;
//!
//! let generated = generate(model, &Options::new("model/greeter.json", "greeter-client"))?;
//! let operation = &generated.library["operation/greet.rs"];
//! assert!(operation.contains("pub fn greet(&self) -> Call<GreetRequest>"));
//! # Ok::<(), smithy_reqwest_codegen::GenerateError>(())
//! ```

pub mod api;
mod build;
pub mod check;
pub mod diagnostic;
pub mod diff;
mod emit;
mod format;
mod generate;
pub mod ir;
mod jmespath;
pub mod lower;
pub mod model;
pub mod name;
pub mod output;
pub mod prose;
pub mod refresh;
pub mod scaffold;
pub mod select;
pub mod source;
mod support;
pub mod walkthrough;
pub mod workspace;

pub use build::{Build, BuildError};
pub use generate::{GenerateError, Generated, Options, Skipped, generate};

/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
