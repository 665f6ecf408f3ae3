//! JSON: the bodies of restJson1 and of the awsJson protocols.

mod decode;
mod encode;
mod number;
mod reader;
mod scan;

use super::{Codec, Error};
use crate::schema::{Member, Value, View};

pub(crate) use decode::read_texts;

/// The JSON of Smithy's protocols, with the media type that it has in one of them.
#[derive(Debug)]
pub(crate) struct Json(pub(crate) &'static str);

impl Codec for Json {
    fn media_type(&self) -> &'static str {
        self.0
    }

    fn encode(&self, value: View<'_>, member: Option<&Member>) -> Result<Vec<u8>, Error> {
        let mut body = Vec::with_capacity(128);
        encode::value(&mut body, value, member)?;
        Ok(body)
    }

    fn decode(
        &self,
        body: &[u8],
        value: &mut dyn Value,
        member: Option<&Member>,
        budget: usize,
    ) -> Result<(), Error> {
        decode::decode(body, value, member, budget)
    }
}
