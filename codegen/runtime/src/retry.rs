//! Calls that are made again when they fail for a reason that may pass.
//!
//! A client retries as the "standard" mode of the AWS SDKs does, in its revision 2.1: up to three
//! attempts a call, with a random delay between two that grows from attempt to attempt. See
//! [`max_attempts`](crate::ClientBuilder::max_attempts).
//!
//! # What is tried again
//!
//! - An answer with status 500, 502, 503 or 504, or with a code that says "not now".
//! - An answer with a code that says "too many calls" ([`Error::is_throttling`]). Status 429 without
//!   such a code is final.
//! - An error that the model marks as retryable (`smithy.api#retryable`).
//! - No answer: no connection, one that broke, a time limit of one attempt that passed.
//! - A response that breaks off. One that is complete but does not match the model is final: the
//!   service has done what it was asked to.
//! - A refusal of the signature where the service has another time than the caller: the client goes by
//!   the time of the service from then on.
//! - A refusal of the credentials as expired or unknown, once, if
//!   [there may be others](crate::ProvideCredentials::invalidate).
//!
//! A retry after a status of 5xx, or after no response or half of one, goes out on a connection of its
//! own: that of the earlier attempt may lead to a broken host. An
//! [HTTP client](crate::ClientBuilder::http_client) or transport of the caller's own decides this for
//! itself.
//!
//! Everything else is final. So is the first failure where the body is a stream that is sent as it
//! comes, for it can be read only once. An answer that is handed on as a stream is a success as soon
//! as its head is there: who reads it sees what breaks after that.
//!
//! # When that is safe
//!
//! If no response came, nobody knows whether the service has done what it was asked to. If a response
//! with status 2xx broke off, the service has done it. A retry makes it do so once more, which is safe
//!
//! - for operations that only read, and for those that end in the same state however often they are
//!   called: the model calls them `readonly` and `idempotent`;
//! - for operations with an idempotency token. It is made once a call, before anything is sent, so
//!   every attempt has the same one, and the service answers the second as it did the first.
//!
//! That is most of what AWS offers, and the rest is retried as well, as in every SDK. Where an
//! operation is neither and doing it twice does harm, call it with a client that does not retry. All
//! clients can be made of one builder:
//!
//! ```
//! use smithy_reqwest::{ClientBuilder, GeneratedClient};
//!
//! fn never_twice<C: GeneratedClient>(builder: ClientBuilder<C>) -> ClientBuilder<C> {
//!     builder.max_attempts(1)
//! }
//! ```
//!
//! All attempts of a call send the same bytes. The signature is of its own time in each. How long
//! all of it may take is for the caller to say:
//! [`call_timeout`](crate::ClientBuilder::call_timeout).
//!
//! # When the service is in trouble
//!
//! Retries make an overload worse, so a client pays for each with tokens of a [`RetryQuota`], which
//! only successes fill again. Where it is empty, the first failure is final. Clones of a client
//! share one quota.
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
