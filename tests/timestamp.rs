//! Timestamps, compared with Smithy's suite ([`suite`]) and with the `jiff` crate ([`peer`]).

#![cfg(test)]

#[path = "timestamp/peer.rs"]
mod peer;
#[path = "timestamp/suite.rs"]
mod suite;
