//! What is generated, as plain data: all that the emitters see.
//!
//! Everything here has its final Rust name, its documentation as Markdown and its type resolved.
//! Nothing here knows shape ids or traits, and JSON only as the value of a document.

mod case;
pub mod endpoint;
mod value;
pub mod waiter;

use std::collections::BTreeSet;

use proc_macro2::Ident;

use self::endpoint::{ParameterBinding, RuleSet};
use crate::generate::Skipped;

pub use case::{CaseBody, ProtocolCases, RequestCase, ResponseCase};
pub use value::{Field, FieldValue, StructureValue, Value};

/// A service: the whole crate.
#[derive(Debug, Clone)]
pub struct Service {
    /// What people call it, as in `Amazon AppFlow`.
    pub title: String,
    /// The name in SDKs, as in `Appflow`.
    pub sdk_id: String,
    /// The version of the API, as in `2020-08-23`.
    pub version: String,
    /// The service name of the credential scope.
    pub signing_name: String,
    /// Headers that every request has, by name in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Markdown.
    pub docs: String,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// The types that requests and responses are made of, by name.
    pub types: Vec<TypeItem>,
    /// The modelled errors, by name.
    pub errors: Vec<ErrorItem>,
    /// The endpoint rules.
    pub endpoint: RuleSet,
    /// The protocol cases that the model carries.
    pub cases: ProtocolCases,
    /// The operations that were left out, with the reason of each.
    pub skipped: Vec<Skipped>,
}

impl Service {
    /// The names of the modelled errors.
    #[must_use]
    pub(crate) fn error_names(&self) -> BTreeSet<String> {
        let errors = self.errors.iter();
        errors
            .map(|error| error.structure.name.to_string())
            .collect()
    }

    /// Whether every call is signed.
    #[must_use]
    pub fn requires_credentials(&self) -> bool {
        self.operations
            .iter()
            .all(|operation| operation.auth == [AuthScheme::SigV4])
    }

    /// The features of the runtime that the operations need.
    #[must_use]
    pub fn runtime_features(&self) -> BTreeSet<&'static str> {
        let of_operation = |operation: &Operation| {
            let gzip = operation.compression.map(|Encoding::Gzip| "gzip");
            let md5 = operation.checksum == Some(Checksum::Md5);
            gzip.into_iter().chain(md5.then_some("md5"))
        };
        self.operations.iter().flat_map(of_operation).collect()
    }
}

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
    /// The names of the modelled errors it can answer with.
    pub errors: Vec<Ident>,
    /// The HTTP method.
    pub http_method: HttpMethod,
    /// What stands before the host of the endpoint, in parts.
    pub host_prefix: Vec<PathPart>,
    /// The path, in parts.
    pub path: Vec<PathPart>,
    /// The query that the path has of itself, as it is written.
    pub query: Option<String>,
    /// What of the request is in the body.
    pub request_body: Body,
    /// What of the response is in the body.
    pub response_body: Body,
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
    pub waiters: Vec<waiter::Waiter>,
    /// What it gives to the endpoint rules.
    pub parameters: Vec<ParameterBinding>,
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

/// That an item should not be used any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// The version since when, in the form that Rust wants.
    pub since: Option<String>,
    /// Why, or what to use instead.
    pub note: Option<String>,
}

/// An HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathPart {
    /// Text as it stands.
    Literal(String),
    /// The value of the member of this Rust name, as one segment.
    Label(Ident),
    /// The value of the member of this Rust name, which may be absent or empty, or else this text.
    LabelOr(Ident, String),
    /// The value of the member of this Rust name, as one segment or more.
    GreedyLabel(Ident),
}

/// What a body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// Nothing.
    Empty,
    /// All members.
    All,
    /// The members that are bound to nothing else.
    Unbound,
    /// One member, which is the whole of it.
    Payload,
}

/// A structure.
#[derive(Debug, Clone)]
pub struct Structure {
    /// The Rust name.
    pub name: Ident,
    /// Markdown.
    pub docs: String,
    /// The members, in the order of the model.
    pub members: Vec<Member>,
    /// Where it is used.
    pub usage: Usage,
    /// Whether all of it must stay out of logs.
    pub sensitive: bool,
}

/// In which direction a type travels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// It is written.
    pub input: bool,
    /// It is read.
    pub output: bool,
}

