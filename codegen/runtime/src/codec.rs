//! Codecs: how values are written as bytes and read from bytes.
//!
//! A codec walks the tables of [`schema`](crate::schema), so it is compiled once and knows no type
//! of a user. A [`protocol`](crate::protocol) chooses one and places what it writes in a message.

#[cfg(feature = "cbor")]
pub(crate) mod cbor;
mod error;
pub(crate) mod json;
#[cfg(feature = "query")]
pub(crate) mod query;
pub(crate) mod text;
#[cfg(feature = "xml")]
pub(crate) mod xml;

pub(crate) use error::Error;

use crate::schema::{Member, Value};

/// A codec, which reads and writes the body of a message.
pub(crate) trait Codec: Sync {
    /// Returns the media type of a body.
    fn media_type(&self) -> &'static str;

    /// Writes a value. Of a structure, the members of the body are written. `member` is the member
    /// that is the whole body, where it is one.
    fn encode(&self, value: &dyn Value, member: Option<&Member>) -> Result<Vec<u8>, Error>;

    /// Reads a value, as [`encode`](Self::encode) writes it. `budget` is the number of bytes that
    /// it may take in memory.
    fn decode(
        &self,
        body: &[u8],
        value: &mut dyn Value,
        member: Option<&Member>,
        budget: usize,
    ) -> Result<(), Error>;
}
