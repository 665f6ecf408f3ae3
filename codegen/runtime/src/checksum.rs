//! Checksums of request bodies, in headers.
//!
//! An operation declares its checksum: see
//! [`Operation::checksum`](crate::operation::Operation::checksum).

#[cfg(feature = "md5")]
use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::header::{HeaderMap, HeaderName, HeaderValue};
#[cfg(feature = "md5")]
use md5::{Digest as _, Md5};

use crate::digest::{hex, sha256};

#[cfg(feature = "md5")]
const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const SHA256_TREE_HASH: HeaderName = HeaderName::from_static("x-amz-sha256-tree-hash");

/// The size in bytes of the leaves of a tree hash.
const LEAF: usize = 1 << 20;

/// Adds the checksum of a body to the headers of its request.
pub type Checksum = fn(&[u8], &mut HeaderMap);

/// Adds `Content-MD5`, unless the caller has (`smithy.api#httpChecksumRequired`).
#[cfg(feature = "md5")]
pub fn content_md5(body: &[u8], headers: &mut HeaderMap) {
    let hash = BASE64_STANDARD.encode(Md5::digest(body));
    add(headers, CONTENT_MD5, hash);
}

/// Adds the SHA-256 of the body and, unless the caller has set it, its tree hash. Amazon S3 Glacier
/// requires both for an archive or a part of one.
pub fn sha256_tree_hash(body: &[u8], headers: &mut HeaderMap) {
    add(headers, CONTENT_SHA256, hex(&sha256(body)));
    add(headers, SHA256_TREE_HASH, hex(&tree_hash(body)));
}

/// Hashes every MiB, then pairs of hashes until there is one, as in the Glacier developer guide,
/// "Computing Checksums".
fn tree_hash(body: &[u8]) -> [u8; 32] {
    let mut level: Vec<[u8; 32]> = body.chunks(LEAF).map(sha256).collect();
    while level.len() > 1 {
        let pairs = level.chunks(2).map(|pair| match pair {
            // The last hash of an odd number is not combined.
            [last] => *last,
            pair => sha256(pair.as_flattened()),
        });
        level = pairs.collect();
    }
    level.pop().unwrap_or_else(|| sha256(&[]))
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: String) {
    // Base64 and hexadecimal text are valid in a header.
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.entry(name).or_insert(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree_hash_of(length: usize) -> String {
        hex(&tree_hash(&vec![0; length]))
    }

    #[test]
    fn the_tree_hash_is_the_one_that_botocore_computes() {
        for (length, expected) in [
            (
                0,
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            ),
            (
                1 << 20,
                "30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58",
            ),
            (
                (1 << 20) + 1,
                "28638dab8d5e1754a4ecb38b0ebe6df66c844f94aed142d4d0283d208bb786cd",
            ),
            (
                3 << 20,
                "ca6cc129a4514ec765de86a4e7a49adf44842c9cac213c383ebe4071271bdf21",
            ),
            (
                (5 << 20) - 1,
                "aee7f82120fdbbef0c2de7e899f50c55dcc95f932e8df255822c3804c9f8d511",
            ),
        ] {
            assert_eq!(tree_hash_of(length), expected, "{length} bytes");
        }
    }
}
