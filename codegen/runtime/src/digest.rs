//! SHA-256, SHA-1 and HMAC-SHA256, from the TLS backend if it is `ring` or `aws-lc-rs`.
//!
//! With `native-tls` or without TLS, portable code of this crate computes them. A dependency for
//! such builds would be compiled in all builds, because features can only add dependencies.

#[cfg(feature = "rustls-ring")]
use ring as backend;

#[cfg(all(feature = "rustls-aws-lc", not(feature = "rustls-ring")))]
use aws_lc_rs as backend;

#[cfg(any(test, not(any(feature = "rustls-ring", feature = "rustls-aws-lc"))))]
mod portable;

#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
mod provided {
    use super::backend::{digest, hmac};

    pub(crate) fn sha256(message: &[u8]) -> [u8; 32] {
        array(digest::digest(&digest::SHA256, message).as_ref())
    }

    /// Returns the hash of the names of AWS cache files.
    pub(crate) fn sha1(message: &[u8]) -> [u8; 20] {
        array(digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, message).as_ref())
    }

    pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, key);
        array(hmac::sign(&key, message).as_ref())
    }

    /// Copies a hash with the length of its algorithm.
    fn array<const N: usize>(hash: &[u8]) -> [u8; N] {
        let mut array = [0; N];
        array.copy_from_slice(hash);
        array
    }
}

#[cfg(not(any(feature = "rustls-ring", feature = "rustls-aws-lc")))]
pub(crate) use portable::{hmac_sha256, sha1, sha256};
#[cfg(any(feature = "rustls-ring", feature = "rustls-aws-lc"))]
pub(crate) use provided::{hmac_sha256, sha1, sha256};

/// Returns bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut digits = vec![0; 2 * bytes.len()];
    write_hex(&mut digits, bytes);
    String::from_utf8(digits).unwrap_or_default()
}

/// A hash in lower-case hexadecimal, in the place of its digits.
pub(crate) fn hex_in<'d>(digits: &'d mut [u8; 64], hash: &[u8; 32]) -> &'d str {
    write_hex(digits, hash);
    std::str::from_utf8(digits).unwrap_or_default()
}

fn write_hex(digits: &mut [u8], bytes: &[u8]) {
    let digit = |value: u8| match value {
        0..=9 => b'0' + value,
        _ => b'a' + value - 10,
    };
    for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of FIPS 180-4 and of NIST's test vectors.
    #[test]
    fn sha256_is_the_one_of_fips_180_4() {
        let million = "a".repeat(1_000_000);
        for (message, expected) in [
            (
                "",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                "abc",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            ),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklm\
                 nopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
            ),
            (
                &million,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
            ),
        ] {
            assert_eq!(hex(&sha256(message.as_bytes())), expected);
            assert_eq!(hex(&portable::sha256(message.as_bytes())), expected);
        }
    }

    /// Examples of FIPS 180-4, and of NIST's test vectors.
    #[test]
    fn sha1_is_the_one_of_fips_180_4() {
        let million = "a".repeat(1_000_000);
        for (message, expected) in [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1",
            ),
            (&million, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"),
        ] {
            assert_eq!(hex(&sha1(message.as_bytes())), expected);
            assert_eq!(hex(&portable::sha1(message.as_bytes())), expected);
        }
    }

    /// Test cases 1 to 3, 6 and 7 of RFC 4231.
    #[test]
    fn hmac_is_the_one_of_rfc_4231() {
        let long_key = [0xaa; 131];
        let cases: [(&[u8], &[u8], &str); 5] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
            (
                &long_key,
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &long_key,
                b"This is a test using a larger than block-size key and a larger than block-size \
                  data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, message, expected) in cases {
            assert_eq!(hex(&hmac_sha256(key, message)), expected);
            assert_eq!(hex(&portable::hmac_sha256(key, message)), expected);
        }
    }

    /// Padding depends on the length alone.
    #[test]
    fn the_portable_code_agrees_with_the_backend_on_every_length() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in 0..bytes.len() {
            let (key, message) = bytes.split_at(length);
            assert_eq!(sha256(key), portable::sha256(key), "{length}");
            assert_eq!(sha1(key), portable::sha1(key), "{length}");
            let expected = hmac_sha256(key, message);
            assert_eq!(portable::hmac_sha256(key, message), expected, "{length}");
        }
    }
}
