//! The endpoints of the AWS services that return credentials.

use reqwest::Url;

use super::network::Region;
use super::source::Context;
use crate::endpoint::{base_url, is_pseudo_region, partition};
use crate::uri::{is_host_label, is_loopback};

/// An AWS service that returns credentials or tokens.
pub(super) struct Service {
    /// The name in messages.
    pub(super) name: &'static str,
    /// The SDK ID, which determines the settings of its endpoint.
    pub(super) sdk_id: &'static str,
    /// The prefix of its host names.
    pub(super) host: &'static str,
}

pub(super) const STS: Service = Service {
    name: "AWS STS",
    sdk_id: "STS",
    host: "sts",
};

pub(super) const SSO: Service = Service {
    name: "IAM Identity Center",
    sdk_id: "SSO",
    host: "portal.sso",
};

pub(super) const SSO_OIDC: Service = Service {
    name: "IAM Identity Center",
    sdk_id: "SSO OIDC",
    host: "oidc",
};

pub(super) const SIGN_IN: Service = Service {
    name: "AWS Sign-In",
    sdk_id: "signin",
    host: "signin",
};

/// The pseudo-region of the global endpoint.
const GLOBAL_STS: &str = "https://sts.amazonaws.com/";

/// Returns the endpoint URL of a service that variables or the profile configure.
pub(super) fn configured(context: &Context<'_>, service: &Service) -> Result<Option<Url>, String> {
    let url = context.endpoint_url(service.sdk_id)?;
    let url = url.map(|url| base_url(&url)).transpose();
    url.map_err(|problem| format!("of {}: {problem}", service.name))
}

/// Rejects a URL over which secrets could be read by others.
pub(super) fn check_private(url: &Url, service: &Service) -> Result<(), String> {
    if url.scheme() == "https" || url.host_str().is_some_and(is_loopback) {
        return Ok(());
    }
    let Service { name, sdk_id, .. } = service;
    let id = sdk_id.replace(' ', "_").to_ascii_uppercase();
    Err(format!(
        "the endpoint URL of {name} is not https, and who reads the token can use it; set \
         AWS_ENDPOINT_URL_{id} to one that is"
    ))
}

/// Returns the endpoint of a service in a region.
pub(super) fn regional(service: &Service, region: &Region) -> Result<Url, String> {
    let invalid = || {
        let name = service.name;
        format!("no region for {name}: set AWS_REGION, or `region` in the profile")
    };
    let name = region.name.as_deref().filter(|name| is_host_label(name));
    let name = name.ok_or_else(invalid)?;
    let partition = partition(name).ok_or_else(invalid)?;
    let has_variant = region.use_fips || region.use_dual_stack;
    let name = match is_pseudo_region(name) {
        // The global endpoint has no variants, so that of us-east-1 is used.
        true if service.host == STS.host && partition.name == "aws" && !has_variant => {
            return parse(GLOBAL_STS);
        }
        true => partition.implicit_global_region,
        false => name,
    };
    // In these regions, the plain endpoints are FIPS endpoints.
    let is_validated = partition.name == "aws-us-gov" && !region.use_dual_stack;
    let fips = if region.use_fips && !is_validated {
        "-fips"
    } else {
        ""
    };
    let suffix = if region.use_dual_stack {
        partition.dual_stack_dns_suffix
    } else {
        partition.dns_suffix
    };
    parse(&format!("https://{}{fips}.{name}.{suffix}/", service.host))
}

/// Returns the endpoint of AWS Sign-In in a region, which has its own domains.
pub(super) fn sign_in(region: &Region) -> Result<Url, String> {
    let name = region.name.as_deref().unwrap_or_default();
    let partition_name = partition(name).map(|partition| partition.name);
    let domain = match partition_name {
        _ if region.use_dual_stack => return regional(&SIGN_IN, region),
        Some("aws-us-gov") => "amazonaws-us-gov.com",
        _ if region.use_fips => return regional(&SIGN_IN, region),
        Some("aws-cn") => "amazonaws.cn",
        Some("aws-iso") => "c2shome.ic.gov",
        Some("aws-iso-b") => "sc2shome.sgov.gov",
        Some("aws-iso-e") => "csphome.adc-e.uk",
        Some("aws-iso-f") => "csphome.hci.ic.gov",
        _ => "aws.amazon.com",
    };
    // The region must be valid in a host name.
    regional(&SIGN_IN, region)?;
    match (region.use_fips, name) {
        (false, _) => parse(&format!("https://{name}.signin.{domain}/")),
        (true, "us-gov-west-1") => parse(&format!("https://signin-fips.{domain}/")),
        (true, _) => parse(&format!("https://{name}.signin-fips.{domain}/")),
    }
}

