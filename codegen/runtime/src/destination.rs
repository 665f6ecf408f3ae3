//! Destinations of calls: checked endpoints, in the form that requests need.

use std::borrow::Cow;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;

use crate::endpoint::{AuthScheme, Endpoint, EndpointParameters, EndpointSettings, base_url};
use crate::error::Failure;
use crate::operation::Service;
use crate::uri::is_loopback;

/// The destination of a call, with the settings for its signature.
#[derive(Debug, Clone)]
pub(crate) struct Destination {
    /// Scheme, authority and sometimes a path.
    base: Url,
    /// Headers that the endpoint adds to every request.
    pub(crate) headers: HeaderMap,
    pub(crate) signing_region: String,
    pub(crate) signing_name: String,
    /// Is `true` if `.` and `..` in the path are resolved for the signature.
    pub(crate) normalize_path: bool,
    /// Is `true` if the path is escaped twice for the signature.
    pub(crate) double_encode_path: bool,
    /// The authentication schemes of the endpoint, if none of them is supported.
    pub(crate) unknown_schemes: Option<String>,
}

impl Destination {
    /// Returns `true` if calls stay on the local machine.
    pub(crate) fn is_local(&self) -> bool {
        self.base.host_str().is_some_and(is_loopback)
    }

    /// Returns the URL of a request in its final form, which is also the one that is signed.
    pub(crate) fn url(&self, host_prefix: &str, target: &str) -> Result<Url, Failure> {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let mut url = self.base.clone();
        // An IP address cannot have a prefix.
        if let (false, Some(domain)) = (host_prefix.is_empty(), url.domain()) {
            let host = format!("{host_prefix}{domain}");
            url.set_host(Some(&host)).map_err(Failure::configuration)?;
        }
        match url.path().trim_end_matches('/') {
            "" => url.set_path(path),
            base => url.set_path(&format!("{base}{path}")),
        }
        url.set_query(query);
        Ok(url)
    }
}

/// The destinations of the calls of a client.
#[derive(Debug)]
pub(crate) enum Destinations {
    /// The same endpoint for all calls.
    One(Destination),
    /// Endpoint rules that are evaluated for each call.
    OfCall(EndpointSettings),
}

impl Destinations {
    /// Returns the destinations for these settings; a fixed one if it is the same for all calls.
    pub(crate) fn new(service: &Service, settings: EndpointSettings) -> Result<Self, Failure> {
        // Checked before the rules are evaluated, because their errors may contain the URL.
        if let Some(url) = &settings.endpoint_url {
            base_url(url).map_err(Failure::configuration)?;
        }
        let depends_on_call = service
            .endpoint_parameters
            .iter()
            .any(|parameter| parameter.is_of_call);
        if depends_on_call {
            Ok(Self::OfCall(settings))
        } else {
            resolve(service, &settings).map(Self::One)
        }
    }

    /// Returns the destination of a call with these endpoint parameters.
    pub(crate) fn of_call(
        &self,
        service: &Service,
        mut parameters: EndpointParameters,
    ) -> Result<Cow<'_, Destination>, Failure> {
        let url = parameters.url.take();
        let destination = self.of_rules(service, parameters)?;
        let Some(url) = url else {
            return Ok(destination);
        };
        let base = base_url(&url).map_err(Failure::configuration)?;
        Ok(Cow::Owned(Destination {
            base,
            ..destination.into_owned()
        }))
    }

    /// Evaluates the endpoint rules for a call.
    fn of_rules(
        &self,
        service: &Service,
        parameters: EndpointParameters,
    ) -> Result<Cow<'_, Destination>, Failure> {
        match self {
            Self::One(destination) => Ok(Cow::Borrowed(destination)),
            Self::OfCall(settings) => {
                let mut settings = settings.clone();
                settings.parameters.extend(parameters);
                resolve(service, &settings).map(Cow::Owned)
            }
        }
    }

    /// Returns the base URL, if it is known before a call.
    pub(crate) fn base_url(&self) -> Option<&str> {
        match self {
            Self::One(destination) => Some(destination.base.as_str().trim_end_matches('/')),
            Self::OfCall(settings) => settings.endpoint_url.as_deref(),
        }
    }

    /// Returns the region to sign for, if it is known before a call.
    pub(crate) fn region(&self) -> Option<&str> {
        match self {
            Self::One(destination) => Some(&destination.signing_region),
            Self::OfCall(settings) => settings.region.as_deref(),
        }
    }

    /// Returns `true` if calls stay on the local machine.
    pub(crate) fn is_local(&self) -> bool {
        let url = self.base_url().and_then(|url| Url::parse(url).ok());
        url.is_some_and(|url| url.host_str().is_some_and(is_loopback))
    }
}

fn resolve(service: &Service, settings: &EndpointSettings) -> Result<Destination, Failure> {
    let Endpoint {
        url,
        headers,
        auth_schemes,
        ..
    } = (service.resolve_endpoint)(settings).map_err(Failure::configuration)?;
    let base = base_url(&url).map_err(Failure::configuration)?;
    let names: Vec<&str> = auth_schemes.iter().map(|it| it.name.as_str()).collect();
    let is_unknown = !names.is_empty() && !names.contains(&"sigv4");
    let unknown_schemes = is_unknown.then(|| names.join(", "));
    let scheme = auth_schemes.into_iter().find(|it| it.name == "sigv4");
    let AuthScheme {
        signing_name,
        signing_region,
        disable_normalize_path,
        disable_double_encoding,
        ..
    } = scheme.unwrap_or_default();
    let region = || settings.region.clone().unwrap_or_default();
    Ok(Destination {
        headers: header_map(headers)?,
        signing_region: signing_region.unwrap_or_else(region),
        signing_name: signing_name.unwrap_or_else(|| service.signing_name.to_owned()),
        normalize_path: !disable_normalize_path,
        double_encode_path: !disable_double_encoding,
        unknown_schemes,
        base,
    })
}

fn header_map(
    headers: impl IntoIterator<Item = (String, Vec<String>)>,
) -> Result<HeaderMap, Failure> {
    let mut map = HeaderMap::new();
    for (name, values) in headers {
        let name = HeaderName::try_from(name).map_err(Failure::configuration)?;
        for value in values {
            let value = HeaderValue::try_from(value).map_err(Failure::configuration)?;
            map.append(&name, value);
        }
    }
    Ok(map)
}
