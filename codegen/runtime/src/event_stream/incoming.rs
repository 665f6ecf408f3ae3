//! Messages of a response that is a stream of events.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::{HeaderMap, StatusCode};
use http_body::Body as _;

use super::decoder::FrameDecoder;
use super::error::FrameError;
use super::frame::Frame;
use super::message::{Message, invalid};
use super::reader::Reader;
use crate::body::{Body, BoxError};
use crate::error::{Cause, Error, ErrorModel, Failure};
use crate::message::{HttpResponse, InvalidResponse};
use crate::protocol::ErrorMetadata;
use crate::schema::{ModeledError, Structure, Union};
use crate::transport::TransportError;

const INITIAL_RESPONSE: &str = "initial-response";

/// The part of a receiver that does not depend on the type of its events.
#[derive(Default)]
pub(crate) struct Incoming(Option<Box<Open>>);

/// A stream that has not ended.
struct Open {
    body: Body,
    decoder: FrameDecoder,
    /// The first message, if it was read with the response.
    first: Option<Frame>,
    operation: &'static str,
    errors: ErrorModel,
    /// The head of the response, for errors.
    status: StatusCode,
    headers: HeaderMap,
    max_decoded_size: usize,
}

/// The next of a stream.
pub(super) enum Next {
    /// An event, with which the union is filled.
    Event,
    /// An exception.
    Exception(Box<Exception>),
    /// Another error.
    Failure(Failure),
    /// Nothing.
    End,
}

/// An exception that was received.
pub(super) struct Exception {
    failure: Failure,
    frame: Frame,
    reader: Option<Reader<'static>>,
}

impl Incoming {
    /// Begins to receive the events of a response, whose body is moved out of it.
    pub(crate) fn open(
        &mut self,
        operation: &'static str,
        response: &mut HttpResponse,
        max_frame: usize,
        errors: ErrorModel,
    ) {
        self.0 = Some(Box::new(Open {
            body: std::mem::take(&mut response.body),
            decoder: FrameDecoder::with_limit(max_frame),
            first: None,
            operation,
            errors,
            status: response.status,
            headers: response.headers.clone(),
            max_decoded_size: response.max_decoded_size,
        }));
    }

    /// Reads the message with the members that are beside the stream. Another message that comes
    /// first is kept.
    pub(crate) async fn read_initial(&mut self, output: &mut dyn Structure) -> Result<(), Failure> {
        let Some(frame) = poll_fn(|cx| self.poll_frame(cx)).await.transpose()? else {
            return Ok(());
        };
        let Some(open) = &mut self.0 else {
            return Ok(());
        };
        if !matches!(Message::of(&frame), Ok(Message::Event(INITIAL_RESPONSE))) {
            open.first = Some(frame);
            return Ok(());
        }
        let read = open
            .reader()
            .and_then(|reader| reader.structure(&frame, output));
        read.map_err(|error| open.failure(error))
    }

    /// Returns `true` if the stream has ended.
    pub(super) fn has_ended(&self) -> bool {
        self.0.is_none()
    }

