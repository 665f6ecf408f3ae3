//! The parts of two services, side by side.

use std::collections::BTreeMap;

use super::line::Line;
use super::part::{Field, Part, Parts};

/// Pairs by path.
pub(super) type Pairs<'p> = BTreeMap<&'p str, Pair<'p>>;

/// A part of the old service, the new one or both.
pub(super) struct Pair<'p> {
    pub(super) path: &'p str,
    /// The new part, or else the old one.
    pub(super) part: &'p Part,
    pub(super) old: Option<&'p Part>,
    pub(super) new: Option<&'p Part>,
    /// The fields that differ.
    pub(super) fields: Vec<(&'p Field, &'p Field)>,
    /// Is `true` if its members are in a different order.
    pub(super) is_reordered: bool,
    /// The lines of the API that differ because of it.
    pub(super) lines: Vec<&'p Line>,
}

/// Pairs the parts of two services. A member of a part that is in one of them alone, or that is of
/// another kind, belongs to that part.
pub(super) fn pairs<'p>(old: &'p Parts, new: &'p Parts) -> Pairs<'p> {
    let (old_order, new_order) = (order(old, new), order(new, old));
    let is_own = |part: &&Part| {
        part.owner.as_ref().is_none_or(|owner| {
            let (old, new) = (old.by_path.get(owner), new.by_path.get(owner));
            old.zip(new).is_some_and(|(old, new)| old.kind == new.kind)
        })
    };
    let paths = old.by_path.keys().chain(new.by_path.keys());
    let pairs = paths.filter_map(|path| {
        let (before, after) = (old.by_path.get(path), new.by_path.get(path));
        let both = before.zip(after).into_iter();
        let fields = both.flat_map(|(before, after)| before.fields.iter().zip(&after.fields));
        let pair = Pair {
            path,
            part: after.or(before).filter(is_own)?,
            old: before,
            new: after,
            fields: fields.filter(|(before, after)| before != after).collect(),
            is_reordered: old_order.get(&**path) != new_order.get(&**path),
            lines: Vec::new(),
        };
        Some((pair.path, pair))
    });
    pairs.collect()
}

/// Returns the members of each part that both services have, in the order of the first.
fn order<'p>(parts: &'p Parts, others: &Parts) -> BTreeMap<&'p str, Vec<&'p String>> {
    let mut order: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
    for (path, part) in &parts.by_path {
        if let Some(owner) = &part.owner
            && others.by_path.contains_key(path)
        {
            order.entry(owner).or_default().push(path);
        }
    }
    order
}

impl Pair<'_> {
    /// Returns `true` if it is a part of another part.
    pub(super) fn is_member(&self) -> bool {
        self.part.owner.is_some()
    }

    pub(super) fn is_on_both_sides(&self) -> bool {
        self.old.is_some() && self.new.is_some()
    }

    /// Returns what it was and what it is, if it is of another kind.
    pub(super) fn kinds(&self) -> Option<(&'static str, &'static str)> {
        let (old, new) = (self.old?.kind, self.new?.kind);
        (old != new).then_some((old, new))
    }

    pub(super) fn differs(&self) -> bool {
        self.behaves_differently() || !self.fields.is_empty() || !self.lines.is_empty()
    }

    /// Returns `true` if more than documentation differs.
    pub(super) fn behaves_differently(&self) -> bool {
        !self.is_on_both_sides()
            || self.is_reordered
            || self.kinds().is_some()
            || self.fields.iter().any(|(_, new)| !new.is_documentation())
    }

    /// Returns `true` if it is an argument of its owner's constructors on one side alone, or of
    /// another type.
    pub(super) fn is_other_argument(&self) -> bool {
        let argument = |part: Option<&Part>| part.and_then(|part| part.argument.clone());
        argument(self.old) != argument(self.new)
    }
}
