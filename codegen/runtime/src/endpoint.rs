//! What endpoint rule sets compile to.
//!
//! A service's model says in a rule set how the region, FIPS, dual-stack, a custom endpoint and
//! more become a URL. The generator compiles the rules to plain Rust, in the `endpoint` module of
//! the generated crate; the facts and functions that the rules call are here, a file each subject.
//!
//! What the functions do is said in the Smithy reference, pages "Rules engine standard library"
//! and "AWS rules engine library functions".

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
pub use partition::{Partition, partition};
pub use text::{element, split, substring, uri_encode};
pub use url::{Url, parse_url};

/// Where requests go, and what the rules say about signing them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoint {
    /// The base URL, without a path where the service has none.
    pub url: String,
    /// Headers that every request to it carries, each with its values.
    pub headers: BTreeMap<String, Vec<String>>,
    /// How the rules want requests signed, the preferred scheme first.
    pub auth_schemes: Vec<AuthScheme>,
    /// What else the rules say of it.
    pub properties: BTreeMap<String, Document>,
}

impl Endpoint {
    /// An endpoint that is signed for as usual.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            ..Self::default()
        }
    }

    /// The same endpoint, with one more header.
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

    /// The same endpoint, with one more scheme to sign by.
    #[must_use]
    pub fn auth_scheme(mut self, scheme: AuthScheme) -> Self {
        self.auth_schemes.push(scheme);
        self
    }

    /// The same endpoint, with one more property.
    #[must_use]
    pub fn property(mut self, name: impl Into<String>, value: impl Into<Document>) -> Self {
        self.properties.insert(name.into(), value.into());
        self
    }
}

/// A scheme to sign requests by, with what an endpoint changes about it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthScheme {
    /// The name, as in `sigv4`.
    pub name: String,
    /// The service name of the credential scope, where it is another one.
    pub signing_name: Option<String>,
    /// The region of the credential scope, where it is another one.
    pub signing_region: Option<String>,
    /// The regions that a signature of `sigv4a` is good for.
    pub signing_region_set: Vec<String>,
    /// Whether the path is signed as it is sent, without being escaped once more.
    pub disable_double_encoding: bool,
    /// Whether the path is signed with the `.`, the `..` and the empty segments that it has.
    pub disable_normalize_path: bool,
}

impl AuthScheme {
    /// A scheme that is used as usual.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// The same scheme, with another service name in the credential scope.
    #[must_use]
    pub fn signing_name(mut self, name: impl Into<String>) -> Self {
        self.signing_name = Some(name.into());
        self
    }

    /// The same scheme, with another region in the credential scope.
    #[must_use]
    pub fn signing_region(mut self, region: impl Into<String>) -> Self {
        self.signing_region = Some(region.into());
        self
    }

    /// The same scheme, with a signature that is good for these regions.
    #[must_use]
    pub fn signing_region_set<R: Into<String>>(
        mut self,
        regions: impl IntoIterator<Item = R>,
    ) -> Self {
        self.signing_region_set = regions.into_iter().map(Into::into).collect();
        self
    }

    /// The same scheme, which escapes the path once more or does not.
    #[must_use]
    pub fn disable_double_encoding(mut self, disable: bool) -> Self {
        self.disable_double_encoding = disable;
        self
    }

    /// The same scheme, which resolves the path first or does not.
    #[must_use]
    pub fn disable_normalize_path(mut self, disable: bool) -> Self {
        self.disable_normalize_path = disable;
        self
    }
}

/// Properties under one name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Properties(serde_json::Map<String, Document>);

impl Properties {
    /// No properties.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The same properties, and one more.
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

/// Why the rules give no endpoint, in their own words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EndpointError(Cow<'static, str>);

impl EndpointError {
    /// An error with the text of a rule.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }
}

/// Says why there is no endpoint.
///
/// # Errors
///
/// Always: it is short for the error, as rules end in it.
pub fn refuse(reason: impl Into<Cow<'static, str>>) -> Result<Endpoint, EndpointError> {
    Err(EndpointError::new(reason))
}

/// The reason when no rule matches, which a sound rule set never lets happen.
pub const NO_MATCH: &str = "no rule of the endpoint rule set matches these settings";

/// What endpoint rules read: the settings that every client has, and what is given beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointSettings {
    /// `AWS::Region`: the region, as in `us-east-1`.
    pub region: Option<String>,
    /// `AWS::UseFIPS`: whether to use endpoints with FIPS 140 validated cryptography.
    pub use_fips: bool,
    /// `AWS::UseDualStack`: whether to use endpoints that answer over IPv6 too.
    pub use_dual_stack: bool,
    /// `SDK::Endpoint`: a URL that stands in for the service's own.
    pub endpoint_url: Option<String>,
    /// The parameters that the service has of its own.
    pub parameters: EndpointParameters,
}
