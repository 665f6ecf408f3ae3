//! HTTP bindings of operations and members.

use serde::Deserialize;

use crate::ir::HttpMethod;

/// The value of `smithy.api#http`.
#[derive(Debug, Deserialize)]
pub(crate) struct Http {
    pub(crate) method: HttpMethod,
    pub(crate) uri: Template,
}

/// Text with labels in braces: a URI or a host prefix.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Template {
    /// The whole text.
    pub(crate) text: String,
    /// The text before, between and after the labels, up to the first `?`.
    pub(crate) literals: Vec<String>,
    /// The labels before the first `?`. One that ends in `+` may have slashes in its value.
    pub(crate) labels: Vec<String>,
    /// The text after the first `?`.
    pub(crate) query: String,
}

impl Template {
    /// Returns the names of the members that the labels stand for.
    pub(crate) fn members(&self) -> impl Iterator<Item = &str> {
        let labels = self.labels.iter();
        labels.map(|label| label.strip_suffix('+').unwrap_or(label))
    }
}

impl From<String> for Template {
    fn from(text: String) -> Self {
        let (mut path, query) = text.split_once('?').unwrap_or((&text, ""));
        let (mut literals, mut labels) = (Vec::new(), Vec::new());
        while let Some((literal, (label, rest))) = path
            .split_once('{')
            .and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
        {
            literals.push(literal.to_owned());
            labels.push(label.to_owned());
            path = rest;
        }
        literals.push(path.to_owned());
        Self {
            literals,
            labels,
            query: query.to_owned(),
            text,
        }
    }
}

/// A trait that binds a member to a place in an HTTP message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HttpBinding {
    Header(String),
    Label,
    Payload,
    PrefixHeaders(String),
    Query(String),
    QueryParams,
    ResponseCode,
}

impl HttpBinding {
    /// Returns the id of the trait.
    pub(crate) fn id(&self) -> &'static str {
        match self {
            Self::Header(_) => "smithy.api#httpHeader",
            Self::Label => "smithy.api#httpLabel",
            Self::Payload => "smithy.api#httpPayload",
            Self::PrefixHeaders(_) => "smithy.api#httpPrefixHeaders",
            Self::Query(_) => "smithy.api#httpQuery",
            Self::QueryParams => "smithy.api#httpQueryParams",
            Self::ResponseCode => "smithy.api#httpResponseCode",
        }
    }
}
