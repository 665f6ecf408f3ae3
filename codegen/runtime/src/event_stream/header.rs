//! The headers of a frame.

use super::error::FrameError;

/// The longest text or bytes in a header.
const MAX_VALUE: usize = 32_767;

/// The value of a header, in one of the ten types of the format.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum HeaderValue<'a> {
    /// A boolean, which has two types of its own: true and false.
    Boolean(bool),
    /// An integer of 8 bits.
    Byte(i8),
    /// An integer of 16 bits.
    Short(i16),
    /// An integer of 32 bits.
    Integer(i32),
    /// An integer of 64 bits.
    Long(i64),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Text.
    String(&'a str),
    /// A point in time, in milliseconds since 1970.
    Timestamp(i64),
    /// A UUID.
    Uuid([u8; 16]),
}

/// The headers of a frame by their names, in their order.
#[derive(Debug, Clone)]
pub struct Headers<'a> {
    rest: &'a [u8],
}

impl<'a> Headers<'a> {
    pub(super) fn new(headers: &'a [u8]) -> Self {
        Self { rest: headers }
    }
}

impl<'a> Iterator for Headers<'a> {
    type Item = (&'a str, HeaderValue<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let (header, rest) = read(self.rest)?;
        self.rest = rest;
        Some(header)
    }
}

/// Refuses headers that cannot be read to their end.
pub(super) fn check(headers: &[u8]) -> Result<(), FrameError> {
    let mut headers = Headers::new(headers);
    headers.by_ref().for_each(drop);
    if headers.rest.is_empty() {
        Ok(())
    } else {
        Err(FrameError::Header)
    }
}

/// Reads the first header. Returns it with the bytes after it; `None` if it is invalid.
fn read(bytes: &[u8]) -> Option<((&str, HeaderValue<'_>), &[u8])> {
    let (length, rest) = bytes.split_first()?;
    let (name, rest) = rest.split_at_checked(usize::from(*length))?;
    let name = std::str::from_utf8(name)
        .ok()
        .filter(|name| !name.is_empty())?;
    let (kind, rest) = rest.split_first()?;
    let (value, rest) = match kind {
        0 => (HeaderValue::Boolean(true), rest),
        1 => (HeaderValue::Boolean(false), rest),
        2 => fixed(rest, |it| HeaderValue::Byte(i8::from_be_bytes(it)))?,
        3 => fixed(rest, |it| HeaderValue::Short(i16::from_be_bytes(it)))?,
        4 => fixed(rest, |it| HeaderValue::Integer(i32::from_be_bytes(it)))?,
        5 => fixed(rest, |it| HeaderValue::Long(i64::from_be_bytes(it)))?,
        6 => {
            let (bytes, rest) = sized(rest)?;
            (HeaderValue::Bytes(bytes), rest)
        }
        7 => {
            let (text, rest) = sized(rest)?;
            (HeaderValue::String(std::str::from_utf8(text).ok()?), rest)
        }
        8 => fixed(rest, |it| HeaderValue::Timestamp(i64::from_be_bytes(it)))?,
        9 => fixed(rest, HeaderValue::Uuid)?,
        _ => return None,
    };
    Some(((name, value), rest))
}

/// Reads a value of a fixed length.
fn fixed<const N: usize>(
    bytes: &[u8],
    value: impl FnOnce([u8; N]) -> HeaderValue<'static>,
) -> Option<(HeaderValue<'static>, &[u8])> {
    let (digits, rest) = bytes.split_first_chunk()?;
    Some((value(*digits), rest))
}

/// Reads bytes that have their length before them.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let length = usize::from(u16::from_be_bytes(*length));
    rest.split_at_checked(length)
        .filter(|_| length <= MAX_VALUE)
}

/// Writes a header.
pub(super) fn write(
    headers: &mut Vec<u8>,
    name: &str,
    value: HeaderValue<'_>,
) -> Result<(), FrameError> {
    match u8::try_from(name.len()) {
        Ok(length) if length > 0 => headers.push(length),
        _ => return Err(FrameError::HeaderName),
    }
    headers.extend_from_slice(name.as_bytes());
    match value {
        HeaderValue::Boolean(value) => headers.push(u8::from(!value)),
        HeaderValue::Byte(value) => typed(headers, 2, &value.to_be_bytes()),
        HeaderValue::Short(value) => typed(headers, 3, &value.to_be_bytes()),
        HeaderValue::Integer(value) => typed(headers, 4, &value.to_be_bytes()),
        HeaderValue::Long(value) => typed(headers, 5, &value.to_be_bytes()),
        HeaderValue::Bytes(bytes) => typed_and_sized(headers, 6, bytes)?,
        HeaderValue::String(text) => typed_and_sized(headers, 7, text.as_bytes())?,
        HeaderValue::Timestamp(millis) => typed(headers, 8, &millis.to_be_bytes()),
        HeaderValue::Uuid(bytes) => typed(headers, 9, &bytes),
    }
    Ok(())
}

fn typed(headers: &mut Vec<u8>, kind: u8, value: &[u8]) {
    headers.push(kind);
    headers.extend_from_slice(value);
}

fn typed_and_sized(headers: &mut Vec<u8>, kind: u8, value: &[u8]) -> Result<(), FrameError> {
    let length = u16::try_from(value.len()).map_err(|_| FrameError::HeaderValue)?;
    if value.len() > MAX_VALUE {
        return Err(FrameError::HeaderValue);
    }
    typed(headers, kind, &length.to_be_bytes());
    headers.extend_from_slice(value);
    Ok(())
}
