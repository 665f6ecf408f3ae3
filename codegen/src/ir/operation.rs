//! Operations: what they send and receive, and what the path of a call has to know of them.

use proc_macro2::Ident;

use super::endpoint::ParameterBinding;
use super::value::StructureValue;
use super::waiter::Waiter;
use super::xml::Namespace;
use super::{Deprecation, Structure, Type};

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The name in the model, as in `StartFlow`.
    pub name: String,
    /// The method and the module, as in `start_flow`.
    pub method: Ident,
    /// Markdown.
    pub docs: String,
    /// Whether it should not be used any more.
    pub deprecated: Option<Deprecation>,
    /// What goes in.
    pub request: Structure,
    /// What comes out.
    pub response: Structure,
    /// The names of the modeled errors it can answer with.
    pub errors: Vec<Ident>,
    /// The HTTP method.
    pub http_method: HttpMethod,
    /// The template of the text before the host of the endpoint; empty where there is none.
    pub host_prefix: String,
    /// The template of the path and the query.
    pub uri: String,
    /// The element that is the body of a request, and its namespace, where the protocol has XML.
    pub xml_root: Option<(String, Option<Namespace>)>,
    /// How a call proves who makes it: the ways that it may take, the preferred one first.
    pub auth: Vec<AuthScheme>,
    /// How the body enters the signature.
    pub payload_signing: PayloadSigning,
    /// How the body is compressed, where it is.
    pub compression: Option<Encoding>,
    /// The checksum that goes with the body, where one does.
    pub checksum: Option<Checksum>,
    /// How its answers come in pages, where they do.
    pub pagination: Option<Pagination>,
    /// Calls that the model gives as examples.
    pub examples: Vec<Example>,
    /// The states that it is called again and again for, by name.
    pub waiters: Vec<Waiter>,
    /// What it gives to the endpoint rules.
    pub parameters: Vec<ParameterBinding>,
    /// The required member of the request that has the URL of the endpoint, where one does.
    pub endpoint_url: Option<Ident>,
}

/// How a call proves who makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthScheme {
    /// With a signature.
    SigV4,
    /// With a bearer token.
    Bearer,
    /// Not at all.
    None,
}

/// How a body enters the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayloadSigning {
    /// Its bytes are signed.
    Signed,
    /// It is not signed, so that it can be sent as it comes.
    Unsigned,
}

/// How a body is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// gzip.
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

/// How answers come in pages.
#[derive(Debug, Clone)]
pub struct Pagination {
    /// The member of the request that has the token of the page to return.
    pub input_token: Ident,
    /// The type of tokens: text or a map.
    pub token: Type,
    /// The way from a response to the token of the page that follows it.
    pub output_token: Vec<Step>,
    /// The way from a response to its items, and the type of these: a list or a map.
    pub items: Option<(Vec<Step>, Type)>,
}

/// A member on the way to a value.
#[derive(Debug, Clone)]
pub struct Step {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model.
    pub model_name: String,
    /// Whether it is always there.
    pub required: bool,
}

/// A call that a model gives as an example.
#[derive(Debug, Clone)]
pub struct Example {
    /// What it is about: Markdown, in one line.
    pub title: String,
    /// What goes in.
    pub request: StructureValue,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "HTTP says what they are")]
pub enum HttpMethod {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
}
