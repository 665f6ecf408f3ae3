//! Traits that are protocols.

use serde::Deserialize;

const HTTP_1: &str = "http/1.1";
const HTTP_2: &str = "h2";

/// A protocol that a service speaks.
#[derive(Debug)]
pub(crate) struct Spoken {
    /// The id of the trait.
    pub(crate) id: String,
    pub(crate) versions: HttpVersions,
}

/// The value of the trait: the versions of HTTP, the preferred one first, by their names in ALPN.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct HttpVersions {
    http: Vec<String>,
    /// Those of operations with event streams, where they are others.
    event_stream_http: Vec<String>,
}

impl HttpVersions {
    /// Returns `true` if event streams require HTTP/2: always if it is the only version, otherwise
    /// if events are sent and received at the same time.
    pub(crate) fn events_need_http2(&self, in_both_directions: bool) -> bool {
        let versions = if self.event_stream_http.is_empty() {
            &self.http
        } else {
            &self.event_stream_http
        };
        let has = |version| versions.iter().any(|it| it == version);
        has(HTTP_2) && (in_both_directions || !has(HTTP_1))
    }
}
