//! The rule function `aws.parseArn`.

/// The parts of an Amazon Resource Name (ARN).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Arn<'a> {
    /// The partition, such as `aws`.
    pub partition: &'a str,
    /// The service, such as `s3`.
    pub service: &'a str,
    /// The region; empty if the resource does not belong to one.
    pub region: &'a str,
    /// The account; empty if the resource does not belong to one.
    pub account_id: &'a str,
    /// The resource, split at `:` and `/`.
    pub resource_id: Vec<String>,
}

/// Parses an ARN; `None` if it is invalid.
///
/// An ARN has six parts. Only the region and the account may be empty.
#[must_use]
pub fn parse_arn(text: &str) -> Option<Arn<'_>> {
    let mut parts = text.splitn(6, ':');
    let mut next = || parts.next();
    let (prefix, partition, service) = (next()?, next()?, next()?);
    let (region, account_id, resource) = (next()?, next()?, next()?);
    let is_whole = [partition, service, resource]
        .iter()
        .all(|part| !part.is_empty());
    (prefix == "arn" && is_whole).then(|| Arn {
        partition,
        service,
        region,
        account_id,
        resource_id: resource.split([':', '/']).map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::parse_arn;

    /// The examples of the Smithy specification.
    #[test]
    fn the_resource_is_parted_at_colons_and_slashes() {
        for (arn, resource) in [
            (
                "arn:aws:sns:us-west-2:012345678910:example-sns-topic-name",
                vec!["example-sns-topic-name"],
            ),
            (
                "arn:aws:ec2:us-east-1:012345678910:vpc/vpc-0e9801d129EXAMPLE",
                vec!["vpc", "vpc-0e9801d129EXAMPLE"],
            ),
            (
                "arn:aws:iam::012345678910:user/johndoe",
                vec!["user", "johndoe"],
            ),
            ("arn:aws:s3:::bucket_name", vec!["bucket_name"]),
            ("arn:aws:s3:::outpost:", vec!["outpost", ""]),
        ] {
            assert_eq!(parse_arn(arn).unwrap().resource_id, resource, "{arn}");
        }
    }

    #[test]
    fn what_lacks_a_part_is_no_arn() {
        for text in [
            "",
            "11111111-2222-3333-4444-555555555555",
            "arn:aws:s3:::",
            "arn:aws:s3::",
            "arn:aws::us-west-2:123456789012:id",
            "arn::s3:us-west-2:123456789012:id",
            "urn:aws:s3:us-west-2:123456789012:id",
        ] {
            assert_eq!(parse_arn(text), None, "{text}");
        }
    }
}
