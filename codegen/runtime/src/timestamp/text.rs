//! Timestamps as text: the three formats of Smithy, and RFC 3339 to the nanosecond.

use std::fmt;
use std::str::FromStr;

use super::{Civil, InvalidTimestamp, Timestamp};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// The first timestamp that a date can represent.
const YEAR_1: Timestamp = Timestamp::constant(-62_135_596_800, 0);

/// A timestamp format (`smithy.api#timestampFormat`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampFormat {
    /// Seconds since 1970: `1576540098.52`. The fraction is added to the seconds even if they are
    /// negative: `-2.5` is 1.5 seconds before 1970.
    EpochSeconds,
    /// A date and time of RFC 3339: `2019-12-16T23:48:18.52Z`.
    DateTime,
    /// A date as in HTTP headers (RFC 9110, IMF-fixdate): `Mon, 16 Dec 2019 23:48:18 GMT`.
    HttpDate,
}

impl Timestamp {
    /// Formats the timestamp: rounded down to milliseconds, or an HTTP date to seconds, without
    /// trailing zeros.
    ///
    /// Returns `None` if the format cannot represent it: a date before the year 1.
    ///
    /// ```
    /// use smithy_reqwest::{Timestamp, TimestampFormat};
    ///
    /// let timestamp = Timestamp::new(1_576_540_098, 520_999_999)?;
    /// let text = timestamp.format(TimestampFormat::DateTime);
    /// assert_eq!(text.as_deref(), Some("2019-12-16T23:48:18.52Z"));
    /// # Ok::<(), smithy_reqwest::InvalidTimestamp>(())
    /// ```
    #[must_use]
    pub fn format(self, format: TimestampFormat) -> Option<String> {
        let cut = Self {
            nanosecond: self.nanosecond / 1_000_000 * 1_000_000,
            ..self
        };
        let has_date = self >= YEAR_1;
        match format {
            TimestampFormat::EpochSeconds => {
                Some(format!("{}{}", cut.second, Fraction(cut.nanosecond)))
            }
            TimestampFormat::DateTime => has_date.then(|| cut.to_string()),
            TimestampFormat::HttpDate => has_date.then(|| http_date(self.second)),
        }
    }

    /// Parses text in a format, to the nanosecond. Further digits are ignored.
    ///
    /// Returns `None` if the text is not in this format, or the timestamp is out of range.
    #[must_use]
    pub fn parse(text: &str, format: TimestampFormat) -> Option<Self> {
        match format {
            TimestampFormat::EpochSeconds => parse_epoch_seconds(text),
            TimestampFormat::DateTime => parse_date_time(text),
            TimestampFormat::HttpDate => parse_http_date(text),
        }
    }

    /// Parses text in any of the formats, because some services use another one than their model.
    pub(crate) fn parse_lenient(text: &str) -> Option<Self> {
        parse_epoch_seconds(text)
            .or_else(|| parse_date_time(text))
            .or_else(|| parse_http_date(text))
    }
}

impl fmt::Display for Timestamp {
    /// Formats the timestamp as in RFC 3339, in UTC, with as many digits as its fraction needs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = Civil::of(self.second);
        match year {
            ..0 => write!(f, "{year:07}")?,
            _ => write!(f, "{year:04}")?,
        }
        let fraction = Fraction(self.nanosecond);
        write!(
            f,
            "-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    /// Parses a date and time of RFC 3339 with its offset from UTC, to the nanosecond.
    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        parse_date_time(text).ok_or(InvalidTimestamp::NOT_RFC_3339)
    }
}

/// Nanoseconds as the fraction of a number of seconds, empty if there are none.
struct Fraction(i32);

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return Ok(());
        }
        let digits = format!("{:09}", self.0);
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}

fn http_date(second: i64) -> String {
    let weekday = name(&WEEKDAYS, Civil::weekday(second));
    let Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = Civil::of(second);
    let month = name(&MONTHS, month - 1);
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

fn name<'a>(names: &[&'a str], index: i64) -> &'a str {
    let index = usize::try_from(index).unwrap_or_default();
    names.get(index).copied().unwrap_or_default()
}

fn parse_epoch_seconds(text: &str) -> Option<Timestamp> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let mut rest = Rest(text.strip_prefix(whole)?);
    let nanosecond = rest.fraction()?;
    let timestamp = Timestamp::new(whole.parse().ok()?, nanosecond).ok();
    timestamp.filter(|_| rest.0.is_empty())
}

