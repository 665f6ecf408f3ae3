//! Timestamps, compared with Smithy's suite ([`suite`]) and with the `jiff` crate ([`peer`]).

mod peer;
mod suite;
