//! Locations of members in a message.

use std::collections::BTreeSet;

use super::checker::Checker;
use crate::model::traits::{ENDPOINT, Http, HttpBinding, Spanned};
use crate::model::{Kind, Member, Shape, Simple};
use crate::select::Operation;

impl<'m> Checker<'m, '_> {
    /// Checks that a URI is valid, and that its labels are those of the input.
    pub(super) fn uri(&mut self, operation: &Operation<'_>, http: &Spanned<Http>) {
        let (uri, span) = (&http.value.uri, &http.span);
        let (id, text) = (&operation.shape.id, &uri.text);
        let sound = |text: &str| {
            text.chars().all(|c| {
                c.is_ascii_graphic() && !matches!(c, '{' | '}' | '#' | '"' | '<' | '>' | '\\')
            })
        };
        let mut literals = uri.literals.iter().chain([&uri.query]);
        if !text.starts_with('/') || !literals.all(|it| sound(it)) {
            self.report(
                format!("`{id}` has the URI {text:?}, which is malformed"),
                span.clone(),
                "it must begin with `/`, have balanced braces, and be printable ASCII without spaces",
                "see the page \"HTTP bindings\" of the Smithy reference",
            );
        }
        let input = self.input_of(operation);
        let labels: BTreeSet<&str> = uri.members().collect();
        let is_label = |member: &Member| member.traits.bindings.contains(&HttpBinding::Label);
        for label in &labels {
            let member = input.and_then(|input| input.members.get(*label));
            if !member.is_some_and(is_label) {
                self.report(
                    format!("`{id}` has the label `{{{label}}}` in its URI"),
                    span.clone(),
                    "no member of the input is bound to it",
                    format!(
                        "give the input a required member `{label}` with `smithy.api#httpLabel`, or \
                         correct the URI"
                    ),
                );
            }
        }
        let members = input.into_iter().flat_map(|input| {
            let members = input.members.iter();
            members.map(|(name, member)| (&input.id, name, member))
        });
        for (input, name, member) in members {
            if is_label(member) && !labels.contains(name.as_str()) {
                self.report(
                    format!("`{input}${name}` is a label, but the URI {text:?} does not have it"),
                    member.span.clone(),
                    "bound to nothing",
                    format!("add `{{{name}}}` to the URI, or remove `smithy.api#httpLabel`"),
                );
            }
        }
    }

    /// Checks that a host prefix is valid, with labels that are always present.
    pub(super) fn host_prefix(&mut self, operation: &Operation<'_>) {
        let Some(endpoint) = &operation.shape.traits.endpoint else {
            return;
        };
        let prefix = &endpoint.value.host_prefix;
        let input = self.input_of(operation);
        let is_label = |label: &String| {
            let member = input.and_then(|input| input.members.get(label));
            let traits = member.map(|member| &member.traits);
            traits.is_some_and(|it| it.host_label && it.required && !it.client_optional)
        };
        let is_literal = |text: &String| {
            text.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
        };
        let literal = prefix.literals.iter().find(|it| !is_literal(it)).cloned();
        let label = prefix.labels.iter().find(|it| !is_label(it));
        let label = label.map(|label| format!("{{{label}}}"));
        let query = Some(format!("?{}", prefix.query)).filter(|_| !prefix.query.is_empty());
        if let Some(misfit) = literal.or(label).or(query) {
            let id = &operation.shape.id;
            self.report(
                format!("the trait `{ENDPOINT}` of `{id}` does not fit"),
                endpoint.span.clone(),
                format!("{misfit:?} cannot stand before a host"),
                "use letters, digits, `-`, `.`, and labels of required members with \
                 `smithy.api#hostLabel`",
            );
        }
    }

    /// Returns the structure that an operation sends.
    fn input_of(&self, operation: &Operation<'_>) -> Option<&'m Shape> {
        self.model.shape(&operation.input?.id)
    }

    /// Checks that a value in a path, a query or a header can be written as text.
    pub(super) fn bound_type(&mut self, id: &str, member: &Member, binding: &HttpBinding) {
        let allows_list = *binding != HttpBinding::Label;
        let target = self.model.shape(&member.target.id);
        let element = target.filter(|target| allows_list && target.kind == Kind::List);
        let element =
            element.and_then(|list| self.model.shape(&list.members.get("member")?.target.id));
        let has_text = element.or(target).is_none_or(|shape| match shape.kind {
            Kind::Simple(simple) => !matches!(simple, Simple::Blob | Simple::Document),
            Kind::Enum | Kind::IntEnum => true,
            _ => false,
        });
        let in_text = matches!(
            binding,
            HttpBinding::Header(_) | HttpBinding::Label | HttpBinding::Query(_)
        );
        if in_text && !has_text {
            let binding = binding.id();
            self.report(
                format!(
                    "`{id}` has the trait `{binding}`, but its value cannot be written as text"
                ),
                member.span.clone(),
                format!("it is a `{}`", member.target.id),
                "bind it to the body, or give it a simple type",
            );
        }
    }

    /// Checks that no member is in the body beside one that is the whole body.
    pub(super) fn beside_payload(&mut self, shape: &Shape) {
        let is_payload = |member: &Member| self.bindings(member).contains(&HttpBinding::Payload);
        if !shape.members.values().any(is_payload) {
            return;
        }
        let id = &shape.id;
        let is_unbound = |member: &Member| member.traits.bindings.is_empty();
        for (name, member) in shape.members.iter().filter(|(_, it)| is_unbound(it)) {
            self.report(
                format!("`{id}${name}` is in the body, but another member is the whole body"),
                member.span.clone(),
                "this member has no place in the message",
                "bind it to a header, the path or the query, or remove `smithy.api#httpPayload` \
                 from the other",
            );
        }
    }

    /// Checks that a byte stream is the whole body.
    pub(super) fn stream(&mut self, id: &str, member: &Member) {
        let target = &member.target.id;
        let streams = self.model.shape(target).is_some_and(Shape::is_byte_stream);
        if streams && !self.bindings(member).contains(&HttpBinding::Payload) {
            self.report(
                format!("`{id}` is a stream, but not the body"),
                member.span.clone(),
                format!("`{target}` has the trait `smithy.api#streaming`"),
                "add `smithy.api#httpPayload` to the member, or target a blob that does not stream",
            );
        }
    }

    /// Checks that the name of a header is valid.
    pub(super) fn header_name(&mut self, id: &str, member: &Member, binding: &HttpBinding) {
        let (name, is_prefix) = match binding {
            HttpBinding::Header(name) => (name, false),
            HttpBinding::PrefixHeaders(name) => (name, true),
            _ => return,
        };
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
