//! Timestamps: moments in UTC, to the nanosecond.

mod civil;
#[cfg(feature = "jiff")]
mod jiff;
mod text;

use std::time::{Duration, SystemTime};

pub(crate) use civil::Civil;
pub use text::TimestampFormat;

/// Nanoseconds in a second.
const BILLION: i32 = 1_000_000_000;
/// Seconds from 1601, where the clock of Windows starts, to 1970.
const WINDOWS_EPOCH: Duration = Duration::from_secs(11_644_473_600);

/// A moment in time: seconds since 1970-01-01T00:00:00Z, leap seconds not counted, and nanoseconds.
///
/// It covers the years -9999 to 9999 of the proleptic Gregorian calendar. `Display`, `Debug` and
/// `FromStr` use RFC 3339; years before 0 have a sign and six digits, as in ISO 8601.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use smithy_reqwest::Timestamp;
///
/// let start: Timestamp = "2026-11-22T01:02:03.25+01:00".parse()?;
/// assert_eq!(start.as_second(), 1_795_305_723);
/// assert_eq!(start.to_string(), "2026-11-22T00:02:03.25Z");
///
/// let now = Timestamp::try_from(SystemTime::now())?;
/// assert!(now.checked_add(Duration::from_secs(3600)) > Some(now));
/// # Ok::<(), smithy_reqwest::InvalidTimestamp>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Rounded down, also before 1970.
    second: i64,
    /// From 0 to 999,999,999, to be added to the seconds.
    nanosecond: i32,
}

/// The error of a [`Timestamp`] that is out of range, or of invalid text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid timestamp: {problem}")]
pub struct InvalidTimestamp {
    problem: &'static str,
}

impl InvalidTimestamp {
    const OUT_OF_RANGE: Self = Self {
        problem: "not in the years -9999 to 9999",
    };
    const NOT_RFC_3339: Self = Self {
        problem: "not in RFC 3339 format, as in 2026-11-22T01:02:03Z",
    };
}

impl Timestamp {
    /// 1970-01-01T00:00:00Z, the default.
    pub const UNIX_EPOCH: Self = Self {
        second: 0,
        nanosecond: 0,
    };
    /// The earliest timestamp: -9999-01-01T00:00:00Z.
    pub const MIN: Self = Self {
        second: -377_705_116_800,
        nanosecond: 0,
    };
    /// The latest timestamp: 9999-12-31T23:59:59.999999999Z.
    pub const MAX: Self = Self {
        second: 253_402_300_799,
        nanosecond: BILLION - 1,
    };

    /// Creates a timestamp from seconds since 1970 and nanoseconds, which are added to them and may
    /// be negative.
    ///
    /// # Errors
    ///
    /// The result is not in the years -9999 to 9999.
    pub const fn new(second: i64, nanosecond: i32) -> Result<Self, InvalidTimestamp> {
        let second = second.saturating_add(nanosecond.div_euclid(BILLION) as i64);
        if second < Self::MIN.second || second > Self::MAX.second {
            return Err(InvalidTimestamp::OUT_OF_RANGE);
        }
        let nanosecond = nanosecond.rem_euclid(BILLION);
        Ok(Self { second, nanosecond })
    }

    /// Creates a timestamp like [`new`](Self::new), for constants.
    ///
    /// # Panics
    ///
    /// The result is not in the years -9999 to 9999.
    #[must_use]
    pub const fn constant(second: i64, nanosecond: i32) -> Self {
        match Self::new(second, nanosecond) {
            Ok(timestamp) => timestamp,
            #[expect(clippy::panic, reason = "a constant out of range fails to compile")]
            Err(_) => panic!("timestamp not in the years -9999 to 9999"),
        }
    }

    /// Creates a timestamp from seconds since 1970.
    ///
    /// # Errors
    ///
    /// It is not in the years -9999 to 9999.
    pub const fn from_second(second: i64) -> Result<Self, InvalidTimestamp> {
        Self::new(second, 0)
    }

    /// Creates a timestamp from milliseconds since 1970.
    ///
    /// # Errors
    ///
    /// It is not in the years -9999 to 9999.
    pub fn from_millisecond(millisecond: i64) -> Result<Self, InvalidTimestamp> {
        Self::from_nanosecond(i128::from(millisecond) * 1_000_000)
    }

