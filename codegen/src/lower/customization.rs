//! Requirements of some AWS services that are not in their models.
//!
//! The models leave it out, and every AWS SDK adds it by hand, so it is a list here too. Each entry
//! changes plain data: the emitters know no service by name.

use super::context::Context;
use crate::ir::{Binding, Checksum, Member, PathPart, Presence, Structure};

const API_GATEWAY: &str = "API Gateway";
const GLACIER: &str = "Glacier";

/// The member with the account of a call to Glacier, and the text that means the account of the
/// credentials.
const ACCOUNT: (&str, &str) = ("accountId", "-");

/// Returns the headers that every request to a service has.
pub(super) fn headers(context: &Context<'_>) -> Vec<(&'static str, String)> {
    match context.sdk_id() {
        API_GATEWAY => vec![("accept", "application/json".to_owned())],
        GLACIER => {
            let version = context.selection.service.api.version.clone();
            vec![("x-amz-glacier-version", version)]
        }
        _ => Vec::new(),
    }
}

/// Returns the checksum that goes with the body of an operation.
pub(super) fn checksum(context: &Context<'_>, operation: &str) -> Option<Checksum> {
    let is_upload = ["UploadArchive", "UploadMultipartPart"].contains(&operation);
    (context.sdk_id() == GLACIER && is_upload).then_some(Checksum::Sha256TreeHash)
}

/// Lets a label be left out that has a text for that case.
pub(super) fn customize_request(context: &Context<'_>, request: &mut Structure) {
    if let Some(label) = request
        .members
        .iter_mut()
        .find(|it| has_default(context, it))
    {
        let (_, text) = ACCOUNT;
        label.presence = Presence::Optional;
        label.checked = false;
        let docs = format!("\n\nWhere it is absent or empty, it is `{text}`.");
        label.docs.push_str(&docs);
    }
}

/// Returns the part of a path that a member is.
pub(super) fn path_part(context: &Context<'_>, member: &Member) -> PathPart {
    let name = member.name.clone();
    if has_default(context, member) {
        let (_, text) = ACCOUNT;
        PathPart::LabelOr(name, text.to_owned())
    } else {
        PathPart::Label(name)
    }
}

fn has_default(context: &Context<'_>, member: &Member) -> bool {
    let (name, _) = ACCOUNT;
    let is_it = member.model_name == name && member.binding == Binding::Label;
    is_it && context.sdk_id() == GLACIER
}
