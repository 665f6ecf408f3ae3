//! Descriptors of operations, which protocols and the client read.

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
pub struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: http::Method,
    pub(crate) uri: &'static str,
    pub(crate) host_prefix: &'static str,
    pub(crate) auth: &'static [Auth],
    pub(crate) signs_payload: bool,
    pub(crate) streams: bool,
    pub(crate) compression: Option<&'static Encoding>,
    pub(crate) checksum: Option<Checksum>,
    /// The element that is the body of a request.
    #[cfg(feature = "xml")]
    pub(crate) xml_root: Root,
}

impl Operation {
    /// Creates an operation of a name, as in `StartFlow`, an HTTP method and a URI template
    /// (`smithy.api#http`). It is signed with its body, and its response is read to the end.
    #[must_use]
    pub const fn new(name: &'static str, method: &str, uri: &'static str) -> Self {
        Self {
            name,
            method: http_method(method),
            uri,
            host_prefix: "",
            auth: &[Auth::SigV4],
            signs_payload: true,
            streams: false,
            compression: None,
            checksum: None,
            #[cfg(feature = "xml")]
            xml_root: Root {
                name,
                namespace: None,
            },
        }
    }

    /// Sets the template of the text before the host of the endpoint (`smithy.api#endpoint`).
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

    /// Leaves the body out of the signature, so that a stream is not read before it is sent
    /// (`aws.auth#unsignedPayload`).
    #[must_use]
    pub const fn unsigned_payload(mut self) -> Self {
        self.signs_payload = false;
        self
    }

    /// Compresses the body, unless it is small or the caller turns that off
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

    /// Sets the name of the element that is the body of a request.
    #[cfg(feature = "xml")]
    #[must_use]
    pub const fn xml_root(mut self, name: &'static str) -> Self {
        self.xml_root.name = name;
        self
    }

    /// Sets the namespace of the element that is the body of a request, and its prefix.
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
}

/// The element of a document.
#[cfg(feature = "xml")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Root {
    pub(crate) name: &'static str,
    pub(crate) namespace: Option<Namespace>,
}

/// Converts the name of an HTTP method; a name that HTTP does not define is `POST`.
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
