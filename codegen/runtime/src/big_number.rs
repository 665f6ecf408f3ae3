//! Numbers of any size.
//!
//! They are stored as decimal text, so no digit is lost. To calculate with a number, pass its text
//! to a big-number library, or parse it as a primitive type.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, Error as _};
use serde_core::ser::{Error as _, Serialize, Serializer};
use serde_json::value::RawValue;

/// An integer of any size.
///
/// ```
/// use smithy_reqwest::BigInteger;
///
/// let large: BigInteger = "123456789012345678901234567890".parse()?;
/// assert!(large > BigInteger::from(i64::MAX));
/// assert_eq!(serde_json::to_string(&large).unwrap(), "123456789012345678901234567890");
/// assert_eq!(BigInteger::from(42).as_str().parse(), Ok(42_u8));
/// # Ok::<(), smithy_reqwest::InvalidNumber>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BigInteger(String);

/// A decimal number of any size and precision.
///
/// Two numbers are equal if they have the same text: `1.0` is not equal to `1.00`, which has a
/// greater precision.
///
/// ```
/// use smithy_reqwest::BigDecimal;
///
/// let price: BigDecimal = "0.10000000000000000000000001".parse()?;
/// assert_eq!(serde_json::to_string(&price).unwrap(), "0.10000000000000000000000001");
/// # Ok::<(), smithy_reqwest::InvalidNumber>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BigDecimal(String);

/// The error of text that is not a number of the expected type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not {wanted}")]
pub struct InvalidNumber {
    wanted: &'static str,
}

impl FromStr for BigInteger {
    type Err = InvalidNumber;

    /// Parses digits with an optional sign. Leading zeros are dropped.
    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let wanted = "an integer";
            return Err(InvalidNumber { wanted });
        }
        let digits = digits.trim_start_matches('0');
        Ok(Self(match (is_negative, digits) {
            (_, "") => "0".to_owned(),
            (true, digits) => format!("-{digits}"),
            (false, digits) => digits.to_owned(),
        }))
    }
}

impl FromStr for BigDecimal {
    type Err = InvalidNumber;

    /// Parses a number in JSON syntax, and keeps its text.
    fn from_str(text: &str) -> Result<Self, InvalidNumber> {
        if is_json_number(text) {
            Ok(Self(text.to_owned()))
        } else {
            let wanted = "a decimal number";
            Err(InvalidNumber { wanted })
        }
    }
}

/// `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`
pub(crate) fn is_json_number(text: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let exponent = exponent.map(|digits| digits.strip_prefix(['+', '-']).unwrap_or(digits));
    is_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(is_digits)
}

impl Ord for BigInteger {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_size = |a: &str, b: &str| a.len().cmp(&b.len()).then_with(|| a.cmp(b));
        match (self.0.strip_prefix('-'), other.0.strip_prefix('-')) {
            (None, None) => by_size(&self.0, &other.0),
            (Some(size), Some(other)) => by_size(other, size),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
        }
    }
}

impl PartialOrd for BigInteger {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<BigInteger> for BigDecimal {
    fn from(value: BigInteger) -> Self {
        Self(value.0)
    }
}

/// Serializes digits as a JSON number.
pub(crate) fn serialize<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    let number = RawValue::from_string(digits.to_owned()).map_err(S::Error::custom)?;
    number.serialize(serializer)
}

/// Deserializes a JSON number, or text with a number; `None` for null.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    let value = Box::<RawValue>::deserialize(deserializer)?;
    let text = value.get();
    Ok((text != "null").then(|| serde_json::from_str(text).unwrap_or_else(|_| text.to_owned())))
}

/// Methods of both types, and `From` for the integer types.
macro_rules! big_number {
    ($name:ident) => {
        impl $name {
            /// Returns the number as decimal text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl Default for $name {
            /// Zero.
            fn default() -> Self {
                Self("0".to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Serialize for $name {
            /// Writes a JSON number.
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(&self.0, serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            /// Deserializes a JSON number, or text with a number.
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let digits = deserialize(deserializer)?.unwrap_or_default();
                digits.parse().map_err(D::Error::custom)
            }
        }

        big_number!($name: i8, i16, i32, i64, i128, u8, u16, u32, u64, u128);
    };
    ($name:ident: $($integer:ident),*) => {
        $(impl From<$integer> for $name {
            fn from(value: $integer) -> Self {
                Self(value.to_string())
            }
        })*
    };
}

big_number!(BigInteger);
big_number!(BigDecimal);

#[cfg(test)]
mod tests {
    use super::{BigDecimal, BigInteger};

    #[test]
    fn an_integer_of_any_size_is_ordered_by_its_value() {
        let sorted = [
            "-123456789012345678901234567890",
            "-20",
            "-3",
            "0",
            "3",
            "20",
            "123456789012345678901234567890",
        ]
        .map(|text| text.parse::<BigInteger>().unwrap());
        assert!(sorted.is_sorted());
        assert_eq!("-000".parse(), Ok(BigInteger::default()));
        assert_eq!("+007".parse(), Ok(BigInteger::from(7)));
        for wrong in ["", "-", "1.0", "1e3", "٣", " 1", "0x1", "1_000"] {
            assert!(wrong.parse::<BigInteger>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_decimal_is_what_json_calls_a_number() {
        for right in ["0", "-0", "1.50", "1e400", "-1.0E-7", "9007199254740993"] {
            assert_eq!(right.parse::<BigDecimal>().unwrap().to_string(), right);
        }
        for wrong in ["", ".5", "1.", "01", "+1", "1e", "NaN", "Infinity", "1 "] {
            assert!(wrong.parse::<BigDecimal>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn json_has_them_as_numbers_and_text_is_read_too() {
        let json = "[1e400,0.10000000000000000000000001]";
        let read: Vec<BigDecimal> = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), json);
        let read: Vec<BigInteger> =
            serde_json::from_str(r#"[18446744073709551616,"-18446744073709551617"]"#).unwrap();
        assert_eq!(read[0], BigInteger::from(1_u128 << 64));
        assert_eq!(read[1].as_str(), "-18446744073709551617");
        for wrong in ["1.5", "true", "[1]", "\"\"", "null"] {
            assert!(
                serde_json::from_str::<BigInteger>(wrong).is_err(),
                "{wrong}"
            );
        }
    }
}
