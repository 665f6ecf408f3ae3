//! Writing an HTTP request.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Write as _};

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use percent_encoding::utf8_percent_encode;
use serde::Serialize;

use crate::body::Body;
use crate::sigv4::RESERVED;
use crate::timestamp::Timestamp;
use crate::wire::TextFormat;

/// An HTTP request while it is written: the part of it that does not depend on the client.
pub struct HttpRequest {
    pub(crate) host_prefix: String,
    pub(crate) target: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Body,
    has_query: bool,
}

impl HttpRequest {
    pub(crate) fn new() -> Self {
        Self {
            host_prefix: String::new(),
            target: String::new(),
            headers: http::HeaderMap::new(),
            body: Body::default(),
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

    /// Adds a value as one segment of the path, or a text where it is absent or empty.
    ///
    /// # Errors
    ///
    /// As [`label`](Self::label).
    pub fn label_or(
        &mut self,
        member: &'static str,
        value: Option<&str>,
        text: &'static str,
    ) -> Result<(), InvalidRequest> {
        let value = value.filter(|value| !value.is_empty());
        self.label(member, &value.unwrap_or(text))
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

    /// Adds to the query what the model's URI has of itself, as it stands there.
    pub fn constant_query(&mut self, constant: &str) {
        self.target.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.target.push_str(constant);
    }

    /// Adds the entries of a map to the query, but for those whose name is in it already: a member
    /// that is a parameter of its own wins.
    pub fn query_params<'a, V>(&mut self, entries: impl IntoIterator<Item = (&'a String, &'a V)>)
    where
        V: QueryValues + 'a,
    {
        let query = self.target.split_once('?').map(|(_, query)| query);
        let names = query.into_iter().flat_map(|query| query.split('&'));
        let names = names.map(|parameter| parameter.split('=').next().unwrap_or_default());
        let names: BTreeSet<String> = names.map(str::to_owned).collect();
        for (name, value) in entries {
            if !names.contains(&utf8_percent_encode(name, RESERVED).to_string()) {
                for value in value.values() {
                    self.query(name, value);
                }
            }
        }
    }

    /// Adds a value as one or more segments of the path.
    ///
    /// # Errors
    ///
    /// A value that is empty, or that has an empty segment, `.` or `..` in it.
    pub fn greedy_label(
        &mut self,
        member: &'static str,
        value: &dyn Display,
    ) -> Result<(), InvalidRequest> {
        for (index, segment) in value.to_string().split('/').enumerate() {
            if index > 0 {
                self.path("/");
            }
            self.label(member, &segment)?;
        }
        Ok(())
    }

    /// Puts text before the host of the endpoint.
    pub fn host_prefix(&mut self, literal: &str) {
        self.host_prefix.push_str(literal);
    }

    /// Puts a value before the host of the endpoint.
    ///
    /// # Errors
    ///
    /// A value that cannot be a part of a host name, so that it could name another host.
    pub fn host_label(&mut self, member: &'static str, value: &str) -> Result<(), InvalidRequest> {
        if !is_host_label(value) {
            let problem = "cannot be a part of a host name: use letters, digits and hyphens";
            return Err(InvalidRequest::new(member, problem));
        }
        self.host_prefix(value);
        Ok(())
    }

    /// Adds a header in the format `F`.
    ///
    /// # Errors
    ///
    /// A value with a character that no header can carry.
    pub fn header<F, T>(
        &mut self,
        member: &'static str,
        name: &'static str,
        value: &T,
    ) -> Result<(), InvalidRequest>
    where
        F: TextFormat<T>,
    {
        self.insert_header(member, name, &text::<F, T>(member, value)?)
    }

    /// Adds a header with the values of a list, each in the format `F`.
    ///
    /// # Errors
    ///
    /// A value with a character that no header can carry.
    pub fn header_list<F, T>(
        &mut self,
        member: &'static str,
        name: &'static str,
        values: &[T],
    ) -> Result<(), InvalidRequest>
    where
        F: TextFormat<T>,
    {
        let quoted = |value: &T| {
            let text = text::<F, T>(member, value)?;
            if F::COMMAS > 0 || !text.contains([',', '"']) {
                return Ok(text);
            }
            let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
            Ok(format!("\"{escaped}\""))
        };
        let values: Result<Vec<String>, InvalidRequest> = values.iter().map(quoted).collect();
        self.insert_header(member, name, &values?.join(", "))
    }

    /// Adds a header for each entry of a map, under a name with a prefix.
    ///
    /// # Errors
    ///
    /// A key or a value with a character that no header can carry.
    pub fn prefixed_headers(
        &mut self,
        member: &'static str,
        prefix: &str,
        values: &BTreeMap<String, String>,
    ) -> Result<(), InvalidRequest> {
        values.iter().try_for_each(|(key, value)| {
            self.insert_header(member, &format!("{prefix}{key}"), value)
        })
    }

    fn insert_header(
        &mut self,
        member: &'static str,
        name: &str,
        value: &str,
    ) -> Result<(), InvalidRequest> {
        let refuse = |what: &str| {
            let problem = format!("has a character in its {what} that no HTTP header can carry");
            InvalidRequest::new(member, problem)
        };
        let name = HeaderName::try_from(name).map_err(|_| refuse("name"))?;
        let value = HeaderValue::from_str(value).map_err(|_| refuse("value"))?;
        self.headers.insert(name, value);
        Ok(())
    }

    /// Makes a value the body, as JSON.
    ///
    /// # Errors
    ///
    /// A value that JSON cannot hold.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), InvalidRequest> {
        self.written(serde_json::to_vec(value))
    }

    /// What is the same for every type of body.
    fn written(&mut self, body: serde_json::Result<Vec<u8>>) -> Result<(), InvalidRequest> {
        let body =
            body.map_err(|error| InvalidRequest::new("body", format!("cannot be JSON: {error}")))?;
        self.payload("application/json", body);
        Ok(())
    }

    /// Makes bytes or a stream the body. A `content-type` that is a member of the request stays.
    pub fn payload(&mut self, media_type: &'static str, body: impl Into<Body>) {
        self.body = body.into();
        let media_type = HeaderValue::from_static(media_type);
        self.headers.entry(CONTENT_TYPE).or_insert(media_type);
    }
}

impl fmt::Debug for HttpRequest {
    /// Gives the length of the body and never a content, which may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A timestamp as text in the format `F`, for a path or a query.
///
/// # Errors
///
/// A moment that the format has no text for: a date before the year 1.
pub fn timestamp_text<F>(member: &'static str, value: &Timestamp) -> Result<String, InvalidRequest>
where
    F: TextFormat<Timestamp>,
{
    text::<F, _>(member, value)
}

fn text<F, T>(member: &'static str, value: &T) -> Result<String, InvalidRequest>
where
    F: TextFormat<T>,
{
    let problem = "cannot be written: its format has no text for this value";
    F::to_text(value).ok_or_else(|| InvalidRequest::new(member, problem))
}

/// What an entry of a map is in a query: one parameter, or one for each element of a list.
pub trait QueryValues {
    /// The values of the parameters.
    fn values(&self) -> &[String];
}

impl QueryValues for String {
    fn values(&self) -> &[String] {
        std::slice::from_ref(self)
    }
}

impl QueryValues for Vec<String> {
    fn values(&self) -> &[String] {
        self
    }
}

/// Whether text can be a part of a host name that does not end it.
pub(crate) fn is_host_label(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
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
    // Nearly all of it is plain, which is quicker to see than what each character is.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Ok(());
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

/// Refuses a body whose length is not known: the service wants to be told before it reads.
///
/// # Errors
///
/// Which member it is, and how to give the length.
pub fn check_length(member: &'static str, body: &Body) -> Result<(), InvalidRequest> {
    if body.length().is_some() {
        return Ok(());
    }
    let problem = "is a stream of unknown length, but the service requires the length: give it \
                   with `Body::with_length`";
    Err(InvalidRequest::new(member, problem))
}

/// Refuses text that is empty or has nothing but spaces, where it decides where a request goes.
///
/// # Errors
///
/// Which member it is.
pub fn check_not_blank(member: &'static str, text: &str) -> Result<(), InvalidRequest> {
    if text.trim().is_empty() {
        return Err(InvalidRequest::new(member, "is blank"));
    }
    Ok(())
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
