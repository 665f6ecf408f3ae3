//! The path, the query and the host prefix of a request.

use std::borrow::Cow;
use std::collections::BTreeSet;

use percent_encoding::utf8_percent_encode;

use super::{Fields, text};
use crate::message::InvalidRequest;
use crate::schema::{Location, Member, View};
use crate::timestamp::TimestampFormat;
use crate::uri::{RESERVED, is_host_label};

/// The default timestamp format of paths and queries.
const FORMAT: TimestampFormat = TimestampFormat::DateTime;

/// Returns the path and the query of a template, as in `/flows/{flowName}?detail`.
pub(super) fn target(template: &str, fields: Fields<'_, '_>) -> Result<String, InvalidRequest> {
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let mut target = Target {
        text: String::with_capacity(template.len()),
        has_query: false,
    };
    expand(path, &mut |part| match part {
        Part::Literal(text) => {
            target.text.push_str(text);
            Ok(())
        }
        Part::Label(name) => match name.strip_suffix('+') {
            Some(name) => target.greedy_label(name, &label(name, fields)?),
            None => target.segment(name, &label(name, fields)?),
        },
    })?;
    if !query.is_empty() {
        target.separate();
        target.text.push_str(query);
    }
    for (member, value) in fields.iter() {
        if let Location::Query(name) = member.location {
            target.parameters(name, value, member)?;
        }
    }
    for (member, value) in fields.iter() {
        if let (Location::QueryParams, View::Map(map)) = (member.location, value) {
            // A member that is a parameter by itself wins over an entry of the same name.
            let names = target.parameter_names();
            map.try_for_each(|name, value| {
                if names.contains(&*encoded(name)) {
                    return Ok(());
                }
                target.parameters(name, value, member)
            })?;
        }
    }
    Ok(target.text)
}

/// Returns the host prefix for a template such as `{accountId}.`.
pub(super) fn host_prefix(
    template: &str,
    fields: Fields<'_, '_>,
) -> Result<String, InvalidRequest> {
    let mut prefix = String::new();
    expand(template, &mut |part| {
        match part {
            Part::Literal(text) => prefix.push_str(text),
            Part::Label(name) => {
                let value = label(name, fields)?;
                if !is_host_label(&value) {
                    let problem =
                        "cannot be a part of a host name: use letters, digits and hyphens";
                    return Err(InvalidRequest::new(name.to_owned(), problem));
                }
                prefix.push_str(&value);
            }
        }
        Ok(())
    })?;
    Ok(prefix)
}

/// A part of a template.
enum Part<'t> {
    Literal(&'t str),
    Label(&'t str),
}

/// Calls a function with the parts of a template.
fn expand<'t>(
    mut template: &'t str,
    with: &mut dyn FnMut(Part<'t>) -> Result<(), InvalidRequest>,
) -> Result<(), InvalidRequest> {
    while let Some((literal, (label, rest))) = template
        .split_once('{')
        .and_then(|(literal, rest)| Some((literal, rest.split_once('}')?)))
    {
        with(Part::Literal(literal))?;
        with(Part::Label(label))?;
        template = rest;
    }
    with(Part::Literal(template))
}

/// Returns the text of a label: that of the member, or the text for an absent member.
fn label<'a>(name: &str, fields: Fields<'_, 'a>) -> Result<Cow<'a, str>, InvalidRequest> {
    let mut members = fields.iter();
    let member = members.find(|(member, _)| member.name == name);
    let text = match member {
        Some((member, value)) if !matches!(value, View::Null) => {
            text::write(value, member, FORMAT)?
        }
        _ => Cow::Borrowed(""),
    };
    let text = match (member, text) {
        (Some((member, _)), text) if member.last_segment => last_segment(text),
        (_, text) => text,
    };
    let default = member.and_then(|(member, _)| member.default_label);
    Ok(match default {
        Some(default) if text.is_empty() => Cow::Borrowed(default),
        _ => text,
    })
}

/// Returns the text after the last slash.
fn last_segment(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.rsplit('/').next().unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.rsplit('/').next().unwrap_or_default().to_owned()),
    }
}

fn encoded(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// A path and a query that grow.
struct Target {
    text: String,
    has_query: bool,
}

impl Target {
    /// Appends a value as one segment of the path. Rejects a value that would change the resource
    /// of the path.
    fn segment(&mut self, member: &str, value: &str) -> Result<(), InvalidRequest> {
        if matches!(value, "" | "." | "..") {
            let problem = format!("is {value:?}, which cannot be a segment of a path");
            return Err(InvalidRequest::new(member.to_owned(), problem));
        }
        self.text.push_str(&encoded(value));
        Ok(())
    }

    /// Appends a value as one or more segments of the path.
    fn greedy_label(&mut self, member: &str, value: &str) -> Result<(), InvalidRequest> {
        for (index, segment) in value.split('/').enumerate() {
            if index > 0 {
                self.text.push('/');
            }
            self.segment(member, segment)?;
        }
        Ok(())
    }

    fn separate(&mut self) {
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
    }

    /// Adds a value to the query: one parameter for each element of a list.
    fn parameters(
        &mut self,
        name: &str,
        value: View<'_>,
        member: &Member,
    ) -> Result<(), InvalidRequest> {
        match value {
            View::Null => {}
            View::List(list) => {
                for element in list.iter() {
                    self.parameters(name, element, member)?;
                }
            }
            value => {
                let value = text::write(value, member, FORMAT)?;
                self.separate();
                self.text.push_str(&encoded(name));
                self.text.push('=');
                self.text.push_str(&encoded(&value));
            }
        }
        Ok(())
    }

    /// Returns the names of the parameters so far.
    fn parameter_names(&self) -> BTreeSet<String> {
        let query = self.text.split_once('?').map(|(_, query)| query);
        let parameters = query.into_iter().flat_map(|query| query.split('&'));
        let names = parameters.filter_map(|parameter| parameter.split('=').next());
        names.map(str::to_owned).collect()
    }
}
