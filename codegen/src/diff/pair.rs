//! Parts of two models side by side.

use std::collections::BTreeMap;

use super::Subject;
use super::fact::{Fact, Nature};
use super::line::{Line, Rule};
use super::part::{Key, Part, Parts, is_of_values};

/// A part in the two models, with what differs about it.
pub(super) struct Pair<'p> {
    pub(super) key: &'p Key,
    pub(super) old: Option<&'p Part>,
    pub(super) new: Option<&'p Part>,
    /// Facts that are not the same, the old one and the new one.
    pub(super) facts: Vec<(&'p Fact, &'p Fact)>,
    /// Whether what it has is in another order.
    pub(super) is_reordered: bool,
    pub(super) lines: Vec<&'p Line>,
}

impl<'p> Pair<'p> {
    /// It, as it is or was.
    pub(super) fn part(&self) -> Option<&'p Part> {
        self.new.or(self.old)
    }

    pub(super) fn is_on_both_sides(&self) -> bool {
        self.old.is_some() && self.new.is_some()
    }

    /// Whether anything differs.
    pub(super) fn differs(&self) -> bool {
        self.behaves_otherwise() || !self.facts.is_empty() || !self.lines.is_empty()
    }

    /// What it was and what it is, where it has become something else.
    pub(super) fn kinds(&self) -> Option<(&'static str, &'static str)> {
        let (old, new) = (self.old?.kind?, self.new?.kind?);
        (old != new).then_some((old, new))
    }

    /// Whether it is an enum whose values are in another order.
    pub(super) fn is_reordered_enum(&self) -> bool {
        let kind = self.part().and_then(|part| part.kind);
        self.is_reordered && kind.is_some_and(is_of_values)
    }

    /// Whether arguments of its functions have changed places.
    pub(super) fn has_reordered_arguments(&self) -> bool {
        let mut rules = self.lines.iter().map(|line| line.rule);
        self.is_reordered && rules.any(|rule| rule == Rule::FunctionTakesOther)
    }

    /// Whether more than its documentation differs.
    pub(super) fn behaves_otherwise(&self) -> bool {
        let mut natures = self.facts.iter().map(|(old, _)| old.nature);
        !self.is_on_both_sides()
            || self.is_reordered
            || self.kinds().is_some()
            || natures.any(Nature::is_behaviour)
    }

    /// Whether more differs than comments. What is said of a deprecation is in an attribute.
    pub(super) fn is_in_code(&self) -> bool {
        let mut natures = self.facts.iter().map(|(old, _)| old.nature);
        self.behaves_otherwise()
            || !self.lines.is_empty()
            || natures.any(|nature| nature == Nature::Note)
    }

    /// Whether a line of the API can be because of it.
    fn claims(&self, line: &Line) -> bool {
        let Some(place) = line.place() else {
            return false;
        };
        // A type that is new took nothing away, be it in the place of one that is gone. A member can:
        // what is required takes `Default`.
        let is_member = self.nearness() == Nearness::Member;
        // A function is not deprecated because of its arguments.
        let is_shared = self.shares_otherwise() && !line.rule.is_of_deprecation();
        let covers = |part: &Part, is_there: bool| {
            let shared = part.shared.iter().filter(|_| is_shared);
            let mut claims = part.claims.iter().chain(shared);
            (is_there || is_member) && claims.any(|it| it.covers(place))
        };
        self.old
            .is_some_and(|part| covers(part, line.before.is_some()))
            || self
                .new
                .is_some_and(|part| covers(part, line.after.is_some()))
    }

    /// Whether it has something else to do with what it shares with others.
    fn shares_otherwise(&self) -> bool {
        let share = |part: Option<&'p Part>| part.map(|part| (part.is_argument, &part.share));
        share(self.old) != share(self.new)
    }

    fn nearness(&self) -> Nearness {
        match self.part() {
            Some(part) if part.parent.is_some() => Nearness::Member,
            Some(part) if matches!(part.subject, Subject::Client | Subject::Endpoint) => {
                Nearness::Crate
            }
            _ => Nearness::Item,
        }
    }
}

/// How near a part is to the lines that it claims: the nearest of those that claim one gets it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// What is there once, and has what no other part has.
    Crate,
    /// An operation or a type.
    Item,
    /// What an operation or a type has.
    Member,
}

/// Makes what only one model has one with its parts: a structure that is new is new with its members.
/// So it is where it was a union.
pub(super) fn take_together(parts: &mut Parts, others: &Parts) {
    let kind = |parts: &Parts, key: &Key| parts.get(key).map(|part| part.kind);
    let taken: Vec<(Key, Key)> = parts
        .iter()
        .filter_map(|(key, part)| Some((key.clone(), part.parent.clone()?)))
        .filter(|(_, parent)| kind(others, parent) != kind(parts, parent))
        .collect();
    for (key, parent) in taken {
        let Some(part) = parts.shift_remove(&key) else {
            continue;
        };
        if let Some(parent) = parts.get_mut(&parent) {
            parent.claims.extend(part.claims);
            parent.claims.extend(part.shared);
            parent.files.extend(part.files);
        }
    }
}

/// The parts of two models.
pub(super) fn pairs<'p>(old: &'p Parts, new: &'p Parts) -> Vec<Pair<'p>> {
    let (old_order, new_order) = (order(old, new), order(new, old));
    let new_keys = new.keys().filter(|key| !old.contains_key(*key));
    let pair = |key: &'p Key| {
        let (before, after) = (old.get(key), new.get(key));
        let facts = match (before, after) {
            (Some(before), Some(after)) if before.kind == after.kind => {
                let facts = before.facts.iter().zip(&after.facts);
                facts.filter(|(old, new)| old != new).collect()
            }
            _ => Vec::new(),
        };
        Pair {
            key,
            old: before,
            new: after,
            facts,
            is_reordered: old_order.get(key) != new_order.get(key),
            lines: Vec::new(),
        }
    };
    old.keys().chain(new_keys).map(pair).collect()
}

/// What each part has that both models have, in its order.
fn order<'p>(parts: &'p Parts, others: &Parts) -> BTreeMap<&'p Key, Vec<&'p Key>> {
    let mut order: BTreeMap<&Key, Vec<&Key>> = BTreeMap::new();
    for (key, part) in parts {
        if let Some(parent) = part.parent.as_ref().filter(|_| others.contains_key(key)) {
            order.entry(parent).or_default().push(key);
        }
    }
    order
}

/// Gives a line to the parts that it is because of; false where there are none.
pub(super) fn give<'p>(line: &'p Line, pairs: &mut [Pair<'p>]) -> bool {
    // A member that is as it was is the reason for nothing.
    let nearness = |pair: &Pair| {
        let may_claim = pair.nearness() < Nearness::Member || pair.behaves_otherwise();
        (may_claim && pair.claims(line)).then(|| pair.nearness())
    };
    let Some(nearest) = pairs.iter().filter_map(nearness).max() else {
        return false;
    };
    for pair in pairs {
        if nearness(pair) == Some(nearest) {
            pair.lines.push(line);
        }
    }
    true
}
