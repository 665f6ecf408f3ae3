//! The retry quota.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::schema::Retryable;

/// The tokens of a client that has not failed yet.
const CAPACITY: u32 = 500;

/// A quota of 500 tokens that pays for retries. Clones share it.
///
/// A retry costs 14 tokens, or 5 after throttling. A successful call returns the cost of its last
/// retry, or 1 token without a retry. So occasional failures are always retried, and a service that
/// fails all the time gets fewer and fewer retries. A retry that is canceled during its delay costs
/// nothing.
///
/// Every client has its own quota, unless several are given the same one:
///
/// ```
/// use smithy_reqwest::{ClientBuilder, GeneratedClient};
/// use smithy_reqwest::retry::RetryQuota;
///
/// /// Settings of two clients that call the same service.
/// fn share<C: GeneratedClient>(a: ClientBuilder<C>, b: ClientBuilder<C>) -> [ClientBuilder<C>; 2] {
///     let quota = RetryQuota::default();
///     [a.retry_quota(quota.clone()), b.retry_quota(quota)]
/// }
/// ```
#[derive(Debug, Clone)]
pub struct RetryQuota(Arc<Tokens>);

#[derive(Debug)]
struct Tokens {
    available: AtomicU32,
    capacity: u32,
}

impl Default for RetryQuota {
    fn default() -> Self {
        Self::new(CAPACITY)
    }
}

impl RetryQuota {
    /// Creates a quota with this many tokens, which is also the maximum. 0 disables retries.
    #[must_use]
    pub fn new(capacity: u32) -> Self {
        let available = AtomicU32::new(capacity);
        Self(Arc::new(Tokens {
            available,
            capacity,
        }))
    }

    /// Returns the number of available tokens.
    #[must_use]
    pub fn available(&self) -> u32 {
        self.0.available.load(Ordering::Relaxed)
    }

    /// Takes the cost of a retry; `None` if there are not enough tokens.
    pub(super) fn reserve(&self, retryable: Retryable) -> Option<Reservation<'_>> {
        let cost = match retryable {
            Retryable::Transient => 14,
            Retryable::Throttling => 5,
        };
        let taken = self.update(|available| available.checked_sub(cost));
        // Created only if tokens were taken, because dropping a reservation returns them.
        taken.then(|| Reservation { quota: self, cost })
    }

    /// Returns tokens, up to the maximum.
    pub(crate) fn give(&self, tokens: u32) {
        let capacity = self.0.capacity;
        self.update(|available| Some(available.saturating_add(tokens).min(capacity)));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // The number does not guard other memory, so relaxed ordering is enough.
        let relaxed = Ordering::Relaxed;
        let updated = self.0.available.fetch_update(relaxed, relaxed, change);
        updated.is_ok()
    }
}

/// Tokens for a retry that is not sent yet. Dropping it returns them.
pub(crate) struct Reservation<'a> {
    quota: &'a RetryQuota,
    cost: u32,
}

impl Reservation<'_> {
    /// Spends the tokens when the retry is sent, and returns their number.
    pub(crate) fn spend(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        self.quota.give(self.cost);
    }
}
