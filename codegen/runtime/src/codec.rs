//! Codecs, which encode and decode values.
//!
//! A codec uses the tables of [`schema`](crate::schema), so it is compiled once and does not depend
//! on the types of a user. A [`protocol`](crate::protocol) chooses a codec and places its output in
//! a message.

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
    /// that is the whole body, if there is one.
    fn encode(&self, value: &dyn Value, member: Option<&Member>) -> Result<Vec<u8>, Error>;

    /// Reads a value that [`encode`](Self::encode) would write. `budget` is the maximum memory for
    /// the value, in bytes.
    fn decode(
        &self,
        body: &[u8],
        value: &mut dyn Value,
        member: Option<&Member>,
        budget: usize,
    ) -> Result<(), Error>;
}
