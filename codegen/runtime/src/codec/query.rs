//! Queries: the requests of awsQuery and ec2Query, which are forms.

use std::fmt::Write as _;

use percent_encoding::utf8_percent_encode;

use super::xml::{self, Xml};
use super::{Codec, Error, text, write_members};
use crate::schema::{Elements, Member, Union, Value, Variant, View};
use crate::timestamp::TimestampFormat;
use crate::uri::RESERVED;

/// The style of names and lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// That of awsQuery.
    Aws,
    /// That of ec2Query: lists have no names in them, and empty ones are left out.
    Ec2,
}

/// The query of an action.
pub(crate) struct Query<'q> {
    pub(crate) dialect: Dialect,
    pub(crate) action: &'q str,
    /// The version of the API.
    pub(crate) version: &'q str,
}

impl Codec for Query<'_> {
    fn media_type(&self) -> &'static str {
        "application/x-www-form-urlencoded"
    }

    fn encode(&self, value: View<'_>, _: Option<&Member>) -> Result<Vec<u8>, Error> {
        let mut form = Form {
            dialect: self.dialect,
            body: String::with_capacity(128),
            name: String::new(),
        };
        for (name, value) in [("Action", self.action), ("Version", self.version)] {
            form.within(name, |form| form.parameter(value));
        }
        form.value(value, None, Elements::STANDARD, false)?;
        Ok(form.body.into_bytes())
    }

    fn decode(
        &self,
        body: &[u8],
        value: &mut dyn Value,
        _: Option<&Member>,
        budget: usize,
    ) -> Result<(), Error> {
        match self.dialect {
            Dialect::Aws => xml::decode_result(body, value, budget),
            Dialect::Ec2 => Xml::RESPONSE.decode(body, value, None, budget),
        }
    }
}

/// A form that grows.
struct Form {
    dialect: Dialect,
    body: String,
    /// The name of the parameter that is being written.
    name: String,
}

impl Form {
    /// Calls a function with a name added to that of the parameter.
    fn within<T>(&mut self, name: &str, with: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.name.len();
        if length > 0 && !name.is_empty() {
            self.name.push('.');
        }
        self.name.push_str(name);
        let result = with(self);
        self.name.truncate(length);
        result
    }

    /// Adds the parameter, with a value.
    fn parameter(&mut self, value: &str) {
        if !self.body.is_empty() {
            self.body.push('&');
        }
        for (before, text) in [("", &*self.name), ("=", value)] {
            let encoded = utf8_percent_encode(text, RESERVED);
            // Writing to a string does not fail.
            let _ = write!(self.body, "{before}{encoded}");
        }
    }

    /// Adds a value. If that is a list or a map, `elements` has the names in it.
    fn value(
        &mut self,
        value: View<'_>,
        member: Option<&Member>,
        elements: &Elements,
        is_flattened: bool,
    ) -> Result<(), Error> {
        match value {
            View::Null => Ok(()),
            View::List(list) if list.is_empty() => {
                if self.dialect == Dialect::Aws {
                    self.parameter("");
                }
                Ok(())
            }
            View::List(list) => {
                let name = match self.dialect {
                    Dialect::Aws if !is_flattened => elements.element.unwrap_or("member"),
                    _ => "",
                };
                self.within(name, |form| {
                    for (index, value) in list.iter().enumerate() {
                        let added = form.within(&(index + 1).to_string(), |form| {
                            form.value(value, member, elements.within(), false)
                        });
                        added.map_err(|error| error.in_element(index))?;
                    }
                    Ok(())
                })
            }
            View::Map(map) => {
                let name = if is_flattened { "" } else { "entry" };
                self.within(name, |form| {
                    let mut count = 0;
                    map.try_for_each(|key, value| {
                        count += 1;
                        let added = form.within(&count.to_string(), |form| {
                            let (key_name, value_name) = (elements.key, elements.element);
                            form.within(key_name.unwrap_or("key"), |form| form.parameter(key));
                            form.within(value_name.unwrap_or("value"), |form| {
                                form.value(value, member, elements.within(), false)
                            })
                        });
                        added.map_err(Error::in_entry)
                    })
                })
            }
            View::Structure(structure) => {
                write_members(structure, |member, value| self.member(value, member))
            }
            View::Union(union) => self.union(union),
            value => {
                let text = text::write(value, member, TimestampFormat::EpochSeconds)?;
                self.parameter(&text);
                Ok(())
            }
        }
    }

    fn member(&mut self, value: View<'_>, member: &Member) -> Result<(), Error> {
        let xml = &member.xml;
        let name = xml.query_name.unwrap_or(xml.name);
        self.within(name, |form| {
            form.value(value, Some(member), &xml.elements, xml.is_flattened)
        })
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), Error> {
        match union.get() {
            Variant::Unknown(..) => Err(Error::new("has a member that the model does not have")),
            Variant::Known(name, value) => match (union.schema().member(name), value) {
                (Some(member), Some(value)) => self
                    .member(value, member)
                    .map_err(|error| error.in_member(member.name)),
                _ => Ok(()),
            },
        }
    }
}