    /// Creates a timestamp from microseconds since 1970.
    ///
    /// # Errors
    ///
    /// It is not in the years -9999 to 9999.
    pub fn from_microsecond(microsecond: i64) -> Result<Self, InvalidTimestamp> {
        // The rest of a second fits into 32 bits.
        let nanosecond = microsecond.rem_euclid(1_000_000) * 1_000;
        let nanosecond = i32::try_from(nanosecond).unwrap_or_default();
        Self::new(microsecond.div_euclid(1_000_000), nanosecond)
    }

    /// Creates a timestamp from nanoseconds since 1970.
    ///
    /// # Errors
    ///
    /// It is not in the years -9999 to 9999.
    pub fn from_nanosecond(nanosecond: i128) -> Result<Self, InvalidTimestamp> {
        let billion = i128::from(BILLION);
        let second = i64::try_from(nanosecond.div_euclid(billion));
        let nanosecond = i32::try_from(nanosecond.rem_euclid(billion));
        match (second, nanosecond) {
            (Ok(second), Ok(nanosecond)) => Self::new(second, nanosecond),
            _ => Err(InvalidTimestamp::OUT_OF_RANGE),
        }
    }

    /// Creates a timestamp from a number in a response: seconds since 1970, rounded to
    /// microseconds. `None` if it is not a number or out of range.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is out of range saturates, and so remains out of range"
    )]
    pub(crate) fn from_epoch_seconds(seconds: f64) -> Option<Self> {
        let microseconds = (seconds * 1e6).round();
        if microseconds.is_nan() {
            return None;
        }
        Self::from_microsecond(microseconds as i64).ok()
    }

    /// Returns the number for a request: seconds since 1970, rounded down to milliseconds.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a float holds milliseconds for 285,000 years"
    )]
    pub(crate) fn to_epoch_seconds(self) -> f64 {
        self.as_millisecond() as f64 / 1e3
    }

    /// Returns the seconds since 1970, rounded down.
    #[must_use]
    pub const fn as_second(self) -> i64 {
        self.second
    }

    /// Returns the milliseconds since 1970, rounded down.
    #[must_use]
    pub fn as_millisecond(self) -> i64 {
        self.second * 1_000 + i64::from(self.nanosecond / 1_000_000)
    }

    /// Returns the microseconds since 1970, rounded down.
    #[must_use]
    pub fn as_microsecond(self) -> i64 {
        self.second * 1_000_000 + i64::from(self.nanosecond / 1_000)
    }

    /// Returns the nanoseconds since 1970.
    #[must_use]
    pub fn as_nanosecond(self) -> i128 {
        i128::from(self.second) * i128::from(BILLION) + i128::from(self.nanosecond)
    }

    /// Returns the nanoseconds since the last full second, from 0 to 999,999,999, which are added
    /// to [`as_second`](Self::as_second), also before 1970.
    #[must_use]
    pub const fn subsec_nanosecond(self) -> i32 {
        self.nanosecond
    }

    /// Returns the timestamp plus a duration; `None` after the year 9999.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        let duration = i128::try_from(duration.as_nanos()).ok()?;
        Self::from_nanosecond(self.as_nanosecond() + duration).ok()
    }

    /// Returns the timestamp minus a duration; `None` before the year -9999.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        let duration = i128::try_from(duration.as_nanos()).ok()?;
        Self::from_nanosecond(self.as_nanosecond() - duration).ok()
    }

    /// Returns the time since an earlier timestamp; zero if that one is later.
    #[must_use]
    pub fn duration_since(self, earlier: Self) -> Duration {
        let nanosecond = self.nanosecond - earlier.nanosecond;
        let second = self.second - earlier.second + i64::from(nanosecond.div_euclid(BILLION));
        match (second.try_into(), nanosecond.rem_euclid(BILLION).try_into()) {
            (Ok(second), Ok(nanosecond)) => Duration::new(second, nanosecond),
            _ => Duration::ZERO,
        }
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = InvalidTimestamp;

    fn try_from(time: SystemTime) -> Result<Self, InvalidTimestamp> {
        let timestamp = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self::UNIX_EPOCH.checked_add(after),
            Err(before) => Self::UNIX_EPOCH.checked_sub(before.duration()),
        };
        timestamp.ok_or(InvalidTimestamp::OUT_OF_RANGE)
    }
}

