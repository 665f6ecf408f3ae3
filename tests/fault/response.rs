//! Responses for cases.

use super::server::{Step, Steps};

/// These bytes.
pub(crate) fn send(bytes: impl AsRef<[u8]>) -> Step {
    Step::Send(bytes.as_ref().to_vec())
}

/// The head of an answer, with lines of headers that end in line breaks.
pub(crate) fn head(status: u16, headers: &str) -> Step {
    send(format!("HTTP/1.1 {status} Status\r\n{headers}\r\n"))
}

/// A good answer: the flow is started.
pub(crate) fn ok(run: &str) -> Steps {
    json(format!(r#"{{"executionId":"{run}"}}"#))
}

/// An answer of status 200.
pub(crate) fn json(body: impl AsRef<[u8]>) -> Steps {
    full(200, "", body)
}

/// An answer with its whole body, and more headers.
pub(crate) fn full(status: u16, headers: &str, body: impl AsRef<[u8]>) -> Steps {
    let length = body.as_ref().len();
    let headers = format!("{headers}content-length: {length}\r\n");
    vec![head(status, &headers), send(body)]
}

/// An answer with a body in chunks, as they stand on the wire.
pub(crate) fn chunked(chunks: &str) -> Steps {
    vec![head(200, "transfer-encoding: chunked\r\n"), send(chunks)]
}
