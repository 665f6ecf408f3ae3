//! Requests read off a connection by hand, for servers that answer with what no HTTP library sends.

use std::io::{self, ErrorKind};

use bytes::{Buf as _, Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::server::RecordedRequest;

/// The next request on a connection; `None` where the client has hung up. What is read beyond it
/// stays in the buffer.
///
/// # Errors
///
/// A connection that breaks, and what is no request.
pub async fn read_request(
    connection: &mut (impl AsyncRead + Unpin),
    buffer: &mut BytesMut,
) -> io::Result<Option<RecordedRequest>> {
    let end = b"\r\n\r\n";
    let length = loop {
        if let Some(at) = buffer.windows(end.len()).position(|bytes| bytes == end) {
            break at + end.len();
        }
        if connection.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    };
    let mut request = read_head(&buffer.split_to(length)).ok_or(ErrorKind::InvalidData)?;
    let length = request.header("content-length").unwrap_or("0");
    let length: usize = length.parse().map_err(|_| ErrorKind::InvalidData)?;
    while buffer.remaining() < length {
        if connection.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
    request.body = buffer.split_to(length).freeze();
    Ok(Some(request))
}

fn read_head(head: &[u8]) -> Option<RecordedRequest> {
    let mut lines = std::str::from_utf8(head).ok()?.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let (method, target) = (words.next()?.parse().ok()?, words.next()?.to_owned());
    let mut headers = HeaderMap::new();
    for line in lines.filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        let name = HeaderName::try_from(name).ok()?;
        headers.append(name, HeaderValue::from_str(value.trim()).ok()?);
    }
    Some(RecordedRequest {
        method,
        target,
        headers,
        body: Bytes::new(),
    })
}
