//! The public API of a crate: what its users can name, one line an item.
//!
//! It is read back from the sources that are generated, and not made of the model, so that it is what
//! the sources say. An item is listed where users find it: modules that are private are looked
//! through, `pub use` is followed, and types in signatures have the paths that users write. Of the
//! standard library's names the last part is shown, as those are known to all.
//!
//! ```text
//! #[non_exhaustive] struct operation::StartFlowRequest
//!     client_token: Option<String>
//!     flow_name: String
//!     fn new(flow_name: impl Into<String>) -> Self
//!     impl Clone, Debug, PartialEq, …
//! ```
//!
//! Everything listed is `pub`, so that no line says it. Documentation, bodies of functions and serde
//! attributes are left out: they are no API. An item that is to be found at several paths is listed
//! at the longest of them, which is that in the module of its subject; the others are listed as
//! `use`.

mod implementation;
mod item;
mod module;
mod signature;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use self::module::Modules;

/// The public items of a crate, in the order of their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    items: BTreeMap<Place, Item>,
}

/// What tells a public item from all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The module or the type that has it, as in `types` or `Call<operation::StartFlowRequest>`;
    /// empty for the root of the crate.
    pub owner: String,
    /// What it is. A field and a method can have one name.
    pub kind: Kind,
    /// Its name; of an implementation, the trait.
    pub name: String,
}

impl Place {
    /// The path of the item, as in `types::FlowStatus::Active`.
    #[must_use]
    pub fn path(&self) -> String {
        if self.owner.is_empty() {
            self.name.clone()
        } else {
            format!("{}::{}", self.owner, self.name)
        }
    }
}

/// What a public item is, in the order in which a listing has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they are those of the Rust reference")]
pub enum Kind {
    Module,
    Use,
    Alias,
    Constant,
    Struct,
    Enum,
    /// What generated code has none of: a trait or a union.
    Other,
    Field,
    Variant,
    Function,
    /// The implementation of a trait, be it written, derived or made by a macro of the runtime.
    Implementation,
}

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Where it is.
    pub place: Place,
    /// What stands before its name, as in `async fn `.
    pub(crate) before: String,
    /// The parameters of a type, as in `<R>`.
    pub(crate) generics: String,
    /// What stands behind its name and those, as in `(&self) -> String`.
    pub(crate) after: String,
    /// Whether it should not be used any more.
    pub deprecated: bool,
    /// Whether it is a type that may get more fields or variants without notice: one with
    /// `#[non_exhaustive]`, or with private fields.
    pub open: bool,
}

impl Item {
    /// The item in one line, as its owner lists it.
    #[must_use]
    pub fn declaration(&self) -> String {
        self.with_name(&self.place.name)
    }

    /// How what is in a type names the type: with its parameters, as in `Call<R>`.
    #[must_use]
    pub(crate) fn type_path(&self) -> String {
        format!("{}{}", self.place.path(), self.generics)
    }

    fn with_name(&self, name: &str) -> String {
        let deprecated = if self.deprecated {
            "#[deprecated] "
        } else {
            ""
        };
        let Self {
            before,
            generics,
            after,
            ..
        } = self;
        format!("{deprecated}{before}{name}{generics}{after}")
    }
}

impl fmt::Display for Item {
    /// The item in one line that says who has it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place { owner, kind, .. } = &self.place;
        match kind {
            Kind::Implementation => write!(f, "{} for {owner}", self.declaration()),
            Kind::Use if !owner.is_empty() => write!(f, "{} in {owner}", self.declaration()),
            Kind::Use => f.write_str(&self.declaration()),
            _ => f.write_str(&self.with_name(&self.place.path())),
        }
    }
}

/// Sources that are no Rust.
#[derive(Debug, thiserror::Error)]
#[error("`{file}` is no Rust: {error}")]
pub struct ApiError {
    file: String,
    error: syn::Error,
}

impl Api {
    /// The API of generated sources, by their paths below `src/generated`: as if they were a crate.
    ///
    /// # Errors
    ///
    /// Sources that are no Rust, which the generator makes none of.
    pub fn of_generated(library: &BTreeMap<String, String>) -> Result<Self, ApiError> {
        let sources = library.iter().map(|(file, text)| (file.clone(), &**text));
        Ok(item::items(&Modules::read(sources)?))
    }

    /// The API of a crate: of its `lib.rs`, and of the generated sources that are its module
    /// `generated`.
    ///
    /// # Errors
    ///
    /// Sources that are no Rust.
    pub fn of_crate(root: &str, library: &BTreeMap<String, String>) -> Result<Self, ApiError> {
        let below = |file: &String| format!("generated/{file}");
        let generated = library.iter().map(|(file, text)| (below(file), &**text));
        let root = std::iter::once(("lib.rs".to_owned(), root));
        Ok(item::items(&Modules::read(root.chain(generated))?))
    }

    /// The items, in the order of their places.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// The item at a place.
    #[must_use]
    pub fn get(&self, place: &Place) -> Option<&Item> {
        self.items.get(place)
    }

    fn insert(&mut self, item: Item) {
        self.items.insert(item.place.clone(), item);
    }
}

impl fmt::Display for Api {
    /// The listing: modules and types, each with what it has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (heading, members) in groups(self) {
            writeln!(f, "{heading}")?;
            for member in members {
                writeln!(f, "    {member}")?;
            }
        }
        Ok(())
    }
}

/// Modules and types by their headings, in the order of their paths, each with the lines of it.
fn groups(api: &Api) -> Vec<(String, Vec<String>)> {
    let mut groups: BTreeMap<String, (Option<&Item>, Vec<&Item>)> = BTreeMap::new();
    for item in api.items() {
        let owner = groups.entry(item.place.owner.clone()).or_default();
        if matches!(item.place.kind, Kind::Struct | Kind::Enum | Kind::Module) {
            groups.entry(item.type_path()).or_default().0 = Some(item);
        } else {
            owner.1.push(item);
        }
    }
    let named = groups.into_iter().map(|(owner, (heading, members))| {
        let heading = match heading {
            Some(heading) => heading.to_string(),
            None if owner.is_empty() => "the root of the crate".to_owned(),
            None => format!("impl {owner}"),
        };
        (heading, lines(&members))
    });
    named.collect()
}

/// A line for each item, and one for all traits.
fn lines(members: &[&Item]) -> Vec<String> {
    let (mut uses, mut others, mut traits) = (Vec::new(), Vec::new(), Vec::new());
    for item in members {
        match item.place.kind {
            Kind::Use => uses.push(item.declaration()),
            Kind::Implementation => traits.push(format!("{}{}", item.place.name, item.after)),
            _ => others.push(item.declaration()),
        }
    }
    // By where they come from.
    uses.sort();
    let traits = (!traits.is_empty()).then(|| format!("impl {}", traits.join(", ")));
    uses.into_iter().chain(others).chain(traits).collect()
}
