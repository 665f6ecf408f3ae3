//! The trait `smithy.waiters#waitable`: its waiters must be sound.

use std::collections::BTreeMap;

use super::Checker;
use crate::diagnostic::cause;
use crate::lower::waiter::{TRAIT, WaiterTrait, waiters};
use crate::model::Shape;

impl Checker<'_, '_, '_> {
    /// Checks the waiters of an operation. Those that are only not supported are not its concern.
    pub(super) fn waiters(&mut self, operation: &Shape<'_>) {
        let Some(raw) = operation.traits.raw(TRAIT) else {
            return;
        };
        let span = self.model.key_span(raw);
        if let Err(error) = serde_json::from_str::<BTreeMap<String, WaiterTrait>>(raw.get()) {
            return self.report(
                format!("the trait `{TRAIT}` of `{}` is malformed", operation.id),
                span,
                cause(&error),
                "see the page \"Waiters\" of the Smithy reference",
            );
        }
        let (_, refused) = waiters(self.model, operation);
        for refused in refused.into_iter().filter(|it| !it.is_unsupported) {
            let (waiter, id) = (refused.waiter, &operation.id);
            self.report(
                format!("the waiter `{waiter}` of `{id}` is malformed"),
                span.clone(),
                refused.problem,
                "correct the waiter, or remove it",
            );
        }
    }
}
