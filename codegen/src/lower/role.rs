//! The uses of structures.

use crate::ir::Usage;

/// The use of a structure. Members are bound to places of a message in a message alone, and then to
/// those that such a message has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The input of an operation.
    Request,
    /// The output of an operation, or an error.
    Response,
    /// It is a part of messages.
    Part(Usage),
    /// It is an event of a stream.
    Event(Usage),
}

impl Role {
    pub(super) fn usage(self) -> Usage {
        match self {
            Self::Request => Usage {
                input: true,
                output: false,
            },
            Self::Response => Usage {
                input: false,
                output: true,
            },
            Self::Part(usage) | Self::Event(usage) => usage,
        }
    }
}
