//! The rule function `parseURL`.

use std::net::Ipv4Addr;

/// The parts of a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// The host, and the port if there is one.
    pub authority: &'a str,
    /// The path, which may be empty.
    pub path: &'a str,
    /// The path with a leading and trailing slash.
    pub normalized_path: String,
    /// Is `true` if the host is an IP address.
    pub is_ip: bool,
}

/// Parses a URL; `None` if it is invalid, has a query or a fragment, or a scheme other than HTTP or
/// HTTPS.
///
/// The parts are not normalized, so no URL parser is used.
#[must_use]
pub fn parse_url(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let is_http = matches!(scheme, "http" | "https");
    if !is_http || text.contains(|c: char| matches!(c, '?' | '#' | '\\') || c.is_whitespace()) {
        return None;
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // User information is not part of an endpoint.
    let authority = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let host = host(authority)?;
    let is_ip = host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok();
    let normalized_path = match path {
        "" => "/".to_owned(),
        path if path.ends_with('/') => path.to_owned(),
        path => format!("{path}/"),
    };
    Some(Url {
        scheme,
        authority,
        path,
        normalized_path,
        is_ip,
    })
}

/// Returns the host of an authority; `None` if it is missing, or if the port is not a number.
fn host(authority: &str) -> Option<&str> {
    let end_of_address = authority.rfind(']').unwrap_or(0);
    let colon = authority.rfind(':').filter(|at| *at >= end_of_address);
    let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
    let port = port.trim_start_matches(':');
    let is_port = port.is_empty() || port.parse::<u16>().is_ok();
    (!host.is_empty() && is_port).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::parse_url;

    #[test]
    fn a_url_is_parted_and_its_parts_are_unchanged() {
        for (url, authority, path, normalized, is_ip) in [
            ("https://example.com", "example.com", "", "/", false),
            ("https://example.com/", "example.com", "/", "/", false),
            ("http://a.com:80/b/c", "a.com:80", "/b/c", "/b/c/", false),
            ("http://99_ab-.com/x/", "99_ab-.com", "/x/", "/x/", false),
            ("https://127.0.0.1", "127.0.0.1", "", "/", true),
            ("https://[fe80::1]", "[fe80::1]", "", "/", true),
            ("https://[fe80::]", "[fe80::]", "", "/", true),
            ("https://[::1]:443", "[::1]:443", "", "/", true),
            ("https://999.999.1.1", "999.999.1.1", "", "/", false),
            ("https://me:pass@host:1/a", "host:1", "/a", "/a/", false),
        ] {
            let found = parse_url(url).unwrap();
            assert_eq!(found.scheme, url.split("://").next().unwrap());
            assert_eq!((found.authority, found.path), (authority, path), "{url}");
            assert_eq!(found.normalized_path, normalized, "{url}");
            assert_eq!(found.is_ip, is_ip, "{url}");
        }
    }

    #[test]
    fn what_is_no_url_of_a_service_has_no_parts() {
        for text in [
            "",
            "example.com",
            "acbd://example.com",
            "https://",
            "https:///path",
            "https://:443",
            "http://abc.com:a/foo",
            "http://abc.com:99999",
            "https://example.com?a=b",
            "https://example.com/#a",
            "https://a b",
        ] {
            assert_eq!(parse_url(text), None, "{text:?}");
        }
    }
}
