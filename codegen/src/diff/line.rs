//! The lines of the API that differ, with the rule of the Cargo book for each.

use std::collections::BTreeSet;

use super::Class;
use crate::api::{Api, Item, ItemId, Kind};

/// A public item that was added, removed or changed.
pub(super) struct Line {
    pub(super) place: ItemId,
    pub(super) before: Option<Item>,
    pub(super) after: Option<Item>,
    pub(super) rule: Rule,
}

/// A rule of the chapter "SemVer Compatibility" of the Cargo book; see the table in the
/// documentation of the module above. The first rule of several explains the class of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    FieldAddedToClosed,
    VariantAddedToClosed,
    VariantChanged,
    FunctionChanged,
    TypeChanged,
    BecomesNonExhaustive,
    NonExhaustiveRemoved,
    BecomesConst,
    Deprecated,
    DeprecationRemoved,
    Removed,
    TraitRemoved,
    Added,
    FunctionAdded,
    TraitAdded,
}

impl Rule {
    /// Returns `true` if it is about a deprecation, which can come with any other change of an
    /// item.
    pub(super) fn is_deprecation(self) -> bool {
        matches!(self, Self::Deprecated | Self::DeprecationRemoved)
    }

    /// Returns the class of a change, and the reason for it.
    pub(super) fn verdict(self) -> (Class, &'static str) {
        use Class::{Major, Minor, Patch};
        match self {
            Self::Removed => (Major, "code that uses it no longer compiles"),
            Self::TraitRemoved => (Major, "code that relies on the trait no longer compiles"),
            Self::FieldAddedToClosed => (
                Major,
                "code that creates the struct with all its fields no longer compiles",
            ),
            Self::VariantAddedToClosed => (Major, "a `match` over all variants no longer compiles"),
            Self::VariantChanged => (
                Major,
                "code that creates or matches the variant no longer compiles",
            ),
            Self::FunctionChanged => (Major, "existing calls of the function no longer compile"),
            Self::TypeChanged => (Major, "code that relies on its type no longer compiles"),
            Self::BecomesNonExhaustive => (
                Major,
                "code that relies on all its parts no longer compiles",
            ),
            Self::Added => (Minor, "a new item"),
            Self::FunctionAdded => (Minor, "a new function"),
            Self::TraitAdded => (Minor, "a new trait"),
            Self::NonExhaustiveRemoved => (Minor, "allows more than before"),
            Self::BecomesConst => (Minor, "can also be called in constants"),
            Self::Deprecated => (Minor, "code that uses it compiles with a warning"),
            Self::DeprecationRemoved => (Patch, "code that uses it compiles without the warning"),
        }
    }
}

impl Line {
    /// Returns the item before and after, as a diff shows it.
    pub(super) fn details(&self) -> impl Iterator<Item = String> {
        let before = self.before.iter().map(|item| format!("- {item}"));
        before.chain(self.after.iter().map(|item| format!("+ {item}")))
    }
}

/// Compares two APIs. An item that changes and becomes deprecated is listed twice, since the two
/// have different causes.
pub(super) fn lines(old: &Api, new: &Api) -> Vec<Line> {
    let places: BTreeSet<&ItemId> = old.items().chain(new.items()).map(|it| &it.place).collect();
    let mut lines = Vec::new();
    for place in places {
        let (before, after) = (old.get(place), new.get(place));
        let rules = match (before, after) {
            (Some(before), Some(after)) => [changed(before, after), deprecated(before, after)],
            (Some(before), None) => [Some(removed(before)), None],
            (None, Some(after)) => [Some(added(after, old)), None],
            (None, None) => [None, None],
        };
        lines.extend(rules.into_iter().flatten().map(|rule| Line {
            place: place.clone(),
            before: before.cloned(),
            after: after.cloned(),
            rule,
        }));
    }
    lines
}

fn removed(item: &Item) -> Rule {
    match item.place.kind {
        Kind::Implementation => Rule::TraitRemoved,
        _ => Rule::Removed,
    }
}

fn added(item: &Item, old: &Api) -> Rule {
    let mut types = old
        .items()
        .filter(|it| matches!(it.place.kind, Kind::Struct | Kind::Enum));
    let owner = types.find(|it| it.place.path() == item.place.owner);
    let is_closed = owner.is_some_and(|owner| !owner.open);
    match item.place.kind {
        Kind::Field if is_closed => Rule::FieldAddedToClosed,
        Kind::Variant if is_closed => Rule::VariantAddedToClosed,
        Kind::Function => Rule::FunctionAdded,
        Kind::Implementation => Rule::TraitAdded,
        _ => Rule::Added,
    }
}

/// Returns the rule for a change other than of a deprecation, if there is one.
fn changed(before: &Item, after: &Item) -> Option<Rule> {
    if (&before.before, &before.after) == (&after.before, &after.after) {
        return None;
    }
    let becomes_const = before.after == after.after
        && after.before.strip_prefix("const ") == Some(before.before.as_str());
    Some(match before.place.kind {
        Kind::Struct | Kind::Enum if after.open && !before.open => Rule::BecomesNonExhaustive,
        Kind::Struct | Kind::Enum if before.after == after.after => Rule::NonExhaustiveRemoved,
        Kind::Function if becomes_const => Rule::BecomesConst,
        Kind::Function => Rule::FunctionChanged,
        Kind::Variant => Rule::VariantChanged,
        _ => Rule::TypeChanged,
    })
}

fn deprecated(before: &Item, after: &Item) -> Option<Rule> {
    match (before.deprecated, after.deprecated) {
        (false, true) => Some(Rule::Deprecated),
        (true, false) => Some(Rule::DeprecationRemoved),
        _ => None,
    }
}
