//! Numbers as JSON writes them.

use serde_json::Number;

/// Returns an integer that a JSON number is without loss, as `10.0`, `1e1` and `-0` are.
pub(super) fn integer(digits: &str) -> Option<i64> {
    if let Ok(integer) = digits.parse() {
        return Some(integer);
    }
    let (number, exponent) = match digits.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i64>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let fraction = fraction.trim_end_matches('0');
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(whole) => ("-", whole),
        None => ("", whole),
    };
    let mut significant = format!("{whole}{fraction}");
    let shift = exponent - i64::try_from(fraction.len()).ok()?;
    if significant.bytes().all(|digit| digit == b'0') {
        return Some(0);
    }
    if shift < 0 {
        let kept = significant.trim_end_matches('0').len();
        let zeros = significant.len() - kept;
        // What is shifted out has to be zeros.
        let shift = usize::try_from(-shift)
            .ok()
            .filter(|shift| *shift <= zeros)?;
        significant.truncate(significant.len() - shift);
    } else {
        // More zeros than these are out of range, whatever stands before them.
        let shift = usize::try_from(shift).ok().filter(|shift| *shift < 20)?;
        significant.extend(std::iter::repeat_n('0', shift));
    }
    format!("{sign}{significant}").parse().ok()
}

/// Returns a JSON number as one of a document; `None` if it is out of range.
pub(super) fn document(digits: &str) -> Option<Number> {
    if let Ok(unsigned) = digits.parse::<u64>() {
        return Some(unsigned.into());
    }
    // No integer is the negative zero.
    match digits.parse::<i64>() {
        Ok(signed) if signed != 0 => Some(signed.into()),
        _ => digits.parse().ok().and_then(Number::from_f64),
    }
}

#[cfg(test)]
mod tests {
    use super::integer;

    #[test]
    fn a_number_is_an_integer_if_nothing_is_lost() {
        for (digits, expected) in [
            ("0", 0),
            ("-0", 0),
            ("-0.0e5", 0),
            ("0e999999999", 0),
            ("10.0", 10),
            ("1e1", 10),
            ("-1.25E2", -125),
            ("1200e-2", 12),
            ("12000e-3", 12),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("9223372036854775807", i64::MAX),
            ("-9.223372036854775808e18", i64::MIN),
        ] {
            assert_eq!(integer(digits), Some(expected), "{digits}");
        }
        for digits in [
            "0.5", "1e-1", "1.25e1", "9223372036854775808", "1e19", "1e999999999", "1e-999999999",
            "1e99999999999999999999",
        ] {
            assert_eq!(integer(digits), None, "{digits}");
        }
    }
}
