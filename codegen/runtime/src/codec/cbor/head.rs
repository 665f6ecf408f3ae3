//! Writing the heads of values: the kind of each with a number, which is the value itself, its tag or
//! its length.

pub(super) const UNSIGNED: u8 = 0;
pub(super) const NEGATIVE: u8 = 1 << 5;
pub(super) const BYTES: u8 = 2 << 5;
pub(super) const TEXT: u8 = 3 << 5;
pub(super) const LIST: u8 = 4 << 5;
pub(super) const MAP: u8 = 5 << 5;
pub(super) const TAG: u8 = 6 << 5;

/// Writes an integer, which consists of its head alone.
pub(super) fn integer(body: &mut Vec<u8>, value: i64) {
    // Of a negative number n, -1 - n is written: all its bits turned.
    let (kind, magnitude) = if value < 0 {
        (NEGATIVE, !value)
    } else {
        (UNSIGNED, value)
    };
    head(body, kind, magnitude.unsigned_abs());
}

pub(super) fn length(length: usize) -> u64 {
    length as u64
}

/// Writes the kind of a value and a number, in as few bytes as that takes.
pub(super) fn head(body: &mut Vec<u8>, kind: u8, number: u64) {
    if let Ok(byte) = u8::try_from(number) {
        if byte < 24 {
            body.push(kind | byte);
        } else {
            body.extend_from_slice(&[kind | 0x18, byte]);
        }
    } else if let Ok(short) = u16::try_from(number) {
        body.push(kind | 0x19);
        body.extend_from_slice(&short.to_be_bytes());
    } else if let Ok(word) = u32::try_from(number) {
        body.push(kind | 0x1a);
        body.extend_from_slice(&word.to_be_bytes());
    } else {
        body.push(kind | 0x1b);
        body.extend_from_slice(&number.to_be_bytes());
    }
}
