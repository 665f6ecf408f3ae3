//! Lists and maps. Those whose elements are optional keep nulls; the others skip them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::ControlFlow;

use super::{Key, List, Map, Slot, Value, View};

impl<T: Value> Value for Vec<T> {
    fn initial() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Value> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<View<'_>> {
        self.as_slice().get(index).map(Value::view)
    }

    fn push(&mut self) -> Option<&mut dyn Value> {
        self.push(T::initial());
        self.last_mut().map(|element| element as &mut dyn Value)
    }

    fn push_null(&mut self) {
        self.extend(T::null());
    }

    fn element_size(&self) -> usize {
        size_of::<T>()
    }
}

impl<K: Key, T: Value> Value for BTreeMap<K, T> {
    fn initial() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

impl<K: Key, T: Value> Map for BTreeMap<K, T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn visit<'a>(&'a self, with: &mut dyn FnMut(&'a str, View<'a>) -> ControlFlow<()>) {
        let mut entries = self.iter();
        // The caller knows why it stopped.
        let _ = entries.try_for_each(|(key, value)| with(key.as_str(), value.view()));
    }

    fn insert(&mut self, key: &str) -> &mut dyn Value {
        match self.entry(K::from_text(key)) {
            Entry::Vacant(entry) => entry.insert(T::initial()),
            Entry::Occupied(entry) => {
                let value = entry.into_mut();
                *value = T::initial();
                value
            }
        }
    }

    fn insert_null(&mut self, key: &str) {
        if let Some(null) = T::null() {
            self.insert(K::from_text(key), null);
        }
    }

    fn entry_size(&self) -> usize {
        size_of::<(K, T)>()
    }
}
