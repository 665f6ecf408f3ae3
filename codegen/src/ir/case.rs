//! Protocol tests: expected requests, and responses with their expected output.

use super::value::{StructureValue, Value};
use crate::name::Ident;

/// The protocol cases that a model carries for clients.
#[derive(Debug, Clone, Default)]
pub struct ProtocolCases {
    /// Cases of requests.
    pub requests: Vec<RequestCase>,
    /// Cases of responses, errors among them.
    pub responses: Vec<ResponseCase>,
    /// Cases of event streams.
    pub events: Vec<EventCase>,
}

/// The call of a case.
#[derive(Debug, Clone)]
pub struct CaseCall {
    /// The id of the case in the model.
    pub id: String,
    /// Markdown.
    pub docs: String,
    /// The method of the client.
    pub method: Ident,
    /// The input. In a response case, placeholders for the required members.
    pub request: StructureValue,
    /// Is `true` if the operation is paginated.
    pub has_pages: bool,
}

/// A call, and the request that it must make.
#[derive(Debug, Clone)]
pub struct RequestCase {
    pub call: CaseCall,
    /// The host of the client's endpoint, with its path if there is one.
    pub host: Option<String>,
    /// The host that the request goes to.
    pub resolved_host: Option<String>,
    pub http_method: String,
    pub path: String,
    /// Parameters that the query has, as they are written.
    pub query: Vec<String>,
    /// Names of parameters that the query has.
    pub required_query: Vec<String>,
    /// Names of parameters that the query does not have.
    pub forbidden_query: Vec<String>,
    /// Headers, with their values.
    pub headers: Vec<(String, String)>,
    /// Names of headers that the request must have.
    pub required_headers: Vec<String>,
    /// Names of headers that the request must not have.
    pub forbidden_headers: Vec<String>,
    /// The expected body, if the case specifies one.
    pub body: Option<CaseBody>,
}

/// The body of a message in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseBody {
    /// JSON, compared by value.
    Json(String),
    /// XML, compared by value.
    Xml(String),
    /// CBOR, compared by value.
    Cbor(Vec<u8>),
    /// Exact bytes.
    Bytes(Vec<u8>),
}

/// A response, and its expected output.
#[derive(Debug, Clone)]
pub struct ResponseCase {
    pub call: CaseCall,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The expected output.
    pub expected: StructureValue,
    /// Is `true` if the body is streamed, so that responses cannot be compared.
    pub streams: bool,
    /// Is `true` if the output is an error.
    pub is_error: bool,
}

/// A call with an event stream, and its expected messages or outcome.
#[derive(Debug, Clone)]
pub struct EventCase {
    pub call: CaseCall,
    /// The messages that are sent or received.
    pub exchange: EventExchange,
}

/// The messages of a case of an event stream.
#[derive(Debug, Clone)]
pub enum EventExchange {
    /// The request that opens the stream.
    Opened {
        http_method: String,
        path: String,
        /// Headers, with their values.
        headers: Vec<(String, String)>,
    },
    /// The messages of the events that are sent, in base64.
    Sent(Vec<String>),
    /// A response, and its expected outcome.
    Received {
        status: u16,
        headers: Vec<(String, String)>,
        /// The body: messages with events, or an error.
        body: Vec<u8>,
        /// The field with the receiver.
        stream: Ident,
        /// The expected outcome.
        outcome: EventOutcome,
    },
}

/// The expected outcome of reading a response with events.
#[derive(Debug, Clone)]
pub enum EventOutcome {
    /// Members of the response, and events.
    Read {
        /// The members that come before the events.
        response: StructureValue,
        events: Vec<Value>,
    },
    /// An error that is not modeled.
    Failure,
    /// A modeled error, and its members if the case gives them.
    Error(Ident, Option<StructureValue>),
}