fn parse(url: &str) -> Result<Url, String> {
    Url::parse(url).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(name: &str, variant: &str) -> Region {
        Region {
            name: Some(name.to_owned()),
            use_fips: variant.contains("fips"),
            use_dual_stack: variant.contains("dual"),
        }
    }

    /// The cases of the endpoint rules in AWS's model of IAM Identity Center (2019-06-10).
    #[test]
    fn the_portal_is_where_the_rules_of_aws_say() {
        for (name, variant, host) in [
            ("us-east-2", "", "portal.sso.us-east-2.amazonaws.com"),
            (
                "us-east-1",
                "fips dual",
                "portal.sso-fips.us-east-1.api.aws",
            ),
            (
                "us-east-1",
                "fips",
                "portal.sso-fips.us-east-1.amazonaws.com",
            ),
            ("us-east-1", "dual", "portal.sso.us-east-1.api.aws"),
            (
                "cn-north-1",
                "fips dual",
                "portal.sso-fips.cn-north-1.api.amazonwebservices.com.cn",
            ),
            ("cn-north-1", "", "portal.sso.cn-north-1.amazonaws.com.cn"),
            (
                "us-gov-west-1",
                "",
                "portal.sso.us-gov-west-1.amazonaws.com",
            ),
            (
                "us-gov-east-1",
                "fips",
                "portal.sso.us-gov-east-1.amazonaws.com",
            ),
            (
                "us-gov-east-1",
                "fips dual",
                "portal.sso-fips.us-gov-east-1.api.aws",
            ),
            (
                "us-iso-east-1",
                "fips",
                "portal.sso-fips.us-iso-east-1.c2s.ic.gov",
            ),
            (
                "us-isob-east-1",
                "",
                "portal.sso.us-isob-east-1.sc2s.sgov.gov",
            ),
        ] {
            let url = regional(&SSO, &region(name, variant)).unwrap();
            assert_eq!(url.as_str(), format!("https://{host}/"), "{name} {variant}");
        }
    }

    /// The cases of the endpoint rules in AWS's model of AWS Sign-In (2023-01-01), of the data
    /// plane. The last two are the rules' results in botocore 1.43, as they have no case.
    #[test]
    fn sign_in_is_where_the_rules_of_aws_say() {
        for (name, variant, host) in [
            ("us-east-1", "", "us-east-1.signin.aws.amazon.com"),
            ("cn-north-1", "", "cn-north-1.signin.amazonaws.cn"),
            (
                "us-gov-west-1",
                "",
                "us-gov-west-1.signin.amazonaws-us-gov.com",
            ),
            ("us-gov-west-1", "fips", "signin-fips.amazonaws-us-gov.com"),
            (
                "us-gov-east-1",
                "fips",
                "us-gov-east-1.signin-fips.amazonaws-us-gov.com",
            ),
            ("us-east-1", "fips", "signin-fips.us-east-1.amazonaws.com"),
            ("us-east-1", "dual", "signin.us-east-1.api.aws"),
            (
                "cn-north-1",
                "dual",
                "signin.cn-north-1.api.amazonwebservices.com.cn",
            ),
            ("us-gov-west-1", "dual", "signin.us-gov-west-1.api.aws"),
            ("us-iso-east-1", "", "us-iso-east-1.signin.c2shome.ic.gov"),
            (
                "us-isob-east-1",
                "",
                "us-isob-east-1.signin.sc2shome.sgov.gov",
            ),
            (
                "eu-isoe-west-1",
                "",
                "eu-isoe-west-1.signin.csphome.adc-e.uk",
            ),
            (
                "us-isof-south-1",
                "",
                "us-isof-south-1.signin.csphome.hci.ic.gov",
            ),
        ] {
            let url = sign_in(&region(name, variant)).unwrap();
            assert_eq!(url.as_str(), format!("https://{host}/"), "{name} {variant}");
        }
    }

    #[test]
    fn a_region_that_cannot_be_in_a_host_name_is_refused() {
        for name in ["", "us.east/1", "a@b"] {
            assert!(regional(&STS, &region(name, "")).is_err(), "{name}");
            assert!(sign_in(&region(name, "")).is_err(), "{name}");
        }
    }
}
