//! The behavior of clients: their requests and responses, retries, credentials, endpoints and errors.
//!
//! One file per subject, all in one program, since linking takes longer than most of the tests.

#![cfg(test)]

#[macro_use]
mod declared;

mod big_number;
mod cbor;
mod codec;
mod credentials;
mod default;
mod endpoint_parameter;
mod event_stream;
mod fault;
mod fixture_compiles;
mod fixture_wire;
mod hostile_response;
mod json;
mod observability;
mod pagination;
mod retry;
mod round_trip;
mod serde_form;
mod sigv4;
mod timestamp;
mod waiter;
mod wire;

/// The clients of all fixtures. They compile without a warning.
#[deny(warnings)]
pub mod fixture {
    include!(concat!(env!("OUT_DIR"), "/fixtures.rs"));
}