/// A time before the first one of the platform, which is 1601 on Windows, becomes that one.
impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        let epoch = Self::UNIX_EPOCH;
        let after = timestamp.duration_since(Timestamp::UNIX_EPOCH);
        let before = Timestamp::UNIX_EPOCH.duration_since(timestamp);
        epoch
            .checked_add(after)
            .and_then(|time| time.checked_sub(before))
            .or_else(|| epoch.checked_sub(WINDOWS_EPOCH))
            .unwrap_or(epoch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nanoseconds_of_either_sign_are_added_to_the_seconds() {
        let half = Timestamp::new(-2, 500_000_000).unwrap();
        assert_eq!(Timestamp::new(-1, -500_000_000), Ok(half));
        assert_eq!(Timestamp::from_nanosecond(-1_500_000_000), Ok(half));
        assert_eq!(Timestamp::from_microsecond(-1_500_000), Ok(half));
        assert_eq!(Timestamp::from_millisecond(-1_500), Ok(half));
        assert_eq!(half.as_second(), -2);
        assert_eq!(half.subsec_nanosecond(), 500_000_000);
        assert_eq!(half.as_millisecond(), -1_500);
        assert_eq!(half.as_microsecond(), -1_500_000);
        assert_eq!(half.as_nanosecond(), -1_500_000_000);
        assert_eq!(Timestamp::constant(0, -1_500_000_000), half);
    }

    #[test]
    fn the_range_is_the_years_from_minus_9999_to_9999() {
        let (min, max) = (Timestamp::MIN, Timestamp::MAX);
        assert_eq!(min.to_string(), "-009999-01-01T00:00:00Z");
        assert_eq!(max.to_string(), "9999-12-31T23:59:59.999999999Z");
        for nanosecond in [
            i128::MIN,
            min.as_nanosecond() - 1,
            max.as_nanosecond() + 1,
            i128::MAX,
        ] {
            let error = Timestamp::from_nanosecond(nanosecond).unwrap_err();
            let text = "invalid timestamp: not in the years -9999 to 9999";
            assert_eq!(error.to_string(), text, "{nanosecond}");
        }
        assert!(Timestamp::new(i64::MIN, i32::MIN).is_err());
        assert!(Timestamp::new(i64::MAX, i32::MAX).is_err());
        assert_eq!(max.checked_add(Duration::from_nanos(1)), None);
        assert_eq!(min.checked_sub(Duration::from_nanos(1)), None);
        assert_eq!(min.checked_add(Duration::MAX), None);
        assert_eq!(min.checked_add(max.duration_since(min)), Some(max));
    }

    #[test]
    fn the_time_since_a_later_timestamp_is_zero() {
        let later = Timestamp::constant(1, 0);
        let since = |timestamp: Timestamp, earlier| timestamp.duration_since(earlier);
        assert_eq!(since(later, Timestamp::UNIX_EPOCH), Duration::from_secs(1));
        assert_eq!(since(Timestamp::UNIX_EPOCH, later), Duration::ZERO);
    }

    #[test]
    fn system_times_are_converted_both_ways() {
        for (second, nanosecond) in [(0, 0), (1, 500), (-1, 999_999_000), (-11_644_473_600, 0)] {
            let timestamp = Timestamp::constant(second, nanosecond);
            assert_eq!(
                Timestamp::try_from(SystemTime::from(timestamp)),
                Ok(timestamp)
            );
        }
        let quarter = SystemTime::UNIX_EPOCH - Duration::from_millis(250);
        assert_eq!(
            Timestamp::try_from(quarter),
            Ok(Timestamp::constant(-1, 750_000_000))
        );
    }

    #[test]
    fn numbers_are_sent_with_milliseconds() {
        let sent = |second, nanosecond| Timestamp::constant(second, nanosecond).to_epoch_seconds();
        assert_eq!(
            sent(1_795_309_323, 250_999_999).to_string(),
            "1795309323.25"
        );
        assert_eq!(sent(-2, 500_000_000).to_string(), "-1.5");
        assert_eq!(sent(7, 999_999).to_string(), "7");
    }

    #[test]
    fn numbers_are_read_to_microseconds() {
        let read = Timestamp::from_epoch_seconds;
        assert_eq!(read(1.5), Some(Timestamp::constant(1, 500_000_000)));
        assert_eq!(read(-1.5), Some(Timestamp::constant(-2, 500_000_000)));
        // The nearest float is slightly less.
        assert_eq!(read(1.000_001), Some(Timestamp::constant(1, 1_000)));
        assert_eq!(read(1e-9), Some(Timestamp::UNIX_EPOCH));
        for outside in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e12] {
            assert_eq!(read(outside), None, "{outside}");
        }
    }
}
