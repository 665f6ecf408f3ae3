//! Values that hold other values: lists, maps, structures and unions.

use std::ops::ControlFlow;

use super::{Schema, Value, View};
use crate::Document;

/// A list of values.
pub trait List {
    /// Returns the number of elements.
    fn len(&self) -> usize;

    /// Returns `true` if there are no elements.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the element at an index.
    fn get(&self, index: usize) -> Option<View<'_>>;

    /// Adds an element with its initial value, and returns it.
    fn push(&mut self) -> Option<&mut dyn Value>;

    /// Adds a null, if the list keeps nulls.
    fn push_null(&mut self);

    /// Returns the size of an element in memory, in bytes.
    fn element_size(&self) -> usize;
}

impl dyn List + '_ {
    /// Returns the elements.
    pub fn iter(&self) -> impl Iterator<Item = View<'_>> {
        (0..self.len()).filter_map(|index| self.get(index))
    }
}

/// A map from text to values.
pub trait Map {
    /// Returns the number of entries.
    fn len(&self) -> usize;

    /// Returns `true` if there are no entries.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls a function with the entries, in the order of their keys, until it breaks.
    fn visit<'a>(&'a self, with: &mut dyn FnMut(&'a str, View<'a>) -> ControlFlow<()>);

    /// Adds an entry with its initial value, replacing an earlier one with the same key.
    fn insert(&mut self, key: &str) -> &mut dyn Value;

    /// Adds an entry with a null, if the map keeps nulls.
    fn insert_null(&mut self, key: &str);

    /// Returns the size of an entry in memory, in bytes, without the text of its key.
    fn entry_size(&self) -> usize;
}

impl dyn Map + '_ {
    /// Calls a function with the entries, in the order of their keys, until it fails.
    pub(crate) fn try_for_each<'a, E>(
        &'a self,
        mut with: impl FnMut(&'a str, View<'a>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut result = Ok(());
        self.visit(&mut |key, value| match with(key, value) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                result = Err(error);
                ControlFlow::Break(())
            }
        });
        result
    }
}

/// A key of a map: text, or an enumeration.
pub trait Key: Ord + Send + Sync {
    /// Returns the key as text.
    fn as_str(&self) -> &str;

    /// Parses a key.
    fn from_text(text: &str) -> Self;
}

/// A structure: a value with members, which are accessed together so that no code is compiled per
/// member.
pub trait Structure: Value {
    /// Returns the table of the members.
    fn schema(&self) -> &'static Schema;

    /// Calls a function with the values of the members, in the order of the table.
    fn members<'a>(&'a self, with: &mut dyn FnMut(&[View<'a>]));

    /// Calls a function with the members, in the order of the table, to fill them.
    fn members_mut(&mut self, with: &mut dyn FnMut(&mut [&mut dyn Value]));
}

/// Returns the result of a function of the values of the members of a structure.
pub(crate) fn with_fields<'a, T>(
    structure: &'a dyn Structure,
    with: impl FnOnce(&[View<'a>]) -> T,
) -> Option<T> {
    let (mut with, mut result) = (Some(with), None);
    structure.members(&mut |fields| result = with.take().map(|with| with(fields)));
    result
}

/// Returns the result of a function that may change the members of a structure.
pub(crate) fn with_fields_mut<T>(
    structure: &mut dyn Structure,
    with: impl FnOnce(&mut [&mut dyn Value]) -> T,
) -> Option<T> {
    let (mut with, mut result) = (Some(with), None);
    structure.members_mut(&mut |fields| result = with.take().map(|with| with(fields)));
    result
}

/// A union.
pub trait Union: Value {
    /// Returns the table of the members.
    fn schema(&self) -> &'static Schema;

    /// Returns the member that is set.
    fn get(&self) -> Variant<'_>;

    /// Sets a member by its name in the model to its initial value, and returns the value; `None`
    /// if the member has none. An unknown name has no effect.
    fn set(&mut self, name: &str) -> Option<&mut dyn Value>;

    /// Sets a member that the model does not have.
    fn set_unknown(&mut self, name: &str, value: Document);
}

/// The member of a union that is set.
#[derive(Clone, Copy)]
pub enum Variant<'a> {
    /// A member of the model, by its name; without a value if its type is empty.
    Known(&'static str, Option<View<'a>>),
    /// A member that the model does not have.
    Unknown(&'a str, &'a Document),
}
