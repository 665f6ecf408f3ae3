//! Retries of calls that fail temporarily.
//!
//! A client implements the "standard" retry mode of the AWS SDKs, revision 2.1: up to three
//! attempts per call, with a random delay that grows with each attempt. See
//! [`max_attempts`](crate::ClientBuilder::max_attempts).
//!
//! # Retried failures
//!
//! - A response with status 500, 502, 503 or 504, or with a transient error code.
//! - A response with a throttling error code ([`Error::is_throttling`]). Status 429 without such a
//!   code is final.
//! - An error that the model marks as retryable (`smithy.api#retryable`).
//! - No response: no connection, a lost connection, or an attempt that timed out.
//! - An incomplete response. A complete response that does not match the model is final, because
//!   the service has processed the request.
//! - A rejected signature, if the clocks of the service and of the client differ. The client then
//!   uses the time of the service.
//! - Expired or unknown credentials, once, if
//!   [the provider may have others](crate::ProvideCredentials::invalidate).
//!
//! A retry after a status of 5xx, or after a missing or incomplete response, uses a new connection,
//! because the earlier one may lead to a broken host. A custom
//! [HTTP client](crate::ClientBuilder::http_client) or transport decides this for itself.
//!
//! All other failures are final. A request with a streamed body is never retried, because the
//! stream can be read only once. A streamed response counts as a success as soon as its head is
//! received; reading the stream returns later errors.
//!
//! # Safety of retries
//!
//! If there was no response, the service may or may not have processed the request. If a response
//! with status 2xx was incomplete, it has. A retry then repeats the operation, which is safe
//!
//! - for operations that only read, or that lead to the same state however often they are called
//!   (`readonly` and `idempotent` in the model);
//! - for operations with an idempotency token. The token is generated once per call, so all
//!   attempts have the same one, and the service returns the same response again.
//!
//! This covers most AWS operations. The others are retried as well, as in all SDKs. If repeating an
//! operation would do harm, use a client that does not retry:
//!
//! ```
//! use smithy_reqwest::{ClientBuilder, GeneratedClient};
//!
//! fn never_twice<C: GeneratedClient>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
//!     builder.max_attempts(1)
//! }
//! ```
//!
//! All attempts of a call send the same bytes, each with a new signature.
//! [`call_timeout`](crate::ClientBuilder::call_timeout) limits their total time.
//!
//! # Retry quota
//!
//! Retries make an overload worse, so each costs tokens from a [`RetryQuota`], which only
//! successful calls refill. When it is empty, the first failure is final. Clones of a client share
//! one quota.
//!
//! [`Error::is_throttling`]: crate::Error::is_throttling

mod classify;
mod delay;
mod quota;
mod setting;

#[doc(inline)]
pub use crate::schema::Retryable;
pub(crate) use classify::retryable;
pub(crate) use delay::delay;
pub(crate) use quota::Reservation;
pub use quota::RetryQuota;
pub(crate) use setting::{RetryPolicy, RetrySettings};
