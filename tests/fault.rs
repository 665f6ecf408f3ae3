//! What becomes of a call when the other side misbehaves: a table of faults, from a port that nobody
//! listens on to JSON of ten thousand levels.
//!
//! Each row says how the call ends and in how many attempts. For every row it is also looked whether
//! each attempt arrives with the token and the id of the call, whether the call ends at all, and
//! whether the client then makes another call as if nothing had been: see `case.rs`.

mod body;
mod case;
mod connection;
mod message;
mod response;
mod server;
mod status;
