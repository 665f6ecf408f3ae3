//! The body of a request that is a stream of events.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_TYPE, HeaderValue as HttpHeader};
use http_body::Frame as BodyFrame;

use super::Event;
use super::error::FrameError;
use super::frame::Frame;
use super::header::{self, HeaderValue};
use super::writer::Writer;
use crate::body::{Body, BoxError};
use crate::clock::Clock;
use crate::message::{HttpRequest, InvalidRequest};
use crate::protocol::Protocol;
use crate::schema::{Location, Slot, Structure, with_fields_mut};
use crate::sigv4::{EventSeed, EventSigner};
use crate::timestamp::Timestamp;

const MEDIA_TYPE: HttpHeader = HttpHeader::from_static("application/vnd.amazon.eventstream");
const INITIAL_REQUEST: &str = "initial-request";
const DATE: &str = ":date";
const SIGNATURE: &str = ":chunk-signature";

/// The part of the events of a request that does not depend on their type.
#[derive(Default)]
pub(crate) struct Outgoing(Option<Source>);

/// The lock is never taken, as only one thread at a time has the source: it makes it one that threads
/// may share, as a body must be.
type Source = Mutex<Box<dyn Frames>>;

/// A stream of events, as frames.
trait Frames: Send {
    fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
        writer: Writer<'_>,
    ) -> Poll<Option<Result<Frame, BoxError>>>;
}

/// A stream of events of one type.
struct Typed<S>(Pin<Box<S>>);

impl<S, E, Er> Frames for Typed<S>
where
    S: Stream<Item = Result<E, Er>> + Send,
    E: Event,
    Er: Into<BoxError>,
{
    fn poll_frame(
        &mut self,
        cx: &mut Context<'_>,
        writer: Writer<'_>,
    ) -> Poll<Option<Result<Frame, BoxError>>> {
        let event = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(event.map(|event| match event {
            Ok(event) => Ok(writer.event(&event, E::EXCEPTIONS)?),
            Err(error) => Err(error.into()),
        }))
    }
}

impl Outgoing {
    pub(super) fn new<S, E, Er>(stream: S) -> Self
    where
        S: Stream<Item = Result<E, Er>> + Send + 'static,
        E: Event,
        Er: Into<BoxError> + 'static,
    {
        Self(Some(Mutex::new(Box::new(Typed(Box::pin(stream))))))
    }

    /// Moves the events of an input, if it has such, to the body of its request.
    pub(crate) fn attach(
        protocol: &'static dyn Protocol,
        clock: &Arc<Clock>,
        input: &mut dyn Structure,
        request: &mut HttpRequest,
    ) -> Result<(), InvalidRequest> {
        let mut members = input.schema().members.iter();
        let Some(at) = members.position(|it| it.location == Location::EventStream) else {
            return Ok(());
        };
        let source = with_fields_mut(input, |fields| match fields.get_mut(at)?.slot() {
            Slot::Events(events) => events.downcast_mut::<Self>()?.0.take(),
            _ => None,
        });
        let Some(format) = protocol.event_format() else {
            let problem = "is a stream of events, which the protocol of the service does not have";
            return Err(InvalidRequest::new("body", problem));
        };
        let writer = Writer { format };
        let first = if format.has_initial_message {
            Some(writer.initial(INITIAL_REQUEST, input)?)
        } else {
            None
        };
        let seed = EventSeed::default();
        request.event_seed = Some(Arc::clone(&seed));
        request.headers.insert(CONTENT_TYPE, MEDIA_TYPE);
        request.body = Body::wrap(EventBody {
            first,
            source: source.flatten(),
            writer,
            seed,
            signer: None,
            clock: Arc::clone(clock),
            has_ended: false,
        });
        Ok(())
    }
}

/// A body of events.
struct EventBody {
    /// The message with the members that are beside the stream.
    first: Option<Frame>,
    /// The events; `None` if there are none.
    source: Option<Source>,
    writer: Writer<'static>,
    /// The place of the signer, which is there when the request has been signed.
    seed: EventSeed,
    signer: Option<EventSigner>,
    clock: Arc<Clock>,
    has_ended: bool,
}

impl EventBody {
    /// Returns the bytes of the next message; `None` at the end.
    fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        if self.has_ended {
            return Poll::Ready(None);
        }
        if self.signer.is_none() {
            self.signer = self.seed.get().cloned();
        }
        let frame = match (self.first.take(), &mut self.source) {
            (Some(first), _) => Some(Ok(first)),
            (None, Some(source)) => {
                let source = source.get_mut().unwrap_or_else(PoisonError::into_inner);
                ready!(source.poll_frame(cx, self.writer))
            }
            (None, None) => None,
        };
        let bytes = match frame {
            Some(Ok(frame)) => frame.encode().map(Some).map_err(BoxError::from),
            Some(Err(error)) => Err(error),
            None => Ok(None),
        };
        self.has_ended = !matches!(bytes, Ok(Some(_)));
        Poll::Ready(bytes.and_then(|bytes| self.signed(bytes)).transpose())
    }

    /// Wraps a message in a signed one. The end of a signed stream is an empty one.
    fn signed(&mut self, message: Option<Bytes>) -> Result<Option<Bytes>, BoxError> {
        let Some(signer) = &mut self.signer else {
            return Ok(message);
        };
        // The time that is signed has no fractions of seconds.
        let time = Timestamp::from_second(self.clock.now()?.as_second())?;
        let date = HeaderValue::Timestamp(time.as_millisecond());
        let mut signed_headers = Vec::new();
        header::write(&mut signed_headers, DATE, date)?;
        let payload = message.unwrap_or_default();
        let signature = signer.sign(time, &signed_headers, &payload);
        let frame = Frame::new(payload)
            .with_header(SIGNATURE, HeaderValue::Bytes(&signature))
            .and_then(|frame| frame.with_header(DATE, date));
        frame
            .and_then(|frame| frame.encode())
            .map(Some)
            .map_err(FrameError::into)
    }
}

impl http_body::Body for EventBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<BodyFrame<Bytes>, BoxError>>> {
        let bytes = self.get_mut().poll_bytes(cx);
        bytes.map(|bytes| bytes.map(|bytes| bytes.map(BodyFrame::data)))
    }
}
