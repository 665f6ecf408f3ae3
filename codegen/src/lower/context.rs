//! The context of lowering.

use std::collections::BTreeSet;

use super::default::Defaults;
use super::recursion::boxed_members;
use super::type_name::TypeNames;
use crate::ir::Protocol;
use crate::model::{Model, Shape, ShapeId};
use crate::select::Selection;

/// A selection, with what has been found out about it.
pub(crate) struct Context<'m> {
    pub(super) model: &'m Model,
    pub(crate) selection: &'m Selection<'m>,
    pub(super) names: TypeNames<'m>,
    pub(super) defaults: Defaults<'m>,
    /// Members, by shape and name, that would make their structure contain itself.
    recursion: BTreeSet<(&'m ShapeId, &'m str)>,
    /// The structures that are events of streams.
    events: BTreeSet<&'m ShapeId>,
}

impl<'m> Context<'m> {
    pub(crate) fn new(
        model: &'m Model,
        selection: &'m Selection<'m>,
        names: TypeNames<'m>,
        defaults: Defaults<'m>,
    ) -> Self {
        Self {
            model,
            selection,
            names,
            defaults,
            recursion: boxed_members(selection),
            events: events(model, selection).map(|event| &event.id).collect(),
        }
    }

    /// Returns the protocol of the client.
    pub(super) fn protocol(&self) -> Protocol {
        self.selection.service.protocol
    }

    /// Returns `true` if a member is boxed.
    pub(super) fn is_boxed(&self, shape: &ShapeId, member: &str) -> bool {
        self.recursion.contains(&(shape, member))
    }

    /// Returns `true` if a structure is an event of a stream.
    pub(super) fn is_event(&self, shape: &Shape) -> bool {
        self.events.contains(&shape.id)
    }

    /// Returns the name of the service in SDKs.
    pub(super) fn sdk_id(&self) -> &'m str {
        let shape = self.selection.service.shape;
        let names = shape.traits.service.as_ref();
        let sdk_id = names.and_then(|names| names.sdk_id.as_deref());
        sdk_id.unwrap_or(shape.id.name())
    }

    /// Returns the service name of the credential scope; nothing for a service that is not signed
    /// for.
    pub(super) fn signing_name(&self) -> &'m str {
        let traits = &self.selection.service.shape.traits;
        let signing = traits.signing.as_ref().map(|signing| signing.name.as_str());
        let names = traits.service.as_ref();
        let prefix = names.and_then(|names| names.endpoint_prefix.as_deref());
        signing.or(prefix).unwrap_or("")
    }
}

/// Returns the shapes that are events of streams.
pub(crate) fn events<'m>(
    model: &'m Model,
    selection: &Selection<'m>,
) -> impl Iterator<Item = &'m Shape> {
    let streams = selection.shapes().filter(|shape| shape.is_event_stream());
    let events = streams.flat_map(|stream| model.events(stream));
    events.map(|(_, member)| model.target(&member.target))
}
