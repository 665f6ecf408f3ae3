//! The places of members in a message.

use std::collections::BTreeSet;

use super::{BINDINGS, Checker};
use crate::diagnostic::cause;
use crate::lower::operation::{Endpoint, Http, UriPart, uri_parts};
use crate::model::{Kind, Member, Model, Shape, Simple};

impl Checker<'_, '_, '_> {
    /// A URI and the labels of the input must be the same.
    pub(super) fn uri(
        &mut self,
        operation: &Shape<'_>,
        http: &Http,
        span: &std::ops::Range<usize>,
    ) {
        let (parts, query) = uri_parts(&http.uri);
        let sound = |text: &str| {
            text.chars().all(|c| {
                c.is_ascii_graphic() && !matches!(c, '{' | '}' | '#' | '"' | '<' | '>' | '\\')
            })
        };
        let literals = parts.iter().filter_map(|part| match part {
            UriPart::Literal(text) => Some(*text),
            UriPart::Label(_) => None,
        });
        if !http.uri.starts_with('/') || !literals.chain([query]).all(sound) {
            self.report(
                format!(
                    "`{}` has the URI {:?}, which is malformed",
                    operation.id, http.uri
                ),
                span.clone(),
                "it must begin with `/` and have balanced braces and no spaces",
                "see the page \"HTTP bindings\" of the Smithy reference",
            );
        }
        let input = input_of(self.model, operation);
        let labels: BTreeSet<&str> = parts
            .iter()
            .filter_map(|part| match part {
                UriPart::Label(label) => Some(label.strip_suffix('+').unwrap_or(label)),
                UriPart::Literal(_) => None,
            })
            .collect();
        let is_label = |member: &Member<'_>| member.traits.has("smithy.api#httpLabel");
        for label in &labels {
            let member = input.and_then(|input| input.members.get(*label));
            if !member.is_some_and(is_label) {
                self.report(
                    format!("`{}` has the label `{{{label}}}` in its URI", operation.id),
                    span.clone(),
                    "no member of the input is bound to it",
                    format!(
                        "give the input a required member `{label}` with `smithy.api#httpLabel`, or \
                         correct the URI"
                    ),
                );
            }
        }
        for (name, member) in input.iter().flat_map(|input| &input.members) {
            if is_label(member) && !labels.contains(name.as_str()) {
                let input = input.map(|input| input.id.to_string()).unwrap_or_default();
                self.report(
                    format!(
                        "`{input}${name}` is a label, but the URI {:?} has none such",
                        http.uri
                    ),
                    member.span.clone(),
                    "bound to nothing",
                    format!("add `{{{name}}}` to the URI, or remove `smithy.api#httpLabel`"),
                );
            }
        }
    }

    /// What stands before the host must be a part of a host name, with labels that are always there.
    pub(super) fn host_prefix(&mut self, operation: &Shape<'_>) {
        const ENDPOINT: &str = "smithy.api#endpoint";
        let Some(raw) = operation.traits.raw(ENDPOINT) else {
            return;
        };
        let span = self.model.key_span(raw);
        let title = format!("the trait `{ENDPOINT}` of `{}` does not fit", operation.id);
        let endpoint: Endpoint = match serde_json::from_str(raw.get()) {
            Ok(endpoint) => endpoint,
            Err(error) => {
                return self.report(title, span, cause(&error), "give `hostPrefix` as text");
            }
        };
        let input = input_of(self.model, operation);
        let is_label = |label: &str| {
            let member = input.and_then(|input| input.members.get(label));
            member.is_some_and(|member| {
                member.traits.has("smithy.api#hostLabel")
                    && member.traits.has("smithy.api#required")
                    && !member.traits.has("smithy.api#clientOptional")
            })
        };
        let is_literal = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        };
        let (parts, query) = uri_parts(&endpoint.host_prefix);
        let misfit = parts.iter().find_map(|part| match part {
            UriPart::Literal(text) if is_literal(text) => None,
            UriPart::Label(label) if is_label(label) => None,
            UriPart::Literal(text) => Some((*text).to_owned()),
            UriPart::Label(label) => Some(format!("{{{label}}}")),
        });
        let misfit = misfit.or_else(|| (!query.is_empty()).then(|| format!("?{query}")));
        if let Some(misfit) = misfit {
            self.report(
                title,
                span,
                format!("{misfit:?} cannot stand before a host"),
                "use letters, digits, `-`, `.`, and labels of required members with \
                 `smithy.api#hostLabel`",
            );
        }
    }

    /// What stands in a path, a query or a header must be a value that has a text.
    pub(super) fn bound_type(&mut self, id: &str, member: &Member<'_>, binding: &str) {
        let allows_list = binding != "smithy.api#httpLabel";
        let target = self.model.shape(&member.target.id);
        let element = target.filter(|target| allows_list && target.kind == Kind::List);
        let element =
            element.and_then(|list| self.model.shape(&list.members.get("member")?.target.id));
        let has_text = element.or(target).is_none_or(|shape| match shape.kind {
            Kind::Simple(simple) => !matches!(simple, Simple::Blob | Simple::Document),
            Kind::Enum | Kind::IntEnum => true,
            _ => false,
        });
        let in_text = [
            "smithy.api#httpHeader",
            "smithy.api#httpLabel",
            "smithy.api#httpQuery",
        ];
        if in_text.contains(&binding) && !has_text {
            self.report(
                format!("`{id}` has the trait `{binding}`, but its value has no text"),
                member.span.clone(),
                format!("it is a `{}`", member.target.id),
                "bind it to the body, or give it a simple type",
            );
        }
    }

    /// Where one member is the whole body, there is no place in it for another.
    pub(super) fn beside_payload(&mut self, shape: &Shape<'_>) {
        let is_payload = |member: &Member<'_>| member.traits.has("smithy.api#httpPayload");
        if !shape.members.values().any(is_payload) {
            return;
        }
        let is_bound =
            |member: &Member<'_>| BINDINGS.iter().any(|binding| member.traits.has(binding));
        for (name, member) in shape.members.iter().filter(|(_, member)| !is_bound(member)) {
            self.report(
                format!(
                    "`{}${name}` is in the body, but another member is all of it",
                    shape.id
                ),
                member.span.clone(),
                "this member has no place in the message",
                "bind it to a header, the path or the query, or remove `smithy.api#httpPayload` \
                 from the other",
            );
        }
    }

    /// Bytes can be sent or received as they come only where they are the whole body.
    pub(super) fn stream(&mut self, id: &str, member: &Member<'_>) {
        let target = self.model.shape(&member.target.id);
        let streams = target.is_some_and(|target| {
            target.kind == Kind::Simple(Simple::Blob) && target.traits.has("smithy.api#streaming")
        });
        if streams && !member.traits.has("smithy.api#httpPayload") {
            self.report(
                format!("`{id}` is a stream, but not the body"),
                member.span.clone(),
                format!(
                    "`{}` has the trait `smithy.api#streaming`",
                    member.target.id
                ),
                "add `smithy.api#httpPayload` to the member, or target a blob that does not stream",
            );
        }
    }

    /// The name of a header must be one.
    pub(super) fn header_name(&mut self, id: &str, member: &Member<'_>, binding: &str) {
        let is_prefix = binding == "smithy.api#httpPrefixHeaders";
        if !is_prefix && binding != "smithy.api#httpHeader" {
            return;
        }
        let name: String = member.traits.get(binding).unwrap_or_default();
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if !name.chars().all(is_token) || (name.is_empty() && !is_prefix) {
            self.report(
                format!("`{id}` is bound to the header {name:?}"),
                member.span.clone(),
                "no header can have this name",
                "use letters, digits and hyphens",
            );
        }
    }
}

/// What an operation sends.
fn input_of<'m, 'a>(model: &'m Model<'a>, operation: &Shape<'_>) -> Option<&'m Shape<'a>> {
    match &operation.kind {
        Kind::Operation {
            input: Some(target),
            ..
        } => model.shape(&target.id),
        _ => None,
    }
}
