//! The causes of differing lines: the parts whose change made them differ.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::line::Line;
use super::pair::Pairs;
use crate::api::{ItemId, Kind};

/// Returns the paths of the parts that a line differs because of: the nearest that differ.
pub(super) fn causes<'p>(
    line: &Line,
    pairs: &Pairs<'p>,
    aliases: &BTreeMap<String, String>,
    required: &BTreeMap<String, String>,
) -> Vec<&'p str> {
    let ItemId { owner, name, .. } = &line.place;
    let path = line.place.path();
    if let Some(structure) = required.get(owner).or_else(|| required.get(&path)) {
        return causes_of_required(structure, name, pairs, aliases);
    }
    let resolve = |path: &str| {
        let part = aliases.get(path).map_or(path, String::as_str);
        pairs.get(part)
    };
    // The setters of a request are methods of its call. They have an underscore if the name of the
    // member is taken.
    let request = owner
        .strip_prefix("Call<")
        .and_then(|it| it.strip_suffix('>'));
    let message = request.map_or_else(|| owner.clone(), |it| format!("operation::{it}"));
    let member = format!("{message}::{}", name.trim_end_matches('_'));
    let mut own = [&path, &member].into_iter().filter_map(|it| resolve(it));
    if let Some(own) = own.find(|pair| pair.is_member() && pair.differs()) {
        return vec![own.path];
    }
    let arguments = arguments(line, pairs, aliases);
    if !arguments.is_empty() {
        return arguments;
    }
    // It exists if some operation has a waiter.
    let waiters = pairs
        .values()
        .filter(|pair| pair.path.contains("::wait_until") && !pair.is_on_both_sides());
    let users = waiters.filter(|_| name == "WaitError");
    let users: Vec<&str> = users.map(|pair| pair.path).collect();
    if !users.is_empty() {
        return users;
    }
    let last = if path.starts_with("endpoint") {
        "endpoint::resolve"
    } else {
        "Client"
    };
    let whole = resolve(&path).filter(|pair| !pair.is_member());
    let whole = whole.or_else(|| resolve(&message));
    whole
        .or_else(|| pairs.get(last))
        .map(|pair| pair.path)
        .into_iter()
        .collect()
}

/// Returns the parts that a line about the required fields of a structure differs because of.
fn causes_of_required<'p>(
    structure: &str,
    field: &str,
    pairs: &Pairs<'p>,
    aliases: &BTreeMap<String, String>,
) -> Vec<&'p str> {
    let field = pairs.get(&*format!("{structure}::{field}"));
    if let Some(field) = field.filter(|pair| pair.is_other_argument()) {
        return vec![field.path];
    }
    let arguments = other_arguments(structure, pairs);
    if !arguments.is_empty() {
        return arguments;
    }
    if let Some(field) = field.filter(|pair| pair.differs()) {
        return vec![field.path];
    }
    let owner = aliases.get(structure).map_or(structure, String::as_str);
    pairs.get(owner).map(|pair| pair.path).into_iter().collect()
}

/// Returns the members that constructors and traits differ because of.
fn arguments<'p>(
    line: &Line,
    pairs: &Pairs<'p>,
    aliases: &BTreeMap<String, String>,
) -> Vec<&'p str> {
    let ItemId { owner, kind, name } = &line.place;
    let is_constructor = name == "new" || owner == "Client";
    if line.rule.is_deprecation() || !is_constructor && *kind != Kind::Implementation {
        return Vec::new();
    }
    let constructed = if owner == "Client" {
        // The method of an operation takes the arguments of its request.
        let operation = line.place.path();
        let mut messages = aliases.iter();
        let request = messages.find(|(it, of)| **of == operation && it.ends_with("Request"));
        request.map(|(request, _)| request)
    } else {
        Some(owner)
    };
    let Some(constructed) = constructed else {
        return Vec::new();
    };
    other_arguments(constructed, pairs)
}

/// Returns the members that are arguments of a structure's constructor on one side alone.
fn other_arguments<'p>(constructed: &str, pairs: &Pairs<'p>) -> Vec<&'p str> {
    // The pages of an operation are a method of its call.
    let call = constructed.replace("operation::", "Call<") + ">::";
    let members = [format!("{constructed}::"), call];
    let members = members.iter().flat_map(|prefix| {
        let below = pairs.range::<str, _>((Bound::Included(&**prefix), Bound::Unbounded));
        below.take_while(move |(path, _)| path.starts_with(&**prefix))
    });
    let arguments = members.filter(|(_, pair)| pair.is_other_argument());
    arguments.map(|(path, _)| *path).collect()
}
