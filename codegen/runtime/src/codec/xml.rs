//! XML: the bodies of restXml, and the responses of awsQuery and ec2Query.

mod decode;
mod encode;
mod reader;

pub(crate) use decode::{decode_element, decode_result};
pub(crate) use reader::{Reader, Tag};

use super::{Codec, Error};
use crate::descriptor::Operation;
use crate::schema::{Member, Value, View};

/// The XML of an operation.
pub(crate) struct Xml<'o> {
    /// The operation whose request is written.
    operation: Option<&'o Operation>,
}

impl Xml<'static> {
    /// The XML of responses, whose element may have any name.
    pub(crate) const RESPONSE: Self = Self { operation: None };
}

impl<'o> Xml<'o> {
    /// Creates the XML of the requests of an operation.
    pub(crate) fn request(operation: &'o Operation) -> Self {
        Self {
            operation: Some(operation),
        }
    }
}

impl Codec for Xml<'_> {
    fn media_type(&self) -> &'static str {
        "application/xml"
    }

    fn encode(&self, value: View<'_>, member: Option<&Member>) -> Result<Vec<u8>, Error> {
        match (member, self.operation) {
            (Some(member), _) => {
                encode::encode(member.xml.name, member.xml.namespace, value, Some(member))
            }
            (None, Some(operation)) => {
                let root = operation.xml_root;
                encode::encode(root.name, root.namespace, value, None)
            }
            (None, None) => Err(Error::new("has no name for its element")),
        }
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
