//! Services with event streams, one for each kind of protocol.

#![allow(
    unreachable_pub,
    reason = "the types of a client are public, as in a generated crate"
)]

use smithy_reqwest::endpoint::{Endpoint, EndpointError, EndpointSettings};
use smithy_reqwest::event_stream::{EventReceiver, Events};
use smithy_reqwest::operation::{Operation, Request, Service};
use smithy_reqwest::protocol::{AwsJson, Protocol, RestJson1, RestXml, RpcV2Cbor};
use smithy_reqwest::{
    Bytes, Client, ClientBuilder, Credentials, Document, GeneratedClient, Timestamp,
};

pub type Error = smithy_reqwest::Error<ServiceError>;

#[expect(clippy::unnecessary_wraps, reason = "a service is declared so")]
fn endpoint(settings: &EndpointSettings) -> Result<Endpoint, EndpointError> {
    let url = settings.endpoint_url.as_deref();
    Ok(Endpoint::new(url.unwrap_or("https://events.example.com")))
}

const fn service(protocol: &'static dyn Protocol) -> Service {
    Service {
        sdk_id: "Events",
        signing_name: "events",
        protocol,
        product: "events-client/0.1.0",
        requires_credentials: true,
        headers: &[],
        endpoint_parameters: &[],
        resolve_endpoint: endpoint,
    }
}

declared_client!(RestJson, RestJson1);
declared_client!(Xml, RestXml);
declared_client!(Json, AwsJson::v1_0("Events"));
declared_client!(Cbor, RpcV2Cbor::new());

pub fn builder<C: GeneratedClient>() -> ClientBuilder<C> {
    let key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    ClientBuilder::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", key, None))
        .max_attempts(1)
}

/// An event whose members are in headers.
#[derive(Clone, PartialEq)]
pub struct Marks {
    pub flag: Option<bool>,
    pub byte: Option<i8>,
    pub short: Option<i16>,
    pub integer: Option<i32>,
    pub long: Option<i64>,
    pub blob: Option<Bytes>,
    pub text: Option<String>,
    pub time: Option<Timestamp>,
}

smithy_reqwest::structure!(Marks: Default {
    flag: "flag" [event_header],
    byte: "byte" [event_integer(8)],
    short: "short" [event_integer(16)],
    integer: "integer" [event_header],
    long: "long" [event_integer(64)],
    blob: "blob" [event_header],
    text: "text" [event_header],
    time: "time" [event_header],
});

/// An event whose payload is bytes.
#[derive(Clone, PartialEq)]
pub struct Chunk {
    pub bytes: Option<Bytes>,
}

smithy_reqwest::structure!(Chunk: Default { bytes: "bytes" [event_payload] });

/// An event whose payload is text.
#[derive(Clone, PartialEq)]
pub struct Line {
    pub text: Option<String>,
}

smithy_reqwest::structure!(Line: Default { text: "text" [event_payload, required] });

/// An event whose payload is a document of its members, but for one in a header.
#[derive(Clone, PartialEq)]
pub struct Token {
    pub source: Option<String>,
    pub text: Option<String>,
    pub index: Option<i32>,
}

smithy_reqwest::structure!(Token: Default {
    source: "source" [event_header],
    text: "text",
    index: "index",
});

/// An event whose payload is a structure.
#[derive(Clone, PartialEq)]
pub struct Detail {
    pub token: Option<Token>,
}

smithy_reqwest::structure!(Detail: Default { token: "token" [event_payload] });

/// A union in a payload.
#[derive(Clone, PartialEq)]
pub enum Figure {
    Circle(i32),
    Unknown(String, Document),
}

smithy_reqwest::union!(Figure { Circle(value): "circle" });

/// An event whose payload is a union.
#[derive(Clone, PartialEq)]
pub struct Choice {
    pub figure: Option<Figure>,
}

smithy_reqwest::structure!(Choice: Default { figure: "figure" [event_payload] });

