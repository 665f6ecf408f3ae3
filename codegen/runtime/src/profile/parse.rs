//! The text of one file.

use std::collections::BTreeMap;
use std::fmt;

use super::InvalidProfile;
use super::section::{Section, SectionKind};

pub(super) type Sections = BTreeMap<(SectionKind, String), Section>;

/// The two files, which head their sections in other ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileKind {
    /// `[default]`, `[profile NAME]`, `[sso-session NAME]`, `[services NAME]`.
    Config,
    /// `[NAME]`.
    Credentials,
}

/// What is wrong in a line. The sentences begin as those of AWS's suite of cases.
#[derive(Debug)]
pub(super) struct ParseError {
    line: usize,
    problem: &'static str,
}

impl ParseError {
    pub(super) fn of(&self, file: impl fmt::Display) -> InvalidProfile {
        let Self { line, problem } = self;
        InvalidProfile(format!("line {line} of {file}: {problem}"))
    }
}

/// The sections of a file, without those whose names mean nothing.
pub(super) fn sections(text: &str, kind: FileKind) -> Result<Sections, ParseError> {
    let mut reader = Reader::new(kind);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        let read = reader.line(line);
        read.map_err(|problem| ParseError {
            line: index + 1,
            problem,
        })?;
    }
    Ok(reader.sections)
}

/// Where in the file one is.
enum Place<T> {
    /// Before the first of its kind.
    None,
    /// In one that means nothing, so that all in it is passed over.
    Ignored,
    In(T),
}

struct Reader {
    kind: FileKind,
    sections: Sections,
    section: Place<(SectionKind, String)>,
    property: Place<String>,
    /// Whether there was a `[profile default]`, beside which a `[default]` counts for nothing.
    has_prefixed_default: bool,
}

impl Reader {
    fn new(kind: FileKind) -> Self {
        Self {
            kind,
            sections: Sections::new(),
            section: Place::None,
            property: Place::None,
            has_prefixed_default: false,
        }
    }

    fn line(&mut self, line: &str) -> Result<(), &'static str> {
        if line.trim().is_empty() || line.starts_with(['#', ';']) {
            Ok(())
        } else if line.starts_with('[') {
            self.heading(line)
        } else if line.starts_with([' ', '\t']) {
            self.continuation(line.trim())
        } else {
            self.property(line)
        }
    }

    fn heading(&mut self, line: &str) -> Result<(), &'static str> {
        let end = line.find(['#', ';']).unwrap_or(line.len());
        let heading = line.get(1..end).unwrap_or_default().trim_end();
        let heading = heading
            .strip_suffix(']')
            .ok_or("Profile definition must end with ']'")?;
        self.property = Place::None;
        self.section = match self.named(heading.trim()) {
            Some(section) => {
                self.sections.entry(section.clone()).or_default();
                Place::In(section)
            }
            None => Place::Ignored,
        };
        Ok(())
    }

    /// The section that a heading names; `None` where that means nothing.
    fn named(&mut self, heading: &str) -> Option<(SectionKind, String)> {
        let (prefix, name) = match heading.split_once([' ', '\t']) {
            Some((prefix, name)) => (Some(prefix), name.trim()),
            None => (None, heading),
        };
        if !is_identifier(name) {
            return None;
        }
        let kind = match (self.kind, prefix) {
            (FileKind::Credentials, None) | (FileKind::Config, Some("profile")) => {
                SectionKind::Profile
            }
            (FileKind::Config, None) if name == "default" && !self.has_prefixed_default => {
                SectionKind::Profile
            }
            (FileKind::Config, Some("sso-session")) => SectionKind::SsoSession,
            (FileKind::Config, Some("services")) => SectionKind::Services,
            _ => return None,
        };
        let section = (kind, name.to_owned());
        if prefix == Some("profile") && name == "default" && !self.has_prefixed_default {
            self.has_prefixed_default = true;
            self.sections.remove(&section);
        }
        Some(section)
    }

    fn property(&mut self, line: &str) -> Result<(), &'static str> {
        if matches!(self.section, Place::None) {
            return Err("Expected a profile definition, as in `[default]`, before all else");
        }
        let (name, value) = without_comment(line)
            .split_once('=')
            .ok_or("Expected an '=' sign defining a property")?;
        let name = name.trim().to_ascii_lowercase();
        if name.is_empty() {
            return Err("Property did not have a name");
        }
        self.property = Place::Ignored;
        if let Place::In(section) = &self.section
            && is_identifier(&name)
        {
            let section = self.sections.entry(section.clone()).or_default();
            section.set(&name, value.trim());
            self.property = Place::In(name);
        }
        Ok(())
    }

    /// A line that belongs to the property before it: more of its value, or a property of its own
    /// where that value is empty.
    fn continuation(&mut self, line: &str) -> Result<(), &'static str> {
        let property = match (&self.section, &self.property) {
            (Place::None, _) => return Err("Expected a profile definition, found continuation"),
            (_, Place::None) => return Err("Expected a property definition, found continuation"),
            (Place::In(section), Place::In(name)) => Some((section, name)),
            _ => None,
        };
        if let Some((section, name)) = property {
            let section = self.sections.entry(section.clone()).or_default();
            // After the first of them, the value begins with the line break before it.
            let value = section.get(name).unwrap_or_default();
            if value.is_empty() || value.starts_with('\n') {
                let (sub_name, _) = line
                    .split_once('=')
                    .ok_or("Expected an '=' sign defining a sub-property")?;
                if sub_name.trim().is_empty() {
                    return Err("Sub-property did not have a name");
                }
            }
            section.continue_value(name, line);
        }
        Ok(())
    }
}

/// A property without the comment after it, which begins behind a space.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (index, character) in line.char_indices() {
        if matches!(character, '#' | ';') && matches!(before, ' ' | '\t') {
            return line.get(..index).unwrap_or_default();
        }
        before = character;
    }
    line
}

/// Whether a name is of the characters that names may have.
fn is_identifier(name: &str) -> bool {
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || "-_/.%@:+".contains(character);
    !name.is_empty() && name.chars().all(allowed)
}
