//! Operations: their inputs and outputs, and their settings.

use super::endpoint::ParameterBinding;
use super::value::{StructureValue, Value};
use super::waiter::Waiter;
use super::xml::Namespace;
use super::{Deprecation, Structure, Type};
use crate::name::Ident;

#[derive(Debug, Clone)]
pub struct Operation {
    /// The name in the model, as in `StartFlow`.
    pub name: String,
    /// The method and the module, as in `start_flow`.
    pub method: Ident,
    /// Markdown.
    pub docs: String,
    pub deprecated: Option<Deprecation>,
    /// The input.
    pub request: Structure,
    /// The output.
    pub response: Structure,
    /// The names of its modeled errors.
    pub errors: Vec<Ident>,
    pub http_method: HttpMethod,
    /// The template of the text before the host of the endpoint; empty if there is none.
    pub host_prefix: String,
    /// The template of the path and the query.
    pub uri: String,
    /// Is `true` if a request has a body even if it is empty.
    pub has_input: bool,
    /// The element that is the body of a request, and its namespace, if the protocol has XML.
    pub xml_root: Option<(String, Option<Namespace>)>,
    /// The allowed authentication schemes, the preferred one first.
    pub auth: Vec<AuthScheme>,
    /// The payload of the signature.
    pub payload_signing: PayloadSigning,
    /// The compression of the body, if there is one.
    pub compression: Option<Encoding>,
    /// The checksum that goes with the body, if one does.
    pub checksum: Option<Checksum>,
    pub pagination: Option<Pagination>,
    /// Is `true` if its event streams require HTTP/2.
    pub requires_http2: bool,
    /// A call that shows how events are sent and received, if it has event streams.
    pub event_example: Option<EventExample>,
    /// Calls that the model gives as examples.
    pub examples: Vec<Example>,
    /// The states that it is called again and again for, by name.
    pub waiters: Vec<Waiter>,
    /// The endpoint parameters.
    pub parameters: Vec<ParameterBinding>,
    /// The required member of the request that has the URL of the endpoint, if one does.
    pub endpoint_url: Option<Ident>,
}

/// An authentication scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthScheme {
    /// With a signature.
    SigV4,
    /// With a bearer token.
    Bearer,
    /// Not at all.
    None,
}

/// The payload of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadSigning {
    /// Its bytes are signed.
    Signed,
    /// It is not signed, so that it can be sent as it comes.
    Unsigned,
}

/// A compression algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Gzip,
}

/// A checksum of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    /// `Content-MD5`.
    Md5,
    /// The SHA-256 of the body, and the root of the tree of those of its parts.
    Sha256TreeHash,
}

/// The pagination of an operation.
#[derive(Debug, Clone)]
pub struct Pagination {
    /// The member of the request that has the token of the page to return.
    pub input_token: Ident,
    /// The type of tokens: text or a map.
    pub token: Type,
    /// The path from a response to the token of the page that follows it.
    pub output_token: Vec<Step>,
    /// The path from a response to its items, and the type of these: a list or a map.
    pub items: Option<(Vec<Step>, Type)>,
}

/// A member on the way to a value.
#[derive(Debug, Clone)]
pub struct Step {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model.
    pub model_name: String,
    /// Is `true` if it is always present.
    pub required: bool,
}

/// A call that a model gives as an example.
#[derive(Debug, Clone)]
pub struct Example {
    /// The title: Markdown, in one line.
    pub title: String,
    /// The input.
    pub request: StructureValue,
}

/// A call with streams of events.
#[derive(Debug, Clone)]
pub struct EventExample {
    /// The input.
    pub request: StructureValue,
    /// An event to send, if events are sent.
    pub sent: Option<Value>,
    /// The field of the response with the receiver, if events are received.
    pub received: Option<Ident>,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum HttpMethod {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
}
