//! What stands under one heading.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SectionKind {
    Profile,
    SsoSession,
    Services,
}

/// The properties of a profile, or of another section. Their values are wiped from memory when they
/// are dropped, and `Debug` shows none: some are secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Section {
    properties: BTreeMap<String, Zeroizing<String>>,
}

impl Section {
    /// The value of a property, by its name in lower case. It may be empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(|value| value.as_str())
    }

    /// The value of a property that is not blank.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let text = self.get(name).map(str::trim);
        text.filter(|text| !text.is_empty())
    }

    /// Whether a property is there, and not blank.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// The value of a property of a property, as `endpoint_url` of `s3` in
    ///
    /// ```ini
    /// s3 =
    ///   endpoint_url = http://127.0.0.1:9000
    /// ```
    #[must_use]
    pub fn sub_property(&self, name: &str, sub_name: &str) -> Option<&str> {
        let lines = self.get(name)?.lines();
        let mut properties = lines.filter_map(|line| line.split_once('='));
        let (_, value) = properties.find(|(name, _)| name.trim() == sub_name)?;
        Some(value.trim())
    }

    /// All properties, sorted by their names.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &str)> {
        let properties = self.properties.iter();
        properties.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    pub(super) fn set(&mut self, name: &str, value: &str) {
        let value = Zeroizing::new(value.to_owned());
        self.properties.insert(name.to_owned(), value);
    }

    /// Adds a line to the value of a property that is there.
    pub(super) fn continue_value(&mut self, name: &str, line: &str) {
        if let Some(value) = self.properties.get_mut(name) {
            // A string that grows leaves its old place behind unwiped, so a new one is made.
            *value = Zeroizing::new(format!("{}\n{line}", value.as_str()));
        }
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.properties.extend(other.properties);
    }
}

impl fmt::Debug for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.properties.keys()).finish()
    }
}
