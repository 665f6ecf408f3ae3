//! Event streams: frames ([`frame`]), events that are received ([`response`]) and events that are
//! sent ([`request`]), by clients that are declared as a generated crate declares them ([`service`]).
//!
//! The frames that a service sends here, and the signatures that it expects, are made by the official
//! SDK's crates.

mod frame;
mod message;
mod request;
mod response;
mod service;
