//! Literals of numbers, with long ones in groups of three digits.

use proc_macro2::Literal;

pub(super) fn integer(value: i64) -> Literal {
    let digits = value.unsigned_abs().to_string();
    let sign = if value < 0 { "-" } else { "" };
    let text = format!("{sign}{}", grouped_from_end(&digits));
    text.parse()
        .unwrap_or_else(|_| Literal::i64_unsuffixed(value))
}

/// Returns a number with a fraction, of 32 or of 64 bits.
pub(super) fn float(value: f64, bits: u8) -> Literal {
    #[expect(clippy::cast_possible_truncation, reason = "so many bits it has")]
    let text = if bits == 32 {
        format!("{:?}", value as f32)
    } else {
        format!("{value:?}")
    };
    let grouped = match text.split_once('.') {
        Some((whole, fraction)) if !text.contains('e') => {
            let sign = if whole.starts_with('-') { "-" } else { "" };
            let whole = grouped_from_end(whole.trim_start_matches('-'));
            format!("{sign}{whole}.{}", grouped(fraction))
        }
        _ => text,
    };
    grouped
        .parse()
        .unwrap_or_else(|_| Literal::f64_unsuffixed(0.0))
}

/// Digits in groups of three, the first of which may be shorter.
fn grouped_from_end(digits: &str) -> String {
    let (first, rest) = digits.split_at(digits.len() % 3);
    match (first, rest) {
        // Clippy and people read four digits as they are.
        _ if digits.len() <= 4 => digits.to_owned(),
        ("", rest) => grouped(rest),
        (first, rest) => format!("{first}_{}", grouped(rest)),
    }
}

/// Digits in groups of three, the last of which may be shorter.
fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && index % 3 == 0 {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{float, integer};

    #[test]
    fn long_numbers_are_in_groups() {
        for (value, text) in [
            (0, "0"),
            (-7, "-7"),
            (1000, "1000"),
            (12_345, "12_345"),
            (-123_456, "-123_456"),
            (i64::MIN, "-9_223_372_036_854_775_808"),
        ] {
            assert_eq!(integer(value).to_string(), text);
        }
        for (value, bits, text) in [
            (0.1, 32, "0.1"),
            (-1.0, 64, "-1.0"),
            (12_345.25, 64, "12_345.25"),
            (0.123_456, 64, "0.123_456"),
            (1e300, 64, "1e300"),
        ] {
            assert_eq!(float(value, bits).to_string(), text);
        }
    }
}
