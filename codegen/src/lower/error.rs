//! Modelled errors.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Lowering;
use super::shape::Role;
use crate::diagnostic::Diagnostic;
use crate::ir::{ErrorItem, Retryable};
use crate::model::{Shape, ShapeId, Traits};

/// The value of `smithy.api#retryable`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct RetryableTrait {
    throttling: bool,
}

impl Lowering<'_, '_, '_> {
    pub(super) fn errors(&self) -> Vec<ErrorItem> {
        let shapes = self
            .selection
            .errors
            .iter()
            .filter_map(|id| self.model.shape(id));
        let mut errors: Vec<ErrorItem> = shapes.map(|shape| self.error(shape)).collect();
        errors.sort_by(|a, b| a.code.cmp(&b.code));
        errors
    }

    fn error(&self, shape: &Shape<'_>) -> ErrorItem {
        let name = self.type_name(&shape.id);
        let fallback = "An error of the API, whose model says no more about it.";
        let is_client = shape.traits.get::<String>("smithy.api#error").as_deref() == Some("client");
        ErrorItem {
            code: shape.id.name().to_owned(),
            status: shape
                .traits
                .get("smithy.api#httpError")
                .unwrap_or(if is_client { 400 } else { 500 }),
            retryable: retryable(&shape.traits),
            structure: self.structure(shape, name, Role::Response, fallback),
        }
    }
}

/// Whether a call that an error answers is worth another attempt.
fn retryable(traits: &Traits<'_>) -> Option<Retryable> {
    let RetryableTrait { throttling } = traits.get("smithy.api#retryable")?;
    Some(if throttling {
        Retryable::Throttling
    } else {
        Retryable::Transient
    })
}

/// Errors that nothing tells apart: a code has no namespace, and other names do not change it.
pub(super) fn same_codes<'x>(errors: impl Iterator<Item = &'x Shape<'x>>) -> Vec<Diagnostic> {
    let mut codes: BTreeMap<&str, &ShapeId> = BTreeMap::new();
    let second =
        errors.filter_map(|shape| Some((shape, codes.insert(shape.id.name(), &shape.id)?)));
    let collision = |(shape, other): (&Shape<'_>, &ShapeId)| {
        Diagnostic::new(
            format!("`{other}` and `{}` have the same error code", shape.id),
            shape.span.clone(),
            format!(
                "an answer with the code `{}` could be either",
                shape.id.name()
            ),
            "leave out the operations that need one of them with `--operations`",
        )
    };
    second.map(collision).collect()
}
