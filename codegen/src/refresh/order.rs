//! Where in an object of ours a new entry comes.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::Level;
use super::node::Entry;
use super::rewrite::{Content, Item};

/// Adds the facts that an object of ours lacks, each beside the neighbours that it has in the
/// official file. Members come into the official order, which generated code shows.
pub(super) fn insert_new<'n, 'a>(
    items: &mut Vec<Item<'n, 'a>>,
    facts: &[&'n Entry<'a>],
    level: Level,
) {
    let keys = facts.iter().map(|fact| &*fact.key);
    let positions: BTreeMap<&str, usize> = keys.zip(0..).collect();
    let position = |item: &Item<'_, '_>| positions.get(item.key?).copied();
    let kept: BTreeSet<&str> = items.iter().filter_map(|item| item.key).collect();
    let is_grouped = level == Level::Shapes && {
        let places: Vec<_> = items.iter().filter_map(position).collect();
        !places.is_sorted()
    };
    for (index, fact) in facts.iter().enumerate() {
        if kept.contains(&*fact.key) {
            continue;
        }
        let is_alike = |other: &&&Entry<'a>| !is_grouped || group(other) == group(fact);
        let (before, after) = facts.split_at(index);
        let place_of = |other: &&Entry<'a>| items.iter().position(|item| is_at(item, other));
        // All before it are there by now, and of those after it the ones that we had.
        let previous = before.iter().rev().find(is_alike).and_then(place_of);
        let next = || after.iter().filter(is_alike).find_map(place_of);
        let place = previous.map(|place| place + 1).or_else(next);
        let content = Content::New(&fact.value, level.of(&fact.key));
        let item = Item {
            key: Some(&fact.key),
            content,
        };
        items.insert(place.unwrap_or(items.len()), item);
    }
    if level == Level::Members {
        items.sort_by_key(position);
    }
}

/// Whether an item has the key of an entry.
fn is_at(item: &Item<'_, '_>, entry: &Entry<'_>) -> bool {
    item.key == Some(&*entry.key)
}

/// The group of a shape, in a file that does not have the official order: such a file has services
/// and operations before what they are made of.
fn group(shape: &Entry<'_>) -> Option<String> {
    let kind = shape.value.kind()?;
    ["service", "resource", "operation"]
        .contains(&&*kind)
        .then_some(kind)
}
