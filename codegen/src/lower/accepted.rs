//! The output of `check`, and the input of `lower`.

use super::context::Context;
use super::types::Types;
use crate::ir::endpoint::{ParameterBinding, RuleSet};
use crate::ir::waiter::Waiter;
use crate::ir::{AuthScheme, HttpMethod, Pagination, ProtocolCases, Skipped};
use crate::select;

/// A selection without problems.
pub(crate) struct Accepted<'m> {
    pub(crate) context: Context<'m>,
    pub(crate) types: Types,
    /// The operations, in the order of the selection.
    pub(crate) operations: Vec<AcceptedOperation<'m>>,
    pub(crate) endpoint: RuleSet,
    pub(crate) cases: ProtocolCases,
    /// The operations and waiters that were left out.
    pub(crate) skipped: Vec<Skipped>,
}

/// An operation without problems.
pub(crate) struct AcceptedOperation<'m> {
    pub(crate) sound: SoundOperation<'m>,
    pub(crate) pagination: Option<Pagination>,
    pub(crate) parameters: Vec<ParameterBinding>,
}

/// An operation whose traits are sound.
pub(crate) struct SoundOperation<'m> {
    pub(crate) operation: &'m select::Operation<'m>,
    pub(crate) http_method: HttpMethod,
    /// The template of the path and the query.
    pub(crate) uri: String,
    pub(crate) auth: Vec<AuthScheme>,
    pub(crate) waiters: Vec<Waiter>,
}
