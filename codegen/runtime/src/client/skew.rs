//! Clocks that differ: that of the service, and that of the caller.

use super::Core;
use crate::error::{Cause, Failure};
use crate::schema::Retryable;
use crate::timestamp::Timestamp;

impl Core {
    /// Sets the clock by the failure of a request that was signed for this time, if that can be the
    /// reason. With another signature the call may then succeed.
    pub(super) fn correct_clock(&self, failure: &mut Failure, signed: Timestamp) {
        if let Cause::Service {
            response,
            code: Some(code),
            retryable,
            ..
        } = &mut *failure.cause
            && self.clock.correct(response, code, signed)
        {
            retryable.get_or_insert(Retryable::Transient);
        }
    }
}
