//! What generated AWS clients stand on: signing, endpoints, errors and the request path.
//!
//! A crate made by `smithy-reqwest-codegen` holds declarations: its types, one static description
//! and two small functions an operation. Everything those crates *do* is here, written once and
//! compiled once, on one [`reqwest`] client:
//!
//! | module | what is in it |
//! |---|---|
//! | [`ClientBuilder`], [`Client`] | settings, and the path of one call from request to answer |
//! | [`sigv4`] | AWS Signature Version 4 |
//! | [`credentials`] | who signs, and where credentials come from |
//! | [`profile`] | shared profile files |
//! | [`endpoint`] | what endpoint rule sets compile to: partitions and the rule functions |
//! | [`transport`] | the seam to the network: reqwest, or anything that answers a request |
//! | [`operation`] | the contract between generated code and this crate |
//! | [`pagination`] | answers that come in pages, as streams |
//! | [`checksum`], [`compression`] | what some operations want done to their bodies |
//! | [`retry`] | when a call that failed is made again, and when that is safe |
//! | [`waiter`] | calls until a resource is in a state |
//! | [`wire`] | how values are written in JSON, headers and paths |
//! | [`BigInteger`], [`BigDecimal`] | numbers of any size |
//! | [`Error`] | one error type, one word wide |
//!
//! Application code seldom names this crate: a generated crate re-exports what its users need.
//!
//! Calls are made on a [tokio](https://docs.rs/tokio) runtime with its I/O and its time enabled, as
//! `#[tokio::main]` has them: the connections live there, and retries, limits of time and waiters go by
//! its clock. With a [`Transport`] of your own it is the time alone.
//!
//! # Features
//!
//! | feature | TLS |
//! |---|---|
//! | `rustls-ring` (default) | rustls on ring, with the platform's root certificates |
//! | `rustls-aws-lc` | rustls on aws-lc |
//! | `native-tls` | the platform's own TLS library |
//!
//! One is for profiles that the official crate of that name reads ([`credentials`]), and needs Rust
//! 1.94: `aws-config`.
//!
//! Two more are for what few services need. A generated crate turns them on where it has to:
//!
//! | feature | for |
//! |---|---|
//! | `gzip` | requests that are compressed |
//! | `md5` | requests with a `Content-MD5` |
//! | `protocol-test` | the tests of generated crates |
//!
//! With no TLS, hand in a client of your own with [`ClientBuilder::http_client`], or a
//! [`Transport`] with [`ClientBuilder::transport`].
//!
//! # Observability
//!
//! Calls are told of by the crate [`tracing`], with the target `smithy_reqwest`:
//!
//! | what | level | fields |
//! |---|---|---|
//! | span `call`, around all attempts of a call | DEBUG | `service` and `operation`; at its end `attempts`, and of the last answer `status` and `request_id` |
//! | event `attempt succeeded` | DEBUG | `attempt`, counted from 1; `status` |
//! | event `attempt failed` | DEBUG | `attempt`; `failure`: one of `service`, `connect`, `timeout`, `transport`, `response`; `status` and `code` of an answer; `delay_ms` where another attempt follows |
//! | event when a service has another time than this machine: see [`retry`] | WARN | `offset_seconds`, by which it is ahead |
//! | event when credentials could not be replaced before they expire: see [`CachedCredentials`] | WARN | |
//! | event when a part of a profile file is passed over | WARN | `fault`, which names the file and the line |
//! | event when expired credentials are used on: see [`credentials`] | WARN | |
//!
//! What an error tells is not told again, and an attempt that is given up under way has no event.
//! No header, body or message is told at any level, since they may hold secrets.

// The documentation on docs.rs tells of every item which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod auth;
mod big_number;
mod body;
mod builder;
pub mod checksum;
mod client;
mod clock;
pub mod compression;
pub mod credentials;
mod destination;
pub mod endpoint;
mod enumeration;
mod environment;
mod error;
mod head;
mod http_client;
mod json;
mod limit;
pub mod operation;
pub mod pagination;
mod payload;
pub mod profile;
#[cfg(feature = "protocol-test")]
pub mod protocol_test;
mod random;
mod recursion;
pub mod retry;
mod setting;
pub mod sigv4;
mod timeout;
mod tls;
mod trace;
pub mod transport;
mod user_agent;
pub mod waiter;
pub mod wire;

pub use big_number::{BigDecimal, BigInteger, InvalidNumber};
pub use body::{Body, BoxError};
pub use builder::{ClientBuilder, GeneratedClient};
pub use client::Client;
pub use credentials::{
    CachedCredentials, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials,
};
pub use environment::Environment;
pub use error::{Error, ErrorKind};
pub use tls::{TlsError, http_client_builder};
pub use transport::{Transport, TransportError};

pub use bytes::Bytes;
pub use http;
pub use jiff::Timestamp;
pub use reqwest;
pub use serde_json::Value as Document;

/// Compiles the code of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
