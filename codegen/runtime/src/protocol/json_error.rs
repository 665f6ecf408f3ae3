//! The error metadata of a JSON response.

use super::ErrorMetadata;
use crate::codec::json::read_texts;
use crate::message::HttpResponse;

/// Reads the code from its header or else from the body, and the message from the body.
pub(super) fn error_metadata(response: &HttpResponse) -> ErrorMetadata {
    let mut metadata = body_metadata(response.bytes());
    if let Some(code) = response.header("x-amzn-errortype") {
        metadata.code = Some(code.to_owned());
    }
    metadata.code = metadata.code.as_deref().and_then(bare_code);
    metadata
}

/// Reads the code and the message in a body, each from the first of its names that has a text. A
/// body that is not an object, or that breaks off, hides neither the status nor the headers.
fn body_metadata(body: &[u8]) -> ErrorMetadata {
    const CODE: [&str; 3] = ["code", "Code", "__type"];
    const MESSAGE: [&str; 3] = ["message", "Message", "errorMessage"];

    let (mut codes, mut messages) = <([Option<String>; 3], [Option<String>; 3])>::default();
    let keep = |names: [&str; 3], texts: &mut [Option<String>; 3], name: &str, text: &str| {
        for (_, kept) in names.iter().zip(texts).filter(|(it, _)| **it == name) {
            *kept = Some(text.to_owned()).filter(|text| !text.is_empty());
        }
    };
    let _ = read_texts(body, &mut |name, text| {
        keep(CODE, &mut codes, name, text);
        keep(MESSAGE, &mut messages, name, text);
    });
    ErrorMetadata {
        code: codes.into_iter().flatten().next(),
        message: messages.into_iter().flatten().next(),
        ..ErrorMetadata::default()
    }
}

/// Returns the code in `ns#Code:http://…`, and the first of several.
pub(super) fn bare_code(code: &str) -> Option<String> {
    let code = code.split([':', ',']).next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().trim();
    (!code.is_empty()).then(|| code.to_owned())
}
