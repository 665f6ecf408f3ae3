//! What retries cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::schema::Retryable;

/// The tokens of a client that has not failed yet.
const CAPACITY: u32 = 500;

/// What retries are paid with: 500 tokens, which clones share.
///
/// A retry costs 14 of them, or 5 where the service has said that there are too many calls. A call
/// that succeeds gives back what its last retry cost, or 1 where it needed none. So a service that
/// fails now and then gets its retries, and one that fails all the time gets ever fewer. A retry
/// that is not sent, since its call is given up during the delay before it, costs nothing.
///
/// Every client has its own quota, unless it is given one that others have too:
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
    /// A quota that begins with so many tokens, and never has more. With 0 nothing is retried.
    #[must_use]
    pub fn new(capacity: u32) -> Self {
        let available = AtomicU32::new(capacity);
        Self(Arc::new(Tokens {
            available,
            capacity,
        }))
    }

    /// How many tokens there are now.
    #[must_use]
    pub fn available(&self) -> u32 {
        self.0.available.load(Ordering::Relaxed)
    }

    /// Takes what a retry costs; `None` where there is not enough.
    pub(super) fn reserve(&self, retryable: Retryable) -> Option<Reservation<'_>> {
        let cost = match retryable {
            Retryable::Transient => 14,
            Retryable::Throttling => 5,
        };
        let taken = self.update(|available| available.checked_sub(cost));
        // Made before it is known to be paid for, a reservation would put back what it never took.
        taken.then(|| Reservation { quota: self, cost })
    }

    /// Puts tokens back, as far as there is room.
    pub(crate) fn give(&self, tokens: u32) {
        let capacity = self.0.capacity;
        self.update(|available| Some(available.saturating_add(tokens).min(capacity)));
    }

    fn update(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        // The number guards no other memory, so no order with other accesses is needed.
        let relaxed = Ordering::Relaxed;
        let updated = self.0.available.fetch_update(relaxed, relaxed, change);
        updated.is_ok()
    }
}

/// Tokens for a retry that is not sent yet. They go back where it never is.
pub(crate) struct Reservation<'a> {
    quota: &'a RetryQuota,
    cost: u32,
}

impl Reservation<'_> {
    /// The retry is sent. The result is what it costs.
    pub(crate) fn spend(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        self.quota.give(self.cost);
    }
}
