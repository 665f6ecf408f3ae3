//! The error metadata of an XML response: in `Error`, or in elements around it.

use super::{ErrorMetadata, rest};
use crate::codec::xml::{Reader, Tag, Xml, decode_element};
use crate::codec::{Codec, Error};
use crate::message::HttpResponse;
use crate::schema::{Member, Structure, Value, View};

/// The maximum number of elements around `Error`: `Response` and `Errors`.
const DEPTH: usize = 2;

/// Reads the code, the message and the request id. A body that breaks off has what comes before
/// that.
pub(super) fn error_metadata(response: &HttpResponse) -> ErrorMetadata {
    let mut metadata = ErrorMetadata::default();
    let _ = Reader::new(response.bytes(), 0).and_then(|mut reader| {
        let root = reader.root()?;
        let is_error = root.local_name() == "Error";
        read_metadata(&mut reader, is_error, DEPTH, &mut metadata)
    });
    metadata
}

fn read_metadata(
    reader: &mut Reader<'_>,
    is_error: bool,
    depth: usize,
    metadata: &mut ErrorMetadata,
) -> Result<(), Error> {
    while let Some(tag) = reader.child()? {
        let text = match tag.local_name() {
            "Error" | "Errors" if !is_error && depth > 0 => {
                let is_error = tag.local_name() == "Error";
                read_metadata(reader, is_error, depth - 1, metadata)?;
                continue;
            }
            "Code" if is_error => &mut metadata.code,
            "Message" | "message" if is_error => &mut metadata.message,
            "RequestId" | "RequestID" => &mut metadata.request_id,
            _ => {
                reader.skip()?;
                continue;
            }
        };
        let found = reader.text()?;
        *text = Some(found.trim().to_owned()).filter(|text| !text.is_empty());
    }
    Ok(())
}

/// Fills the members of an error.
pub(super) fn read_error(response: &mut HttpResponse, error: &mut dyn Structure) {
    rest::read_error(&InError, response, error);
    rest::fill_message(error, || error_metadata(response).message);
}

/// The XML of a response whose structure is in `Error`.
struct InError;

impl Codec for InError {
    fn media_type(&self) -> &'static str {
        Xml::RESPONSE.media_type()
    }

    fn encode(&self, value: View<'_>, member: Option<&Member>) -> Result<Vec<u8>, Error> {
        Xml::RESPONSE.encode(value, member)
    }

    fn decode(
        &self,
        body: &[u8],
        value: &mut dyn Value,
        _: Option<&Member>,
        budget: usize,
    ) -> Result<(), Error> {
        let mut reader = Reader::new(body, budget)?;
        let root = reader.root()?;
        match find(&mut reader, root, DEPTH)? {
            Some(tag) => decode_element(&mut reader, &tag, value),
            None => Ok(()),
        }
    }
}

/// Returns the tag of `Error`, which is the open element or one in it. Otherwise the open element
/// is closed.
fn find<'t>(reader: &mut Reader<'t>, tag: Tag<'t>, depth: usize) -> Result<Option<Tag<'t>>, Error> {
    if tag.local_name() == "Error" {
        return Ok(Some(tag));
    }
    if depth == 0 {
        reader.skip()?;
        return Ok(None);
    }
    while let Some(child) = reader.child()? {
        if let Some(found) = find(reader, child, depth - 1)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}
