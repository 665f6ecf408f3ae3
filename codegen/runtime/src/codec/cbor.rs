//! CBOR, RFC 8949: the bodies of rpcv2Cbor.

mod big;
mod decode;
mod encode;
mod head;
mod reader;

pub(crate) use decode::read_texts;
#[cfg(feature = "protocol-test")]
pub(crate) use reader::{Head, Reader};

use super::{Codec, Error};
use crate::schema::{Member, Value, View};

/// CBOR, as Smithy writes it.
#[derive(Debug)]
pub(crate) struct Cbor;

impl Codec for Cbor {
    fn media_type(&self) -> &'static str {
        "application/cbor"
    }

    fn encode(&self, value: View<'_>, _: Option<&Member>) -> Result<Vec<u8>, Error> {
        let mut body = Vec::with_capacity(128);
        encode::value(&mut body, value)?;
        Ok(body)
    }

    fn decode(
        &self,
        body: &[u8],
        value: &mut dyn Value,
        _: Option<&Member>,
        budget: usize,
    ) -> Result<(), Error> {
        decode::decode(body, value, budget)
    }
}
