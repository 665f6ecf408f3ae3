//! Copies the facts of one model into another.

use super::fact::{Level, facts, is_ours};
use super::json::{Json, Object};

/// Returns a value of ours with the facts of the official one. What is ours stays, and so does the
/// order of everything but members, whose order generated code shows.
pub(super) fn merge(ours: Json, official: &Json, level: Level) -> Json {
    match (ours, official) {
        (Json::Object(ours), Json::Object(official)) => {
            Json::Object(merge_objects(ours, official, level))
        }
        (ours, official) if facts(&ours, level) == *official => ours,
        (_, official) => official.clone(),
    }
}

fn merge_objects(ours: Object, official: &Object, level: Level) -> Object {
    let is_ordered = is_in_order(&ours, official);
    let kept = ours.into_iter().filter_map(|(key, value)| {
        let inner = level.of(&key);
        let merged = match (official.get(&key), value) {
            (Some(official), value) => merge(value, official, inner),
            (None, value) if is_ours(&key) => value,
            // Of objects, only traits have something that is ours.
            (None, Json::Object(mut traits)) => {
                traits.retain(|key, _| is_ours(key));
                (!traits.is_empty()).then_some(Json::Object(traits))?
            }
            (None, _) => return None,
        };
        Some((key, merged))
    });
    let mut merged: Object = kept.collect();
    for (index, (key, value)) in official.iter().enumerate() {
        if !merged.contains_key(key) {
            // Some files have the services and operations first.
            let is_alike =
                |other: &Json| is_ordered || level != Level::Shapes || group(other) == group(value);
            let place = place_of_new(&merged, official, index, is_alike);
            merged.shift_insert(place, key.clone(), value.clone());
        }
    }
    if level == Level::Members {
        merged.sort_by_cached_key(|key, _| official.get_index_of(key));
    }
    merged
}

/// Returns where an entry of the official object is inserted: after the nearest entry before it, or
/// else before the nearest one after it.
fn place_of_new(
    merged: &Object,
    official: &Object,
    index: usize,
    is_alike: impl Fn(&Json) -> bool,
) -> usize {
    let place = |entry: (&String, &Json)| {
        let place = merged.get_index_of(entry.0)?;
        is_alike(entry.1).then_some(place)
    };
    let before = official.iter().take(index).rev().find_map(place);
    let after = || official.iter().skip(index).find_map(place);
    let found = before.map(|place| place + 1).or_else(after);
    found.unwrap_or(merged.len())
}

/// Returns `true` if the keys that two objects share are in the same order in both.
pub(super) fn is_in_order(one: &Object, other: &Object) -> bool {
    one.keys()
        .filter_map(|key| other.get_index_of(key))
        .is_sorted()
}

fn group(shape: &Json) -> Option<&str> {
    let kind = shape.kind();
    kind.filter(|kind| ["service", "resource", "operation"].contains(kind))
}
