//! Changes: the parts that differ, each with the lines of the API that it affects.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use similar::{ChangeTag, TextDiff};

use super::cause::causes;
use super::line::{Line, Rule};
use super::pair::{Pair, pairs};
use super::part::{Field, Part, Parts};
use super::{Change, Class, Subject};
use crate::api::{ItemId, Kind};
use crate::generate::Generated;

const DOCUMENTATION: &str = "only documentation differs";
const BEHAVIOR: &str = "the API is the same, and behavior differs";
const SWAPPED: &str = "existing calls compile if the types are the same, with swapped arguments";

/// The maximum length of a value in a report.
const MAX_LENGTH: usize = 100;

/// The files of a crate, by path.
type Files = BTreeMap<String, String>;

/// Returns the changes between two generated crates, whose APIs differ in these lines.
pub(super) fn changes(old: &Generated, new: &Generated, lines: &[Line]) -> Vec<Change> {
    let files: BTreeSet<&String> = old.library.keys().chain(new.library.keys()).collect();
    let differing = |path: &&String| body(&old.library, path) != body(&new.library, path);
    let files: Vec<&String> = files.into_iter().filter(differing).collect();
    // A model can say the same in another way, so fields can differ without an effect.
    if files.is_empty() {
        return Vec::new();
    }
    let (old_parts, new_parts) = (Parts::of(&old.service), Parts::of(&new.service));
    let mut pairs = pairs(&old_parts, &new_parts);
    let mut aliases = old_parts.aliases.clone();
    aliases.extend(new_parts.aliases.clone());
    let mut required = old_parts.required.clone();
    required.extend(new_parts.required.clone());
    for line in lines {
        for path in causes(line, &pairs, &aliases, &required) {
            if let Some(pair) = pairs.get_mut(path) {
                pair.lines.push(line);
            }
        }
    }
    let libraries = [&old.library, &new.library];
    let differing = pairs.values().filter(|pair| pair.differs());
    let changes: Vec<Change> = differing.map(|pair| change(pair, libraries)).collect();
    if changes.is_empty() {
        let changes = files.into_iter().map(|path| of_file(path, libraries));
        return changes.collect();
    }
    changes
}

fn has_swapped_arguments(pair: &Pair<'_>) -> bool {
    let mut rules = pair.lines.iter().map(|line| line.rule);
    pair.is_reordered && rules.any(|rule| rule == Rule::FunctionChanged)
}

/// Returns the change of a part.
fn change(pair: &Pair<'_>, libraries: [&Files; 2]) -> Change {
    let is_still_there = pair.is_on_both_sides() && pair.kinds().is_none();
    let is_addition = |rule| matches!(rule, Rule::Added | Rule::Removed);
    let rank = |rule: Rule| (!is_still_there && !is_addition(rule), rule);
    let rules = pair.lines.iter().map(|line| line.rule);
    let rule = rules.min_by_key(|rule| (Reverse(rule.verdict().0), rank(*rule)));
    let (class, subject, reason) = match (rule.map(Rule::verdict), pair.part.subject) {
        (Some((class, _)), subject) if has_swapped_arguments(pair) => (class, subject, SWAPPED),
        (Some((class, reason)), subject) => (class, subject, reason),
        _ if !pair.behaves_differently() => (Class::Patch, Subject::Documentation, DOCUMENTATION),
        (None, Subject::Endpoint) => (Class::Patch, Subject::Endpoint, BEHAVIOR),
        (None, Subject::Type) if pair.is_reordered && pair.part.is_enum() => {
            (Class::Patch, Subject::Type, BEHAVIOR)
        }
        (None, _) => (Class::Patch, Subject::Wire, BEHAVIOR),
    };
    Change {
        class,
        subject,
        path: pair.path.to_owned(),
        change: description(pair),
        reason: reason.to_owned(),
        details: details(pair, libraries),
    }
}

