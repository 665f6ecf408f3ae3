//! Descriptors of operations, for protocols and the client.

use crate::checksum::Checksum;
use crate::compression::Encoding;
#[cfg(feature = "xml")]
use crate::schema::Namespace;

/// An operation of a service.
///
/// ```
/// use smithy_reqwest::operation::Operation;
///
/// const PUT_OBJECT: Operation =
///     Operation::new("PutObject", "PUT", "/{bucket}/{key+}").unsigned_payload();
/// ```
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the model")]
pub struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: http::Method,
    pub(crate) uri: &'static str,
    pub(crate) host_prefix: &'static str,
    pub(crate) auth: &'static [Auth],
    /// Is `true` if the operation has an input in the model, even one without members.
    pub(crate) has_input: bool,
    pub(crate) signs_payload: bool,
    pub(crate) streams: bool,
    pub(crate) requires_http2: bool,
    pub(crate) compression: Option<&'static Encoding>,
    pub(crate) checksum: Option<Checksum>,
    /// The root element of a request body.
    #[cfg(feature = "xml")]
    pub(crate) xml_root: Root,
}

impl Operation {
    /// Creates an operation with a name, such as `StartFlow`, an HTTP method and a URI template
    /// (`smithy.api#http`). By default, it is signed with its body, and its response is read
    /// completely.
    #[must_use]
    pub const fn new(name: &'static str, method: &str, uri: &'static str) -> Self {
        Self {
            name,
            method: http_method(method),
            uri,
            host_prefix: "",
            auth: &[Auth::SigV4],
            has_input: true,
            signs_payload: true,
            streams: false,
            requires_http2: false,
            compression: None,
            checksum: None,
            #[cfg(feature = "xml")]
            xml_root: Root {
                name,
                namespace: None,
            },
        }
    }

    /// Sets the template of the host prefix (`smithy.api#endpoint`).
    #[must_use]
    pub const fn host_prefix(mut self, template: &'static str) -> Self {
        self.host_prefix = template;
        self
    }

    /// Sets the authentication schemes, the preferred one first (`smithy.api#auth`).
    #[must_use]
    pub const fn auth(mut self, schemes: &'static [Auth]) -> Self {
        self.auth = schemes;
        self
    }

    /// Sends no body, because the operation has no input in the model.
    #[must_use]
    pub const fn no_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// Excludes the body from the signature, so that a stream is not read before it is sent
    /// (`aws.auth#unsignedPayload`).
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.signs_payload = false;
        self
    }

    /// Compresses the body, unless it is small or compression is disabled
    /// (`smithy.api#requestCompression`).
    #[must_use]
    pub const fn compression(mut self, encoding: &'static Encoding) -> Self {
        self.compression = Some(encoding);
        self
    }

    /// Adds a checksum of the body to the headers.
    #[must_use]
    pub const fn checksum(mut self, add: Checksum) -> Self {
        self.checksum = Some(add);
        self
    }

    /// Sets the name of the root element of a request body.
    #[cfg(feature = "xml")]
    #[must_use]
    pub const fn xml_root(mut self, name: &'static str) -> Self {
        self.xml_root.name = name;
        self
    }

    /// Sets the namespace of the root element of a request body, and its prefix.
    #[cfg(feature = "xml")]
    #[must_use]
    pub const fn xml_namespace(mut self, uri: &'static str, prefix: &'static str) -> Self {
        self.xml_root.namespace = Some(Namespace { uri, prefix });
        self
    }

    /// Returns the body of a successful response as a stream (`smithy.api#streaming`).
    #[must_use]
    pub const fn streaming(mut self) -> Self {
        self.streams = true;
        self
    }

    /// Sends the request over HTTP/2: it and the response are streams of events at the same time,
    /// and the service takes such over HTTP/2 (`eventStreamHttp` of the protocol's trait).
    #[must_use]
    pub const fn http2(mut self) -> Self {
        self.requires_http2 = true;
        self
    }
}

/// An element of an XML document.
#[cfg(feature = "xml")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Root {
    pub(crate) name: &'static str,
    pub(crate) namespace: Option<Namespace>,
}

/// Converts the name of an HTTP method; an unknown name is `POST`.
const fn http_method(name: &str) -> http::Method {
    match name.as_bytes() {
        b"DELETE" => http::Method::DELETE,
        b"GET" => http::Method::GET,
        b"HEAD" => http::Method::HEAD,
        b"OPTIONS" => http::Method::OPTIONS,
        b"PATCH" => http::Method::PATCH,
        b"PUT" => http::Method::PUT,
        _ => http::Method::POST,
    }
}

/// An authentication scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// A signature (`aws.auth#sigv4`).
    SigV4,
    /// A bearer token (`smithy.api#httpBearerAuth`).
    Bearer,
    /// None (`smithy.api#optionalAuth`, or no scheme at all).
    None,
}
