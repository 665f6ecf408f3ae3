//! Messages: frames whose headers say what they are.

use super::frame::Frame;
use super::header::HeaderValue;
use crate::message::InvalidResponse;

pub(super) const MESSAGE_TYPE: &str = ":message-type";
pub(super) const EVENT_TYPE: &str = ":event-type";
pub(super) const EXCEPTION_TYPE: &str = ":exception-type";
pub(super) const CONTENT_TYPE: &str = ":content-type";
const ERROR_CODE: &str = ":error-code";
const ERROR_MESSAGE: &str = ":error-message";

/// The kind of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Message<'f> {
    /// An event, by its name.
    Event(&'f str),
    /// An exception, by its name.
    Exception(&'f str),
    /// An error that no model declares, by its code and with its message.
    Error(Option<&'f str>, Option<&'f str>),
}

impl<'f> Message<'f> {
    /// Reads the kind of a message from its headers.
    pub(super) fn of(frame: &'f Frame) -> Result<Self, InvalidResponse> {
        match text(frame, MESSAGE_TYPE)? {
            "event" => text(frame, EVENT_TYPE).map(Self::Event),
            "exception" => text(frame, EXCEPTION_TYPE).map(Self::Exception),
            "error" => Ok(Self::Error(
                text(frame, ERROR_CODE).ok(),
                text(frame, ERROR_MESSAGE).ok(),
            )),
            _ => Err(invalid(format!("`{MESSAGE_TYPE}` is not one of the known"))),
        }
    }
}

/// Returns a header that must be there.
fn text<'f>(frame: &'f Frame, name: &str) -> Result<&'f str, InvalidResponse> {
    match frame.header(name) {
        Some(HeaderValue::String(text)) => Ok(text),
        Some(_) => Err(invalid(format!("the header `{name}` is not text"))),
        None => Err(invalid(format!("an event without the header `{name}`"))),
    }
}

pub(super) fn invalid(problem: impl Into<String>) -> InvalidResponse {
    InvalidResponse::EventStream(problem.into())
}
