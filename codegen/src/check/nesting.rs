//! Nested lists and maps: their types are nested, as in `Vec<Vec<String>>`, so their depth is
//! limited.

use std::collections::BTreeMap;

use super::checker::Checker;
use crate::model::{Kind, Shape, ShapeId};

/// The maximum nesting depth of lists and maps. Smithy has no such limit, but their types are
/// nested in Rust, and deeper ones are unreadable for people and slow for compilers.
const NESTING: usize = 32;

impl<'m> Checker<'m, '_> {
    /// Checks how deep the lists and maps of a selection are in each other.
    pub(super) fn nesting(&mut self) {
        // How many lists and maps are in one another from a shape on.
        let mut depths: BTreeMap<&ShapeId, usize> = BTreeMap::new();
        for shape in self.selection.shapes() {
            let mut way: Vec<&'m Shape> = Vec::new();
            let mut next = Some(shape).filter(|shape| is_collection(shape));
            while let Some(shape) = next.filter(|shape| !depths.contains_key(&shape.id)) {
                // A provisional depth, which ends a cycle.
                depths.insert(&shape.id, 0);
                way.push(shape);
                next = self.inner(shape);
            }
            let cycle = next.filter(|next| way.iter().any(|shape| shape.id == next.id));
            if let Some(shape) = cycle {
                self.endless(shape);
            }
            let mut depth = next.and_then(|shape| depths.get(&shape.id)).copied();
            for shape in way.into_iter().rev() {
                let own = depth.unwrap_or_default() + 1;
                depths.insert(&shape.id, own);
                depth = Some(own);
                if own == NESTING + 1 {
                    self.too_deep(shape);
                }
            }
        }
    }

    /// Returns the list or the map that a list or a map holds.
    fn inner(&self, shape: &Shape) -> Option<&'m Shape> {
        let name = if shape.kind == Kind::List {
            "member"
        } else {
            "value"
        };
        let target = &shape.members.get(name)?.target;
        self.model
            .shape(&target.id)
            .filter(|inner| is_collection(inner))
    }

    fn endless(&mut self, shape: &Shape) {
        let id = &shape.id;
        self.report(
            format!("`{id}` contains itself through lists and maps alone"),
            shape.span.clone(),
            "its type would be infinite",
            "put a structure or a union in between",
        );
    }

    fn too_deep(&mut self, shape: &Shape) {
        let id = &shape.id;
        self.report(
            format!("`{id}` has more than {NESTING} nested lists and maps"),
            shape.span.clone(),
            "its type would be unreadable",
            "put a structure in between",
        );
    }
}

fn is_collection(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::List | Kind::Map)
}
