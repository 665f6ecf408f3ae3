//! Partitions: sets of regions with one DNS suffix, and the rule function `aws.partition`.

/// A set of regions with one DNS suffix, such as AWS or AWS in China.
///
/// The data is that of `partitions.json`, which AWS publishes with its endpoint rules.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Partition {
    /// The name, as in ARNs: `aws`, `aws-cn`.
    pub name: &'static str,
    /// The suffix of host names: `amazonaws.com`.
    pub dns_suffix: &'static str,
    /// The suffix of dual-stack host names: `api.aws`.
    pub dual_stack_dns_suffix: &'static str,
    /// Is `true` if the partition has FIPS endpoints.
    pub supports_fips: bool,
    /// Is `true` if the partition has dual-stack endpoints.
    pub supports_dual_stack: bool,
    /// The region for signatures of global services.
    pub implicit_global_region: &'static str,
    /// The pseudo-region of the whole partition.
    global_region: &'static str,
    /// The prefixes of region names, which are followed by a word and a number.
    region_prefixes: &'static [&'static str],
}

/// Returns the partition of a region; the `aws` partition for an unknown region.
#[must_use]
pub fn partition(region: &str) -> Option<&'static Partition> {
    PARTITIONS
        .iter()
        .find(|partition| partition.contains(region))
        .or(PARTITIONS.first())
}

/// Returns `true` for a pseudo-region, such as `aws-global`.
pub(crate) fn is_pseudo_region(region: &str) -> bool {
    region.ends_with("-global")
}

impl Partition {
    fn contains(&self, region: &str) -> bool {
        region == self.global_region
            || self.region_prefixes.iter().any(|prefix| {
                region
                    .strip_prefix(prefix)
                    .and_then(|rest| rest.strip_prefix('-')?.split_once('-'))
                    .is_some_and(|(word, number)| is_word(word) && is_number(number))
            })
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-east-1",
        global_region: "aws-global",
        region_prefixes: &["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"],
    },
    Partition {
        name: "aws-cn",
        dns_suffix: "amazonaws.com.cn",
        dual_stack_dns_suffix: "api.amazonwebservices.com.cn",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "cn-northwest-1",
        global_region: "aws-cn-global",
        region_prefixes: &["cn"],
    },
    Partition {
        name: "aws-eusc",
        dns_suffix: "amazonaws.eu",
        dual_stack_dns_suffix: "api.amazonwebservices.eu",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eusc-de-east-1",
        global_region: "aws-eusc-global",
        region_prefixes: &["eusc-de"],
    },
    Partition {
        name: "aws-iso",
        dns_suffix: "c2s.ic.gov",
        dual_stack_dns_suffix: "api.aws.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-iso-east-1",
        global_region: "aws-iso-global",
        region_prefixes: &["us-iso"],
    },
    Partition {
        name: "aws-iso-b",
        dns_suffix: "sc2s.sgov.gov",
        dual_stack_dns_suffix: "api.aws.scloud",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isob-east-1",
        global_region: "aws-iso-b-global",
        region_prefixes: &["us-isob"],
    },
    Partition {
        name: "aws-iso-e",
        dns_suffix: "cloud.adc-e.uk",
        dual_stack_dns_suffix: "api.cloud-aws.adc-e.uk",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "eu-isoe-west-1",
        global_region: "aws-iso-e-global",
        region_prefixes: &["eu-isoe"],
    },
    Partition {
        name: "aws-iso-f",
        dns_suffix: "csp.hci.ic.gov",
        dual_stack_dns_suffix: "api.aws.hci.ic.gov",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-isof-south-1",
        global_region: "aws-iso-f-global",
        region_prefixes: &["us-isof"],
    },
    Partition {
        name: "aws-us-gov",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        supports_fips: true,
        supports_dual_stack: true,
        implicit_global_region: "us-gov-west-1",
        global_region: "aws-us-gov-global",
        region_prefixes: &["us-gov"],
    },
];

#[cfg(test)]
mod tests {
    use super::partition;

    #[test]
    fn a_region_belongs_to_the_partition_that_its_name_says() {
        for (region, name) in [
            ("us-east-1", "aws"),
            ("mx-central-1", "aws"),
            ("aws-global", "aws"),
            ("cn-north-1", "aws-cn"),
            ("cn-north_west-1", "aws-cn"),
            ("eusc-de-east-1", "aws-eusc"),
            ("us-iso-west-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"),
            ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-east-1", "aws-iso-f"),
            ("us-gov-east-1", "aws-us-gov"),
            ("aws-us-gov-global", "aws-us-gov"),
        ] {
            assert_eq!(partition(region).unwrap().name, name, "{region}");
        }
    }

    #[test]
    fn an_unknown_region_belongs_to_the_aws_partition() {
        for region in [
            "", "mars-north-1", "cn", "cn-north", "cn-north-one", "cn-north-1-a", "cn--1",
            "cn-nörth-1",
        ] {
            assert_eq!(partition(region).unwrap().name, "aws", "{region}");
        }
    }
}
