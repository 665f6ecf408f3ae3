//! How much of an answer is read into memory.
//!
//! A service is trusted to mean well, but what answers may be a proxy, a stand-in or a broken
//! machine, and none of them should be able to fill the memory of the caller.

use bytes::Bytes;

use crate::body::{Body, BoxError};
use crate::builder::ClientBuilder;
use crate::operation::InvalidResponse;

/// The longest body of an answer that is read into memory, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResponseLimit(usize);

impl Default for ResponseLimit {
    /// 64 MiB: many times what services answer with, and little for the memory of a machine.
    fn default() -> Self {
        Self(64 * 1024 * 1024)
    }
}

impl<C> ClientBuilder<C> {
    /// The longest body of an answer that is read into memory, in bytes: 67,108,864 (64 MiB) by
    /// default. A longer one is an error, which is not retried, for it would be too long again.
    ///
    /// It goes for error answers too, but those stay what their status and headers say they are: of
    /// one that is too long only what the body tells is missing. A body that is handed on as a stream
    /// has no limit.
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.response_limit = ResponseLimit(bytes);
        self
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
        let Self(limit) = self;
        if length > limit as u64 {
            return Err(InvalidResponse::TooLong(limit));
        }
        Ok(())
    }
}
