//! Where calls go: endpoints, checked and in the form that requests need.

use std::borrow::Cow;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::Url;

use crate::endpoint::{AuthScheme, Endpoint, EndpointParameters, EndpointSettings, base_url};
use crate::error::Failure;
use crate::operation::Service;
use crate::uri::is_loopback;

/// Where a call goes, and what it is signed for.
#[derive(Debug, Clone)]
pub(crate) struct Destination {
    /// Scheme, authority and, rarely, a path.
    base: Url,
    /// What the endpoint adds to every request.
    pub(crate) headers: HeaderMap,
    pub(crate) signing_region: String,
    pub(crate) signing_name: String,
    /// Whether the path is signed with its `.` and `..` resolved.
    pub(crate) normalize_path: bool,
    /// Whether the path is signed escaped once more than it is sent.
    pub(crate) double_encode_path: bool,
    /// What the endpoint wants requests to be signed by, where that is nothing that we know.
    pub(crate) unknown_schemes: Option<String>,
}

impl Destination {
    /// Returns `true` if calls stay on this machine.
    pub(crate) fn is_local(&self) -> bool {
        self.base.host_str().is_some_and(is_loopback)
    }

    /// The URL of a request, in its final form: what is signed must be what is sent.
    pub(crate) fn url(&self, host_prefix: &str, target: &str) -> Result<Url, Failure> {
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let mut url = self.base.clone();
        // Nothing can stand before an address.
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

/// Where the calls of a client go.
#[derive(Debug)]
pub(crate) enum Destinations {
    /// All to the same endpoint.
    One(Destination),
    /// Where the rules say for each, from these settings and what the call gives.
    OfCall(EndpointSettings),
}

impl Destinations {
    /// The destination that the rules give for these settings, where it is the same for all calls.
    pub(crate) fn new(service: &Service, settings: EndpointSettings) -> Result<Self, Failure> {
        // Before the rules see it, whose errors may repeat it.
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

    /// The destination of a call that gives the rules these parameters.
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

    /// The destination that the rules give for a call.
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

    /// The base URL, where it is known before a call.
    pub(crate) fn base_url(&self) -> Option<&str> {
        match self {
            Self::One(destination) => Some(destination.base.as_str().trim_end_matches('/')),
            Self::OfCall(settings) => settings.endpoint_url.as_deref(),
        }
    }

    /// The region to sign for, where it is known before a call.
    pub(crate) fn region(&self) -> Option<&str> {
        match self {
            Self::One(destination) => Some(&destination.signing_region),
            Self::OfCall(settings) => settings.region.as_deref(),
        }
    }

    /// Returns `true` if calls stay on this machine.
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
