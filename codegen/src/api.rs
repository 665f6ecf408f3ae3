//! The public API of a crate as a list of items, one line each.
//!
//! The list is read from the generated sources. An item is listed at its public path: private
//! modules are skipped, and `pub use` is followed. Signatures are as in the source; all types of a
//! generated crate have different names, so these need no paths.
//!
//! ```text
//! #[non_exhaustive] struct operation::StartFlowRequest
//!     client_token: Option<String>
//!     flow_name: String
//!     fn new(flow_name: impl Into<String>) -> Self
//!     impl Clone, Debug, PartialEq, …
//! ```
//!
//! Everything listed is `pub`. Documentation, bodies of functions and most attributes are left out.
//! An item with several paths is listed at the longest, and as a `use` at the others. Items that
//! the table macros of the runtime define are listed like other items.

mod item;
mod module;
mod table;

use std::collections::BTreeMap;
use std::fmt;

use self::module::Modules;
use crate::error::Error;

/// The public items of a crate, sorted by place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Api {
    items: BTreeMap<ItemId, Item>,
}

/// The identity of a public item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemId {
    /// The module or the type that contains it, as in `types` or `Call<StartFlowRequest>`; empty
    /// for the root of the crate.
    pub owner: String,
    /// Its kind. A field and a method can have the same name.
    pub kind: Kind,
    /// Its name, which is the trait for an implementation. The name of a type includes its
    /// parameters.
    pub name: String,
}

impl ItemId {
    /// Returns the path of the item, as in `types::FlowStatus::Active`.
    #[must_use]
    pub fn path(&self) -> String {
        if self.owner.is_empty() {
            self.name.clone()
        } else {
            format!("{}::{}", self.owner, self.name)
        }
    }
}

/// The kind of a public item. Items of a module are listed in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "they are those of the Rust reference")]
pub enum Kind {
    Module,
    Use,
    Alias,
    Constant,
    Struct,
    Enum,
    /// A trait or a union, which generated code does not have.
    Other,
    Field,
    Variant,
    Function,
    /// An implementation of a trait: written, derived or defined by a table macro.
    Implementation,
}

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its identity.
    pub place: ItemId,
    /// The text before its name, as in `async fn `.
    pub(crate) before: String,
    /// The text after its name, as in `(&self) -> String`.
    pub(crate) after: String,
    /// Is `true` if it is deprecated.
    pub deprecated: bool,
    /// Is `true` if a minor version can add fields or variants to the type: it is
    /// `#[non_exhaustive]` or has private fields.
    pub open: bool,
}

impl Item {
    /// Returns the item as one line in the list of its owner.
    #[must_use]
    pub fn declaration(&self) -> String {
        self.with_name(&self.place.name)
    }

    fn with_name(&self, name: &str) -> String {
        let deprecated = if self.deprecated {
            "#[deprecated] "
        } else {
            ""
        };
        format!("{deprecated}{}{name}{}", self.before, self.after)
    }
}

impl fmt::Display for Item {
    /// Returns the item as one line that names its owner.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ItemId { owner, kind, .. } = &self.place;
        match kind {
            Kind::Implementation => write!(f, "{} for {owner}", self.declaration()),
            Kind::Use if !owner.is_empty() => write!(f, "{} in {owner}", self.declaration()),
            Kind::Use => f.write_str(&self.declaration()),
            _ => f.write_str(&self.with_name(&self.place.path())),
        }
    }
}

impl Api {
    /// Lists the API of generated sources, given by their paths below `src/generated`, as if they
    /// were a crate.
    ///
    /// # Errors
    ///
    /// A source that is not Rust, which is a bug in the generator.
    pub fn of_generated(library: &BTreeMap<String, String>) -> Result<Self, Error> {
        let sources = library.iter().map(|(file, text)| (file.clone(), &**text));
        Ok(item::items(&Modules::parse(sources)?))
    }

    /// Lists the API of a crate: of its `lib.rs`, and of the generated sources in its module
    /// `generated`.
    ///
    /// # Errors
    ///
    /// A source that is not Rust.
    pub fn of_crate(root: &str, library: &BTreeMap<String, String>) -> Result<Self, Error> {
        let below = |file: &String| format!("generated/{file}");
        let generated = library.iter().map(|(file, text)| (below(file), &**text));
        let root = std::iter::once(("lib.rs".to_owned(), root));
        Ok(item::items(&Modules::parse(root.chain(generated))?))
    }

    /// Returns the items, sorted by place.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.values()
    }

    /// Returns the item at a place.
    #[must_use]
    pub fn get(&self, place: &ItemId) -> Option<&Item> {
        self.items.get(place)
    }
}

impl fmt::Display for Api {
    /// Returns the list: modules and types, each with its items.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups: BTreeMap<String, (Option<&Item>, Vec<&Item>)> = BTreeMap::new();
        for item in self.items() {
            if matches!(item.place.kind, Kind::Struct | Kind::Enum | Kind::Module) {
                groups.entry(item.place.path()).or_default().0 = Some(item);
            } else {
                let owner = item.place.owner.clone();
                groups.entry(owner).or_default().1.push(item);
            }
        }
        for (owner, (heading, items)) in groups {
            match heading {
                Some(heading) => writeln!(f, "{heading}")?,
                None if owner.is_empty() => f.write_str("crate\n")?,
                None => writeln!(f, "impl {owner}")?,
            }
            for line in lines(&items) {
                writeln!(f, "    {line}")?;
            }
        }
        Ok(())
    }
}

/// Returns a line for each item, and one line for all traits.
fn lines(items: &[&Item]) -> Vec<String> {
    let (mut uses, mut others, mut traits) = (Vec::new(), Vec::new(), Vec::new());
    for item in items {
        match item.place.kind {
            Kind::Use => uses.push(item.declaration()),
            Kind::Implementation => traits.push(format!("{}{}", item.place.name, item.after)),
            _ => others.push(item.declaration()),
        }
    }
    uses.sort();
    let traits = (!traits.is_empty()).then(|| format!("impl {}", traits.join(", ")));
    uses.into_iter().chain(others).chain(traits).collect()
}
