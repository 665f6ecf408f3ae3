//! SHA-256 and SHA-1 as in FIPS 180-4, and HMAC as in RFC 2104, in plain Rust.
//!
//! No branch or memory access depends on the bytes, so the time does not reveal anything about a
//! key.

use zeroize::Zeroizing;

/// The bytes of a block.
const BLOCK: usize = 64;

type State = [u32; 8];

/// The fractional parts of the square roots of the first 8 primes.
const START: State = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
];

/// The fractional parts of the cube roots of the first 64 primes.
#[rustfmt::skip]
const ROUNDS: [u32; 64] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
];

pub(crate) fn sha256(message: &[u8]) -> [u8; 32] {
    hash(START, 0, message)
}

pub(crate) fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let hashed = Zeroizing::new(sha256(key));
    let key = if key.len() > BLOCK { &*hashed } else { key };
    let padded = |pad: u8| {
        let mut block = Zeroizing::new([pad; BLOCK]);
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        compress(START, &block)
    };
    let inner = hash(padded(0x36), BLOCK, message);
    hash(padded(0x5c), BLOCK, &inner)
}

/// Hashes the rest of a message, after the bytes that are in the state.
fn hash(state: State, before: usize, message: &[u8]) -> [u8; 32] {
    let state = add(state, before, message, compress);
    let mut hash = [0; 32];
    for (bytes, word) in hash.as_chunks_mut().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    hash
}

/// Adds the rest of a message, padded to whole blocks.
fn add<S>(state: S, before: usize, message: &[u8], compress: fn(S, &[u8; BLOCK]) -> S) -> S {
    let (blocks, rest) = message.as_chunks::<BLOCK>();
    let bits = (before + message.len()) as u64 * 8;
    let mut end = Zeroizing::new(Vec::with_capacity(2 * BLOCK));
    end.extend_from_slice(rest);
    end.push(0x80);
    let length = (rest.len() + 1 + size_of::<u64>()).next_multiple_of(BLOCK);
    end.resize(length - size_of::<u64>(), 0);
    end.extend_from_slice(&bits.to_be_bytes());
    blocks.iter().chain(end.as_chunks().0).fold(state, compress)
}

/// Adds a block to the state.
#[expect(
    clippy::many_single_char_names,
    reason = "they are those of FIPS 180-4"
)]
fn compress(state: State, block: &[u8; BLOCK]) -> State {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
    for (word, round) in schedule(block).into_iter().zip(ROUNDS) {
        // The functions of the standard, with fewer operations.
        let choice = g ^ (e & (f ^ g));
        let majority = b ^ ((a ^ b) & (b ^ c));
        let first = h
            .wrapping_add(e.rotate_right(6) ^ e.rotate_right(11) ^ e.rotate_right(25))
            .wrapping_add(choice)
            .wrapping_add(round)
            .wrapping_add(word);
        let second =
            (a.rotate_right(2) ^ a.rotate_right(13) ^ a.rotate_right(22)).wrapping_add(majority);
        (h, g, f, e) = (g, f, e, d.wrapping_add(first));
        (d, c, b, a) = (c, b, a, first.wrapping_add(second));
    }
    let mut next = [a, b, c, d, e, f, g, h];
    for (word, before) in next.iter_mut().zip(state) {
        *word = word.wrapping_add(before);
    }
    next
}

/// The words of a block, and those that are computed from them.
#[expect(clippy::indexing_slicing, reason = "every index is below 64")]
fn schedule(block: &[u8; BLOCK]) -> [u32; 64] {
    let mut words = [0; 64];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    for index in 16..64 {
        let (early, late) = (words[index - 15], words[index - 2]);
        words[index] = words[index - 16]
            .wrapping_add(early.rotate_right(7) ^ early.rotate_right(18) ^ (early >> 3))
            .wrapping_add(words[index - 7])
            .wrapping_add(late.rotate_right(17) ^ late.rotate_right(19) ^ (late >> 10));
    }
    words
}

/// Returns the hash of the names of AWS cache files. It does not protect anything.
pub(crate) fn sha1(message: &[u8]) -> [u8; 20] {
    const START: [u32; 5] = [
        0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0,
    ];
    let state = add(START, 0, message, compress_sha1);
    let mut hash = [0; 20];
    for (bytes, word) in hash.as_chunks_mut().0.iter_mut().zip(state) {
        *bytes = word.to_be_bytes();
    }
    hash
}

/// Adds a block to the state of SHA-1.
#[expect(
    clippy::many_single_char_names,
    reason = "they are those of FIPS 180-4"
)]
#[expect(clippy::indexing_slicing, reason = "every index is below 80")]
fn compress_sha1(state: [u32; 5], block: &[u8; BLOCK]) -> [u32; 5] {
    let mut words = [0; 80];
    for (word, bytes) in words.iter_mut().zip(block.as_chunks().0) {
        *word = u32::from_be_bytes(*bytes);
    }
    for index in 16..80 {
        let word = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16];
        words[index] = word.rotate_left(1);
    }
    let [mut a, mut b, mut c, mut d, mut e] = state;
    for (index, word) in words.into_iter().enumerate() {
        let (mixed, constant) = match index {
            // Two functions of the standard, with fewer operations.
            0..20 => (d ^ (b & (c ^ d)), 0x5a82_7999),
            20..40 => (b ^ c ^ d, 0x6ed9_eba1),
            40..60 => (c ^ ((b ^ c) & (c ^ d)), 0x8f1b_bcdc),
            _ => (b ^ c ^ d, 0xca62_c1d6_u32),
        };
        let next = a
            .rotate_left(5)
            .wrapping_add(mixed)
            .wrapping_add(e)
            .wrapping_add(constant)
            .wrapping_add(word);
        (e, d, c, b, a) = (d, c, b.rotate_left(30), a, next);
    }
    let mut next = [a, b, c, d, e];
    for (word, before) in next.iter_mut().zip(state) {
        *word = word.wrapping_add(before);
    }
    next
}
