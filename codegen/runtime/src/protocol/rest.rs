//! HTTP bindings: the locations of members in a message, for restJson1 and restXml.

mod header;
#[cfg(feature = "mock")]
mod read_request;
mod request;
mod response;
mod text;
mod uri;

#[cfg(feature = "mock")]
pub(super) use read_request::read_request;
pub(super) use request::write_request;
pub(super) use response::{fill_message, read_error, read_response};

use crate::schema::{Member, View};

/// The members of a structure with their values.
#[derive(Clone, Copy)]
struct Fields<'f, 'a> {
    members: &'static [Member],
    values: &'f [View<'a>],
}

impl<'a> Fields<'_, 'a> {
    fn iter(&self) -> impl Iterator<Item = (&'static Member, View<'a>)> {
        self.members.iter().zip(self.values.iter().copied())
    }
}
