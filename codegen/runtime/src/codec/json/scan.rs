//! Finding what needs an escape in a string.

const ONES: u64 = u64::MAX / 0xff;
const HIGH_BITS: u64 = ONES << 7;

/// Returns `true` if no part of a text needs an escape.
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    // The last chunk of a text overlaps with the one before it.
    if let Some(last) = text.last_chunk::<16>() {
        let (chunks, _) = text.as_chunks::<16>();
        return !has_special(last) && !chunks.iter().any(has_special);
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let [first, last] = [first, last].map(|it| special(u64::from_le_bytes(*it)));
        return first | last == 0;
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        let [first, last] = [first, last].map(|it| u64::from(u32::from_le_bytes(*it)));
        return special(first | last << 32) == 0;
    }
    !text.iter().any(|byte| is_special(*byte))
}

/// Returns `true` if a byte is special. It tests all of them, so that vector instructions can.
#[inline]
fn has_special(chunk: &[u8; 16]) -> bool {
    let bytes = chunk.iter();
    bytes.fold(false, |found, byte| found | is_special(*byte))
}

const fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// Returns the length of the text before a quotation mark, a backslash or a control character.
pub(super) fn plain_length(text: &[u8]) -> usize {
    let (words, _) = text.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return 8 * index + special.trailing_zeros() as usize / 8;
        }
    }
    // The last word of a longer text overlaps with bytes that are known to be plain.
    if let Some(last) = text.last_chunk() {
        let special = special(u64::from_le_bytes(*last));
        // Without a special byte there are 64 trailing zeros, and the length is that of the text.
        return text.len() - 8 + special.trailing_zeros() as usize / 8;
    }
    let at = text.iter().position(|byte| is_special(*byte));
    at.unwrap_or(text.len())
}

/// Sets the high bit of the first special byte of a word, and of none before it.
const fn special(word: u64) -> u64 {
    below_space(word) | zero(word ^ (ONES * b'"' as u64)) | zero(word ^ (ONES * b'\\' as u64))
}

const fn below_space(word: u64) -> u64 {
    word.wrapping_sub(ONES * b' ' as u64) & !word & HIGH_BITS
}

const fn zero(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH_BITS
}

#[cfg(test)]
mod tests {
    use super::{is_plain, plain_length};

    #[test]
    fn every_special_byte_is_found_at_every_position() {
        for byte in 0..=u8::MAX {
            let is_special = byte < b' ' || byte == b'"' || byte == b'\\';
            for length in 0..40 {
                for at in 0..length {
                    let mut text = vec![b'a'; length];
                    text[at] = byte;
                    let expected = if is_special { at } else { length };
                    assert_eq!(plain_length(&text), expected, "{byte} at {at} of {length}");
                    assert_eq!(is_plain(&text), !is_special, "{byte} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_several_is_found() {
        let mut text = *b"plain text \xc3\xa9 with \x1f and \" and \\ in it";
        for expected in [19, 25, 31] {
            assert_eq!(plain_length(&text), expected);
            text[expected] = b'x';
        }
    }
}
