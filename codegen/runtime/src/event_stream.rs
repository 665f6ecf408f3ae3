//! Event streams: requests and responses that go on as long as there are events.
//!
//! An operation whose response is such a stream returns when the response begins, and its events are
//! received one by one:
//!
//! ```
//! use smithy_reqwest::Error;
//! use smithy_reqwest::event_stream::{Event, EventReceiver};
//!
//! async fn count<E: Event>(mut stream: EventReceiver<E>) -> Result<usize, Error<E::Error>> {
//!     let mut count = 0;
//!     while let Some(_event) = stream.next().await? {
//!         count += 1;
//!     }
//!     Ok(count)
//! }
//! ```
//!
//! An operation whose request is one takes [`Events`]: a channel, or any stream.
//!
//! - Events are the variants of a union. One that the model does not have is its variant `Unknown`.
//! - An exception in a stream is an [`Error`](crate::Error) with its modeled type, or with its code if
//!   the model does not have it. It is the last that the stream gives.
//! - A stream that breaks off within an event, or whose connection breaks, ends with an error. One
//!   that ends between two events is complete as far as HTTP can tell.
//! - Dropping the receiver closes the connection, or resets the stream of HTTP/2.
//! - The read timeout applies between two pieces of a response: a service that has no events for a
//!   longer time has to send something else, or the timeout has to be longer.
//! - Only the beginning of a call is retried, and not one that sends events.
//!
//! # HTTP/2
//!
//! Calls use HTTP/1.1, also those whose response is a stream of events. A few services require HTTP/2
//! for operations that send and receive events at the same time, and those operations alone use it:
//! turn on the feature `http2` for them. Other operations stay on HTTP/1.1, since a lost packet would
//! delay all calls that share a connection.
//!
//! # Frames
//!
//! [`Frame`] and [`FrameDecoder`] are the format on the wire, `application/vnd.amazon.eventstream`,
//! for stand-ins of services and for tests.

mod decoder;
mod error;
mod frame;
mod header;
mod incoming;
mod message;
mod outgoing;
mod reader;
mod receiver;
mod sender;
mod stream;
mod writer;

pub use decoder::FrameDecoder;
pub use error::FrameError;
pub use frame::Frame;
pub use header::{HeaderValue, Headers};
pub(crate) use incoming::Incoming;
pub(crate) use outgoing::Outgoing;
pub use receiver::EventReceiver;
pub use sender::{EventSender, Events, StreamClosed};

use crate::schema::{ModeledError, Union};

/// A union whose variants are the events of a stream, declared by
/// [`event_stream!`](crate::event_stream!).
pub trait Event: Union + 'static {
    /// The modeled errors of the service.
    type Error: ModeledError;

    /// The exceptions of the stream: the name of each in the union, and its code in
    /// [`Error`](Self::Error).
    const EXCEPTIONS: &'static [(&'static str, &'static str)];
}

/// Declares that a union is a stream of events: the modeled errors of the service, and the code of
/// each member of the union that is one of them.
///
/// ```
/// use smithy_reqwest::{Document, service_errors, structure, union};
///
/// #[derive(Clone, PartialEq)]
/// struct Chunk {
///     text: Option<String>,
/// }
/// structure!(Chunk: Default { text: "text" });
///
/// #[derive(Clone, PartialEq)]
/// struct Throttled {
///     message: Option<String>,
/// }
/// structure!(Throttled: Default { message: "message" });
///
/// #[derive(Debug, Clone, PartialEq)]
/// enum ServiceError {
///     Throttled(Throttled),
/// }
/// service_errors!(ServiceError { Throttled: "ThrottlingException" [throttling] });
///
/// #[derive(Clone, PartialEq)]
/// enum Output {
///     Chunk(Chunk),
///     Unknown(String, Document),
/// }
/// union!(Output { Chunk(value): "chunk" });
/// smithy_reqwest::event_stream!(Output, ServiceError {
///     "throttlingException": "ThrottlingException",
/// });
/// ```
#[macro_export]
macro_rules! event_stream {
    ($events:ident, $errors:ident { $($name:literal : $code:literal),* $(,)? }) => {
        impl $crate::event_stream::Event for $events {
            type Error = $errors;
            const EXCEPTIONS: &'static [(&'static str, &'static str)] = &[$(($name, $code)),*];
        }
    };
}
