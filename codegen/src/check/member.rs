//! Members: their locations in a message, and the elements of lists and maps.

use super::checker::Checker;
use crate::model::traits::HttpBinding;
use crate::model::{Kind, Member, Shape, Simple};

impl Checker<'_, '_> {
    /// Members are in one place of a message, and can be there.
    pub(super) fn members(&mut self, shape: &Shape) {
        for (name, member) in &shape.members {
            let id = format!("{}${name}", shape.id);
            let bindings = self.bindings(member);
            if bindings.len() > 1 {
                let mut ids: Vec<&str> = bindings.iter().map(HttpBinding::id).collect();
                ids.sort_unstable();
                self.report(
                    format!("`{id}` is bound more than once"),
                    member.span.clone(),
                    ids.join(" and "),
                    "keep one of these traits; a member is in one place of a message",
                );
            }
            if bindings.contains(&HttpBinding::Label) && !member.traits.required {
                self.report(
                    format!("`{id}` is a label, but not required"),
                    member.span.clone(),
                    "a path without it would name something else",
                    "add `smithy.api#required`",
                );
            }
            if let [binding] = bindings {
                self.bound_type(&id, member, binding);
                self.header_name(&id, member, binding);
            }
            self.stream(&id, member);
        }
        self.beside_payload(shape);
        self.elements(shape);
    }

    /// Returns the traits that say where a member is in a message; none where the protocol ignores
    /// them.
    pub(super) fn bindings<'t>(&self, member: &'t Member) -> &'t [HttpBinding] {
        let bindings = &member.traits.bindings;
        if self.protocol().has_http_bindings() {
            bindings
        } else {
            &[]
        }
    }

    /// A list has a member, a map a key that is text and a value.
    fn elements(&mut self, shape: &Shape) {
        let expected: &[&str] = match shape.kind {
            Kind::List => &["member"],
            Kind::Map => &["key", "value"],
            _ => return,
        };
        for name in expected {
            if !shape.members.contains_key(*name) {
                self.report(
                    format!("`{}` has no `{name}`", shape.id),
                    shape.span.clone(),
                    "what it holds is not said",
                    format!("add `{name}` with a `target`"),
                );
            }
        }
        let key = shape.members.get("key").filter(|_| shape.kind == Kind::Map);
        if let Some(key) = key
            && let Some(target) = self.model.shape(&key.target.id)
            && !matches!(target.kind, Kind::Enum | Kind::Simple(Simple::String))
        {
            self.report(
                format!("`{}` has keys that are not text", shape.id),
                key.span.clone(),
                format!("a key is a `{}`", target.id),
                "give it keys of type `string` or `enum`",
            );
        }
    }
}
