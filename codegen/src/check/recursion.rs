//! Structures that contain themselves.

use super::checker::Checker;
use crate::lower::recursion::endless_members;

impl Checker<'_, '_> {
    /// Every structure has a value that ends.
    pub(super) fn endless_members(&mut self) {
        for (id, name) in endless_members(self.selection) {
            let shape = self.model.shape(id);
            let member = shape.and_then(|shape| shape.members.get(name));
            self.report(
                format!("`{id}${name}` makes `{id}` contain itself without end"),
                member.map_or(0..0, |member| member.span.clone()),
                "every member on the way back to it is required",
                "make one of the members on the way optional, or put a list or a map between",
            );
        }
    }
}
