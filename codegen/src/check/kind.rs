//! The kinds of values that each location of a message supports.

use super::checker::Checker;
use crate::model::traits::HttpBinding;
use crate::model::{Kind, Member, Shape, Simple};

impl<'m> Checker<'m, '_> {
    /// Members have values, of kinds that their places in a message can hold.
    pub(super) fn kinds(&mut self, shape: &Shape) {
        if matches!(shape.kind, Kind::Enum | Kind::IntEnum) {
            return;
        }
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
    fn misplaced(&self, binding: &HttpBinding, target: &'m Shape) -> Option<&'static str> {
        let (fits, expected) = match binding {
            HttpBinding::ResponseCode => {
                let is_integer = target.kind == Kind::Simple(Simple::Integer);
                (is_integer, "an `integer`")
            }
            HttpBinding::PrefixHeaders(_) => {
                let value = self.value_of_map(target);
                (value.is_some_and(Shape::is_text), "a map of strings")
            }
            HttpBinding::QueryParams => {
                let value = self.value_of_map(target);
                let element = value.and_then(|value| self.element(value));
                let fits = [value, element].into_iter().flatten().any(Shape::is_text);
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

    /// Returns the values of a map of text, if they cannot be null.
    fn value_of_map(&self, map: &Shape) -> Option<&'m Shape> {
        let member = |name| self.model.shape(&map.members.get(name)?.target.id);
        let is_dense = map.kind == Kind::Map && !map.traits.sparse;
        let has_text = member("key").is_some_and(Shape::is_text);
        member("value").filter(|_| is_dense && has_text)
    }

    /// Returns the elements of a list, if they cannot be null.
    fn element(&self, list: &Shape) -> Option<&'m Shape> {
        let is_dense = list.kind == Kind::List && !list.traits.sparse;
        let member = list.members.get("member").filter(|_| is_dense)?;
        self.model.shape(&member.target.id)
    }
}