/// An error that is also in streams.
#[derive(Clone, PartialEq)]
pub struct Throttled {
    pub message: Option<String>,
    pub delay: Option<i32>,
}

smithy_reqwest::structure!(Throttled: Default { message: "message", delay: "delay" });

#[derive(Debug, Clone, PartialEq)]
pub enum ServiceError {
    Throttled(Throttled),
}

smithy_reqwest::service_errors!(ServiceError {
    Throttled: "ThrottlingException"[throttling]
});

/// The events of all streams here.
#[derive(Clone, PartialEq)]
pub enum Event {
    Marks(Marks),
    Chunk(Chunk),
    Line(Line),
    Token(Token),
    Detail(Detail),
    Choice(Choice),
    Tick,
    Throttled(Throttled),
    Unknown(String, Document),
}

smithy_reqwest::union!(Event {
    Marks(value): "marks",
    Chunk(value): "chunk",
    Line(value): "line",
    Token(value): "token",
    Detail(value): "detail",
    Choice(value): "choice",
    Tick: "tick",
    Throttled(value): "throttled",
});

smithy_reqwest::event_stream!(Event, ServiceError { "throttled": "ThrottlingException" });

/// A request whose response is a stream.
#[derive(Clone, PartialEq)]
pub struct WatchRequest {
    pub topic: Option<String>,
}

smithy_reqwest::structure!(WatchRequest: Default { topic: "topic" });

pub struct WatchResponse {
    pub session: Option<String>,
    pub events: EventReceiver<Event>,
}

smithy_reqwest::structure!(WatchResponse: Default, Stream {
    session: "session" [header("x-session")],
    events: "events" [event_stream],
});

impl Request for WatchRequest {
    type Response = WatchResponse;
    type Error = ServiceError;

    const OPERATION: &'static Operation = &Operation::new("Watch", "POST", "/watch").streaming();
}

/// The same in an RPC protocol, where the other member of the response is in its first message.
#[derive(Clone, PartialEq)]
pub struct SubscribeRequest {}

smithy_reqwest::structure!(SubscribeRequest: Default {});

pub struct SubscribeResponse {
    pub session: Option<String>,
    pub events: EventReceiver<Event>,
}

smithy_reqwest::structure!(SubscribeResponse: Default, Stream {
    session: "session",
    events: "events" [event_stream],
});

impl Request for SubscribeRequest {
    type Response = SubscribeResponse;
    type Error = ServiceError;

    const OPERATION: &'static Operation = &Operation::new("Subscribe", "POST", "/").streaming();
}

/// A request that is a stream, and so is its response.
pub struct TalkRequest {
    pub language: Option<String>,
    pub events: Events<Event>,
}

smithy_reqwest::structure!(TalkRequest: Default, Stream {
    language: "language" [header("x-language")],
    events: "events" [event_stream],
});

impl Request for TalkRequest {
    type Response = WatchResponse;
    type Error = ServiceError;

    const OPERATION: &'static Operation = &Operation::new("Talk", "POST", "/talk").streaming();
}

/// The same over HTTP/2.
pub struct CallRequest {
    pub events: Events<Event>,
}

smithy_reqwest::structure!(CallRequest: Default, Stream { events: "events" [event_stream] });

impl Request for CallRequest {
    type Response = WatchResponse;
    type Error = ServiceError;

    const OPERATION: &'static Operation =
        &Operation::new("Call", "POST", "/call").streaming().http2();
}

/// A request that is a stream in an RPC protocol, where its other member is in its first message.
pub struct DictateRequest {
    pub language: Option<String>,
    pub events: Events<Event>,
}

smithy_reqwest::structure!(DictateRequest: Default, Stream {
    language: "language",
    events: "events" [event_stream],
});

impl Request for DictateRequest {
    type Response = SubscribeResponse;
    type Error = ServiceError;

    const OPERATION: &'static Operation = &Operation::new("Dictate", "POST", "/").streaming();
}
