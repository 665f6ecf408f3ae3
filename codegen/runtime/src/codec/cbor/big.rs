//! Integers and decimal fractions of any size: RFC 8949, sections 3.4.3 and 3.4.4.

use super::head::{self, BYTES, LIST, TAG, head, length};
use super::reader::{Count, Head, Reader};
use crate::codec::Error;

/// The tag of bytes that are an integer n.
const POSITIVE: u64 = 2;
/// The tag of bytes that are n for the integer -1 - n.
const NEGATIVE: u64 = 3;
/// The tag of a list of an exponent of ten and the integer that it multiplies.
const DECIMAL: u64 = 4;
/// The most bytes of an integer that is read: the time that takes grows with the square of them.
const MOST_BYTES: usize = 128;
/// The most zeros that are read for an exponent.
const MOST_ZEROS: usize = 64;
/// The exclusive upper bound of a limb of a decimal number.
const LIMB: u64 = 1_000_000_000;
/// The number of digits of a limb.
const DIGITS: usize = 9;

/// Reads what follows a tag and a head as the text of a number; `None` if they do not begin one.
pub(super) fn read(reader: &mut Reader<'_>, tag: u64, head: Head) -> Result<Option<String>, Error> {
    match (tag, head) {
        (POSITIVE | NEGATIVE, Head::Bytes(length)) => {
            integer(reader, tag == NEGATIVE, length).map(Some)
        }
        (DECIMAL, Head::List(count)) => decimal(reader, count).map(Some),
        _ => Ok(None),
    }
}

fn integer(
    reader: &mut Reader<'_>,
    is_negative: bool,
    length: Option<u64>,
) -> Result<String, Error> {
    let bytes = reader.bytes(length)?;
    let first = bytes.iter().position(|byte| *byte != 0);
    let bytes = first.and_then(|first| bytes.get(first..));
    let bytes = bytes.unwrap_or_default();
    if bytes.len() > MOST_BYTES {
        return Err(Error::new(format!(
            "an integer of more than {MOST_BYTES} bytes"
        )));
    }
    Ok(digits_of(bytes, is_negative))
}

/// Returns the decimal digits of an integer n, or of -1 - n.
fn digits_of(bytes: &[u8], is_negative: bool) -> String {
    // The least limb is the first.
    let mut limbs = vec![0];
    for chunk in bytes.chunks(4) {
        let mut carry = chunk
            .iter()
            .fold(0, |word, byte| word << 8 | u64::from(*byte));
        for limb in &mut limbs {
            let value = (*limb << (8 * chunk.len())) + carry;
            (*limb, carry) = (value % LIMB, value / LIMB);
        }
        while carry > 0 {
            limbs.push(carry % LIMB);
            carry /= LIMB;
        }
    }
    if is_negative {
        let mut carry = 1;
        for limb in &mut limbs {
            let value = *limb + carry;
            (*limb, carry) = (value % LIMB, value / LIMB);
        }
        limbs.push(carry);
    }
    let sign = if is_negative { "-" } else { "" };
    let limbs = limbs.iter().rev().map(|limb| format!("{limb:0DIGITS$}"));
    let digits = limbs.collect::<String>();
    let digits = digits.trim_start_matches('0');
    format!("{sign}{}", if digits.is_empty() { "0" } else { digits })
}

/// Reads an exponent and an integer.
fn decimal(reader: &mut Reader<'_>, mut count: Count) -> Result<String, Error> {
    let invalid = || Error::new("expected a list of an exponent and an integer");
    reader.open()?;
    let mut parts = Vec::new();
    while reader.next(&mut count)? {
        let digits = match reader.head()? {
            Head::Unsigned(value) => value.to_string(),
            Head::Negative(value) => (-1 - i128::from(value)).to_string(),
            Head::Tag(tag @ (POSITIVE | NEGATIVE)) if parts.len() == 1 => {
                let head = reader.head()?;
                read(reader, tag, head)?.ok_or_else(invalid)?
            }
            _ => return Err(invalid()),
        };
        parts.push(digits);
        if parts.len() > 2 {
            return Err(invalid());
        }
    }
    match parts.as_slice() {
        [exponent, digits] => {
            let exponent = exponent.parse().map_err(|_| invalid())?;
            Ok(with_exponent(digits, exponent))
        }
        _ => Err(invalid()),
    }
}

/// Returns a decimal number: with a point if that takes few zeros, or else with an exponent.
fn with_exponent(digits: &str, exponent: i64) -> String {
    let (sign, digits) = match digits.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", digits),
    };
    if exponent == 0 {
        return format!("{sign}{digits}");
    }
    let places = exponent.checked_neg();
    let places = places.and_then(|places| usize::try_from(places).ok());
    let Some(places) = places.filter(|places| *places <= digits.len() + MOST_ZEROS) else {
        return format!("{sign}{digits}e{exponent}");
    };
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    format!("{sign}{whole}.{fraction}")
}

/// Writes the text of a number: an integer in the shortest form, and any other as a decimal fraction.
pub(super) fn write(body: &mut Vec<u8>, text: &str) -> Result<(), Error> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent),
        None => (text, "0"),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let places = i64::try_from(fraction.len()).ok();
    let exponent = exponent.parse::<i64>().ok();
    let exponent = exponent
        .zip(places)
        .and_then(|(exponent, places)| exponent.checked_sub(places));
    let exponent = exponent.ok_or_else(|| Error::new("an exponent that is too large"))?;
    if exponent != 0 {
        head(body, TAG, DECIMAL);
        head(body, LIST, 2);
        head::integer(body, exponent);
    }
    write_integer(body, &[whole, fraction].concat());
    Ok(())
}

/// Writes an integer, given its digits.
fn write_integer(body: &mut Vec<u8>, digits: &str) {
    if let Ok(value) = digits.parse() {
        return head::integer(body, value);
    }
    let (is_negative, digits) = match digits.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, digits),
    };
    let bytes = bytes_of(digits, is_negative);
    if let Ok(word) = <[u8; 8]>::try_from(bytes.as_slice()) {
        let kind = if is_negative {
            head::NEGATIVE
        } else {
            head::UNSIGNED
        };
        return head(body, kind, u64::from_be_bytes(word));
    }
    head(body, TAG, if is_negative { NEGATIVE } else { POSITIVE });
    head(body, BYTES, length(bytes.len()));
    body.extend_from_slice(&bytes);
}

/// Returns the bytes of an integer n, or of n - 1, without zeros before them.
fn bytes_of(digits: &str, is_less: bool) -> Vec<u8> {
    // The least byte is the first.
    let mut bytes: Vec<u8> = Vec::new();
    for digit in digits.bytes() {
        let mut carry = u16::from(digit.wrapping_sub(b'0'));
        for byte in &mut bytes {
            let [high, low] = (u16::from(*byte) * 10 + carry).to_be_bytes();
            (*byte, carry) = (low, high.into());
        }
        bytes.extend(u8::try_from(carry).ok().filter(|carry| *carry > 0));
    }
    if is_less {
        for byte in &mut bytes {
            let (less, borrows) = byte.overflowing_sub(1);
            *byte = less;
            if !borrows {
                break;
            }
        }
    }
    while bytes.last() == Some(&0) {
        bytes.pop();
    }
    bytes.reverse();
    bytes
}
