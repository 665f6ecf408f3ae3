//! Modelled errors.

use super::Checker;
use crate::diagnostic::cause;
use crate::lower::error::RetryableTrait;
use crate::model::Shape;

impl Checker<'_, '_, '_> {
    /// The trait `smithy.api#retryable` must be sound.
    pub(super) fn retryable(&mut self, error: &Shape<'_>) {
        let name = "smithy.api#retryable";
        let Some(raw) = error.traits.raw(name) else {
            return;
        };
        if let Err(problem) = serde_json::from_str::<RetryableTrait>(raw.get()) {
            self.report(
                format!("the trait `{name}` of `{}` is malformed", error.id),
                self.model.key_span(raw),
                cause(&problem),
                "give an empty object, or one with `throttling`, which is true or false",
            );
        }
    }
}
