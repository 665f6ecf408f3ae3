//! The intermediate representation: plain data for the emitters.
//!
//! Everything has its final Rust name, its documentation as Markdown, and its resolved type. There
//! are no shape IDs or traits, and JSON only as the value of a document.

mod case;
mod constructor;
pub(crate) mod endpoint;
mod enumeration;
mod operation;
mod protocol;
mod shape;
mod value;
pub(crate) mod waiter;
pub(crate) mod xml;

use std::collections::BTreeSet;

use self::endpoint::RuleSet;
use crate::name::Ident;

pub(crate) use case::{
    CaseBody, CaseCall, EventCase, EventExchange, EventOutcome, ProtocolCases, RequestCase,
    ResponseCase,
};
pub(crate) use constructor::Constructor;
pub(crate) use enumeration::{EnumKind, EnumValue, Enumeration, Variant};
pub(crate) use operation::{
    AuthScheme, Checksum, Encoding, EventExample, Example, HttpMethod, Operation, Pagination,
    PayloadSigning, Step,
};
pub(crate) use protocol::Protocol;
pub(crate) use shape::{
    Binding, Exception, Fallback, Member, Presence, Structure, TypeItem, Union, UnionVariant, Usage,
};
pub(crate) use value::{Field, FieldValue, StructureValue, Value};

/// A service: the whole crate.
#[derive(Debug, Clone)]
pub struct Service {
    /// The title, such as `Amazon AppFlow`.
    pub title: String,
    /// The name in SDKs, as in `Appflow`.
    pub sdk_id: String,
    /// The name of the service in the model, which the requests of awsJson contain.
    pub shape_name: String,
    /// The version of the API, as in `2020-08-23`, which the requests of awsQuery and ec2Query
    /// contain.
    pub version: String,
    /// The service name of the credential scope.
    pub signing_name: String,
    pub protocol: Protocol,
    /// Is `true` if errors keep the codes of awsQuery in awsJson and rpcv2Cbor.
    pub is_query_compatible: bool,
    /// Headers that every request has, by name in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Markdown.
    pub docs: String,
    /// The operations, by name.
    pub operations: Vec<Operation>,
    /// The types that requests and responses are made of, by name.
    pub types: Vec<TypeItem>,
    /// The modeled errors, by name.
    pub errors: Vec<ErrorItem>,
    /// The endpoint rules.
    pub endpoint: RuleSet,
    /// The protocol cases that the model carries.
    pub cases: ProtocolCases,
    /// The operations that were left out, with the reason of each.
    pub skipped: Vec<Skipped>,
}

impl Service {
    /// Returns the names of the modeled errors.
    pub(crate) fn error_names(&self) -> BTreeSet<String> {
        let errors = self.errors.iter();
        errors
            .map(|error| error.structure.name.to_string())
            .collect()
    }

    /// Returns `true` if every call is signed.
    pub fn requires_credentials(&self) -> bool {
        self.operations
            .iter()
            .all(|operation| operation.auth == [AuthScheme::SigV4])
    }

    /// Returns the features of the runtime that the protocol and the operations need.
    pub fn runtime_features(&self) -> BTreeSet<&'static str> {
        let of_operation = |operation: &Operation| {
            let gzip = operation.compression.map(|Encoding::Gzip| "gzip");
            let md5 = operation.checksum == Some(Checksum::Md5);
            let http2 = operation.requires_http2.then_some("http2");
            let messages = [&operation.request, &operation.response];
            let has_events = messages.iter().any(|message| message.has_events());
            let events = has_events.then_some("event-stream");
            let md5 = md5.then_some("md5");
            [gzip, md5, http2, events].into_iter().flatten()
        };
        let of_operations = self.operations.iter().flat_map(of_operation);
        of_operations
            .chain(self.protocol.runtime_feature())
            .collect()
    }
}

/// An operation or a waiter that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Skipped {
    /// The operation, as in `GetCluster`, or the waiter, as in `GetCluster.ClusterActive`.
    pub operation: String,
    /// The unsupported feature that it needs.
    pub reason: String,
}

/// The deprecation of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deprecation {
    /// The version since when, in the form that Rust wants.
    pub since: Option<String>,
    /// Why, or what to use instead.
    pub note: Option<String>,
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
    String,
    /// `Bytes`, in base64.
    Blob,
    /// `Body`: bytes that are sent or received as they come.
    Stream {
        /// Is `true` if the service requires the length in advance.
        requires_length: bool,
    },
    /// A receiver of the events of a stream.
    EventReceiver(Ident),
    /// The events of a stream that is sent.
    EventSender(Ident),
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
        name: Ident,
        /// Is `true` if it is boxed.
        boxed: bool,
    },
    /// `Vec`.
    List {
        /// The type of the elements.
        element: Box<Type>,
        /// Is `true` if elements can be null.
        sparse: bool,
    },
    /// `BTreeMap`.
    Map {
        /// The type of the keys: `String` or an enumeration.
        key: Box<Type>,
        /// The type of the values.
        value: Box<Type>,
        /// Is `true` if values can be null.
        sparse: bool,
    },
}

impl Type {
    /// Returns `true` if it is a stream, so that a value can be used only once.
    pub fn is_stream(&self) -> bool {
        matches!(
            self,
            Self::Stream { .. } | Self::EventReceiver(_) | Self::EventSender(_)
        )
    }
}

/// A timestamp format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimestampFormat {
    /// Seconds since 1970.
    EpochSeconds,
    /// RFC 3339.
    DateTime,
    /// As in HTTP's own headers.
    HttpDate,
}

/// A modeled error.
#[derive(Debug, Clone)]
pub struct ErrorItem {
    /// The error code in responses.
    pub code: String,
    /// The status that the model gives it.
    pub status: u16,
    /// The reason for a retry, if the error is retryable.
    pub retryable: Option<Retryable>,
    /// Its members.
    pub structure: Structure,
}

/// The reason for a retry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retryable {
    /// A temporary failure.
    Transient,
    /// There are too many calls.
    Throttling,
}
