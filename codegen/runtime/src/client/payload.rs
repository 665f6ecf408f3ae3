//! Preparation of request bodies.

use super::{CallContext, Core};
use crate::body::Body;
use crate::error::{Cause, Failure};
use crate::message::{HttpRequest, InvalidRequest};
use crate::operation::Auth;
use crate::transport::chain;

impl Core {
    /// Prepares a body for sending, which is the same for every attempt: compressed and with its
    /// checksum, if the operation requires that.
    ///
    /// A stream is read into memory first if a signature or a checksum must cover it. Other streams
    /// are not compressed.
    pub(super) async fn prepare(
        &self,
        call: &CallContext<'_>,
        request: &mut HttpRequest,
    ) -> Result<(), Failure> {
        let operation = call.operation;
        let is_signed =
            call.auth == Auth::SigV4 && operation.signs_payload && !request.has_events();
        if is_signed || operation.checksum.is_some() {
            request.body = collected(std::mem::take(&mut request.body)).await?;
        }
        let headers = &mut request.headers;
        if let (Some(encoding), Some(bytes)) = (operation.compression, request.body.bytes())
            && let Some(compressed) = self.compression.compress(encoding, bytes, headers)
        {
            request.body = compressed.into();
        }
        if let (Some(add), Some(bytes)) = (operation.checksum, request.body.bytes()) {
            add(bytes, headers);
        }
        Ok(())
    }
}

/// Returns a body in memory, if it can be read before it is sent.
async fn collected(body: Body) -> Result<Body, Failure> {
    body.collect().await.map(Body::from).map_err(|error| {
        let problem = format!("could not be read: {}", chain(error.as_ref()));
        Cause::InvalidRequest(InvalidRequest::new("body", problem)).into()
    })
}
