//! From what differs to changes, each told once.

use std::cmp::Reverse;

use indexmap::IndexMap;

use super::fact::{Fact, Nature};
use super::file;
use super::line::Line;
use super::part::{Key, Part, parts};
use super::{Change, Class, Subject};
use crate::api::Kind;
use crate::generate::Generated;

/// A part in the two models, with what differs about it.
struct Pair<'p> {
    key: &'p Key,
    old: Option<&'p Part>,
    new: Option<&'p Part>,
    /// Facts that are not the same, the old one and the new one.
    facts: Vec<(&'p Fact, &'p Fact)>,
    /// Whether what it has is in another order.
    is_reordered: bool,
    lines: Vec<&'p Line>,
}

impl<'p> Pair<'p> {
    fn part(&self) -> Option<&'p Part> {
        self.new.or(self.old)
    }

    fn is_on_both_sides(&self) -> bool {
        self.old.is_some() && self.new.is_some()
    }

    /// Whether more than its documentation differs.
    fn behaves_otherwise(&self) -> bool {
        let mut natures = self.facts.iter().map(|(old, _)| old.nature);
        !self.is_on_both_sides() || self.is_reordered || natures.any(Nature::is_behaviour)
    }

    /// Whether a line of the API can be because of it.
    fn claims(&self, line: &Line) -> bool {
        let Some(place) = line.place() else {
            return false;
        };
        // A type that is new took nothing away, be it in the place of one that is gone. A member can:
        // what is required takes `Default`.
        let is_member = self.nearness() == 2;
        let covers = |part: &Part, is_there: bool| {
            (is_there || is_member) && part.claims.iter().any(|it| it.covers(place))
        };
        self.old
            .is_some_and(|part| covers(part, line.before.is_some()))
            || self
                .new
                .is_some_and(|part| covers(part, line.after.is_some()))
    }

    /// How near it is to a line that it claims: members are nearer than what has them.
    fn nearness(&self) -> usize {
        match self.part() {
            Some(part) if part.parent.is_some() => 2,
            Some(part) if matches!(part.subject, Subject::Client | Subject::Endpoint) => 0,
            _ => 1,
        }
    }
}

/// The changes between two services, of whose APIs these lines differ.
pub(super) fn changes(old: &Generated, new: &Generated, lines: &[Line]) -> Vec<Change> {
    let (mut old_parts, mut new_parts) = (parts(&old.service), parts(&new.service));
    take_together(&mut old_parts, &new_parts);
    take_together(&mut new_parts, &old_parts);
    let mut pairs = pairs(&old_parts, &new_parts);
    let mut changes = Vec::new();
    for line in lines {
        if !give(line, &mut pairs) {
            changes.extend(of_line(line));
        }
    }
    pairs.retain(|pair| {
        pair.behaves_otherwise() || !pair.facts.is_empty() || !pair.lines.is_empty()
    });
    let told: Vec<&Part> = pairs
        .iter()
        .flat_map(|it| [it.old, it.new])
        .flatten()
        .collect();
    let files = file::compare(&old.library, &new.library);
    changes.extend(pairs.iter().map(|pair| of_pair(pair, &files)));
    // The title of the service stands at the head of many files, and is told once.
    let is_retitled = old.service.title != new.service.title;
    let rest = files.iter().filter(|file| {
        let mut told = told.iter().flat_map(|part| &part.files);
        let is_title = is_retitled && file.code.is_empty();
        !is_title && !told.any(|told| *told == file.path)
    });
    changes.extend(rest.map(file::FileDifference::change));
    changes
}

/// Makes what only one model has one with its parts: a structure that is new is new with its members.
fn take_together(parts: &mut IndexMap<Key, Part>, others: &IndexMap<Key, Part>) {
    let taken: Vec<(Key, Key)> = parts
        .iter()
        .filter_map(|(key, part)| Some((key.clone(), part.parent.clone()?)))
        .filter(|(_, parent)| !others.contains_key(parent))
        .collect();
    for (key, parent) in taken {
        let Some(part) = parts.shift_remove(&key) else {
            continue;
        };
        if let Some(parent) = parts.get_mut(&parent) {
            parent.claims.extend(part.claims);
            parent.files.extend(part.files);
        }
    }
}

fn pairs<'p>(old: &'p IndexMap<Key, Part>, new: &'p IndexMap<Key, Part>) -> Vec<Pair<'p>> {
    let new_keys = new.keys().filter(|key| !old.contains_key(*key));
    let pair = |key: &'p Key| {
        let (before, after) = (old.get(key), new.get(key));
        let facts = match (before, after) {
            (Some(before), Some(after)) => {
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
            is_reordered: order(old, new, key) != order(new, old, key),
            lines: Vec::new(),
        }
    };
    old.keys().chain(new_keys).map(pair).collect()
}

/// What a part has that both models have, in its order.
fn order<'p>(
    parts: &'p IndexMap<Key, Part>,
    others: &IndexMap<Key, Part>,
    parent: &Key,
) -> Vec<&'p Key> {
    let of_parent = parts
        .iter()
        .filter(|(_, it)| it.parent.as_ref() == Some(parent));
    let in_both = of_parent.filter(|(key, _)| others.contains_key(*key));
    in_both.map(|(key, _)| key).collect()
}

