//! Responses that are streams of events.

use super::{CallContext, Core, read};
use crate::error::Failure;
use crate::event_stream::Incoming;
use crate::message::HttpResponse;
use crate::schema::{Location, Slot, Structure, with_fields_mut};

impl Core {
    /// Fills the output from a response whose body is a stream of events: the member that receives
    /// them, and those that are in headers or in the first message of the stream.
    pub(super) async fn receive(
        &self,
        call: &CallContext<'_>,
        mut response: HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<HttpResponse, Failure> {
        let mut incoming = Incoming::default();
        let limit = self.response_limit.body();
        incoming.open(call.operation.name, &mut response, limit, call.errors);
        let response = read(call, response, output)?;
        // Without such members the message may be read when the first event is asked for.
        if position(output, Location::Body).is_some() {
            incoming.read_initial(output).await?;
        }
        let events = position(output, Location::EventStream);
        with_fields_mut(output, |fields| {
            let field = events.and_then(|at| fields.get_mut(at));
            if let Some(Slot::Events(slot)) = field.map(|field| field.slot())
                && let Some(slot) = slot.downcast_mut()
            {
                *slot = incoming;
            }
        });
        Ok(response)
    }
}

/// Returns `true` if a member of an output receives events.
pub(super) fn has_events(output: &dyn Structure) -> bool {
    position(output, Location::EventStream).is_some()
}

/// Returns the index of the first member in a part of the message.
fn position(output: &dyn Structure, location: Location) -> Option<usize> {
    let mut members = output.schema().members.iter();
    members.position(|member| member.location == location)
}
