//! Receives 100,000 events of one response, in pieces of 8 KiB, and prints how many millions a second:
//! as events of a call, then as frames by the decoder of the official SDK's crates.

use std::convert::Infallible;
use std::hint::black_box;

use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder};
use aws_smithy_eventstream::smithy::parse_response_headers;
use bytes_utils::SegmentedBuf;
use driver::codec::{Work, print_speeds};
use futures_util::stream;
use smithy_reqwest::endpoint::Endpoint;
use smithy_reqwest::event_stream::{EventReceiver, Frame, HeaderValue};
use smithy_reqwest::operation::{Auth, Operation, Request, Service};
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::{
    Body, Bytes, Client, ClientBuilder, Document, GeneratedClient, event_stream, http,
    service_errors, structure, union,
};
use tokio::runtime::Builder;

const EVENTS: usize = 100_000;
const PIECE: usize = 8 * 1024;

/// A part of an answer.
#[derive(Clone, PartialEq)]
pub struct Chunk {
    /// The text.
    pub text: Option<Bytes>,
}

structure!(Chunk: Default { text: "text" [event_payload] });

/// The events of an answer.
#[derive(Clone, PartialEq)]
pub enum Part {
    /// A part.
    Chunk(Chunk),
    /// An event of another name.
    Unknown(String, Document),
}

union!(Part { Chunk(value): "chunk" });
event_stream!(Part, NoError {});

/// The modeled errors, of which there are none.
#[derive(Debug)]
pub enum NoError {}

service_errors!(NoError {});

/// A request without members.
#[derive(Clone, PartialEq)]
pub struct Ask {}

structure!(Ask: Default {});

/// A response with events.
pub struct Answer {
    /// The events.
    pub parts: EventReceiver<Part>,
}

structure!(Answer: Default, Stream { parts: "parts" [event_stream] });

impl Request for Ask {
    type Response = Answer;
    type Error = NoError;

    const OPERATION: &'static Operation = &Operation::new("Ask", "POST", "/")
        .auth(&[Auth::None])
        .streaming();
}

static SERVICE: Service = Service {
    sdk_id: "Answers",
    signing_name: "answers",
    protocol: &RestJson1,
    product: "answers/0.0.0",
    requires_credentials: false,
    headers: &[],
    endpoint_parameters: &[],
    resolve_endpoint: |_| Ok(Endpoint::new("https://example.com")),
};

struct Answers(Client);

impl From<Client> for Answers {
    fn from(client: Client) -> Self {
        Self(client)
    }
}

impl GeneratedClient for Answers {
    const SERVICE: &'static Service = &SERVICE;
    type Error = NoError;
}

/// The pieces of a response of 100,000 events.
fn pieces() -> Vec<Bytes> {
    let frame = |index: usize| {
        let frame = Frame::new(format!("the token of number {index}"))
            .with_header(":message-type", HeaderValue::String("event"))
            .and_then(|it| it.with_header(":event-type", HeaderValue::String("chunk")))
            .and_then(|it| it.with_header(":content-type", HeaderValue::String("text/plain")));
        let encoded = frame.and_then(|frame| frame.encode());
        encoded.expect("the frame is small")
    };
    let bytes = Bytes::from((0..EVENTS).map(frame).collect::<Vec<_>>().concat());
    let starts = (0..bytes.len()).step_by(PIECE);
    starts
        .map(|start| bytes.slice(start..bytes.len().min(start + PIECE)))
        .collect()
}

/// Counts the events of a call, and the bytes in them.
async fn receive(client: &Answers) -> (usize, usize) {
    let mut answer = client.0.send(Ask {}).await.expect("the call succeeds");
    let (mut count, mut length) = (0, 0);
    while let Some(event) = answer.parts.next().await.expect("the events are valid") {
        if let Part::Chunk(Chunk { text: Some(text) }) = event {
            (count, length) = (count + 1, length + text.len());
        }
    }
    (count, length)
}

/// Counts the frames that the official decoder finds, and the bytes in them.
fn decode(pieces: &[Bytes]) -> (usize, usize) {
    let (mut decoder, mut buffer) = (MessageFrameDecoder::new(), SegmentedBuf::new());
    let (mut count, mut length) = (0, 0);
    for piece in pieces {
        buffer.push(piece.clone());
        while let DecodedFrame::Complete(message) =
            decoder.decode_frame(&mut buffer).expect("it is valid")
        {
            let headers = parse_response_headers(&message).expect("it has all headers");
            assert_eq!(headers.smithy_type.as_str(), "chunk");
            (count, length) = (count + 1, length + message.payload().clone().len());
        }
    }
    (count, length)
}

fn main() {
    let pieces = pieces();
    let sent = pieces.clone();
    let transport = move |_: http::Request<Body>| {
        let pieces = sent.clone().into_iter().map(Ok::<_, Infallible>);
        let body = Body::wrap_stream(stream::iter(pieces));
        std::future::ready(Ok::<_, Infallible>(http::Response::new(body)))
    };
    let client = ClientBuilder::<Answers>::default()
        .region("us-east-1")
        .transport(transport)
        .build()
        .expect("the settings are complete");
    let runtime = Builder::new_current_thread().enable_time().build();
    let runtime = runtime.expect("a runtime can be built");
    let expected = decode(&pieces);
    assert_eq!(runtime.block_on(receive(&client)), expected);
    assert_eq!(expected.0, EVENTS);

    // A million events a second are what a million bytes are to the others.
    let length = EVENTS;
    print_speeds(&[
        Work {
            length,
            run: &|| {
                black_box(runtime.block_on(receive(&client)));
            },
        },
        Work {
            length,
            run: &|| {
                black_box(decode(&pieces));
            },
        },
    ]);
}
