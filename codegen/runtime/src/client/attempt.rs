//! The attempts of one call.

use std::time::Duration;

use http::header::HeaderValue;
use tokio::time::{Instant, sleep};

use super::authorize::Signer;
use super::span;
use super::{CallContext, Core};
use crate::error::Failure;
use crate::message::{HttpRequest, ResponseMetadata};
use crate::retry::Reservation;
use crate::schema::Structure;
use crate::transport::NewConnection;

/// The tokens that a call without retries returns to the quota.
const REWARD: u32 = 1;

/// The progress of a call.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// The number of attempts.
    pub(super) attempts: u32,
    /// The time at which the call times out.
    deadline: Option<Instant>,
    /// The failure before the current retry.
    failure: Option<Failure>,
    /// Is `true` if credentials that the service rejected were replaced.
    has_new_credentials: bool,
}

impl Progress {
    /// Starts a call with a timeout.
    pub(super) fn new(limit: Option<Duration>) -> Self {
        let deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
        Self {
            deadline,
            ..Self::default()
        }
    }

    /// Returns `true` if the call times out before a delay ends.
    fn ends_before(&self, delay: Duration) -> bool {
        let end = Instant::now().checked_add(delay);
        self.deadline
            .is_some_and(|deadline| end.is_none_or(|end| end >= deadline))
    }

    /// Returns the failure of a call that timed out.
    pub(super) fn timed_out(&self, limit: Duration) -> Failure {
        let mut problem = format!("the call took longer than {limit:?}");
        if let Some(failure) = &self.failure {
            problem.push_str(&format!("; before that: {failure}"));
        }
        Failure::timed_out(problem)
    }
}

impl Core {
    /// Sends a request, and retries it if it fails temporarily.
    pub(super) async fn attempt(
        &self,
        call: &CallContext<'_>,
        mut request: HttpRequest,
        progress: &mut Progress,
        output: &mut dyn Structure,
    ) -> Result<ResponseMetadata, Failure> {
        let id = HeaderValue::try_from((self.new_token)()).map_err(Failure::configuration)?;
        // A stream can be sent only once.
        let bytes = request.body.bytes().cloned();
        let mut reserved: Option<Reservation<'_>> = None;
        loop {
            let mut head = self.head(call, &request)?;
            let authorized = self.authorize(call, &mut head, &request).await;
            let signer =
                authorized.map_err(|failure| failure.following(progress.failure.as_ref()))?;
            let number = progress.attempts + 1;
            self.add_unsigned_headers(&mut head.headers, call, &request, &id, number)?;
            if progress
                .failure
                .as_ref()
                .is_some_and(Failure::may_be_of_host)
            {
                head.extensions.insert(NewConnection);
            }
            let sent = http::Request::from_parts(head, std::mem::take(&mut request.body));
            let refund = reserved.map_or(REWARD, Reservation::spend);
            progress.attempts += 1;
            let mut failure = match self.exchange(call, sent, output).await {
                Ok(response) => {
                    self.retry.quota.give(refund);
                    let metadata = ResponseMetadata::of(response, progress.attempts);
                    span::log_success(&metadata);
                    return Ok(metadata);
                }
                Err(failure) => failure,
            };
            if let Some(Signer { credentials, time }) = signer {
                self.correct_clock(&mut failure, time);
                if !progress.has_new_credentials {
                    progress.has_new_credentials =
                        self.invalidate_credentials(&mut failure, &credentials);
                }
            }
            let retry = bytes
                .as_ref()
                .and_then(|bytes| Some((bytes, self.retry(&failure, progress)?)));
            let delay = retry.as_ref().map(|(_, (_, delay))| *delay);
            span::log_failure(progress.attempts, &failure, delay);
            let Some((bytes, (reservation, delay))) = retry else {
                return Err(failure);
            };
            progress.failure = Some(failure);
            reserved = Some(reservation);
            sleep(delay).await;
            request.body = bytes.clone().into();
        }
    }

    /// Returns the reserved quota of a retry and the delay before it; `None` if the failure is
    /// final, or if the call would time out before the retry.
    fn retry(&self, failure: &Failure, progress: &Progress) -> Option<(Reservation<'_>, Duration)> {
        let (retryable, asked) = (failure.retryable()?, failure.retry_after());
        let (reservation, delay) = self
            .retry
            .plan(progress.attempts, retryable, asked, &*self.random)?;
        (!progress.ends_before(delay)).then_some((reservation, delay))
    }
}
