//! What a change of the model means to the users of the crate, and which version it asks for.
//!
//! Two models are generated, and what comes out is compared in three ways, from the outside in:
//!
//! 1. the public items, read back from the sources as [`Api`]s. They decide about the class of a
//!    change;
//! 2. the plain data of [`ir`](crate::ir), part by part: an operation, a type, a member, a value. It
//!    says what the change is about, and tells what no signature shows: names on the wire, places in
//!    messages, endpoint rules, documentation;
//! 3. the texts of the files. A file that differs, and of which nothing else tells, is told as such.
//!
//! One [`Change`] takes together what is one to the author of the model: an operation that is new
//! with its request, its response and its setters; a member with its field, its setter and the
//! functions that take it as an argument. Every line of the API that differs is in the details of
//! some change.
//!
//! # Classes
//!
//! The classes are those of the chapter "SemVer Compatibility" of the Cargo book, for the code that
//! is emitted. These are its sections:
//!
//! | what happens to a public item | class | section |
//! |---|---|---|
//! | it is gone, or somewhere else | major | Major: renaming/moving/removing any public items |
//! | a type no longer implements a trait | major | the same: the book says nothing of traits that go |
//! | it is new | minor | Minor: adding new public items |
//! | a function of a type is new | minor | Possibly-breaking change: adding any inherent items |
//! | a type implements one more trait | minor | Minor: adding new public items |
//! | a field is new, and the struct shows all it has | major | Major: adding a public field when no private field exists |
//! | a field is new, and the struct is `#[non_exhaustive]` or has private fields | minor | Minor: adding new public items |
//! | a variant is new, and the enum shows all it has | major | Major: adding new enum variants (without `non_exhaustive`) |
//! | a variant is new, and the enum is `#[non_exhaustive]` | minor | the same section, which takes those out |
//! | what a variant holds is another thing | major | Major: adding new fields to an enum variant |
//! | a function takes or returns another thing | major | Major: adding/removing function parameters |
//! | a field, a constant or an alias has another type | major | Major: renaming/moving/removing any public items |
//! | a type becomes `#[non_exhaustive]` | major | Major: adding `non_exhaustive` to an existing enum, variant, or struct with no private fields |
//! | a type is `#[non_exhaustive]` no more | minor | what was refused is allowed |
//! | a function becomes `const` | minor | calls compile as before; the book says nothing of it |
//! | it becomes deprecated | minor | Minor: introducing new lints |
//! | it is deprecated no more | patch | a lint less |
//!
//! What no public item shows is a patch, as far as Cargo is concerned: the same programs compile.
//! That another name is sent can still break them, so that a change which is not of documentation
//! alone says that what the client does differs.
//!
//! The name of an argument is in the line of its function, though no caller writes it. In generated
//! code it is that of the field, which is an API.

mod claim;
mod fact;
mod file;
mod line;
mod pair;
mod part;
mod report;
mod sentence;
mod side;
mod tell;
mod value;

use serde::Serialize;

use crate::api::{Api, ApiError};
use crate::generate::Generated;

pub use report::Format;
pub use side::generate_sides;

/// What a change asks for, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// The public items stay as they are.
    Patch,
    /// Programs that use the crate still compile, and there is more to use, or a lint more.
    Minor,
    /// Programs that use the crate may no longer compile.
    Major,
}

impl Class {
    /// All classes, the least first.
    pub const ALL: [Self; 3] = [Self::Patch, Self::Minor, Self::Major];

    /// Its name, as in `major`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// An operation, or a state that one is called again and again for.
    Operation,
    /// A structure, an enumeration or a union.
    Type,
    /// A member of a structure or a union.
    Member,
    /// A value of an enumeration.
    EnumValue,
    /// A modelled error.
    Error,
    /// The client, or what else of the crate is not of the model.
    Client,
    /// The endpoint rules or their parameters.
    Endpoint,
    /// What is sent, read, checked or repeated; the public items stay.
    Wire,
    /// Documentation alone.
    Documentation,
}

impl Subject {
    /// Its name, as in `enum value`.
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
    /// What it asks for.
    pub class: Class,
    /// What it is about.
    pub subject: Subject,
    /// The path in the crate, as in `types::FlowStatus::Active`, or a file of it.
    pub path: String,
    /// What changed: words that follow the path in a sentence.
    pub change: String,
    /// Why it is of this class.
    pub reason: String,
    /// Lines that are gone, after `- `, and that are new, after `+ `: of the listing of the API, or
    /// of code where no API differs.
    pub details: Vec<String>,
}

/// What differs between the crates of two models.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The changes: those of the greatest class first, then by subject and path.
    pub changes: Vec<Change>,
}

impl Difference {
    /// The greatest class of the changes; nothing where there are none.
    #[must_use]
    pub fn verdict(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }
}

/// Compares what was generated from two models.
///
/// The name of the model in the headers of files is no difference.
///
/// # Errors
///
/// Sources that are no Rust, which the generator makes none of.
pub fn diff(old: &Generated, new: &Generated) -> Result<Difference, ApiError> {
    let lines = line::lines(
        &Api::of_generated(&old.library)?,
        &Api::of_generated(&new.library)?,
    );
    let mut changes = tell::changes(old, new, &lines);
    changes.sort_by(|a, b| {
        let key = |change: &Change| (std::cmp::Reverse(change.class), change.subject);
        key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path))
    });
    Ok(Difference { changes })
}
