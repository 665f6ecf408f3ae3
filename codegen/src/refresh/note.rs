//! Notes for maintainers after a refresh.

mod endpoint;

use super::fact::{DOCUMENTATION, Level, facts, is_ours};
use super::json::{Json, Object};

/// The keys of sentences inside the values of Smithy's traits.
const SENTENCES: [&str; 5] = ["description", "documentation", "message", "reason", "title"];

/// The kinds of shapes whose documentation is part of generated code.
const DOCUMENTED: [&str; 6] = [
    "service", "operation", "structure", "union", "enum", "intEnum",
];

/// Returns the notes on a refresh, a sentence each.
pub(super) fn notes(ours: &Json, official: &Json) -> Vec<String> {
    let mut notes = renamed(ours, official, "shapes", Level::Shape, "");
    for (id, shape) in ours.entries("shapes") {
        if let Some(official) = shape_of(official, id) {
            let owner = format!("{id}$");
            notes.extend(renamed(shape, official, "members", Level::Member, &owner));
        }
    }
    for (id, shape) in official.entries("shapes") {
        let ours = shape_of(ours, id);
        notes.extend(sentences(id, ours, shape));
        for (name, member) in shape.entries("members") {
            let ours = ours.and_then(|shape| shape.get("members")?.get(name));
            notes.extend(sentences(&format!("{id}${name}"), ours, member));
        }
    }
    notes.extend(endpoint::notes(ours, official));
    notes
}

/// Returns the ids of the shapes and members that users see and that have no documentation.
pub(super) fn undocumented(model: &Json) -> Vec<String> {
    let mut found = Vec::new();
    for (id, shape) in model.entries("shapes") {
        if shape.kind().is_some_and(|kind| DOCUMENTED.contains(&kind)) {
            found.extend((!is_documented(shape)).then(|| id.clone()));
            let members = shape.entries("members");
            let members = members.filter(|(_, member)| !is_documented(member));
            found.extend(members.map(|(name, _)| format!("{id}${name}")));
        }
    }
    found
}

fn shape_of<'j>(model: &'j Json, id: &str) -> Option<&'j Json> {
    model.get("shapes")?.get(id)
}

fn is_documented(part: &Json) -> bool {
    let documentation = part
        .get("traits")
        .and_then(|traits| traits.get(DOCUMENTATION)?.as_str());
    documentation.is_some_and(|text| !text.trim().is_empty())
}

/// Finds shapes or members that seem to be renamed. To a model, these are removed and added, so
/// their documentation is removed.
fn renamed(ours: &Json, official: &Json, key: &str, level: Level, owner: &str) -> Vec<String> {
    let empty = Object::new();
    let [ours, official] = [ours, official].map(|it| it.get(key).and_then(Json::as_object));
    let (ours, official) = (ours.unwrap_or(&empty), official.unwrap_or(&empty));
    let removed = ours
        .iter()
        .filter(|(name, part)| !official.contains_key(*name) && is_documented(part));
    let note = |(was, part): (&String, &Json)| {
        let part = facts(part, level);
        let (is, _) = official
            .iter()
            .find(|(name, other)| !ours.contains_key(*name) && facts(other, level) == part)?;
        Some(format!(
            "{owner}{was} was removed and {owner}{is} was added with the same facts: if it was \
             renamed, restore its documentation"
        ))
    };
    removed.filter_map(note).collect()
}

/// Finds new traits with sentences of AWS inside, such as the message of a deprecation. They are
/// facts to the generator, and generated code shows them.
fn sentences(id: &str, ours: Option<&Json>, official: &Json) -> Vec<String> {
    let ours = ours.and_then(|part| part.get("traits"));
    let new = official.entries("traits").filter(|(name, value)| {
        let before = ours.and_then(|traits| traits.get(name));
        !is_ours(name) && before != Some(value) && has_sentence(value)
    });
    let note = |(name, _): (&String, _)| {
        format!("{name} of {id} has sentences written by AWS: check whether they may be published")
    };
    new.map(note).collect()
}

fn has_sentence(value: &Json) -> bool {
    match value {
        Json::Array(items) => items.iter().any(has_sentence),
        Json::Object(object) => object.iter().any(|(key, value)| {
            let is_sentence = value.as_str().is_some_and(|text| text.contains(' '));
            is_sentence && SENTENCES.contains(&key.as_str()) || has_sentence(value)
        }),
        Json::Text(_) | Json::Scalar(_) => false,
    }
}
