//! Random numbers.

use std::time::Duration;

/// Returns a number from 0 up to but not including 1, from the random bits of a UUID.
#[must_use]
pub fn random() -> f64 {
    let [a, b, c, d, ..] = uuid::Uuid::new_v4().into_bytes();
    f64::from(u32::from_be_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
}

/// Returns a random part of a duration. An invalid random number returns the whole duration.
pub(crate) fn part(of: Duration, random: f64) -> Duration {
    let part = Duration::try_from_secs_f64(of.as_secs_f64() * random);
    part.map_or(of, |part| part.min(of))
}
