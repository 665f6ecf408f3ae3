//! A section of a profile file.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

/// The two kinds of files, which have different headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// `[default]`, `[profile NAME]`, `[sso-session NAME]`, `[services NAME]`.
    Config,
    /// `[NAME]`.
    Credentials,
}

/// The subject of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SectionKind {
    Profile,
    SsoSession,
    Services,
}

pub(super) type SectionName = (SectionKind, String);

/// The properties of a profile, or of another section. Their values are erased from memory when
/// they are dropped, and `Debug` does not show them, because some are secrets.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Section {
    properties: BTreeMap<String, Property>,
}

#[derive(Clone, PartialEq, Eq)]
struct Property {
    value: Zeroizing<String>,
    file: FileKind,
}

impl Section {
    /// Returns the value of a property, by its name in lower case. It may be empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let property = self.properties.get(name)?;
        Some(property.value.as_str())
    }

    /// Returns the value of a property that is not blank.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        let text = self.get(name).map(str::trim);
        text.filter(|text| !text.is_empty())
    }

    /// Returns the value of a property that is not blank, if it is from this file.
    pub(crate) fn text_in(&self, file: FileKind, name: &str) -> Option<&str> {
        let property = self.properties.get(name)?;
        self.text(name).filter(|_| property.file == file)
    }

    /// Returns `true` if a property is present and not blank.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    /// Returns a nested property, such as `endpoint_url` of `s3` in
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

    /// Returns all properties, sorted by name.
    pub fn properties(&self) -> impl Iterator<Item = (&str, &str)> {
        let properties = self.properties.iter();
        properties.map(|(name, property)| (name.as_str(), property.value.as_str()))
    }

    pub(super) fn set(&mut self, name: &str, value: &str, file: FileKind) {
        let value = Zeroizing::new(value.to_owned());
        self.properties
            .insert(name.to_owned(), Property { value, file });
    }

    /// Appends a line to the value of an existing property.
    pub(super) fn continue_value(&mut self, name: &str, line: &str) {
        if let Some(property) = self.properties.get_mut(name) {
            // A string that grows leaves copies in memory, so a new one is created.
            property.value = Zeroizing::new(format!("{}\n{line}", property.value.as_str()));
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

/// Returns `true` if a name is valid without quotes.
pub(super) fn is_identifier(name: &str) -> bool {
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || "-_/.%@:+".contains(character);
    !name.is_empty() && name.chars().all(allowed)
}
