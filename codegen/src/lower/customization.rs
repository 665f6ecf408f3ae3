//! What some services of AWS want beyond what their models say.
//!
//! The models leave it out, and every AWS SDK adds it by hand, so it is a list here too. Each entry
//! changes plain data: the emitters know no service by name.

use crate::ir::{Binding, Checksum, Operation, Presence, Service};

/// Adds to a service what is known of it, by its name in SDKs.
pub(super) fn customize(service: &mut Service) {
    match service.sdk_id.as_str() {
        "API Gateway" => add_header(service, "accept", "application/json".to_owned()),
        "Glacier" => glacier(service),
        _ => {}
    }
}

fn add_header(service: &mut Service, name: &'static str, value: String) {
    service.headers.push((name, value));
}

/// Glacier wants its version in a header, checksums with what is uploaded, and an account, for
/// which `-` stands for the one that signs.
fn glacier(service: &mut Service) {
    add_header(service, "x-amz-glacier-version", service.version.clone());
    for operation in &mut service.operations {
        if ["UploadArchive", "UploadMultipartPart"].contains(&operation.name.as_str()) {
            operation.checksum = Some(Checksum::Sha256TreeHash);
        }
        default_label(operation, "accountId", "-");
    }
}

/// Lets a label be left out, which then has this text.
fn default_label(operation: &mut Operation, model_name: &str, text: &str) {
    let mut members = operation.request.members.iter_mut();
    let label =
        members.find(|member| member.model_name == model_name && member.binding == Binding::Label);
    let Some(label) = label else {
        return;
    };
    label.presence = Presence::Optional;
    label.checked = false;
    label.default_label = Some(text.to_owned());
    label
        .docs
        .push_str(&format!("\n\nIf it is absent or empty, `{text}` is sent."));
}