/// A member of a structure.
#[derive(Debug, Clone)]
pub struct Member {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model, which errors use.
    pub model_name: String,
    /// The name in JSON.
    pub json_name: String,
    /// Markdown.
    pub docs: String,
    /// Whether it should not be used any more.
    pub deprecated: Option<Deprecation>,
    /// The type, `Option` aside.
    pub ty: Type,
    /// Whether it is always there.
    pub presence: Presence,
    /// Whether a missing one is filled with a random token.
    pub idempotency_token: bool,
    /// Where in the HTTP message it is.
    pub binding: Binding,
    /// Whether text that is empty or has control characters can never be accepted.
    pub checked: bool,
    /// Whether it must stay out of logs.
    pub sensitive: bool,
}

impl Member {
    /// Whether its field always has a value, and so is no `Option`.
    #[must_use]
    pub fn is_always_there(&self) -> bool {
        self.presence != Presence::Optional
    }

    /// Whether who makes a structure has to give it.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        matches!(self.presence, Presence::Required(_))
    }
}

/// Whether a member is always there.
#[derive(Debug, Clone, PartialEq)]
pub enum Presence {
    /// It may be absent.
    Optional,
    /// It has to be given. A response that lacks it is read as if it had this value.
    Required(Fallback),
    /// It has this value where no other is given.
    Default(Fallback),
}

impl Presence {
    /// The value of an absent one; nothing where it then has none.
    #[must_use]
    pub fn fallback(&self) -> Option<&Fallback> {
        match self {
            Self::Optional => None,
            Self::Required(fallback) | Self::Default(fallback) => Some(fallback),
        }
    }
}

/// The value of a member that a message lacks.
#[derive(Debug, Clone, PartialEq)]
pub enum Fallback {
    /// That of Rust's `Default`: `false`, zero, nothing.
    Standard,
    /// Another one.
    Value {
        /// The value.
        value: Value,
        /// The Rust name of the type that stands for it in serde attributes.
        name: Ident,
    },
}

/// Where in an HTTP message a member is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Binding {
    /// In the JSON body.
    Body,
    /// In the path.
    Label,
    /// In the query, under this name.
    Query(String),
    /// In the query, an entry a parameter.
    QueryParams,
    /// In the header of this name, in lower case.
    Header {
        /// The name.
        name: String,
        /// Whether it is text in base64.
        encoded: bool,
    },
    /// In the headers whose names begin so, in lower case.
    PrefixHeaders(String),
    /// It is the whole body.
    Payload {
        /// The media type of bytes and of text.
        media_type: String,
        /// Whether the body is an empty object where it is absent.
        empty_object: bool,
    },
    /// It is the status of the response.
    ResponseCode,
}

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `bool`.
    Boolean,
    /// `i8`, `i16`, `i32` or `i64`, by the number of bits.
    Integer(u8),
    /// `f32` or `f64`, by the number of bits.
    Float(u8),
    /// `BigInteger`.
    BigInteger,
    /// `BigDecimal`.
    BigDecimal,
    /// `String`.
    String,
    /// `Bytes`, in base64.
    Blob,
    /// `Body`: bytes that are sent or received as they come.
    Stream {
        /// Whether the service wants to know the length before it reads.
        requires_length: bool,
    },
    /// `Timestamp`, in one of three formats.
    Timestamp(TimestampFormat),
    /// Any JSON value.
    Document,
    /// A string enumeration of the crate.
    Enumeration(Ident),
    /// An integer enumeration of the crate.
    IntEnumeration(Ident),
    /// A structure or a union of the crate, in a box where it would otherwise contain itself.
    Structure {
        /// Its name.
        name: Ident,
        /// Whether it is in a box.
        boxed: bool,
    },
    /// `Vec`.
    List {
        /// The type of the elements.
        element: Box<Type>,
        /// Whether an element may be null.
        sparse: bool,
    },
    /// `BTreeMap`.
    Map {
        /// The type of the keys: `String` or an enumeration.
        key: Box<Type>,
        /// The type of the values.
        value: Box<Type>,
        /// Whether a value may be null.
        sparse: bool,
    },
}

/// The names of the types of the crate that these types are, or that their elements are.
pub(crate) fn types_referred_to<'t>(types: impl IntoIterator<Item = &'t Type>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut pending: Vec<&Type> = types.into_iter().collect();
    while let Some(ty) = pending.pop() {
        match ty {
            Type::Enumeration(name) | Type::IntEnumeration(name) | Type::Structure { name, .. } => {
                names.insert(name.to_string());
            }
            Type::List { element, .. } => pending.push(element),
            Type::Map { key, value, .. } => pending.extend([&**key, &**value]),
            _ => {}
        }
    }
    names
}

