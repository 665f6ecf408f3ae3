//! Members through which a structure contains itself.
//!
//! A Rust structure cannot contain itself without indirection. Lists and maps are indirection;
//! members of structures that contain each other directly are boxed. These are the strongly
//! connected components of the graph of direct members, found with Tarjan's algorithm, without
//! recursion, so that models can have any depth.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Kind, Member, ShapeId};
use crate::select::Selection;

/// Members, by shape and name.
type Members<'m> = BTreeSet<(&'m ShapeId, &'m str)>;

/// Returns the members that must be boxed.
pub(super) fn boxed_members<'m>(selection: &Selection<'m>) -> Members<'m> {
    members_in_circles(selection, |_| true)
}

/// Returns the members through which a structure always contains itself, so that no value of it can
/// end.
pub(crate) fn endless_members<'m>(selection: &Selection<'m>) -> Members<'m> {
    members_in_circles(selection, |member| member.traits.required)
}

fn members_in_circles<'m>(
    selection: &Selection<'m>,
    counts: impl Fn(&Member) -> bool,
) -> Members<'m> {
    let shapes = selection.shapes();
    let edges: BTreeMap<&ShapeId, Vec<(&str, &ShapeId)>> = shapes
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

/// Returns the number of the component of every structure, and of every shape that it refers to.
fn components<'m>(
    edges: &BTreeMap<&'m ShapeId, Vec<(&str, &'m ShapeId)>>,
) -> BTreeMap<&'m ShapeId, usize> {
    let mut component = BTreeMap::new();
    let mut order: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    let mut lowest: BTreeMap<&ShapeId, usize> = BTreeMap::new();
    let mut open: Vec<&ShapeId> = Vec::new();
    for root in edges.keys() {
        let mut path = vec![(*root, 0_usize)];
        while let Some((id, next)) = path.pop() {
            if next == 0 {
                if order.contains_key(id) {
                    continue;
                }
                order.insert(id, order.len());
                lowest.insert(id, order.len() - 1);
                open.push(id);
            }
            let targets = edges.get(id).map(Vec::as_slice).unwrap_or_default();
            // What an earlier step descended into is finished now.
            if let Some((_, done)) = next.checked_sub(1).and_then(|index| targets.get(index)) {
                lower(&mut lowest, id, done, &component);
            }
            if let Some((_, target)) = targets.get(next) {
                path.push((id, next + 1));
                path.push((target, 0));
            } else if lowest.get(id) == order.get(id) {
                let number = component.len();
                while let Some(member) = open.pop() {
                    component.insert(member, number);
                    if member == id {
                        break;
                    }
                }
            }
        }
    }
    component
}

/// Takes over what a finished target reaches, unless it belongs to a component already.
fn lower<'m>(
    lowest: &mut BTreeMap<&'m ShapeId, usize>,
    id: &'m ShapeId,
    target: &'m ShapeId,
    component: &BTreeMap<&ShapeId, usize>,
) {
    let reached = lowest
        .get(target)
        .copied()
        .filter(|_| !component.contains_key(target));
    if let (Some(reached), Some(own)) = (reached, lowest.get_mut(id)) {
        *own = (*own).min(reached);
    }
}
