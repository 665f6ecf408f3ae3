//! The protocols that clients speak, and the one that a service is generated for.

use crate::diagnostic::Diagnostic;
use crate::model::Shape;

/// A protocol: how operations become HTTP messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    RestJson1,
}

impl Protocol {
    /// The supported protocols, the preferred one first.
    const ALL: [Self; 1] = [Self::RestJson1];

    /// Returns the id of its trait.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::RestJson1 => "aws.protocols#restJson1",
        }
    }

    /// Returns the protocol to speak to a service.
    ///
    /// # Errors
    ///
    /// A service that speaks none of the supported protocols.
    pub(crate) fn of(service: &Shape) -> Result<Self, Diagnostic> {
        let spoken = &service.traits.protocols;
        let is_spoken = |protocol: &Self| spoken.iter().any(|id| id == protocol.id());
        Self::ALL.into_iter().find(is_spoken).ok_or_else(|| {
            let label = match spoken.as_slice() {
                [] => "this service names no protocol".to_owned(),
                spoken => format!("this service speaks {}", spoken.join(", ")),
            };
            Diagnostic::new(
                format!("`{}` does not speak restJson1", service.id),
                service.span.clone(),
                label,
                "only `aws.protocols#restJson1` is supported; choose a service that has it",
            )
        })
    }
}
