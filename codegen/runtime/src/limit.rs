//! How much of an answer is read into memory.
//!
//! A service is trusted to mean well, but what answers may be a proxy, a stand-in or a broken
//! machine, and none of them should be able to fill the memory of the caller.

use bytes::Bytes;

use crate::body::{Body, BoxError};
use crate::message::InvalidResponse;

/// How much memory a response may take, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseLimit {
    /// The longest body that is read into memory.
    body: usize,
    /// The memory that the values in a body may take.
    pub(crate) decoded: usize,
}

/// 64 MiB: many times what services respond with, and little for the memory of a machine.
const DEFAULT_BODY: usize = 64 * 1024 * 1024;
/// How much larger than the body its values may be, unless a limit is set.
const DEFAULT_FACTOR: usize = 4;

impl ResponseLimit {
    /// Combines the limits that are set with the defaults of the others.
    pub(crate) fn new(body: Option<usize>, decoded: Option<usize>) -> Self {
        let body = body.unwrap_or(DEFAULT_BODY);
        let decoded = decoded.unwrap_or_else(|| body.saturating_mul(DEFAULT_FACTOR));
        Self { body, decoded }
    }
}

impl ResponseLimit {
    /// Reads a body to its end. One that is known to be too long is not begun with, and of others
    /// never more is kept than the limit.
    pub(crate) async fn read(self, mut body: Body) -> Result<Bytes, BoxError> {
        self.check(http_body::Body::size_hint(&body).lower())?;
        if let Some(bytes) = body.bytes() {
            return Ok(bytes.clone());
        }
        let first = body.chunk().await?.unwrap_or_default();
        self.check(first.len() as u64)?;
        let mut next = body.chunk().await?;
        if next.is_none() {
            // Most answers are short enough to come in one piece, which need not be copied.
            return Ok(first);
        }
        // Kept as they come, chunks of one byte would take many times their length.
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
