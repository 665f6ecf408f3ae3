//! Unique names.

use std::collections::BTreeMap;

use super::identifier::{Ident, ident};

/// A scope of unique names: the second `json` becomes `json_2`.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// The names that are taken, with the number that was last given to one like it.
    taken: BTreeMap<String, usize>,
}

impl Scope {
    /// Returns the name itself if it is free, and else the name with the first number that makes it
    /// so.
    pub fn claim(&mut self, name: Ident) -> Ident {
        let text = name.to_string();
        let Some(last) = self.taken.get(&text).copied() else {
            self.taken.insert(text, 1);
            return name;
        };
        let plain = text.trim_start_matches("r#").trim_end_matches('_');
        let separator = if plain.starts_with(char::is_lowercase) {
            "_"
        } else {
            ""
        };
        let mut number = last + 1;
        let mut claimed = format!("{plain}{separator}{number}");
        while self.taken.contains_key(&claimed) {
            number += 1;
            claimed = format!("{plain}{separator}{number}");
        }
        self.taken.insert(claimed.clone(), 1);
        self.taken.insert(text, number);
        ident(&claimed)
    }
}