    /// Fills a union from the next event. The names of exceptions are given with their codes.
    pub(super) fn poll_next(
        &mut self,
        cx: &mut Context<'_>,
        event: &mut dyn Union,
        exceptions: &[(&str, &'static str)],
    ) -> Poll<Next> {
        loop {
            let frame = match ready!(self.poll_frame(cx)) {
                Some(Ok(frame)) => frame,
                Some(Err(failure)) => return Poll::Ready(Next::Failure(failure)),
                None => return Poll::Ready(Next::End),
            };
            let Some(open) = &mut self.0 else {
                return Poll::Ready(Next::End);
            };
            let next = match Message::of(&frame) {
                Ok(Message::Event(INITIAL_RESPONSE)) if open.has_initial_message() => continue,
                Ok(Message::Event(name)) => {
                    let read = open
                        .reader()
                        .and_then(|reader| reader.event(&frame, name, event));
                    match read {
                        Ok(()) => Next::Event,
                        Err(error) => Next::Failure(open.failure(error)),
                    }
                }
                Ok(Message::Exception(name)) => {
                    let mut exceptions = exceptions.iter();
                    let code = exceptions.find(|(it, _)| *it == name);
                    let code = code.map_or(name, |(_, code)| code).to_owned();
                    let exception = Box::new(open.exception(frame, code));
                    self.0 = None;
                    Next::Exception(exception)
                }
                Ok(Message::Error(code, message)) => {
                    let metadata = ErrorMetadata {
                        code: code.map(str::to_owned),
                        message: message.map(str::to_owned),
                        ..ErrorMetadata::default()
                    };
                    let failure = open.service_failure(&frame, metadata);
                    self.0 = None;
                    Next::Failure(failure)
                }
                Err(error) => Next::Failure(open.failure(error)),
            };
            return Poll::Ready(next);
        }
    }

    /// Returns the next message; `None` at the end. After an error there is none.
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame, Failure>>> {
        let Some(open) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let frame = ready!(open.poll_frame(cx));
        let frame = frame.map_err(|error| open.failure(error)).transpose();
        if !matches!(frame, Some(Ok(_))) {
            self.0 = None;
        }
        Poll::Ready(frame)
    }
}

impl Open {
    fn poll_frame(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Frame>, BoxError>> {
        if let Some(frame) = self.first.take() {
            return Poll::Ready(Ok(Some(frame)));
        }
        loop {
            let frame = self.decoder.next_frame();
            if let Some(frame) = frame.map_err(|error| invalid(error.to_string()))? {
                return Poll::Ready(Ok(Some(frame)));
            }
            match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(piece)) => self.decoder.push(piece.into_data().unwrap_or_default()),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => return Poll::Ready(self.decoder.end().map(|()| None).map_err(broken_off)),
            }
        }
    }

    fn has_initial_message(&self) -> bool {
        let format = self.errors.protocol.event_format();
        format.is_some_and(|format| format.has_initial_message)
    }

    fn reader(&self) -> Result<Reader<'static>, InvalidResponse> {
        let format = self.errors.protocol.event_format();
        let format = format.ok_or_else(|| invalid("the protocol of the service has no events"))?;
        Ok(Reader {
            format,
            budget: self.max_decoded_size,
        })
    }

    /// The head of the response, with the payload of a message as its body.
    fn response(&self, frame: &Frame) -> HttpResponse {
        HttpResponse {
            status: self.status,
            headers: self.headers.clone(),
            body: frame.payload().clone().into(),
            max_decoded_size: self.max_decoded_size,
        }
    }

    /// The failure to read a message.
    fn failure(&self, error: impl Into<BoxError>) -> Failure {
        let error: BoxError = match error.into().downcast::<InvalidResponse>() {
            Ok(error) => error,
            Err(source) => Box::new(TransportError::from_source(source)),
        };
        let response = self.response(&Frame::default());
        let cause = Cause::InvalidResponse { response, error };
        Failure {
            operation: Some(self.operation),
            ..cause.into()
        }
    }

    fn service_failure(&self, frame: &Frame, metadata: ErrorMetadata) -> Failure {
        Failure {
            operation: Some(self.operation),
            ..Failure::described(self.response(frame), metadata, self.errors)
        }
    }

    fn exception(&self, frame: Frame, code: String) -> Exception {
        let response = self.response(&frame);
        let metadata = ErrorMetadata {
            code: Some(code),
            query_code: None,
            ..self.errors.protocol.error_metadata(&response)
        };
        Exception {
            failure: self.service_failure(&frame, metadata),
            reader: self.reader().ok(),
            frame,
        }
    }
}

impl Exception {
    /// Converts the exception into an error, whose members are read as the model has them. What does
    /// not match the model is left out.
    pub(super) fn into_error<S: ModeledError>(self) -> Error<S> {
        let Self {
            failure,
            frame,
            reader,
        } = self;
        Error::reading(failure, &|_, _, error| {
            if let Some(reader) = reader {
                // An exception is known by its name, and has the members that were read.
                let _ = reader.structure(&frame, error);
            }
        })
    }
}

/// The error of a body that ended within a frame: more of it has been lost on the way.
fn broken_off(error: FrameError) -> BoxError {
    Box::new(TransportError::other(error))
}
