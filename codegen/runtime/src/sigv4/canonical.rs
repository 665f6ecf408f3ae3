//! The canonical request.

use std::borrow::Cow;

use http::header::{
    AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING, USER_AGENT,
};
use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};
use zeroize::Zeroizing;

use super::{Signing, SigningError};
use crate::uri::RESERVED;

const X_AMZN_TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.remove(b'/');

/// A canonical request, with the names of its headers.
pub(super) struct Canonical {
    /// One of the headers is the session token.
    pub(super) text: Zeroizing<String>,
    pub(super) signed_headers: String,
}

impl Canonical {
    pub(super) fn new(
        signing: &Signing<'_>,
        request: &http::request::Parts,
        payload_hash: &str,
    ) -> Result<Self, SigningError> {
        let path = canonical_path(signing, request.uri.path());
        let query = canonical_query(request.uri.query().unwrap_or_default());
        let headers = signed(&request.headers);
        let signed_headers = names(&headers);
        let method = request.method.as_str();
        let parts = [method, &path, &query, &signed_headers, payload_hash];
        // Allocated at once, because growing would leave copies of the token in memory.
        let length = parts.iter().map(|part| part.len() + 1).sum::<usize>();
        let mut text = Zeroizing::new(String::with_capacity(length + longest_lines(&headers)));
        for part in [method, &path, &query] {
            text.push_str(part);
            text.push('\n');
        }
        for values in headers.chunk_by(|one, next| one.0 == next.0) {
            push_header(&mut text, values)?;
        }
        for part in ["", &signed_headers] {
            text.push_str(part);
            text.push('\n');
        }
        text.push_str(payload_hash);
        Ok(Self {
            text,
            signed_headers,
        })
    }
}

/// Returns the path in the canonical request.
fn canonical_path<'a>(signing: &Signing<'_>, path: &'a str) -> Cow<'a, str> {
    let path = if signing.normalize_path {
        normalized(path)
    } else {
        Cow::Borrowed(path)
    };
    if path.is_empty() {
        return Cow::Borrowed("/");
    }
    if !signing.double_encode_path {
        return path;
    }
    match path {
        Cow::Borrowed(path) => utf8_percent_encode(path, RESERVED_IN_PATH).into(),
        Cow::Owned(path) => Cow::Owned(utf8_percent_encode(&path, RESERVED_IN_PATH).to_string()),
    }
}

/// Removes dot segments (RFC 3986, section 5.2.4) and empty segments.
fn normalized(path: &str) -> Cow<'_, str> {
    let needs_none = |segment: &str| !matches!(segment, "" | "." | "..");
    let mut segments = path.split('/').skip(1);
    if path == "/" || (path.starts_with('/') && segments.all(needs_none)) {
        return Cow::Borrowed(path);
    }
    let mut kept = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(kept.pop()),
            segment => kept.push(segment),
        }
    }
    let ends_in_directory = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    let mut normal = String::with_capacity(path.len());
    for segment in &kept {
        normal.push('/');
        normal.push_str(segment);
    }
    if normal.is_empty() || ends_in_directory {
        normal.push('/');
    }
    Cow::Owned(normal)
}

/// Returns the sorted parameters in a uniform encoding.
fn canonical_query(query: &str) -> String {
    let encode = |text: &str| {
        let spaced = text.replace('+', " ");
        let decoded = percent_decode_str(&spaced).decode_utf8_lossy().into_owned();
        utf8_percent_encode(&decoded, RESERVED).to_string()
    };
    let mut parameters: Vec<(String, String)> = query
        .split('&')
        .filter(|parameter| !parameter.is_empty())
        .map(|parameter| parameter.split_once('=').unwrap_or((parameter, "")))
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    parameters.sort_unstable();
    let mut canonical = String::with_capacity(query.len());
    for (name, value) in parameters {
        if !canonical.is_empty() {
            canonical.push('&');
        }
        canonical.push_str(&name);
        canonical.push('=');
        canonical.push_str(&value);
    }
    canonical
}

/// Returns the signed headers by name; the values of one name keep their order.
fn signed(headers: &HeaderMap) -> Vec<(&str, &HeaderValue)> {
    let mut signed = Vec::with_capacity(headers.len());
    let of_signature = headers.iter().filter(|(name, _)| is_signed(name));
    signed.extend(of_signature.map(|(name, value)| (name.as_str(), value)));
    signed.sort_by_key(|(name, _)| *name);
    signed
}

/// Returns their names without duplicates, separated by semicolons.
fn names(headers: &[(&str, &HeaderValue)]) -> String {
    let length = headers.iter().map(|(name, _)| name.len() + 1).sum();
    let mut names = String::with_capacity(length);
    for values in headers.chunk_by(|one, next| one.0 == next.0) {
        if !names.is_empty() {
            names.push(';');
        }
        names.extend(values.first().map(|(name, _)| *name));
    }
    names
}

/// Returns the maximum length of the lines of headers.
fn longest_lines(headers: &[(&str, &HeaderValue)]) -> usize {
    let lengths = headers
        .iter()
        .map(|(name, value)| name.len() + value.len() + 2);
    lengths.sum()
}

/// Appends the line of a header, with all its values.
fn push_header(text: &mut String, values: &[(&str, &HeaderValue)]) -> Result<(), SigningError> {
    for (index, (name, value)) in values.iter().enumerate() {
        let value = std::str::from_utf8(value.as_bytes())
            .map_err(|_| SigningError::HeaderValue((*name).to_owned()))?;
        if index == 0 {
            text.push_str(name);
            text.push(':');
        } else {
            text.push(',');
        }
        push_trimmed(text, value);
    }
    text.push('\n');
    Ok(())
}

fn is_signed(name: &HeaderName) -> bool {
    let unsigned = [
        &AUTHORIZATION, &USER_AGENT, &X_AMZN_TRACE_ID, &TRANSFER_ENCODING,
    ];
    !unsigned.contains(&name)
}

/// Appends a header value, trimmed and with single spaces.
fn push_trimmed(line: &mut String, value: &str) {
    let value = value.trim_matches(' ');
    if !value.contains("  ") {
        return line.push_str(value);
    }
    let words = value.split(' ').filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            line.push(' ');
        }
        line.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{Canonical, Signing, normalized};
    use crate::{Credentials, Timestamp};

    /// Text that grows moves, and leaves the session token where it was.
    #[test]
    fn the_text_has_its_room_from_the_start() {
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
        let signing = Signing::new(&credentials, "us-east-1", "appflow", Timestamp::UNIX_EPOCH);
        let request = http::Request::post("https://example.com/a/b?c=d&e=f")
            .header("host", "example.com")
            .header("x-amz-date", "19700101T000000Z")
            .header("x-amz-security-token", "t".repeat(500))
            .header("x-note", "one")
            .header("x-note", "two");
        let (request, ()) = request.body(()).unwrap().into_parts();
        let canonical = Canonical::new(&signing, &request, &"0".repeat(64)).unwrap();
        let unused = canonical.text.capacity() - canonical.text.len();
        assert!(unused < 8, "{unused}");
    }

    /// The path of every request passes here, and nearly every one is normal already.
    #[test]
    fn a_normal_path_is_not_copied() {
        for path in ["/", "/a", "/a/b.c", "/.a/..b"] {
            assert!(matches!(normalized(path), Cow::Borrowed(_)), "{path}");
        }
    }
}
