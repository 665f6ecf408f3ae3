//! From what differs to changes, each told once.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::fact::Nature;
use super::file::{self, BEHAVIOUR, DOCUMENTATION, FileDifference};
use super::line::{Line, Rule};
use super::pair::{Pair, give, pairs, take_together};
use super::part::{Part, parts};
use super::sentence::sentence;
use super::{Change, Class, Subject};
use crate::api::{Kind, Place};
use crate::generate::Generated;

/// Why it is the greatest change that arguments have changed places.
const SWAPPED: &str = "calls still compile where the types are the same, with values swapped";

/// The changes between what was generated twice, of which these lines of the APIs differ.
pub(super) fn changes(old: &Generated, new: &Generated, lines: &[Line]) -> Vec<Change> {
    let files = file::compare(&old.library, &new.library);
    let (mut old_parts, mut new_parts) = (parts(&old.service), parts(&new.service));
    take_together(&mut old_parts, &new_parts);
    take_together(&mut new_parts, &old_parts);
    let mut pairs = pairs(&old_parts, &new_parts);
    let (mut changes, mut told) = (Vec::new(), Told::default());
    for line in lines {
        if !give(line, &mut pairs) {
            changes.extend(of_line(line));
            told.code.extend(line.place().and_then(file_of));
        }
    }
    // A model can say the same in another way: what makes no file differ is no difference.
    let has_difference = |part: &Part| {
        let mut files = files.iter();
        files.any(|file| part.files.contains(&file.path))
    };
    pairs.retain(|pair| {
        let mut parts = [pair.old, pair.new].into_iter().flatten();
        !pair.lines.is_empty() || pair.differs() && parts.any(has_difference)
    });
    changes.extend(pairs.iter().map(|pair| of_pair(pair, &files)));
    // The title of the service stands at the head of many files, and is told once.
    let is_retitled = old.service.title != new.service.title;
    for pair in &pairs {
        told.add(pair);
    }
    let rest = files.iter().filter(|file| {
        let is_title = is_retitled && file.code.is_empty();
        !is_title && !told.covers(file)
    });
    changes.extend(rest.map(FileDifference::change));
    changes
}

/// The files that changes tell of. One of documentation alone tells of no code.
#[derive(Default)]
struct Told<'p> {
    code: BTreeSet<&'p str>,
    documentation: BTreeSet<&'p str>,
}

impl<'p> Told<'p> {
    fn add(&mut self, pair: &Pair<'p>) {
        let parts = [pair.old, pair.new].into_iter().flatten();
        let files = parts.flat_map(|part| part.files.iter().map(String::as_str));
        if pair.is_in_code() {
            self.code.extend(files);
        } else {
            self.documentation.extend(files);
        }
    }

    fn covers(&self, file: &FileDifference) -> bool {
        let path = &*file.path;
        self.code.contains(path) || file.code.is_empty() && self.documentation.contains(path)
    }
}

/// The file of an item that no part is the reason for.
fn file_of(place: &Place) -> Option<&'static str> {
    match place.owner.split(['<', ':']).next()? {
        "" => Some("mod.rs"),
        "Client" | "Call" => Some("client.rs"),
        "error" => Some("error.rs"),
        "operation" => Some("operation/mod.rs"),
        "types" => Some("types/mod.rs"),
        _ => None,
    }
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

fn of_pair(pair: &Pair, files: &[FileDifference]) -> Change {
    let rules = pair.lines.iter().map(|line| line.rule);
    let is_still_there = pair.is_on_both_sides() && pair.kinds().is_none();
    let worst = rules.min_by_key(|rule| (Reverse(rule.class()), rule.rank(is_still_there)));
    let own_subject = pair.part().map_or(Subject::Client, |it| it.subject);
    let (subject, reason) = match (worst, own_subject) {
        (Some(Rule::FunctionTakesOther), subject) if pair.has_reordered_arguments() => {
            (subject, SWAPPED)
        }
        (Some(rule), subject) => (subject, rule.reason()),
        _ if !pair.behaves_otherwise() => (Subject::Documentation, DOCUMENTATION),
        (None, Subject::Type) if pair.is_reordered_enum() => (Subject::Type, BEHAVIOUR),
        (None, Subject::Endpoint) => (Subject::Endpoint, BEHAVIOUR),
        (None, _) => (Subject::Wire, BEHAVIOUR),
    };
    Change {
        class: worst.map_or(Class::Patch, Rule::class),
        subject,
        path: pair.key.1.clone(),
        change: sentence(pair),
        reason: reason.to_owned(),
        details: details(pair, files),
    }
}

/// The lines of the API, and where there are none, the code that says what a value does not that is
/// too long to be shown.
fn details(pair: &Pair, files: &[FileDifference]) -> Vec<String> {
    let mut lines = pair.lines.clone();
    // What is called comes first, and traits are the last that anybody looks for.
    lines.sort_by_key(|line| {
        let is_last = |kind| matches!(kind, Kind::Implementation | Kind::Module);
        let place = line.place();
        place.map(|place| (is_last(place.kind), place.owner != "Client"))
    });
    let mut facts = pair.facts.iter();
    if lines.is_empty() && facts.any(|(_, new)| new.nature == Nature::HiddenBehaviour) {
        let file = pair.part().and_then(|part| part.files.first());
        let file = files.iter().find(|it| file == Some(&it.path));
        return file.map(|file| file.code.clone()).unwrap_or_default();
    }
    // One that is there for two rules is shown once.
    lines.dedup_by_key(|line| line.place());
    lines.iter().flat_map(|line| line.details()).collect()
}
