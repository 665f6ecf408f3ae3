//! Values of every kind in the bodies of each protocol, written and read, by clients that are
//! declared as a generated crate declares them ([`service`]).

mod cbor;
mod error;
mod json;
mod limit;
mod query;
mod request;
mod service;
mod xml;
