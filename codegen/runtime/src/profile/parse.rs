//! Parsing of a profile file.

use std::collections::BTreeMap;

use super::heading;
use super::section::{FileKind, Section, SectionKind, SectionName, is_identifier};

pub(super) type Sections = BTreeMap<SectionName, Section>;

/// A parsed file, with its invalid lines.
#[derive(Default)]
pub(super) struct Parsed {
    pub(super) sections: Sections,
    pub(super) odd_lines: Vec<OddLine>,
    /// Invalid headings, with their line numbers.
    pub(super) passed_over: Vec<(usize, String)>,
    /// The sections of a credentials file whose names need quotes in a config file. They are used
    /// only if the config file has the same name.
    pub(super) unusual: Vec<(usize, SectionName)>,
}

/// An invalid line.
pub(super) struct OddLine {
    pub(super) number: usize,
    /// The message starts like that of AWS's test suite.
    pub(super) problem: &'static str,
    /// The section of the line.
    pub(super) section: Option<SectionName>,
}

/// Parses a file. Invalid lines are skipped.
pub(super) fn parse(text: &str, kind: FileKind) -> Parsed {
    let mut reader = Reader::new(kind);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (line, number) in text.lines().zip(1..) {
        reader.number = number;
        if let Err(problem) = reader.line(line) {
            let section = match &reader.section {
                Position::In(section) => Some(section.clone()),
                _ => None,
            };
            reader.parsed.odd_lines.push(OddLine {
                number,
                problem,
                section,
            });
        }
    }
    reader.parsed
}

/// The position in the file.
enum Position<T> {
    /// Before the first one.
    None,
    /// In an invalid section, which is ignored.
    Ignored,
    In(T),
}

struct Reader {
    kind: FileKind,
    /// The line number.
    number: usize,
    parsed: Parsed,
    section: Position<SectionName>,
    property: Position<String>,
    /// Is `true` after `[profile default]`, which takes precedence over `[default]`.
    has_prefixed_default: bool,
}

impl Reader {
    fn new(kind: FileKind) -> Self {
        Self {
            kind,
            number: 0,
            parsed: Parsed::default(),
            section: Position::None,
            property: Position::None,
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
        self.property = Position::None;
        let inner = heading::between_brackets(line);
        // The section of an invalid heading is invalid, too.
        let broken = || line.get(1..)?.split(['#', ';', ']']).next();
        let heading = inner.or_else(broken).unwrap_or_default().trim();
        self.section = if let Some(section) = self.named(heading) {
            if self.kind == FileKind::Credentials && !is_identifier(&section.1) {
                self.parsed.unusual.push((self.number, section.clone()));
            }
            self.parsed.sections.entry(section.clone()).or_default();
            Position::In(section)
        } else {
            let heading = heading.to_owned();
            self.parsed.passed_over.push((self.number, heading));
            Position::Ignored
        };
        inner
            .map(drop)
            .ok_or("Profile definition must end with ']'")
    }

    /// Returns the section of a heading; `None` if it is invalid.
    fn named(&mut self, heading: &str) -> Option<SectionName> {
        let section = heading::section(heading, self.kind)?;
        let is_default = section.0 == SectionKind::Profile && section.1 == "default";
        if is_default && heading == "default" && self.has_prefixed_default {
            return None;
        }
        if is_default && heading != "default" && !self.has_prefixed_default {
            self.has_prefixed_default = true;
            self.parsed.sections.remove(&section);
        }
        Some(section)
    }

    fn property(&mut self, line: &str) -> Result<(), &'static str> {
        if matches!(self.section, Position::None) {
            return Err("Expected a profile definition, as in `[default]`, before all else");
        }
        self.property = Position::Ignored;
        let (name, value) = without_comment(line)
            .split_once('=')
            .ok_or("Expected an '=' sign defining a property")?;
        let name = name.trim().to_ascii_lowercase();
        if name.is_empty() {
            return Err("Property did not have a name");
        }
        if let Position::In(section) = &self.section
            && is_identifier(&name)
        {
            let section = self.parsed.sections.entry(section.clone()).or_default();
            section.set(&name, value.trim(), self.kind);
            self.property = Position::In(name);
        }
        Ok(())
    }

    /// Parses a continuation line: more of the value of the previous property, or a nested property
    /// if that value is empty.
    fn continuation(&mut self, line: &str) -> Result<(), &'static str> {
        let property = match (&self.section, &self.property) {
            (Position::None, _) => return Err("Expected a profile definition, found continuation"),
            (_, Position::None) => {
                return Err("Expected a property definition, found continuation");
            }
            (Position::In(section), Position::In(name)) => Some((section, name)),
            _ => None,
        };
        if let Some((section, name)) = property {
            let section = self.parsed.sections.entry(section.clone()).or_default();
            // The value of a property with continuation lines starts with a line break.
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

/// Returns a property without a trailing comment, which starts after a space.
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
