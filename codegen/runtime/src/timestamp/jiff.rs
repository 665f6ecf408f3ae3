//! Conversions from and to the timestamps of the `jiff` crate.

use super::{BILLION, InvalidTimestamp, Timestamp};

impl From<jiff::Timestamp> for Timestamp {
    fn from(timestamp: jiff::Timestamp) -> Self {
        // The range of jiff is a part of ours. Its nanoseconds have the sign of its seconds.
        let nanosecond = timestamp.subsec_nanosecond();
        Self {
            second: timestamp.as_second() + i64::from(nanosecond.div_euclid(BILLION)),
            nanosecond: nanosecond.rem_euclid(BILLION),
        }
    }
}

/// Fails for about the first and the last day of our range, which `jiff` does not support.
impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(timestamp: Timestamp) -> Result<Self, InvalidTimestamp> {
        let problem = "not in the range of `jiff::Timestamp`";
        Self::new(timestamp.as_second(), timestamp.subsec_nanosecond())
            .map_err(|_| InvalidTimestamp { problem })
    }
}
