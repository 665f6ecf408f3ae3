//! Frames: the units of `application/vnd.amazon.eventstream`.
//!
//! A frame is a prelude of 12 bytes (its length, the length of its headers, and the CRC-32 of both),
//! its headers, its payload, and the CRC-32 of all that. All numbers are big-endian.

use bytes::Bytes;

use super::error::FrameError;
use super::header::{self, HeaderValue, Headers};

/// The length of a prelude, its checksum included.
pub(super) const PRELUDE: usize = 12;
/// The length of a frame without headers and payload.
const OVERHEAD: usize = PRELUDE + CHECKSUM;
const CHECKSUM: usize = 4;
/// The most bytes of headers that a frame may have.
const MAX_HEADERS: usize = 128 * 1024;
/// The most bytes of payload that a frame may have, as in botocore; most services allow 16 MiB.
const MAX_PAYLOAD: usize = 24 * 1024 * 1024;

/// A frame: headers, and a payload.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The headers as they are written, which are valid.
    headers: Bytes,
    payload: Bytes,
}

impl Frame {
    /// Creates a frame without headers.
    pub fn new(payload: impl Into<Bytes>) -> Self {
        Self {
            headers: Bytes::new(),
            payload: payload.into(),
        }
    }

    /// Adds a header.
    ///
    /// # Errors
    ///
    /// A name that is empty or has more than 255 bytes, a value of more than 32,767 bytes, or headers
    /// of more than 128 KiB in all.
    pub fn with_header(mut self, name: &str, value: HeaderValue<'_>) -> Result<Self, FrameError> {
        let mut headers = Vec::from(std::mem::take(&mut self.headers));
        header::write(&mut headers, name, value)?;
        if headers.len() > MAX_HEADERS {
            return Err(FrameError::HeadersTooLong);
        }
        self.headers = headers.into();
        Ok(self)
    }

    /// Returns the headers, in their order.
    #[must_use]
    pub fn headers(&self) -> Headers<'_> {
        Headers::new(&self.headers)
    }

    /// Returns the first header of a name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<HeaderValue<'_>> {
        let mut headers = self.headers();
        headers.find_map(|(it, value)| (it == name).then_some(value))
    }

    /// Returns the payload.
    #[must_use]
    pub fn payload(&self) -> &Bytes {
        &self.payload
    }

    /// Writes the frame, with its checksums.
    ///
    /// # Errors
    ///
    /// A payload of more than 24 MiB.
    pub fn encode(&self) -> Result<Bytes, FrameError> {
        if self.payload.len() > MAX_PAYLOAD {
            return Err(FrameError::PayloadTooLong);
        }
        let length = OVERHEAD + self.headers.len() + self.payload.len();
        let mut frame = Vec::with_capacity(length);
        for length in [length, self.headers.len()] {
            // Both are far below 4 GiB.
            let length = u32::try_from(length).unwrap_or(u32::MAX);
            frame.extend_from_slice(&length.to_be_bytes());
        }
        frame.extend_from_slice(&crc32fast::hash(&frame).to_be_bytes());
        frame.extend_from_slice(&self.headers);
        frame.extend_from_slice(&self.payload);
        frame.extend_from_slice(&crc32fast::hash(&frame).to_be_bytes());
        Ok(frame.into())
    }

    /// Reads a frame of which all bytes are there.
    pub(super) fn decode(frame: &Bytes, prelude: Prelude) -> Result<Self, FrameError> {
        let payload = PRELUDE + prelude.headers;
        let end = prelude.length - CHECKSUM;
        let (Some(checked), Some(checksum)) = (frame.get(..end), number(frame, end)) else {
            return Err(FrameError::Incomplete);
        };
        if crc32fast::hash(checked) != checksum {
            return Err(FrameError::Checksum);
        }
        header::check(checked.get(PRELUDE..payload).unwrap_or_default())?;
        Ok(Self {
            headers: frame.slice(PRELUDE..payload),
            payload: frame.slice(payload..end),
        })
    }
}

impl std::fmt::Debug for Frame {
    /// Shows lengths and never contents, which may be secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Frame")
            .field("headers", &self.headers().count())
            .field("payload", &format_args!("{} bytes", self.payload.len()))
            .finish()
    }
}

/// The lengths in a prelude.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prelude {
    /// The length of the frame.
    pub(super) length: usize,
    /// The length of its headers.
    headers: usize,
}

impl Prelude {
    /// Reads the prelude at the start of these bytes, of a frame that may be this long; `None` if
    /// they are too few.
    pub(super) fn read(bytes: &[u8], max_length: usize) -> Result<Option<Self>, FrameError> {
        let (Some(length), Some(headers), Some(checksum), Some(checked)) = (
            number(bytes, 0),
            number(bytes, 4),
            number(bytes, 8),
            bytes.get(..8),
        ) else {
            return Ok(None);
        };
        if crc32fast::hash(checked) != checksum {
            return Err(FrameError::PreludeChecksum);
        }
        let (length, headers) = (length as usize, headers as usize);
        if headers > MAX_HEADERS {
            return Err(FrameError::HeadersTooLong);
        }
        let Some(payload) = length.checked_sub(OVERHEAD + headers) else {
            return Err(FrameError::Length);
        };
        if payload > MAX_PAYLOAD {
            return Err(FrameError::PayloadTooLong);
        }
        if length > max_length {
            return Err(FrameError::TooLong(max_length));
        }
        Ok(Some(Self { length, headers }))
    }
}

/// Returns the number at an offset; `None` if the bytes end before it does.
fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let digits = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*digits))
}
