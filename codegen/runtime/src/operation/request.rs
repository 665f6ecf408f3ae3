//! Writing an HTTP request.

use std::fmt::{Display, Write as _};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use crate::sigv4::RESERVED;

/// An HTTP request while it is written: the part of it that does not depend on the client.
#[derive(Debug)]
pub struct HttpRequest {
    pub(crate) target: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Bytes,
    has_query: bool,
}

impl HttpRequest {
    pub(crate) fn new() -> Self {
        Self {
            target: String::new(),
            headers: http::HeaderMap::new(),
            body: Bytes::new(),
            has_query: false,
        }
    }

    /// Adds a part of the path as it stands in the model.
    pub fn path(&mut self, literal: &str) {
        self.target.push_str(literal);
    }

    /// Adds a value as one segment of the path.
    ///
    /// # Errors
    ///
    /// A value that is empty, `.` or `..`: it would change which resource the path names.
    pub fn label(
        &mut self,
        member: &'static str,
        value: &dyn Display,
    ) -> Result<(), InvalidRequest> {
        let value = value.to_string();
        if matches!(value.as_str(), "" | "." | "..") {
            let problem = format!("is {value:?}, which cannot be a segment of a path");
            return Err(InvalidRequest::new(member, problem));
        }
        self.target.extend(utf8_percent_encode(&value, RESERVED));
        Ok(())
    }

    /// Adds a parameter to the query.
    pub fn query(&mut self, name: &str, value: &dyn Display) {
        self.target.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.target.extend(utf8_percent_encode(name, RESERVED));
        // Writing to a string cannot fail.
        let _ = write!(
            self.target,
            "={}",
            utf8_percent_encode(&value.to_string(), RESERVED)
        );
    }

    /// Adds a header.
    ///
    /// # Errors
    ///
    /// A value with a character that no header can carry.
    pub fn header(
        &mut self,
        member: &'static str,
        name: &'static str,
        value: &dyn Display,
    ) -> Result<(), InvalidRequest> {
        let value = HeaderValue::try_from(value.to_string()).map_err(|_| {
            InvalidRequest::new(
                member,
                "has a character that cannot stand in an HTTP header",
            )
        })?;
        self.headers.append(HeaderName::from_static(name), value);
        Ok(())
    }

    /// Makes a value the body, as JSON.
    ///
    /// # Errors
    ///
    /// A value that JSON cannot hold.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        let body = serde_json::to_vec(value)
            .map_err(|error| InvalidRequest::new("body", format!("cannot be JSON: {error}")))?;
        self.body = body.into();
        self.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(())
    }
}

/// Refuses text that no service accepts for a name or a token: empty, or with control characters.
///
/// # Errors
///
/// Which member it is, and what is wrong with it.
pub fn check_text(member: &'static str, text: &str) -> Result<(), InvalidRequest> {
    if text.is_empty() {
        return Err(InvalidRequest::new(member, "is empty"));
    }
    match text
        .char_indices()
        .find(|(_, character)| character.is_control())
    {
        None => Ok(()),
        Some((at, character)) => {
            let problem = format!("has the control character {character:?} at byte {at}");
            Err(InvalidRequest::new(member, problem))
        }
    }
}

/// Why a request is refused before anything is sent. It names the member and never its value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{member}` {problem}")]
pub struct InvalidRequest {
    member: &'static str,
    problem: String,
}

impl InvalidRequest {
    /// An error about a member, by its name in the model; `problem` is what follows the name.
    pub fn new(member: &'static str, problem: impl Into<String>) -> Self {
        Self {
            member,
            problem: problem.into(),
        }
    }
}
