//! Shared profile files, which the AWS CLI and all AWS SDKs use.
//!
//! There are two, `~/.aws/config` and `~/.aws/credentials`. A profile combines the sections of the
//! same name in both files; the second file takes precedence. The format is that of the AWS SDKs
//! and Tools Reference Guide, "Format of the config and credentials files": similar to INI, with
//! differences that AWS's test suite defines. In addition, quoted names are read as in the AWS CLI:
//! `[profile 'My MacBook Pro']`.
//!
//! ```
//! use smithy_reqwest::profile::Profiles;
//!
//! let config = "[default]\nregion = eu-west-1\n[profile nightly]\nmax_attempts = 5 # of each call";
//! let profiles = Profiles::parse(config, "")?;
//! let nightly = profiles.profile("nightly").unwrap();
//! assert_eq!(nightly.get("max_attempts"), Some("5"));
//! # Ok::<(), smithy_reqwest::profile::InvalidProfile>(())
//! ```

mod file;
mod heading;
mod parse;
mod section;

use std::fmt;

pub use file::{config_file, credentials_file};
pub(crate) use section::FileKind;
pub use section::Section;

use crate::environment::EnvironmentVariables;
use parse::{Parsed, Sections};
use section::{SectionKind, SectionName};

/// The profiles of both files.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    sections: Sections,
    /// The paths of the files, for messages.
    files: Vec<String>,
    faults: Vec<Fault>,
    /// Invalid headings with their locations, for messages.
    passed_over: Vec<String>,
}

/// A problem of a file.
#[derive(Debug, Clone)]
struct Fault {
    spoiled: Spoiled,
    error: InvalidProfile,
}

/// The sections that a problem affects.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Spoiled {
    /// All sections, because a part may be missing.
    Everything,
    Section(SectionName),
    /// No section.
    Nothing,
}

impl Profiles {
    /// Reads both files, if they exist. A file in the home directory that cannot be read counts as
    /// empty, because in a container it may belong to another user.
    ///
    /// # Errors
    ///
    /// A file that a variable names cannot be read, or a file has an invalid line.
    pub fn load(environment: &EnvironmentVariables) -> Result<Self, InvalidProfile> {
        Self::read(environment).without_faults()
    }

    /// Reads the valid parts of both files. The problems are in [`faults`](Self::faults).
    pub(crate) fn read(environment: &EnvironmentVariables) -> Self {
        let mut profiles = Self::default();
        let config = config_file(environment);
        let credentials = credentials_file(environment);
        for (path, kind, variable) in [
            (config, FileKind::Config, file::CONFIG_FILE),
            (credentials, FileKind::Credentials, file::CREDENTIALS_FILE),
        ] {
            let Some(path) = path else { continue };
            let place = path.display();
            let mut told = place.to_string();
            match file::read(&path) {
                Ok(Some(bytes)) => match file::text(bytes, &path) {
                    Ok(text) => profiles.add(parse::parse(&text, kind), &place),
                    Err(error) => profiles.add_fault(Spoiled::Everything, error),
                },
                Ok(None) => {}
                Err(error) if environment.get(variable).is_some() => {
                    let problem = format!("the profile file {place} cannot be read: {error}");
                    profiles.add_fault(Spoiled::Everything, InvalidProfile(problem));
                }
                Err(error) => told.push_str(&format!(" (which cannot be read: {error})")),
            }
            profiles.files.push(told);
        }
        profiles
    }

    /// Parses the text of both files.
    ///
    /// # Errors
    ///
    /// An invalid line.
    pub fn parse(config: &str, credentials: &str) -> Result<Self, InvalidProfile> {
        let mut profiles = Self::default();
        let config = parse::parse(config, FileKind::Config);
        profiles.add(config, &"the config file");
        let credentials = parse::parse(credentials, FileKind::Credentials);
        profiles.add(credentials, &"the credentials file");
        profiles.without_faults()
    }

    fn without_faults(self) -> Result<Self, InvalidProfile> {
        match self.faults.into_iter().next() {
            Some(fault) => Err(fault.error),
            None => Ok(Self {
                faults: Vec::new(),
                ..self
            }),
        }
    }

