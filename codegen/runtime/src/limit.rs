//! Limits on the memory for a response.
//!
//! A response may come from a proxy, a stand-in or a broken machine, and must not be able to
//! exhaust the memory of the caller.

use bytes::Bytes;

use crate::body::{Body, BoxError};
use crate::message::InvalidResponse;

/// The memory that a response may use, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseLimit {
    /// The maximum length of a body that is read into memory.
    body: usize,
    /// The maximum memory for the values in a body.
    pub(crate) decoded: usize,
}

/// 64 MiB: many times the size of typical responses, and little compared to the memory of a
/// machine.
const DEFAULT_BODY: usize = 64 * 1024 * 1024;
/// The default ratio of the memory for values to the length of the body.
const DEFAULT_FACTOR: usize = 4;

impl ResponseLimit {
    /// Combines limits that are set with defaults.
    pub(crate) fn new(body: Option<usize>, decoded: Option<usize>) -> Self {
        let body = body.unwrap_or(DEFAULT_BODY);
        let decoded = decoded.unwrap_or_else(|| body.saturating_mul(DEFAULT_FACTOR));
        Self { body, decoded }
    }
}

impl ResponseLimit {
    /// Returns the length of the longest body that is read into memory.
    #[cfg(feature = "event-stream")]
    pub(crate) fn body(self) -> usize {
        self.body
    }

    /// Reads a body completely. A body that is known to be too long is not read, and no more than
    /// the limit is kept of others.
    pub(crate) async fn read(self, mut body: Body) -> Result<Bytes, BoxError> {
        self.check(http_body::Body::size_hint(&body).lower())?;
        if let Some(bytes) = body.bytes() {
            return Ok(bytes.clone());
        }
        let first = body.chunk().await?.unwrap_or_default();
        self.check(first.len() as u64)?;
        let mut next = body.chunk().await?;
        if next.is_none() {
            // Most bodies consist of one chunk, which need not be copied.
            return Ok(first);
        }
        // Kept separately, chunks of one byte would take many times their length.
        let mut read = Vec::from(first);
        while let Some(chunk) = next {
            self.check((read.len() + chunk.len()) as u64)?;
            read.extend_from_slice(&chunk);
            next = body.chunk().await?;
        }
        Ok(read.into())
    }

    fn check(self, length: u64) -> Result<(), InvalidResponse> {
        if length > self.body as u64 {
            return Err(InvalidResponse::TooLong(self.body));
        }
        Ok(())
    }
}
