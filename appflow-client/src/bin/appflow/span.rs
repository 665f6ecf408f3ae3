//! Durations: parsing of arguments, and formatting.

use std::time::Duration;

/// Reads a time: `90`, `90s`, `500ms`, `10m`, `2h`.
pub(crate) fn parse(text: &str) -> Result<Duration, String> {
    let digits = text
        .find(|it: char| !it.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number
        .parse()
        .map_err(|_| "not a time: write 90s, 10m or 2h".to_owned())?;
    let seconds = match unit {
        "ms" => return Ok(Duration::from_millis(number)),
        "" | "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err(format!("unknown unit `{unit}`: use ms, s, m, h or d")),
    };
    let seconds = number.checked_mul(seconds);
    seconds
        .map(Duration::from_secs)
        .ok_or_else(|| "too long".to_owned())
}

/// Shows a time in seconds: `0:07`, `12:34`, `1:02:03`.
pub(crate) fn show(time: Duration) -> String {
    let seconds = time.as_secs();
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units_and_are_seconds_without_one() {
        let cases = [
            ("90", 90),
            ("90s", 90),
            ("10m", 600),
            ("2h", 7_200),
            ("1d", 86_400),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        assert_eq!(parse("500ms"), Ok(Duration::from_millis(500)));
        for text in ["", "s", "-1", "1.5s", "5 m", "1w", "99999999999999999999"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_shown_with_the_units_that_they_need() {
        let cases = [(7, "0:07"), (754, "12:34"), (3_723, "1:02:03")];
        for (seconds, text) in cases {
            assert_eq!(show(Duration::from_secs(seconds)), text);
        }
    }
}