/// Gives a line to the parts that it is because of; false where there are none.
fn give<'p>(line: &'p Line, pairs: &mut [Pair<'p>]) -> bool {
    // A member that is as it was is the reason for nothing.
    let nearness = |pair: &Pair| {
        let may_claim = pair.nearness() < 2 || pair.behaves_otherwise();
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

/// The change of a line that no part is the reason for.
fn of_line(line: &Line) -> Option<Change> {
    let change = match (&line.before, &line.after) {
        (None, _) => "is new",
        (_, None) => "is gone",
        _ => "is declared otherwise",
    };
    Some(Change {
        class: line.rule.class(),
        subject: Subject::Client,
        path: line.place()?.path(),
        change: change.to_owned(),
        reason: line.rule.reason().to_owned(),
        details: line.details().collect(),
    })
}

fn of_pair(pair: &Pair, files: &[file::FileDifference]) -> Change {
    let rules = pair.lines.iter().map(|line| line.rule);
    let worst = rules.min_by_key(|rule| (Reverse(rule.class()), *rule));
    let own_subject = pair.part().map_or(Subject::Client, |it| it.subject);
    let (subject, reason) = match worst {
        Some(rule) => (own_subject, rule.reason()),
        None if !pair.behaves_otherwise() => (Subject::Documentation, "only what is said differs"),
        None => {
            let is_endpoint = own_subject == Subject::Endpoint;
            let subject = if is_endpoint {
                own_subject
            } else {
                Subject::Wire
            };
            (subject, "the API stays, and the client behaves otherwise")
        }
    };
    let mut lines = pair.lines.clone();
    // What is called comes first, and traits are the last that anybody looks for.
    lines.sort_by_key(|line| {
        let place = line.place();
        place.map(|place| (place.kind == Kind::Implementation, place.owner != "Client"))
    });
    let mut details: Vec<String> = lines.iter().flat_map(|it| it.details()).collect();
    let is_hidden = |(old, _): &(&Fact, &Fact)| old.nature == Nature::HiddenBehaviour;
    if details.is_empty() && pair.facts.iter().any(is_hidden) {
        // The code says what a value that is too long to be shown does not.
        let file = pair.part().and_then(|part| part.files.first());
        let file = files.iter().find(|it| file == Some(&it.path));
        details.extend(file.into_iter().flat_map(|file| file.code.clone()));
    }
    Change {
        class: worst.map_or(Class::Patch, |rule| rule.class()),
        subject,
        path: pair.key.1.clone(),
        change: words(pair),
        reason: reason.to_owned(),
        details,
    }
}

/// What changed about a part, as the end of a sentence.
fn words(pair: &Pair) -> String {
    let (is_argument, which) = match (pair.old, pair.new) {
        (None, Some(part)) => (part.is_argument, "new"),
        (Some(part), None) => (part.is_argument, "gone"),
        _ => return differences(pair),
    };
    let functions: Vec<String> = argument_of(pair).collect();
    match (is_argument, which) {
        (true, "new") => format!(
            "is new and required: an argument of {}",
            functions.join(" and ")
        ),
        (true, _) => format!(
            "is gone: no argument of {} any more",
            functions.join(" and ")
        ),
        _ => format!("is {which}"),
    }
}

/// The functions that take it as an argument, or did.
fn argument_of<'p>(pair: &Pair<'p>) -> impl Iterator<Item = String> {
    let places = pair.lines.iter().filter_map(|line| line.place());
    let functions = places.filter(|place| {
        let is_constructor = place.owner == "Client" || place.name == "new";
        place.kind == Kind::Function && is_constructor
    });
    functions.map(|place| format!("`{}`", place.path()))
}

/// What is otherwise about a part that both models have.
fn differences(pair: &Pair) -> String {
    // What is said of a deprecation comes and goes with it.
    let is_told = |(old, new): &&(&Fact, &Fact)| {
        new.nature != Nature::Note || !(old.value.is_empty() || new.value.is_empty())
    };
    let facts = pair.facts.iter().filter(is_told);
    let (shown, named): (Vec<_>, Vec<_>) =
        facts.partition(|(_, new)| new.nature == Nature::Behaviour);
    let mut named: Vec<&str> = named.iter().map(|(_, new)| new.aspect).collect();
    if pair.is_reordered {
        named.push("the order of what it has");
    }
    if named.is_empty() && shown.is_empty() {
        named.push("its public items");
    }
    let shown: Vec<String> = shown
        .iter()
        .map(|(old, new)| difference(old, new))
        .collect();
    let named = (!named.is_empty()).then(|| format!("differs in {}", named.join(" and ")));
    let shown = (!shown.is_empty()).then(|| format!("differs: {}", shown.join("; ")));
    let words: Vec<String> = named.into_iter().chain(shown).collect();
    words.join(", and ")
}

/// What is otherwise about something that can be shown.
fn difference(old: &Fact, new: &Fact) -> String {
    let aspect = new.aspect;
    match (&*old.value, &*new.value) {
        ("", value) => format!("{aspect} is now {value}"),
        (old, "") => format!("{aspect} is no longer {old}"),
        (old, value) => format!("{aspect} is {value}, and was {old}"),
    }
}
