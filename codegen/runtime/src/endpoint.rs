//! Support for compiled endpoint rule sets.
//!
//! The rule set of a service's model determines the URL from the region, FIPS, dual-stack, a custom
//! endpoint and other parameters. The generator compiles the rules to Rust, in the `endpoint`
//! module of the generated crate. The data and functions that the rules use are here, one file per
//! subject.
//!
//! The functions are defined in the Smithy specification, "Rules engine standard library" and "AWS
//! rules engine library functions".

mod arn;
mod base_url;
mod host;
mod parameter;
mod partition;
mod text;
mod url;

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value as Document;

pub use arn::{Arn, parse_arn};
pub(crate) use base_url::base_url;
pub use host::{is_valid_host_label, is_virtual_hostable_s3_bucket};
pub use parameter::{EndpointParameter, EndpointParameters, EndpointValue};
pub(crate) use partition::is_pseudo_region;
pub use partition::{Partition, partition};
pub use text::{element, split, substring, uri_encode};
pub use url::{Url, parse_url};

/// An endpoint, with the settings for signing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// The base URL.
    pub url: String,
    /// Headers of every request, each with its values.
    pub headers: BTreeMap<String, Vec<String>>,
    /// The authentication schemes, the preferred one first.
    pub auth_schemes: Vec<AuthScheme>,
    /// Other properties.
    pub properties: BTreeMap<String, Document>,
}

impl Endpoint {
    /// Creates an endpoint with default signing.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header<V: Into<String>>(
        mut self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.headers.insert(name.into(), values);
        self
    }

    /// Adds an authentication scheme.
    #[must_use]
    pub fn auth_scheme(mut self, scheme: AuthScheme) -> Self {
        self.auth_schemes.push(scheme);
        self
    }

    /// Adds a property.
    #[must_use]
    pub fn property(mut self, name: impl Into<String>, value: impl Into<Document>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }
}

/// An authentication scheme, with the settings of an endpoint.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthScheme {
    /// The name, such as `sigv4`.
    pub name: String,
    /// The service name for signatures, if it differs.
    pub signing_name: Option<String>,
    /// The region for signatures, if it differs.
    pub signing_region: Option<String>,
    /// The regions of a `sigv4a` signature.
    pub signing_region_set: Vec<String>,
    /// Is `true` if the path is not escaped twice for the signature.
    pub disable_double_encoding: bool,
    /// Is `true` if `.`, `..` and empty segments of the path are kept for the signature.
    pub disable_normalize_path: bool,
}

impl AuthScheme {
    /// Creates a scheme with default settings.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Sets the service name for signatures.
    #[must_use]
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// Sets the region for signatures.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// Sets the regions of the signature.
    #[must_use]
    pub fn signing_region_set<R: Into<String>>(
        mut self,
        regions: impl IntoIterator<Item = R>,
    ) -> Self {
        self.signing_region_set = regions.into_iter().map(Into::into).collect();
        self
    }

    /// Sets whether the path is escaped only once.
    #[must_use]
    pub fn disable_double_encoding(mut self, disable: bool) -> Self {
        self.disable_double_encoding = disable;
        self
    }

    /// Sets whether the path is not normalized.
    #[must_use]
    pub fn disable_normalize_path(mut self, disable: bool) -> Self {
        self.disable_normalize_path = disable;
        self
    }
}

/// Properties with names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties(serde_json::Map<String, Document>);

impl Properties {
    /// Creates an empty set of properties.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a property.
    #[must_use]
    pub fn property(mut self, name: impl Into<String>, value: impl Into<Document>) -> Self {
        self.0.insert(name.into(), value.into());
        self
    }
}

impl From<Properties> for Document {
    fn from(properties: Properties) -> Self {
        Self::Object(properties.0)
    }
}

/// The error of endpoint rules, with the message of the rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EndpointError(Cow<'static, str>);

impl EndpointError {
    /// Creates an error with the message of a rule.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }
}

/// Returns the error of a rule.
///
/// # Errors
///
/// Always.
pub fn refuse(reason: impl Into<Cow<'static, str>>) -> Result<Endpoint, EndpointError> {
    Err(EndpointError::new(reason))
}

/// The message if no rule matches, which a valid rule set prevents.
pub const NO_MATCH: &str = "no rule of the endpoint rule set matches these settings";

/// The input of endpoint rules: settings of the client, and parameters of the service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointSettings {
    /// `AWS::Region`: the region, such as `us-east-1`.
    pub region: Option<String>,
    /// `AWS::UseFIPS`: use endpoints with FIPS 140 validated cryptography.
    pub use_fips: bool,
    /// `AWS::UseDualStack`: use endpoints that support both IPv4 and IPv6.
    pub use_dual_stack: bool,
    /// `SDK::Endpoint`: a custom URL.
    pub endpoint_url: Option<String>,
    /// The parameters of the service.
    pub parameters: EndpointParameters,
}
