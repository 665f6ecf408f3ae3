//! Members that are facts of the body of a request: its checksum or its length.
//!
//! Models say what such a member is, and leave open how it is made.

use crate::ir::{Binding, Checksum, Presence, Structure, Type};
use crate::prose;

/// Adds to the documentation of each such member how it is made, or that the client makes it.
pub(super) fn explain(request: &mut Structure, checksum: Option<Checksum>) {
    let mut members = request.members.iter();
    let body = members.find(|member| member.binding == Binding::Payload);
    let body = body.filter(|it| matches!(it.ty, Type::Blob | Type::Stream { .. }));
    let body = body.map(|member| prose::code(member.name.to_string().trim_start_matches("r#")));
    for member in &mut request.members {
        let Binding::Header(name) = &member.binding else {
            continue;
        };
        let is_made = member.presence == Presence::Optional && is_made(name, checksum);
        let sentence = match &body {
            _ if is_made => {
                Some("If it is absent, the client computes it from the body.".to_owned())
            }
            Some(body) => recipe(name, body),
            None => None,
        };
        if let Some(sentence) = sentence {
            member.docs.push_str(&format!("\n\n{sentence}"));
        }
    }
}

/// Returns `true` if the client computes the value of a header.
fn is_made(header: &str, checksum: Option<Checksum>) -> bool {
    match checksum {
        Some(Checksum::Md5) => header == "content-md5",
        Some(Checksum::Sha256TreeHash) => header == "x-amz-sha256-tree-hash",
        None => false,
    }
}

/// Returns how the caller computes the value of a header from the body.
fn recipe(header: &str, body: &str) -> Option<String> {
    match header {
        "x-amz-content-sha256" => Some(format!(
            "It is the SHA-256 of {body} in lowercase hexadecimal: \
             `hex::encode(Sha256::digest(&bytes))`, with the crates `sha2` and `hex`."
        )),
        "x-amz-checksum" => Some(format!(
            "It is the SHA-256 of {body} in base64: \
             `BASE64_STANDARD.encode(Sha256::digest(&bytes))`, with the crates `sha2` and `base64`."
        )),
        "x-amz-data-length" => Some(format!("It is the length of {body} in bytes.")),
        _ => None,
    }
}
