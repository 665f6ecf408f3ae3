//! The kinds of values that each location of a message supports.

use super::checker::Checker;
use crate::model::traits::HttpBinding;
use crate::model::{Kind, Member, Shape, Simple};

impl Checker<'_, '_> {
    /// Checks that the kind of each member fits its location.
    pub(super) fn kinds(&mut self, shape: &Shape) {
        for (name, member) in &shape.members {
            let Some(target) = self.model.shape(&member.target.id) else {
                continue;
            };
            let id = format!("{}${name}", shape.id);
            if matches!(target.kind, Kind::Operation(_)) {
                self.report(
                    format!("`{id}` is a `{}`, which is an operation", target.id),
                    member.target.span.clone(),
                    "an operation is not a value",
                    "correct the target",
                );
            }
            for binding in self.bindings(member) {
                if let Some(expected) = self.misplaced(binding, target) {
                    self.wrong_kind(&id, member, binding.id(), expected);
                }
            }
            for (has_it, id_of_trait) in [
                (
                    member.traits.idempotency_token,
                    "smithy.api#idempotencyToken",
                ),
                (member.traits.host_label, "smithy.api#hostLabel"),
            ] {
                if has_it && !target.is_text() {
                    self.wrong_kind(&id, member, id_of_trait, "a `string`");
                }
            }
        }
    }

    /// Returns the expected kind, if a shape cannot be in the place that it is bound to.
    fn misplaced(&self, binding: &HttpBinding, target: &Shape) -> Option<&'static str> {
        // What can be null has no text.
        let is_dense = |shape: &Shape, kind| shape.kind == kind && !shape.traits.sparse;
        let key = self.model.member(target, "key");
        let value = self.model.member(target, "value");
        let is_map = is_dense(target, Kind::Map) && key.is_text();
        let (fits, expected) = match binding {
            HttpBinding::ResponseCode => {
                let is_integer = target.kind == Kind::Simple(Simple::Integer);
                (is_integer, "an `integer`")
            }
            HttpBinding::PrefixHeaders(_) => (is_map && value.is_text(), "a map of strings"),
            HttpBinding::QueryParams => {
                let element = self.model.member(value, "member");
                let is_list = is_dense(value, Kind::List) && element.is_text();
                let fits = is_map && (value.is_text() || is_list);
                (fits, "a map of strings or of lists of them")
            }
            _ => return None,
        };
        (!fits).then_some(expected)
    }

    pub(super) fn wrong_kind(
        &mut self,
        id: &str,
        member: &Member,
        id_of_trait: &str,
        expected: &str,
    ) {
        self.report(
            format!("`{id}` has the trait `{id_of_trait}`, but is not {expected}"),
            member.span.clone(),
            format!("it is a `{}`", member.target.id),
            "remove the trait, or correct the target",
        );
    }
}
