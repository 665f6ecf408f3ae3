//! The last stage before emission, *lower*: from what `check` has accepted to the plain data of
//! [`ir`](crate::ir). It cannot fail.
//!
//! `check` uses parts of it that check and lower at the same time: endpoint rules, values of
//! defaults and protocol tests, and paths through messages.

mod accepted;
pub(crate) mod auth;
mod binding;
mod body_header;
pub(crate) mod case;
pub(crate) mod context;
mod customization;
pub(crate) mod default;
mod deprecation;
mod docs;
pub(crate) mod endpoint;
mod enumeration;
pub(crate) mod error;
pub(crate) mod event_case;
mod example;
mod link;
mod member_type;
mod operation;
pub(crate) mod pagination;
pub(crate) mod recursion;
mod role;
pub(crate) mod shape;
mod structure;
mod type_name;
pub(crate) mod types;
mod value;
pub(crate) mod waiter;
mod xml;

use crate::ir::Service;
use crate::prose;

pub(crate) use accepted::{Accepted, AcceptedOperation, SoundOperation};
pub(crate) use context::Context;
pub(crate) use type_name::{TypeNames, named_shapes};
pub(crate) use types::Types;

/// Lowers what `check` has accepted.
pub(crate) fn lower(accepted: Accepted<'_>) -> Service {
    let context = &accepted.context;
    let shape = context.selection.service.shape;
    let sdk_id = context.sdk_id();
    let title = shape.traits.title.as_deref().map(customization::title);
    let operations = context.operations(&accepted.types, accepted.operations);
    let mut service = Service {
        title: prose::phrase(title.unwrap_or(sdk_id)),
        shape_name: shape.id.name().to_owned(),
        version: context.selection.service.api.version.clone(),
        signing_name: context.signing_name().to_owned(),
        protocol: context.protocol(),
        is_query_compatible: shape.traits.query_compatible,
        docs: docs::docs(&shape.traits).unwrap_or_default(),
        operations,
        types: accepted.types.items,
        errors: accepted.types.errors,
        endpoint: accepted.endpoint,
        cases: accepted.cases,
        skipped: accepted.skipped,
        headers: customization::headers(context),
        sdk_id: sdk_id.to_owned(),
    };
    link::link_operations(&mut service);
    service
}
