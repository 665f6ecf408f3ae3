//! What changed about a part, in words.

use super::Subject;
use super::fact::{Fact, Nature};
use super::pair::Pair;
use super::part::Part;
use crate::api::Kind;

/// What changed about a part, as the end of a sentence.
pub(super) fn sentence(pair: &Pair) -> String {
    let functions = argument_of(pair).join(" and ");
    let is_argument = |part: Option<&Part>| part.is_some_and(|part| part.is_argument);
    match (pair.old, pair.new) {
        (None, _) if !is_argument(pair.new) => "is new".to_owned(),
        (None, _) if functions.is_empty() => "is new, and always present".to_owned(),
        (None, _) => format!("is new and required: an argument of {functions}"),
        (_, None) if functions.is_empty() => "is gone".to_owned(),
        (_, None) => format!("is gone: no argument of {functions} any more"),
        (old, new) => {
            if let Some((was, is)) = pair.kinds() {
                return format!("is {is}, and was {was}");
            }
            let argument = match (is_argument(old), is_argument(new)) {
                _ if functions.is_empty() => None,
                (false, true) => Some(format!("it is now an argument of {functions}")),
                (true, false) => Some(format!("it is no longer an argument of {functions}")),
                _ => None,
            };
            differences(pair, argument)
        }
    }
}

/// The functions that take it as an argument, or did.
fn argument_of(pair: &Pair) -> Vec<String> {
    let places = pair.lines.iter().filter_map(|line| line.place());
    let functions = places.filter(|place| {
        let is_constructor = place.owner == "Client" || place.name == "new";
        place.kind == Kind::Function && is_constructor
    });
    let is_member = pair
        .part()
        .is_some_and(|part| part.subject == Subject::Member);
    let functions = functions.map(|place| format!("`{}`", place.path()));
    functions.filter(|_| is_member).collect()
}

/// What is otherwise about a part that both models have.
fn differences(pair: &Pair, argument: Option<String>) -> String {
    // What is said of a deprecation comes and goes with it.
    let is_told = |(old, new): &&(&Fact, &Fact)| {
        new.nature != Nature::Note || !(old.value.is_empty() || new.value.is_empty())
    };
    let facts = pair.facts.iter().filter(is_told);
    let (shown, named): (Vec<_>, Vec<_>) = facts.partition(|(_, new)| new.nature.is_shown());
    let shown = shown.iter().map(|(old, new)| difference(old, new));
    let shown: Vec<String> = shown.chain(argument).collect();
    let mut named: Vec<&str> = named.iter().map(|(_, new)| new.aspect).collect();
    if pair.has_reordered_arguments() {
        named.push("the order of its arguments");
    } else if pair.is_reordered_enum() {
        named.push("the order of its values, which is that of `Ord`");
    } else if pair.is_reordered {
        named.push("the order of what it has");
    }
    if named.is_empty() && shown.is_empty() {
        named.push("its public items");
    }
    let (shown, named) = (shown.join("; "), list(&named));
    match (shown.is_empty(), named.is_empty()) {
        (true, _) => format!("differs in {named}"),
        (_, true) => format!("differs: {shown}"),
        _ => format!("differs: {shown}; and in {named}"),
    }
}

/// Several things in one sentence.
fn list(things: &[&str]) -> String {
    match things {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
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
