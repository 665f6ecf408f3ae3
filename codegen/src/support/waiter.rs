//! Waiters that need what is not supported. They can be left out without their operations.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::Skipped;
use crate::lower::waiter::{TRAIT, waiters};
use crate::model::{Model, Shape};

/// A waiter that cannot be generated.
#[derive(Debug)]
pub(crate) struct UnsupportedWaiter {
    operation: String,
    name: String,
    problem: String,
    span: Range<usize>,
}

/// Finds the waiters of operations that cannot be generated.
pub(crate) fn unsupported_waiters(
    model: &Model<'_>,
    operations: &[&Shape<'_>],
) -> Vec<UnsupportedWaiter> {
    let mut found = Vec::new();
    for operation in operations {
        let (_, refused) = waiters(model, operation);
        let unsupported = refused.into_iter().filter(|refused| refused.is_unsupported);
        let raw = operation.traits.raw(TRAIT);
        let span = raw.map_or(0..0, |raw| model.key_span(raw));
        found.extend(unsupported.map(|refused| UnsupportedWaiter {
            operation: operation.id.name().to_owned(),
            name: refused.waiter,
            problem: refused.problem,
            span: span.clone(),
        }));
    }
    found
}

impl UnsupportedWaiter {
    /// It, as left out.
    pub(crate) fn skipped(self) -> Skipped {
        Skipped {
            operation: format!("{}.{}", self.operation, self.name),
            reason: self.problem,
        }
    }

    /// Reports it.
    pub(crate) fn report(self, diagnostics: &mut Diagnostics) {
        let Self {
            operation, name, ..
        } = self;
        diagnostics.push(Diagnostic::new(
            format!("the waiter `{name}` of `{operation}` is not supported"),
            self.span,
            self.problem,
            "correct the waiter, or leave it out: use `--skip-unsupported`, or `skip-unsupported` in \
             a manifest",
        ));
    }
}
