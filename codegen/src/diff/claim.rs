//! Which items of the API are because of what part of a service.

use crate::api::{Kind, Place};

/// Items of the API: those of an owner, or those of a kind or a name among them.
#[derive(Clone)]
pub(super) struct Claim {
    owner: String,
    kind: Option<Kind>,
    name: Option<String>,
}

impl Claim {
    /// All items of an owner.
    pub(super) fn all(owner: impl Into<String>) -> Self {
        Self {
            owner: owner.into(),
            kind: None,
            name: None,
        }
    }

    /// Those of a kind.
    pub(super) fn of_kind(owner: impl Into<String>, kind: Kind) -> Self {
        Self {
            kind: Some(kind),
            ..Self::all(owner)
        }
    }

    /// One item.
    pub(super) fn one(
        owner: impl Into<String>,
        kind: Kind,
        name: &(impl ToString + ?Sized),
    ) -> Self {
        Self {
            name: Some(name.to_string()),
            ..Self::of_kind(owner, kind)
        }
    }

    /// Whether it is a claim to the item at a place.
    pub(super) fn covers(&self, place: &Place) -> bool {
        self.owner == place.owner
            && self.kind.is_none_or(|kind| kind == place.kind)
            && self.name.as_ref().is_none_or(|name| *name == place.name)
    }
}