/// Parses `2019-12-16T23:48:18.52+01:00`.
fn parse_date_time(text: &str) -> Option<Timestamp> {
    let mut rest = Rest(text);
    let year = rest.year()?;
    let month = rest.after("-")?.number(2)?;
    let day = rest.after("-")?.number(2)?;
    rest.one_of(&["T", "t", " "])?;
    let (hour, minute, second) = rest.time_of_day()?;
    let nanosecond = rest.fraction()?;
    let offset = rest.offset()?;
    let civil = Civil {
        year,
        month,
        day,
        hour,
        minute,
        second,
    };
    timestamp(civil, nanosecond, offset).filter(|_| rest.0.is_empty())
}

/// Parses `Mon, 16 Dec 2019 23:48:18.52 GMT`.
fn parse_http_date(text: &str) -> Option<Timestamp> {
    let mut rest = Rest(text);
    rest.one_of(&WEEKDAYS)?;
    let day = rest.after(", ")?.number(2)?;
    let month = rest.after(" ")?.one_of(&MONTHS)?;
    let year = rest.after(" ")?.number(4)?;
    let (hour, minute, second) = rest.after(" ")?.time_of_day()?;
    let nanosecond = rest.fraction()?;
    rest.after(" GMT")?;
    let civil = Civil {
        year,
        month: month + 1,
        day,
        hour,
        minute,
        second,
    };
    timestamp(civil, nanosecond, 0).filter(|_| rest.0.is_empty())
}

/// Returns the timestamp of a date and time with an offset from UTC in seconds. A leap second
/// becomes the first second of the next minute.
fn timestamp(civil: Civil, nanosecond: i32, offset: i64) -> Option<Timestamp> {
    let leap = i64::from(civil.second == 60);
    let second = civil.second - leap;
    let second = Civil { second, ..civil }.seconds()?;
    Timestamp::new(second + leap - offset, nanosecond).ok()
}

