//! Delays before retries.

use std::time::Duration;

use crate::random::part;
use crate::schema::Retryable;

/// The most that a service may add to a delay.
const MAX_ADDED: Duration = Duration::from_secs(5);

/// Returns the delay before a retry with this number, counted from 0. `random` is a number from 0
/// up to but not including 1, and `asked` the delay that the service asks for.
pub(crate) fn delay(
    retryable: Retryable,
    retry: u32,
    max_backoff: Duration,
    random: f64,
    asked: Option<Duration>,
) -> Duration {
    let base = match retryable {
        Retryable::Transient => Duration::from_millis(50),
        Retryable::Throttling => Duration::from_secs(1),
    };
    let doubled = 2_u32
        .checked_pow(retry)
        .and_then(|factor| base.checked_mul(factor));
    let longest = doubled.map_or(max_backoff, |doubled| doubled.min(max_backoff));
    let delay = part(longest, random);
    asked.map_or(delay, |asked| {
        asked.clamp(delay, delay.saturating_add(MAX_ADDED))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAX: Duration = Duration::from_secs(20);

    fn millis(retryable: Retryable, retry: u32, random: f64) -> u128 {
        delay(retryable, retry, MAX, random, None).as_millis()
    }

    #[test]
    fn delays_double_up_to_the_longest() {
        let delays = |retryable| [0, 1, 2, 4, 8, 9, u32::MAX].map(|at| millis(retryable, at, 1.0));
        let transient = [50, 100, 200, 800, 12_800, 20_000, 20_000];
        assert_eq!(delays(Retryable::Transient), transient);
        let throttling = [1_000, 2_000, 4_000, 16_000, 20_000, 20_000, 20_000];
        assert_eq!(delays(Retryable::Throttling), throttling);
    }

    #[test]
    fn all_of_the_delay_is_random() {
        assert_eq!(millis(Retryable::Throttling, 1, 0.0), 0);
        assert_eq!(millis(Retryable::Throttling, 1, 0.25), 500);
    }

    #[test]
    fn numbers_that_are_not_from_0_to_1_do_no_harm() {
        for random in [f64::NAN, f64::INFINITY, -1.0, 7.0] {
            assert_eq!(millis(Retryable::Throttling, 1, random), 2_000, "{random}");
        }
        let longest = delay(Retryable::Transient, 40, Duration::MAX, 1.0, Some(MAX));
        assert_eq!(longest, Duration::MAX);
    }
}
