//! Reading requests, as a service does.

use std::borrow::Cow;

use bytes::Bytes;
use percent_encoding::percent_decode_str;

use super::{header, text};
use crate::Document;
use crate::codec::Codec;
use crate::descriptor::Operation;
use crate::limit::ResponseLimit;
use crate::message::InvalidRequest;
use crate::schema::{Location, Member, Slot, Structure, Value, View, with_fields, with_fields_mut};
use crate::timestamp::TimestampFormat;

/// Fills the input of an operation. Returns `false` if the request is for another one.
pub(in crate::protocol) fn read_request(
    codec: &dyn Codec,
    operation: &Operation,
    request: &http::Request<Bytes>,
    input: &mut dyn Structure,
) -> Result<bool, InvalidRequest> {
    let labels = labels(operation.uri, request.uri().path());
    let Some(labels) = labels.filter(|_| *request.method() == operation.method) else {
        return Ok(false);
    };
    let members = input.schema().members;
    let read = with_fields_mut(input, |fields| {
        let mut fields = members.iter().zip(fields);
        fields.try_for_each(|(member, value)| read_bound(request, &labels, member, *value))
    });
    read.unwrap_or(Ok(()))?;
    let in_body = |member: &Member| member.location == Location::Body;
    if members.iter().any(in_body) {
        let body = match &request.body()[..] {
            [] => b"{}",
            body => body,
        };
        let refuse = |problem: &dyn std::fmt::Display| {
            InvalidRequest::new("body", format!("cannot be read: {problem}"))
        };
        let budget = ResponseLimit::new(None, None).decoded;
        codec
            .decode(body, input, None, budget)
            .map_err(|error| refuse(&error))?;
        let document = serde_json::from_slice(body).map_err(|error| refuse(&error))?;
        if let Some(path) = missing(View::Structure(input), &document) {
            return Err(InvalidRequest::new(path, "is required, but missing"));
        }
    }
    Ok(true)
}

/// Returns the labels of a path by their names; `None` if the path does not fit the template.
fn labels<'t>(template: &'t str, path: &str) -> Option<Vec<(&'t str, String)>> {
    let template = template.split('?').next().unwrap_or_default();
    let (mut wanted, mut found) = (template.split('/'), path.split('/'));
    let mut labels = Vec::new();
    loop {
        let (segment, text) = match (wanted.next(), found.next()) {
            (None, None) => return Some(labels),
            (Some(segment), Some(text)) => (segment, text),
            _ => return None,
        };
        match label(segment) {
            None if segment == text => {}
            None => return None,
            Some(name) => match name.strip_suffix('+') {
                None => labels.push((name, decoded(text))),
                Some(name) => {
                    let segments: Vec<&str> = std::iter::once(text).chain(found.by_ref()).collect();
                    labels.push((name, decoded(&segments.join("/"))));
                }
            },
        }
    }
}

fn label(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Fills a member that is not in the body.
fn read_bound(
    request: &http::Request<Bytes>,
    labels: &[(&str, String)],
    member: &Member,
    value: &mut dyn Value,
) -> Result<(), InvalidRequest> {
    let is_read = match member.location {
        Location::Label => {
            let label = labels.iter().find(|(name, _)| *name == member.name);
            let text = label.map(|(_, text)| text.as_str()).unwrap_or_default();
            text::read(value, text, member, TimestampFormat::DateTime)
        }
        Location::Query(name) => {
            let query = request.uri().query().unwrap_or_default();
            read_query(query, name, member, value)?
        }
        Location::Header(name) => header::read(request.headers(), name, value, member),
        _ => true,
    };
    if is_read {
        Ok(())
    } else {
        Err(InvalidRequest::new(member.name, "does not match the model"))
    }
}

fn read_query(
    query: &str,
    name: &str,
    member: &Member,
    value: &mut dyn Value,
) -> Result<bool, InvalidRequest> {
    let parameters = query
        .split('&')
        .map(|it| it.split_once('=').unwrap_or((it, "")));
    let mut texts = parameters
        .filter(|(key, _)| decoded(key) == name)
        .map(|(_, text)| decoded(text))
        .peekable();
    if texts.peek().is_none() {
        return if member.required {
            Err(InvalidRequest::new(member.name, "is required, but missing"))
        } else {
            Ok(true)
        };
    }
    Ok(texts.all(|text| match value.slot() {
        Slot::List(list) => list
            .push()
            .is_none_or(|element| text::read(element, &text, member, TimestampFormat::DateTime)),
        _ => text::read(value, &text, member, TimestampFormat::DateTime),
    }))
}

/// Returns the path of the first required member that a document lacks.
fn missing(view: View<'_>, document: &Document) -> Option<Cow<'static, str>> {
    match (view, document) {
        (View::Structure(structure), Document::Object(object)) => {
            let members = structure.schema().members.iter();
            let members = members
                .enumerate()
                .filter(|(_, it)| it.location == Location::Body);
            with_fields(structure, |fields| {
                members
                    .filter_map(|(at, member)| Some((member, fields.get(at)?)))
                    .find_map(|(member, field)| match object.get(member.json_name) {
                        None | Some(Document::Null) => {
                            member.required.then_some(Cow::Borrowed(member.name))
                        }
                        Some(document) => missing(*field, document)
                            .map(|path| Cow::Owned(format!("{}.{path}", member.name))),
                    })
            })?
        }
        (View::List(list), Document::Array(elements)) => {
            let elements = elements.iter().filter(|element| !element.is_null());
            elements.enumerate().find_map(|(at, element)| {
                missing(list.get(at)?, element)
                    .map(|path| Cow::Owned(format!("{}.member.{path}", at + 1)))
            })
        }
        _ => None,
    }
}
