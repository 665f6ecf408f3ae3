//! Random numbers.

use std::time::Duration;

/// Returns a number from 0 up to but not including 1, from the random bits of a UUID.
#[must_use]
pub fn random() -> f64 {
    let [a, b, c, d, ..] = uuid::Uuid::new_v4().into_bytes();
    // The divisor is 2 to the power of 32.
    f64::from(u32::from_be_bytes([a, b, c, d])) / 4_294_967_296.0
}

/// Returns a random part of a duration. An invalid random number returns the whole duration.
pub(crate) fn part(of: Duration, random: f64) -> Duration {
    let part = Duration::try_from_secs_f64(of.as_secs_f64() * random);
    part.map_or(of, |part| part.min(of))
}

#[cfg(test)]
mod tests {
    use super::random;

    /// Numbers that are alike make all clients of a fleet retry at the same moment.
    #[test]
    fn numbers_are_spread_evenly_from_0_to_1() {
        let mut tenths = [0; 10];
        for _ in 0..10_000 {
            let number = random();
            assert!((0.0..1.0).contains(&number), "{number}");
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "from 0 up to but not including 10"
            )]
            let tenth = (number * 10.0) as usize;
            tenths[tenth] += 1;
        }
        // Six standard deviations on either side.
        let is_even = |count: &i32| (820..=1_180).contains(count);
        assert!(tenths.iter().all(is_even), "{tenths:?}");
    }
}
