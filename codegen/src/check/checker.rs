//! The context of checks.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Protocol, Skipped};
use crate::lower::default;
use crate::model::{Model, Shape, Traits};
use crate::select::Selection;

pub(super) struct Checker<'m, 'd> {
    pub(super) model: &'m Model,
    pub(super) selection: &'m Selection<'m>,
    /// The skipped operations; `None` if skipping is not allowed.
    pub(super) skipped: Option<Vec<Skipped>>,
    pub(super) diagnostics: &'d mut Diagnostics,
}

impl<'m> Checker<'m, '_> {
    pub(super) fn report(
        &mut self,
        title: String,
        span: Range<usize>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.diagnostics
            .push(Diagnostic::new(title, span, label, help));
    }

    pub(super) fn protocol(&self) -> Protocol {
        self.selection.service.protocol
    }

    /// Returns `true` if there are no problems so far.
    pub(super) fn is_content(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Reports malformed traits.
    pub(super) fn malformed_traits(&mut self) {
        let operations = self.selection.operations.iter().map(|it| it.shape);
        let shapes = operations.chain(self.selection.shapes());
        let traits = shapes.flat_map(traits_of);
        let service = &self.selection.service.shape.traits;
        for traits in std::iter::once(service).chain(traits) {
            for (_, problem) in &traits.malformed {
                self.diagnostics.push(problem.clone());
            }
        }
    }

    /// Reports defaults that do not fit their member's type.
    pub(super) fn defaults(&mut self, misfits: Vec<default::Misfit<'m>>) {
        for misfit in misfits {
            let (shape, name, member) = (&misfit.shape.id, misfit.name, misfit.member);
            let default = member.traits.default.as_ref();
            let span = default.map_or(&member.span, |default| &default.span);
            self.report(
                format!("the trait `smithy.api#default` of `{shape}${name}` does not fit its type"),
                span.clone(),
                format!("`{}` requires {}", member.target.id, misfit.expected),
                "correct the value, or remove the trait",
            );
        }
    }
}

/// Returns the traits of a shape and of its members.
fn traits_of(shape: &Shape) -> impl Iterator<Item = &Traits> {
    let members = shape.members.values().map(|member| &member.traits);
    std::iter::once(&shape.traits).chain(members)
}
