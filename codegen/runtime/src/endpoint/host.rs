//! The rule functions `isValidHostLabel` and `aws.isVirtualHostableS3Bucket`.

use std::net::Ipv4Addr;

/// Returns `true` if text is a label of a host name (RFC 1123), or several labels with
/// `allow_subdomains`.
#[must_use]
pub fn is_valid_host_label(text: &str, allow_subdomains: bool) -> bool {
    if allow_subdomains {
        text.split('.').all(is_label)
    } else {
        is_label(text)
    }
}

/// Returns `true` if text is a bucket name that is valid in a host name. With `allow_subdomains`,
/// the name may contain dots.
#[must_use]
pub fn is_virtual_hostable_s3_bucket(text: &str, allow_subdomains: bool) -> bool {
    let is_lower = !text.contains(|c: char| c.is_ascii_uppercase());
    let fits = (3..=63).contains(&text.len());
    let is_address = text.parse::<Ipv4Addr>().is_ok();
    let ends_well = text.split('.').all(|label| !label.ends_with('-'));
    is_lower && fits && !is_address && ends_well && is_valid_host_label(text, allow_subdomains)
}

fn is_label(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&text.len()) && !text.starts_with('-') && text.bytes().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::{is_valid_host_label, is_virtual_hostable_s3_bucket};

    #[test]
    fn a_label_has_at_most_63_letters_digits_and_hyphens() {
        let longest = "a".repeat(63);
        for label in ["us-east-1", "3aws4", "A", &longest] {
            assert!(is_valid_host_label(label, false), "{label}");
        }
        let too_long = "a".repeat(64);
        for text in ["", "-a", "a_b", "a b", "a.b", "ä", &too_long] {
            assert!(!is_valid_host_label(text, false), "{text}");
        }
    }

    #[test]
    fn every_one_of_several_labels_is_one() {
        assert!(is_valid_host_label("part1.part2", true));
        for text in [".", "a.", ".a", "a..b", "a.-b"] {
            assert!(!is_valid_host_label(text, true), "{text}");
        }
    }

    #[test]
    fn a_bucket_is_neither_an_address_nor_in_upper_case() {
        assert!(is_virtual_hostable_s3_bucket("bucket-name", false));
        assert!(is_virtual_hostable_s3_bucket("bucket.name", true));
        for text in ["aa", "Bucket", "bucket-", "192.168.5.4", "bucket-.name"] {
            assert!(!is_virtual_hostable_s3_bucket(text, true), "{text}");
        }
    }
}
