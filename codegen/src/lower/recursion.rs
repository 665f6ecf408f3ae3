//! Members through which a structure contains itself.
//!
//! A Rust structure cannot contain itself without indirection. Lists and maps are indirection;
//! members of structures that contain each other directly are boxed. These are the strongly
//! connected components of the graph of direct members, found with Kosaraju's algorithm, without
//! recursion, so that models can have any depth.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Kind, Member, ShapeId};
use crate::select::Selection;

/// Members, by shape and name.
type Members<'m> = BTreeSet<(&'m ShapeId, &'m str)>;

/// The names and targets of the direct members of each structure.
type Edges<'m> = BTreeMap<&'m ShapeId, Vec<(&'m str, &'m ShapeId)>>;

/// Returns the members that must be boxed.
pub(super) fn boxed_members<'m>(selection: &Selection<'m>) -> Members<'m> {
    members_in_cycles(selection, |_| true)
}

/// Returns the members through which a structure always contains itself, so that no value of it can
/// end.
pub(crate) fn endless_members<'m>(selection: &Selection<'m>) -> Members<'m> {
    members_in_cycles(selection, |member| member.traits.required)
}

fn members_in_cycles<'m>(
    selection: &Selection<'m>,
    counts: impl Fn(&Member) -> bool,
) -> Members<'m> {
    let shapes = selection.shapes();
    let edges: Edges<'m> = shapes
        .filter(|shape| matches!(shape.kind, Kind::Structure | Kind::Union))
        .map(|shape| {
            let members = shape.members.iter().filter(|(_, member)| counts(member));
            let members = members.map(|(name, member)| (name.as_str(), &member.target.id));
            (&shape.id, members.collect())
        })
        .collect();
    let component = components(&edges);
    let mut boxed = BTreeSet::new();
    for (id, members) in &edges {
        for (name, target) in members {
            if component.get(id) == component.get(target) {
                boxed.insert((*id, *name));
            }
        }
    }
    boxed
}

/// Returns a representative of the component of every structure, and of every shape that it refers
/// to.
fn components<'m>(edges: &Edges<'m>) -> BTreeMap<&'m ShapeId, &'m ShapeId> {
    let mut sources: BTreeMap<&ShapeId, Vec<&ShapeId>> = BTreeMap::new();
    for (id, members) in edges {
        for (_, target) in members {
            sources.entry(target).or_default().push(id);
        }
    }
    let mut component = BTreeMap::new();
    for root in finished(edges).into_iter().rev() {
        let mut pending = vec![root];
        while let Some(id) = pending.pop() {
            if let Entry::Vacant(entry) = component.entry(id) {
                entry.insert(root);
                pending.extend(sources.get(id).into_iter().flatten());
            }
        }
    }
    component
}

/// Returns all shapes in the order in which a depth-first search finishes them: what a shape refers
/// to comes before it, unless that refers back to it.
fn finished<'m>(edges: &Edges<'m>) -> Vec<&'m ShapeId> {
    let mut seen = BTreeSet::new();
    let mut finished = Vec::new();
    for root in edges.keys() {
        let mut pending = vec![(*root, false)];
        while let Some((id, is_finished)) = pending.pop() {
            if is_finished {
                finished.push(id);
            } else if seen.insert(id) {
                pending.push((id, true));
                let members = edges.get(id).into_iter().flatten();
                pending.extend(members.map(|(_, target)| (*target, false)));
            }
        }
    }
    finished
}