/// How a timestamp is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970.
    EpochSeconds,
    /// RFC 3339.
    DateTime,
    /// As in HTTP's own headers.
    HttpDate,
}

impl Structure {
    /// Whether a member is a stream, so that the structure can be used once and no more.
    #[must_use]
    pub fn streams(&self) -> bool {
        self.members
            .iter()
            .any(|member| matches!(member.ty, Type::Stream { .. }))
    }
}

impl TimestampFormat {
    /// The name of the runtime's type for it.
    #[must_use]
    pub fn name(self) -> Ident {
        let name = match self {
            Self::EpochSeconds => "EpochSeconds",
            Self::DateTime => "DateTime",
            Self::HttpDate => "HttpDate",
        };
        Ident::new(name, proc_macro2::Span::call_site())
    }
}

/// A type of the crate.
#[derive(Debug, Clone)]
pub enum TypeItem {
    /// A structure.
    Structure(Structure),
    /// A string enumeration.
    Enumeration(Enumeration),
    /// An integer enumeration.
    IntEnumeration(IntEnumeration),
    /// A union.
    Union(Union),
}

impl TypeItem {
    /// The Rust name.
    #[must_use]
    pub fn name(&self) -> &Ident {
        match self {
            Self::Structure(structure) => &structure.name,
            Self::Enumeration(enumeration) => &enumeration.name,
            Self::IntEnumeration(enumeration) => &enumeration.name,
            Self::Union(union) => &union.name,
        }
    }

    /// The names of the types that its members refer to.
    #[must_use]
    pub(crate) fn types_referred_to(&self) -> BTreeSet<String> {
        match self {
            Self::Structure(structure) => {
                types_referred_to(structure.members.iter().map(|member| &member.ty))
            }
            Self::Union(union) => {
                types_referred_to(union.variants.iter().filter_map(|it| it.ty.as_ref()))
            }
            Self::Enumeration(_) | Self::IntEnumeration(_) => BTreeSet::new(),
        }
    }
}

/// A string enumeration.
#[derive(Debug, Clone)]
pub struct Enumeration {
    /// The Rust name.
    pub name: Ident,
    /// Markdown.
    pub docs: String,
    /// The variants, in the order of the model.
    pub variants: Vec<Variant>,
}

/// A variant of an enumeration.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The Rust name.
    pub name: Ident,
    /// The value on the wire.
    pub value: String,
    /// Markdown.
    pub docs: String,
    /// Whether it should not be used any more.
    pub deprecated: Option<Deprecation>,
}

/// An integer enumeration.
#[derive(Debug, Clone)]
pub struct IntEnumeration {
    /// The Rust name.
    pub name: Ident,
    /// Markdown.
    pub docs: String,
    /// The variants, in the order of the model.
    pub variants: Vec<IntVariant>,
}

/// A variant of an integer enumeration.
#[derive(Debug, Clone)]
pub struct IntVariant {
    /// The Rust name.
    pub name: Ident,
    /// The value on the wire.
    pub value: i32,
    /// Markdown.
    pub docs: String,
    /// Whether it should not be used any more.
    pub deprecated: Option<Deprecation>,
}

/// A union: a value that is one of several.
#[derive(Debug, Clone)]
pub struct Union {
    /// The Rust name.
    pub name: Ident,
    /// Markdown.
    pub docs: String,
    /// The members, in the order of the model.
    pub variants: Vec<UnionVariant>,
    /// Where it is used.
    pub usage: Usage,
    /// Whether all of it must stay out of logs.
    pub sensitive: bool,
}

/// A member of a union.
#[derive(Debug, Clone)]
pub struct UnionVariant {
    /// The Rust name.
    pub name: Ident,
    /// The name in the model.
    pub model_name: String,
    /// The name in JSON.
    pub json_name: String,
    /// Markdown.
    pub docs: String,
    /// Whether it should not be used any more.
    pub deprecated: Option<Deprecation>,
    /// The type of its value; nothing where that says no more than which member it is.
    pub ty: Option<Type>,
    /// Whether it must stay out of logs.
    pub sensitive: bool,
}

/// A modelled error.
#[derive(Debug, Clone)]
pub struct ErrorItem {
    /// The code that answers carry.
    pub code: String,
    /// The status that the model gives it.
    pub status: u16,
    /// Whether the call that it answers is worth another attempt.
    pub retryable: Option<Retryable>,
    /// Its members.
    pub structure: Structure,
}

/// Why a call that failed may succeed when it is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retryable {
    /// What went wrong may go right the next time.
    Transient,
    /// There are too many calls.
    Throttling,
}