    /// Returns a profile by its name.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Section> {
        self.sections.get(&(SectionKind::Profile, name.to_owned()))
    }

    /// Returns the section `[sso-session NAME]`.
    #[must_use]
    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sections
            .get(&(SectionKind::SsoSession, name.to_owned()))
    }

    /// Returns the section `[services NAME]`, which has endpoints of single services.
    #[must_use]
    pub fn services(&self, name: &str) -> Option<&Section> {
        self.sections.get(&(SectionKind::Services, name.to_owned()))
    }

    /// Returns the names of the profiles, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let of_profiles = |(kind, _): &&SectionName| *kind == SectionKind::Profile;
        let names = self.sections.keys().filter(of_profiles);
        names.map(|(_, name)| name.as_str())
    }

    /// Returns the paths of the files, for messages.
    pub(crate) fn files(&self) -> String {
        if self.files.is_empty() {
            return "the profile files, as there is no home directory".to_owned();
        }
        self.files.join(" and ")
    }

    /// Returns all problems of the files.
    pub(crate) fn faults(&self) -> impl Iterator<Item = &InvalidProfile> {
        self.faults.iter().map(|fault| &fault.error)
    }

    /// Returns the problem that affects a profile, if there is one.
    pub(crate) fn fault_of_profile(&self, name: &str) -> Option<&InvalidProfile> {
        self.fault_of(SectionKind::Profile, name)
    }

    /// Returns the problem that affects a section `[sso-session NAME]`, if there is one.
    pub(crate) fn fault_of_sso_session(&self, name: &str) -> Option<&InvalidProfile> {
        self.fault_of(SectionKind::SsoSession, name)
    }

    /// Returns the problem that affects a section `[services NAME]`, if there is one.
    pub(crate) fn fault_of_services(&self, name: &str) -> Option<&InvalidProfile> {
        self.fault_of(SectionKind::Services, name)
    }

    fn fault_of(&self, kind: SectionKind, name: &str) -> Option<&InvalidProfile> {
        let section = Spoiled::Section((kind, name.to_owned()));
        let is_spoiled =
            |fault: &&Fault| fault.spoiled == Spoiled::Everything || fault.spoiled == section;
        self.faults
            .iter()
            .find(is_spoiled)
            .map(|fault| &fault.error)
    }

    /// Returns the ignored parts of the files, for the end of a message about something missing.
    pub(crate) fn left_out(&self) -> String {
        let mut text = String::new();
        if !self.passed_over.is_empty() {
            let headings = self.passed_over.join(", ");
            text.push_str(&format!(
                "; passed over: {headings}; write `[profile NAME]` in the config file and `[NAME]` in \
                 the credentials file, with NAME in quotes in the config file where it has spaces"
            ));
        }
        for fault in self.faults() {
            text.push_str(&format!("; {fault}"));
        }
        text
    }

    /// Adds the sections of another file, which take precedence.
    fn add(&mut self, mut parsed: Parsed, file: &dyn fmt::Display) {
        for (number, section) in parsed.unusual {
            if !self.sections.contains_key(&section) {
                parsed.sections.remove(&section);
                parsed.passed_over.push((number, section.1));
            }
        }
        for (name, section) in parsed.sections {
            self.sections.entry(name).or_default().extend(section);
        }
        for line in parsed.odd_lines {
            let (number, problem) = (line.number, line.problem);
            let spoiled = line.section.map_or(Spoiled::Nothing, Spoiled::Section);
            let error = InvalidProfile(format!("line {number} of {file}: {problem}"));
            self.add_fault(spoiled, error);
        }
        let passed_over = parsed.passed_over.into_iter();
        self.passed_over.extend(
            passed_over.map(|(number, text)| format!("`[{text}]` in line {number} of {file}")),
        );
    }

    fn add_fault(&mut self, spoiled: Spoiled, error: InvalidProfile) {
        self.faults.push(Fault { spoiled, error });
    }
}

/// The error of a profile file. It contains the file and the line, but not the value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidProfile(String);
