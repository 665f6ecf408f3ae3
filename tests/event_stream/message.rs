//! Messages that the official SDK's crates write and read.

use aws_smithy_eventstream::frame::{read_message_from, write_message_to};
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::{Buf as _, Bytes};

pub(crate) fn text(value: impl Into<String>) -> HeaderValue {
    HeaderValue::String(value.into().into())
}

/// A message with these headers.
pub(crate) fn message(
    headers: impl IntoIterator<Item = (&'static str, HeaderValue)>,
    payload: impl Into<Bytes>,
) -> Message {
    let headers = headers
        .into_iter()
        .map(|(name, value)| Header::new(name, value));
    headers.fold(Message::new(payload.into()), Message::add_header)
}

/// An event of a name, without other headers.
pub(crate) fn event(name: &str, payload: impl Into<Bytes>) -> Message {
    message(
        [
            (":message-type", text("event")),
            (":event-type", text(name)),
        ],
        payload,
    )
}

/// An exception of a name.
pub(crate) fn exception(name: &str, payload: impl Into<Bytes>) -> Message {
    message(
        [
            (":message-type", text("exception")),
            (":exception-type", text(name)),
        ],
        payload,
    )
}

pub(crate) fn written(message: &Message) -> Bytes {
    let mut bytes = Vec::new();
    write_message_to(message, &mut bytes).unwrap();
    bytes.into()
}

/// The bytes of messages, one after the other.
pub(crate) fn all_written<'m>(messages: impl IntoIterator<Item = &'m Message>) -> Bytes {
    let messages: Vec<Bytes> = messages.into_iter().map(written).collect();
    messages.concat().into()
}

/// The messages in these bytes.
pub(crate) fn all_read(mut bytes: Bytes) -> Vec<Message> {
    let mut messages = Vec::new();
    while bytes.has_remaining() {
        messages.push(read_message_from(&mut bytes).unwrap());
    }
    messages
}

/// The value of a header that must be there.
pub(crate) fn header<'m>(message: &'m Message, name: &str) -> &'m HeaderValue {
    let mut headers = message.headers().iter();
    let header = headers.find(|header| header.name().as_str() == name);
    header.unwrap_or_else(|| panic!("no header {name}")).value()
}