/// The rest of the text.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    /// Parses a fixed part.
    fn after(&mut self, part: &str) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(part)?;
        Some(self)
    }

    /// Parses one of several parts, and returns its index.
    fn one_of(&mut self, parts: &[&str]) -> Option<i64> {
        let (index, part) = (0..)
            .zip(parts)
            .find(|(_, part)| self.0.starts_with(*part))?;
        self.after(part)?;
        Some(index)
    }

    /// Parses a number with this many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        self.0 = rest;
        number.parse().ok().filter(|_| is_number)
    }

    /// Parses a year of four digits, or of six after a sign.
    fn year(&mut self) -> Option<i64> {
        match self.one_of(&["+", "-"]) {
            Some(0) => self.number(6),
            Some(_) => Some(-self.number(6)?),
            None => self.number(4),
        }
    }

    /// Parses an hour, a minute and a second.
    fn time_of_day(&mut self) -> Option<(i64, i64, i64)> {
        let hour = self.number(2)?;
        let minute = self.after(":")?.number(2)?;
        let second = self.after(":")?.number(2)?;
        Some((hour, minute, second))
    }

    /// Parses a fraction of a second if there is one, and returns its nanoseconds.
    fn fraction(&mut self) -> Option<i32> {
        let Some(digits) = self.0.strip_prefix('.') else {
            return Some(0);
        };
        let rest = digits.trim_start_matches(|char: char| char.is_ascii_digit());
        let digits = digits
            .strip_suffix(rest)
            .filter(|digits| !digits.is_empty())?;
        self.0 = rest;
        // Further digits are less than a nanosecond.
        format!("{digits:0<9.9}").parse().ok()
    }

    /// Parses an offset from UTC, as in `Z`, `+01:00`, `+0100` or `+01`, and returns its seconds.
    fn offset(&mut self) -> Option<i64> {
        let sign = match self.one_of(&["Z", "z", "+", "-"])? {
            0 | 1 => return Some(0),
            2 => 1,
            _ => -1,
        };
        let hour = self.number(2)?;
        let minute = match self.0 {
            "" => 0,
            minute if minute.starts_with(':') => self.after(":")?.number(2)?,
            _ => self.number(2)?,
        };
        (hour < 24 && minute < 60).then_some(sign * (hour * 3_600 + minute * 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Timestamp = Timestamp::constant(1_576_540_098, 520_000_000);

    #[test]
    fn rfc_3339_is_read_with_every_offset() {
        for text in [
            "2019-12-16T23:48:18.52Z",
            "2019-12-16t23:48:18.520z",
            "2019-12-16 23:48:18.520000000000Z",
            "2019-12-17T00:48:18.52+01:00",
            "2019-12-16T13:18:18.52-1030",
            "2019-12-17T01:48:18.52+02",
            "+002019-12-16T23:48:18.52Z",
        ] {
            assert_eq!(text.parse(), Ok(MOMENT), "{text}");
        }
    }

    /// Cases of RFC 3339, section 5.8.
    #[test]
    fn a_leap_second_is_the_first_second_of_the_next_minute() {
        let next: Timestamp = "1991-01-01T00:00:00Z".parse().unwrap();
        for text in ["1990-12-31T23:59:60Z", "1990-12-31T15:59:60-08:00"] {
            assert_eq!(text.parse(), Ok(next), "{text}");
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "2019-12-16",
            "2019-12-16T23:48:18",
            "2019-12-16T23:48Z",
            "2019-12-16T23:48:18.Z",
            "2019-12-16T23:48:18.5 Z",
            "2019-12-16T23:48:18ZZ",
            "2019-12-16T23:48:18+1:00",
            "2019-12-16T23:48:18+24:00",
            "2019-12-16T23:48:18+01:60",
            "2019-12-16T23:48:61Z",
            "2019-12-16T24:00:00Z",
            "2019-02-29T00:00:00Z",
            "2019-12-16T+3:48:18Z",
            "２019-12-16T23:48:18Z",
            "9999-12-31T23:59:59-00:01",
            "+010000-01-01T00:00:00Z",
        ] {
            let error = text.parse::<Timestamp>().unwrap_err();
            assert_eq!(error, InvalidTimestamp::NOT_RFC_3339, "{text}");
            assert_eq!(Timestamp::parse_lenient(text), None, "{text}");
        }
    }

    #[test]
    fn any_of_the_formats_is_read_where_a_service_sends_another() {
        for text in [
            "1576540098.52",
            "2019-12-16T23:48:18.52Z",
            "Mon, 16 Dec 2019 23:48:18.52 GMT",
        ] {
            assert_eq!(Timestamp::parse_lenient(text), Some(MOMENT), "{text}");
        }
        for text in [
            "", "NaN", "1576540098.", "1576540098.5s", "16 Dec 2019", "1e300",
        ] {
            assert_eq!(Timestamp::parse_lenient(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_displayed_is_read_again() {
        for (second, nanosecond, text) in [
            (0, 0, "1970-01-01T00:00:00Z"),
            (-1, 999_999_999, "1969-12-31T23:59:59.999999999Z"),
            (-62_167_219_200, 0, "0000-01-01T00:00:00Z"),
            (-62_167_219_201, 1, "-000001-12-31T23:59:59.000000001Z"),
        ] {
            let timestamp = Timestamp::constant(second, nanosecond);
            assert_eq!(timestamp.to_string(), text);
            assert_eq!(format!("{timestamp:?}"), text);
            assert_eq!(text.parse(), Ok(timestamp));
        }
        for timestamp in [Timestamp::MIN, Timestamp::MAX] {
            assert_eq!(timestamp.to_string().parse(), Ok(timestamp));
        }
    }

    #[test]
    fn services_are_sent_milliseconds_at_most() {
        let format = |second, nanosecond, format| {
            let timestamp = Timestamp::constant(second, nanosecond);
            timestamp.format(format)
        };
        let sent = |nanosecond| format(1_576_540_098, nanosecond, TimestampFormat::DateTime);
        for (nanosecond, text) in [
            (0, "2019-12-16T23:48:18Z"),
            (999_999, "2019-12-16T23:48:18Z"),
            (1_999_999, "2019-12-16T23:48:18.001Z"),
            (999_999_999, "2019-12-16T23:48:18.999Z"),
        ] {
            assert_eq!(sent(nanosecond).as_deref(), Some(text));
        }
        let sent = format(-2, 500_999_999, TimestampFormat::EpochSeconds);
        assert_eq!(sent.as_deref(), Some("-2.5"));
        let sent = format(-1, 999_999_999, TimestampFormat::HttpDate);
        assert_eq!(sent.as_deref(), Some("Wed, 31 Dec 1969 23:59:59 GMT"));
    }
}
