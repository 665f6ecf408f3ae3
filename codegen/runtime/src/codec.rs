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

use crate::schema::{Location, Member, Structure, Value, View, with_fields};

/// A codec, which reads and writes the body of a message.
pub(crate) trait Codec: Sync {
    /// Returns the media type of a body.
    fn media_type(&self) -> &'static str;

    /// Writes a value. Of a structure, the members of the body are written. `member` is the member
    /// that is the whole body, if there is one.
    fn encode(&self, value: View<'_>, member: Option<&Member>) -> Result<Vec<u8>, Error>;

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

/// Calls a function with the members of a structure that are written to a body, and their values:
/// not with those that are absent or have the default value. A required member must be present.
fn write_members<'v>(
    structure: &'v dyn Structure,
    mut write: impl FnMut(&'static Member, View<'v>) -> Result<(), Error>,
) -> Result<(), Error> {
    let members = structure.schema().members;
    let written = with_fields(structure, |fields| {
        for (member, value) in members.iter().zip(fields) {
            if matches!(value, View::Null) {
                if member.required {
                    return Err(Error::new(member.absence()).in_member(member.name));
                }
                continue;
            }
            let is_default = member.unsent.is_some_and(|unsent| unsent.is(*value));
            if member.location == Location::Body && !is_default {
                write(member, *value).map_err(|error| error.in_member(member.name))?;
            }
        }
        Ok(())
    });
    written.unwrap_or(Ok(()))
}
