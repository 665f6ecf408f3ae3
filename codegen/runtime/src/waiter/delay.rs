//! Delays between two calls.

use std::time::Duration;

use super::Waiter;

/// Returns the delay after a call with this number, counted from 1, with the remaining time.
/// `random` returns numbers from 0 up to but not including 1.
///
/// This is the algorithm of the section "Waiter retries", except that doubling stops at
/// `max_delay`, where the specification uses logarithms, and that the last delay is all of the
/// remaining time, where the specification subtracts the minimum delay.
pub(super) fn delay(
    waiter: &Waiter,
    attempt: u32,
    remaining: Duration,
    random: &dyn Fn() -> f64,
) -> Duration {
    let (least, most) = (waiter.min_delay, waiter.max_delay);
    let doubled = 2_u64
        .checked_pow(attempt.saturating_sub(1))
        .and_then(|factor| least.checked_mul(factor));
    let most = doubled.map_or(most, |doubled| doubled.min(most));
    let delay = Duration::from_secs(between(least, most, random()));
    // After this delay, the remaining time would be at most the minimum delay.
    if remaining.saturating_sub(delay) <= Duration::from_secs(least) {
        return remaining;
    }
    delay
}

/// Returns a random integer from `least` to `most`, uniformly distributed.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a delay in seconds is far from where these begin to matter"
)]
fn between(least: u64, most: u64, random: f64) -> u64 {
    let count = most.saturating_sub(least).saturating_add(1);
    least
        .saturating_add((random * count as f64) as u64)
        .min(most.max(least))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiter(min_delay: u64, max_delay: u64) -> Waiter {
        Waiter {
            name: "Ready",
            min_delay,
            max_delay,
            acceptors: &[],
        }
    }

    /// Returns the delay in seconds, with plenty of time left.
    fn seconds(waiter: &Waiter, attempt: u32, random: f64) -> u64 {
        delay(waiter, attempt, Duration::from_secs(100_000), &|| random).as_secs()
    }

    #[test]
    fn delays_double_up_to_the_longest() {
        let waiter = waiter(2, 120);
        let longest: Vec<u64> = (1..=9).map(|at| seconds(&waiter, at, 0.999_999)).collect();
        assert_eq!(longest, [2, 4, 8, 16, 32, 64, 120, 120, 120]);
        assert_eq!(seconds(&waiter, u32::MAX, 0.999_999), 120);
        assert_eq!(seconds(&waiter, 9, 0.0), 2);
    }

    #[test]
    fn every_whole_number_between_the_two_is_as_likely() {
        // The third delay is from 2 to 8 seconds: seven numbers.
        let waiter = waiter(2, 120);
        let delays: Vec<u64> = (0..7)
            .map(|part| seconds(&waiter, 3, (f64::from(part) + 0.5) / 7.0))
            .collect();
        assert_eq!(delays, [2, 3, 4, 5, 6, 7, 8]);
    }

    #[test]
    fn bounds_that_are_the_same_make_delays_that_are_the_same() {
        for attempt in [1, 2, 50] {
            assert_eq!(seconds(&waiter(5, 5), attempt, 0.7), 5);
        }
    }

    /// The last rows of the table in the section "Waiter retries".
    #[test]
    fn a_remainder_that_is_too_short_is_waited_for_at_once() {
        let waiter = waiter(2, 120);
        for (remaining, random_delay, expected) in [(19, 9, 9), (10, 6, 6), (4, 2, 4), (4, 3, 4)] {
            let random = (f64::from(random_delay - 2) + 0.5) / 119.0;
            let remaining = Duration::from_secs(remaining);
            let delay = delay(&waiter, 11, remaining, &|| random);
            assert_eq!(delay, Duration::from_secs(expected));
        }
    }
}
