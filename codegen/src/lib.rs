//! Generates a small, readable Rust client crate from the Smithy model of an AWS service.
//!
//! A model goes through these stages:
//!
//! | stage | from | to |
//! |---|---|---|
//! | read | a JSON AST | typed shapes and typed traits, each with its place in the file |
//! | select | a model | a service, its protocol, its operations and the shapes they need |
//! | check | a selection | all its problems, or the input of lower |
//! | lower | what `check` accepted | plain data with Rust names |
//! | emit | plain data | tokens |
//! | format | tokens | the text of files |
//!
//! Only read, select and check can fail, and they report every problem they find.
//! [`diff`](mod@diff) compares what two models generate, and says which version a change requires.
//!
//! In a build script, use [`Build`]. Most other callers need one function:
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
//! # Ok::<(), smithy_reqwest_codegen::Error>(())
//! ```

mod build;
mod check;
pub mod diff;
mod emit;
mod error;
mod format;
mod generate;
mod ir;
mod jmespath;
mod lower;
mod model;
mod options;
mod parallel;
mod protocol;
mod select;
mod support;
pub mod walkthrough;

// For the `codegen` command and for tests: not a part of the published interface.
#[doc(hidden)]
pub mod api;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod name;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod prose;
#[doc(hidden)]
pub mod refresh;
#[doc(hidden)]
pub mod scaffold;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod terminal;
#[doc(hidden)]
pub mod workspace;

pub use build::Build;
pub use diagnostic::{Diagnostic, Diagnostics};
pub use error::Error;
pub use generate::{Generated, generate};
pub use ir::Skipped;
pub use options::Options;

/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
