//! The differences between the facts of two models.

use super::fact::Level;
use super::json::{Json, Object};
use super::merge::is_in_order;

/// The maximum length of a value in a report, in characters.
const MAX_LENGTH: usize = 80;

/// Returns the differences between the facts of two models, a line each, in the order of the new
/// one.
pub(super) fn changes(old: &Json, new: &Json) -> Vec<String> {
    let mut comparison = Comparison::default();
    comparison.objects(Some(old), Some(new), Level::Document, "");
    comparison.found
}

#[derive(Default)]
struct Comparison {
    found: Vec<String>,
}

impl Comparison {
    /// Compares two objects that belong to `owner`, the id of a shape or a member.
    fn objects(&mut self, old: Option<&Json>, new: Option<&Json>, level: Level, owner: &str) {
        let none = Object::new();
        let [old, new] = [old, new].map(|it| it.and_then(Json::as_object).unwrap_or(&none));
        if level == Level::Members && !is_in_order(old, new) {
            self.found.push(format!("~ members of {owner}: reordered"));
        }
        for (key, value) in new {
            self.values(old.get(key), Some(value), level, (owner, key));
        }
        for (key, value) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
            self.values(Some(value), None, level, (owner, key));
        }
    }

    /// Compares the values of one key of two objects.
    fn values(
        &mut self,
        old: Option<&Json>,
        new: Option<&Json>,
        level: Level,
        (owner, key): (&str, &str),
    ) {
        let inner = level.of(key);
        let subject = subject(level, owner, key);
        match (inner, old, new) {
            (Level::Shapes | Level::Members | Level::Traits, _, _) => {
                self.objects(old, new, inner, owner);
            }
            (Level::Shape | Level::Member, Some(_), Some(_)) => {
                self.objects(old, new, inner, &id(level, owner, key));
            }
            (_, Some(old), Some(new)) if old == new => {}
            (_, Some(Json::Array(old)), Some(Json::Array(new))) if level == Level::Shape => {
                self.lists(old, new, &subject);
            }
            (_, Some(old), Some(new)) => {
                let (old, new) = (abbreviated(old), abbreviated(new));
                self.found.push(format!("~ {subject}: {old} -> {new}"));
            }
            (_, None, Some(new)) => self
                .found
                .push(format!("+ {subject}{}", detail(new, inner))),
            (_, Some(old), None) => self
                .found
                .push(format!("- {subject}{}", detail(old, inner))),
            (_, None, None) => {}
        }
    }

    /// Compares lists of a shape, such as the operations of a service.
    fn lists(&mut self, old: &[Json], new: &[Json], subject: &str) {
        let count = self.found.len();
        for item in new.iter().filter(|item| !old.contains(item)) {
            self.found
                .push(format!("+ {subject}: {}", abbreviated(item)));
        }
        for item in old.iter().filter(|item| !new.contains(item)) {
            self.found
                .push(format!("- {subject}: {}", abbreviated(item)));
        }
        if self.found.len() == count {
            self.found.push(format!("~ {subject}: reordered"));
        }
    }
}

/// Describes the value under a key of an object.
fn subject(level: Level, owner: &str, key: &str) -> String {
    match (level, level.of(key)) {
        (_, Level::Shape) => format!("shape {key}"),
        (_, Level::Member) => format!("member {}", id(level, owner, key)),
        (Level::Traits, _) => format!("trait {key} of {owner}"),
        (Level::Document, _) => key.to_owned(),
        _ => format!("{key} of {owner}"),
    }
}

/// Returns the id of a shape, or of a member of `owner`.
fn id(level: Level, owner: &str, key: &str) -> String {
    if level == Level::Shapes {
        key.to_owned()
    } else {
        format!("{owner}${key}")
    }
}

/// Returns the value of something that was added or removed, unless the name says it all.
fn detail(value: &Json, level: Level) -> String {
    let is_bare = value.as_object().is_some_and(Object::is_empty);
    if is_bare || matches!(level, Level::Shape | Level::Member) {
        String::new()
    } else {
        format!(": {}", abbreviated(value))
    }
}

fn abbreviated(value: &Json) -> String {
    let text = value.to_string();
    match text.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
