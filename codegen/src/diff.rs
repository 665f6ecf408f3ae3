//! The API changes between two models, and the version bump they require.
//!
//! Both models are generated. The public items of the results, read back as `Api`, determine the
//! class of a change. The intermediate representation shows the subject of a change, such as an
//! operation, a type, a member or an enum value, and differences that no signature shows: names on
//! the wire, bindings, endpoint rules, documentation.
//!
//! One [`Change`] has everything that is one change to the author of the model: a new operation
//! with its request, its response and its setters; a member with its field, its setter and the
//! functions that take it as an argument. Every line of the API that differs is in the details of a
//! change.
//!
//! # Classes
//!
//! The classes are those of the chapter "SemVer Compatibility" of the Cargo book, for the code that
//! is emitted. These are its sections:
//!
//! | change of a public item | class | section |
//! |---|---|---|
//! | removed or moved | major | Major: renaming/moving/removing any public items |
//! | a type loses a trait | major | the same; the book does not mention traits |
//! | added | minor | Minor: adding new public items |
//! | a type gets a function | minor | Possibly-breaking change: adding any inherent items |
//! | a type gets a trait | minor | Minor: adding new public items |
//! | a field is added to a struct whose fields are all public | major | Major: adding a public field when no private field exists |
//! | a field is added to another struct, or one with `#[non_exhaustive]` | minor | Minor: adding new public items |
//! | a variant is added to an enum | major | Major: adding new enum variants (without `non_exhaustive`) |
//! | a variant is added to an enum with `#[non_exhaustive]` | minor | the same section |
//! | a variant has other fields | major | Major: adding new fields to an enum variant |
//! | a function has other arguments or another return type | major | Major: adding/removing function parameters |
//! | a field, a constant or an alias has another type | major | Major: renaming/moving/removing any public items |
//! | a type becomes `#[non_exhaustive]` | major | Major: adding `non_exhaustive` to an existing enum, variant, or struct with no private fields |
//! | a type is no longer `#[non_exhaustive]` | minor | not mentioned: what was refused is allowed |
//! | a function becomes `const` | minor | not mentioned: existing calls compile |
//! | deprecated | minor | Minor: introducing new lints |
//! | no longer deprecated | patch | not mentioned: one lint less |
//!
//! A difference that no public item shows is a patch, because the same programs compile. They can
//! still behave differently, so the report says whether more than documentation differs.
//!
//! The names of arguments are compared as well, although no caller writes them: an argument has the
//! name of its field, which is public.

mod cause;
mod change;
mod line;
mod pair;
mod part;
mod report;
mod side;

use std::cmp::Reverse;

use serde::Serialize;

use crate::api::Api;
use crate::error::Error;
use crate::generate::Generated;

pub use report::Format;
pub use side::generate_sides;

/// The version bump that a change requires, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The public items are the same.
    Patch,
    /// Programs that use the crate still compile, with new items or new lints.
    Minor,
    /// Programs that use the crate may no longer compile.
    Major,
}

impl Class {
    /// All classes, the least first.
    pub const ALL: [Self; 3] = [Self::Patch, Self::Minor, Self::Major];

    /// Returns its name, as in `major`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// The subject of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An operation, its pages or one of its waiters.
    Operation,
    /// A structure, an enumeration or a union.
    Type,
    /// A member of a structure or a union.
    Member,
    /// A value of an enumeration.
    EnumValue,
    /// A modeled error.
    Error,
    /// The client, or something else that is not from the model.
    Client,
    /// The endpoint rules or their parameters.
    Endpoint,
    /// Requests, responses, checks or retries; the public items are the same.
    Wire,
    /// Documentation alone.
    Documentation,
}

impl Subject {
    /// Returns its name, as in `enum value`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Type => "type",
            Self::Member => "member",
            Self::EnumValue => "enum value",
            Self::Error => "error",
            Self::Client => "client",
            Self::Endpoint => "endpoint",
            Self::Wire => "wire",
            Self::Documentation => "documentation",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The version bump that it requires.
    pub class: Class,
    /// The subject.
    pub subject: Subject,
    /// The path in the crate, as in `types::FlowStatus::Active`, or a file.
    pub path: String,
    /// A description of the change, as in `added`.
    pub change: String,
    /// The reason for its class.
    pub reason: String,
    /// Removed lines after `- `, and added lines after `+ `: of the list of public items, or of
    /// code if the API is the same.
    pub details: Vec<String>,
}

/// The difference between the crates of two models.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The changes, sorted by class (the greatest first), subject and path.
    pub changes: Vec<Change>,
}

impl Difference {
    /// Returns the greatest class of the changes; `None` if there are none.
    #[must_use]
    pub fn verdict(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }
}

/// Compares two generated crates. The name of the model in the headers of files is ignored.
///
/// # Errors
///
/// A source that is not Rust, which is a bug in the generator.
pub fn diff(old: &Generated, new: &Generated) -> Result<Difference, Error> {
    let lines = line::lines(
        &Api::of_generated(&old.library)?,
        &Api::of_generated(&new.library)?,
    );
    let mut changes = change::changes(old, new, &lines);
    changes.sort_by_cached_key(|it| (Reverse(it.class), it.subject, it.path.clone()));
    Ok(Difference { changes })
}
