//! Requirements of some AWS services that are not in their models.
//!
//! Every AWS SDK has a list of them. Each entry changes plain data, so emitters do not depend on
//! specific services.

use super::context::Context;
use crate::ir::{Binding, Checksum, Presence, Structure};
use crate::model::Shape;
use crate::name::Ident;

const API_GATEWAY: &str = "API Gateway";
const GLACIER: &str = "Glacier";
const MACHINE_LEARNING: &str = "Machine Learning";
const ROUTE_53: &str = "Route 53";

/// Returns the title of a service as AWS spells it. Its model may spell it in another way.
pub(super) fn title(of_model: &str) -> &str {
    match of_model {
        "Amazon Appflow" => "Amazon AppFlow",
        title => title,
    }
}

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

/// Returns the member of a request that has the URL of the endpoint: each predictor of Machine
/// Learning has one of its own.
pub(super) fn endpoint_url(
    context: &Context<'_>,
    operation: &str,
    request: &Structure,
) -> Option<Ident> {
    let has_one = context.sdk_id() == MACHINE_LEARNING && operation == "Predict";
    let mut members = request.members.iter().filter(|_| has_one);
    let member = members.find(|it| it.model_name == "PredictEndpoint" && it.is_argument());
    member.map(|member| member.name.clone())
}

/// Returns `true` if only what follows the last slash of a label is sent: Amazon Route 53 returns
/// ids as in `/hostedzone/Z1`, and takes them as `Z1`.
pub(super) fn sends_last_segment(context: &Context<'_>, target: &Shape) -> bool {
    let ids = ["ChangeId", "DelegationSetId", "ResourceId"];
    context.sdk_id() == ROUTE_53 && ids.contains(&target.id.name())
}

/// Lets the account of a call to Glacier be left out: `-` means the account of the credentials.
pub(super) fn customize_request(context: &Context<'_>, request: &mut Structure) {
    if context.sdk_id() != GLACIER {
        return;
    }
    let mut members = request.members.iter_mut();
    let account = members.find(|it| it.model_name == "accountId" && it.binding == Binding::Label);
    if let Some(label) = account {
        label.presence = Presence::Optional;
        label.required = false;
        label.checked = false;
        label.default_label = Some("-".to_owned());
        label
            .docs
            .push_str("\n\nIf it is absent or empty, `-` is sent.");
    }
}