/// Describes the change in words.
fn description(pair: &Pair<'_>) -> String {
    let is_argument = |part: &Part| part.argument.is_some();
    let functions = match pair.part.subject {
        Subject::Member => constructors(pair).join(" and "),
        _ => String::new(),
    };
    let (old, new) = match (pair.old, pair.new) {
        (None, new) => {
            let is_required = !functions.is_empty() && new.is_some_and(is_argument);
            return if is_required {
                format!("added as an argument of {functions}")
            } else {
                "added".to_owned()
            };
        }
        (_, None) if functions.is_empty() => return "removed".to_owned(),
        (_, None) => return format!("removed, and no longer an argument of {functions}"),
        (Some(old), Some(new)) => (old, new),
    };
    if let Some((old, new)) = pair.kinds() {
        return format!("changed from {old} to {new}");
    }
    let (documentation, behavior): (Vec<_>, Vec<_>) = pair
        .fields
        .iter()
        .partition(|(_, new)| new.is_documentation());
    let fields = behavior.into_iter().chain(documentation);
    let mut differences: Vec<String> = fields.map(|(old, new)| difference(old, new)).collect();
    match (is_argument(old), is_argument(new)) {
        _ if functions.is_empty() => {}
        (false, true) => differences.push(format!("now an argument of {functions}")),
        (true, false) => differences.push(format!("no longer an argument of {functions}")),
        _ => {}
    }
    if pair.is_reordered {
        let members = if new.is_enum() { "values" } else { "members" };
        differences.push(format!("order of {members} changed"));
    }
    if differences.is_empty() {
        differences.push("public items changed".to_owned());
    }
    differences.join("; ")
}

/// Returns the functions that take it, or took it, as an argument.
fn constructors(pair: &Pair<'_>) -> Vec<String> {
    let places = pair.lines.iter().map(|line| &line.place);
    let functions = places.filter(|place| {
        place.kind == Kind::Function && (place.owner == "Client" || place.name == "new")
    });
    functions.map(ItemId::path).collect()
}

/// Returns the lines of the API, or else the code that shows what the description does not.
fn details(pair: &Pair<'_>, libraries: [&Files; 2]) -> Vec<String> {
    let mut fields = pair.fields.iter();
    if pair.lines.is_empty() && fields.any(|(old, new)| values(old, new).is_none()) {
        let file = pair.part.file.as_ref();
        return file
            .map(|file| changed_code(file, libraries))
            .unwrap_or_default();
    }
    let mut lines = pair.lines.clone();
    // Methods of the client come first, and traits last.
    lines.sort_by_key(|line| {
        let is_last = matches!(line.place.kind, Kind::Implementation | Kind::Module);
        (is_last, line.place.owner != "Client")
    });
    lines.dedup_by_key(|line| &line.place);
    lines.into_iter().flat_map(Line::details).collect()
}

/// Describes the difference between two values of a field.
fn difference(old: &Field, new: &Field) -> String {
    let name = new.words();
    match (values(old, new), &*old.value, &*new.value) {
        (_, "None,", _) if name == "deprecated" => name,
        (_, _, "None,") if name == "deprecated" => format!("no longer {name}"),
        (Some([old, new]), _, _) if !name.ends_with("documentation") => {
            format!("{name} changed from {old} to {new}")
        }
        _ => format!("{name} changed"),
    }
}

/// Returns the values of a field, unless they are too long for a report.
fn values(old: &Field, new: &Field) -> Option<[String; 2]> {
    let values = [old.display(), new.display()];
    let is_short = values.iter().all(|value| value.len() <= MAX_LENGTH);
    is_short.then_some(values)
}

/// Returns the change of a file that no part explains.
fn of_file(path: &str, libraries: [&Files; 2]) -> Change {
    let details = changed_code(path, libraries);
    let (subject, change, reason) = if details.is_empty() {
        (
            Subject::Documentation,
            "documentation changed",
            DOCUMENTATION,
        )
    } else {
        (Subject::Client, "code changed", BEHAVIOR)
    };
    Change {
        class: Class::Patch,
        subject,
        path: path.to_owned(),
        change: change.to_owned(),
        reason: reason.to_owned(),
        details,
    }
}

/// Returns a file without its header, which names the model.
fn body<'f>(files: &'f Files, path: &str) -> &'f str {
    let file = files.get(path).and_then(|text| text.split_once('\n'));
    file.map_or("", |(_, body)| body)
}

/// Returns the lines of code of a file that differ, as a diff shows them.
fn changed_code(path: &str, libraries: [&Files; 2]) -> Vec<String> {
    let [old, new] = libraries.map(|files| {
        let lines = body(files, path).lines().filter(|line| {
            let line = line.trim_start();
            !line.starts_with("///") && !line.starts_with("//!")
        });
        lines.collect::<Vec<_>>().join("\n")
    });
    let diff = TextDiff::from_lines(&old, &new);
    let lines = diff.iter_all_changes().filter_map(|line| {
        let sign = match line.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign} {}", line.value().trim_end()))
    });
    lines.collect()
}
