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
    /// The parts of what is before the first `?`.
    pub(crate) parts: Vec<TemplatePart>,
    /// The text after the first `?`.
    pub(crate) query: String,
}

/// A part of a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TemplatePart {
    Literal(String),
    /// The name of a member.
    Label(String),
    /// The name of a member whose value may have slashes.
    GreedyLabel(String),
}

impl From<String> for Template {
    fn from(text: String) -> Self {
        let (mut path, query) = text.split_once('?').unwrap_or((&text, ""));
        let mut parts = Vec::new();
        while let Some((literal, (label, rest))) = path
            .split_once('{')
            .and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
        {
            parts.push(TemplatePart::Literal(literal.to_owned()));
            parts.push(match label.strip_suffix('+') {
                Some(label) => TemplatePart::GreedyLabel(label.to_owned()),
                None => TemplatePart::Label(label.to_owned()),
            });
            path = rest;
        }
        parts.push(TemplatePart::Literal(path.to_owned()));
        parts.retain(|part| !matches!(part, TemplatePart::Literal(text) if text.is_empty()));
        let query = query.to_owned();
        Self { text, parts, query }
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
