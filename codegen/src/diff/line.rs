//! Lines of the API that differ, with their classes.

use std::collections::BTreeSet;

use super::Class;
use crate::api::{Api, Item, Kind, Place};

/// A public item that is new, gone or another one.
pub(super) struct Line {
    pub(super) before: Option<Item>,
    pub(super) after: Option<Item>,
    pub(super) rule: Rule,
}

/// A row of the table in the documentation of the module above. Of several of a class, the first is
/// the reason that people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rule {
    Gone,
    New,
    FunctionNew,
    TraitNew,
    FieldNewInClosed,
    VariantNewInClosed,
    VariantHoldsOther,
    FunctionTakesOther,
    OtherType,
    TraitGone,
    BecomesNonExhaustive,
    NonExhaustiveNoMore,
    BecomesConst,
    Deprecated,
    DeprecatedNoMore,
}

impl Rule {
    /// Whether it is about a deprecation, which an item can have beside all else.
    pub(super) fn is_of_deprecation(self) -> bool {
        matches!(self, Self::Deprecated | Self::DeprecatedNoMore)
    }

    pub(super) fn class(self) -> Class {
        match self {
            Self::Gone
            | Self::TraitGone
            | Self::FieldNewInClosed
            | Self::VariantNewInClosed
            | Self::VariantHoldsOther
            | Self::FunctionTakesOther
            | Self::OtherType
            | Self::BecomesNonExhaustive => Class::Major,
            Self::New
            | Self::FunctionNew
            | Self::TraitNew
            | Self::NonExhaustiveNoMore
            | Self::BecomesConst
            | Self::Deprecated => Class::Minor,
            Self::DeprecatedNoMore => Class::Patch,
        }
    }

    /// How good a reason it is among those of its class, the least being the best. That something
    /// is gone or new says less than what has changed, of a part that is still there.
    pub(super) fn rank(self, is_still_there: bool) -> (bool, Self) {
        let says_less = matches!(
            self,
            Self::Gone | Self::New | Self::FunctionNew | Self::TraitGone
        );
        (is_still_there && says_less, self)
    }

    /// Why a change is of that class.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Gone => "code that names it no longer compiles",
            Self::TraitGone => "code that wants the trait of it no longer compiles",
            Self::New => "it is added, and what was there stays",
            Self::FunctionNew => "a function is added, and what was there stays",
            Self::TraitNew => "a trait is added, and what was there stays",
            Self::FieldNewInClosed => {
                "code that writes the struct with all its fields no longer compiles"
            }
            Self::VariantNewInClosed => "a `match` over all variants no longer compiles",
            Self::VariantHoldsOther => "code that makes or matches the variant no longer compiles",
            Self::FunctionTakesOther => "calls of the function as it was no longer compile",
            Self::OtherType => "code that relies on its type no longer compiles",
            Self::BecomesNonExhaustive => "code that relies on all its parts no longer compiles",
            Self::NonExhaustiveNoMore => "what was refused is allowed",
            Self::BecomesConst => "calls compile as before, and in constants too",
            Self::Deprecated => "code that uses it compiles, with a warning",
            Self::DeprecatedNoMore => "code that uses it compiles, without the warning",
        }
    }
}

impl Line {
    /// The place of the item.
    pub(super) fn place(&self) -> Option<&Place> {
        let item = self.after.as_ref().or(self.before.as_ref());
        item.map(|item| &item.place)
    }

    /// How the details of a change tell of it.
    pub(super) fn details(&self) -> impl Iterator<Item = String> {
        let before = self.before.as_ref().map(|item| format!("- {item}"));
        let after = self.after.as_ref().map(|item| format!("+ {item}"));
        before.into_iter().chain(after)
    }
}

/// What differs between two APIs. An item that differs and becomes deprecated is there twice, since
/// one is because of another part than the other.
pub(super) fn lines(old: &Api, new: &Api) -> Vec<Line> {
    let places: BTreeSet<&Place> = old.items().chain(new.items()).map(|it| &it.place).collect();
    let lines = |place| {
        let (before, after) = (old.get(place), new.get(place));
        let rules = match (before, after) {
            (Some(before), Some(after)) => [changed(before, after), deprecated(before, after)],
            (Some(before), None) => [Some(removed(before)), None],
            (None, Some(after)) => [Some(added(after, old)), None],
            (None, None) => [None, None],
        };
        rules.into_iter().flatten().map(move |rule| Line {
            before: before.cloned(),
            after: after.cloned(),
            rule,
        })
    };
    places.into_iter().flat_map(lines).collect()
}

fn removed(item: &Item) -> Rule {
    match item.place.kind {
        Kind::Implementation => Rule::TraitGone,
        _ => Rule::Gone,
    }
}

fn added(item: &Item, old: &Api) -> Rule {
    let owner = &item.place.owner;
    let types = old
        .items()
        .filter(|it| matches!(it.place.kind, Kind::Struct | Kind::Enum));
    let mut owners = types.filter(|it| it.type_path() == *owner);
    let is_closed = owners.next().is_some_and(|owner| !owner.open);
    match item.place.kind {
        Kind::Field if is_closed => Rule::FieldNewInClosed,
        Kind::Variant if is_closed => Rule::VariantNewInClosed,
        Kind::Function => Rule::FunctionNew,
        Kind::Implementation => Rule::TraitNew,
        _ => Rule::New,
    }
}

/// Nothing where the item is the same, its deprecation aside.
fn changed(before: &Item, after: &Item) -> Option<Rule> {
    let is_same_behind = (&before.generics, &before.after) == (&after.generics, &after.after);
    if is_same_behind && before.before == after.before {
        return None;
    }
    let is_type = matches!(before.place.kind, Kind::Struct | Kind::Enum);
    let is_more_const =
        is_same_behind && after.before.strip_prefix("const ") == Some(&before.before);
    Some(match before.place.kind {
        _ if is_type && is_same_behind && after.open => Rule::BecomesNonExhaustive,
        _ if is_type && is_same_behind => Rule::NonExhaustiveNoMore,
        Kind::Function if is_more_const => Rule::BecomesConst,
        Kind::Function => Rule::FunctionTakesOther,
        Kind::Variant => Rule::VariantHoldsOther,
        _ => Rule::OtherType,
    })
}

/// Nothing where the item is deprecated in both, or in none.
fn deprecated(before: &Item, after: &Item) -> Option<Rule> {
    match (before.deprecated, after.deprecated) {
        (false, true) => Some(Rule::Deprecated),
        (true, false) => Some(Rule::DeprecatedNoMore),
        _ => None,
    }
}
