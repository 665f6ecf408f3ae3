//! Shared profile files: what the AWS command line and all AWS SDKs are set up with.
//!
//! There are two, `~/.aws/config` and `~/.aws/credentials`. A profile is what both say under one
//! name, and where both say something, the second wins. The format is that of the AWS SDKs and Tools
//! Reference Guide, "Format of the config and credentials files": close to INI, and told apart from
//! it by AWS's own suite of cases.
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
mod parse;
mod section;

pub use file::{config_file, credentials_file};
pub use section::Section;

use crate::environment::Environment;
use parse::{FileKind, Sections};
use section::SectionKind;

/// The profiles of both files.
#[derive(Debug, Clone, Default)]
pub struct Profiles {
    sections: Sections,
    /// Where they were looked for, for messages.
    files: Vec<String>,
}

impl Profiles {
    /// Reads both files, where they are. A file that is not there is an empty one, and so is one in the
    /// home directory that cannot be read: in a container that is often somebody else's.
    ///
    /// # Errors
    ///
    /// A file that a variable names and that cannot be read, or one that is not of the format.
    pub fn load(environment: &Environment) -> Result<Self, InvalidProfile> {
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
                Ok(Some(bytes)) => {
                    let text = file::text(bytes, &path)?;
                    let sections = parse::sections(&text, kind);
                    profiles.add(sections.map_err(|error| error.of(place))?);
                }
                Ok(None) => {}
                Err(error) if environment.get(variable).is_some() => {
                    let problem = format!("the profile file {place} cannot be read: {error}");
                    return Err(InvalidProfile(problem));
                }
                Err(error) => told.push_str(&format!(" (which cannot be read: {error})")),
            }
            profiles.files.push(told);
        }
        Ok(profiles)
    }

    /// Reads the text of both files.
    ///
    /// # Errors
    ///
    /// Text that is not of the format.
    pub fn parse(config: &str, credentials: &str) -> Result<Self, InvalidProfile> {
        let mut profiles = Self::default();
        let config = parse::sections(config, FileKind::Config);
        profiles.add(config.map_err(|error| error.of("the config file"))?);
        let credentials = parse::sections(credentials, FileKind::Credentials);
        profiles.add(credentials.map_err(|error| error.of("the credentials file"))?);
        Ok(profiles)
    }

    /// The profile of a name.
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Section> {
        self.sections.get(&(SectionKind::Profile, name.to_owned()))
    }

    /// The section `[sso-session NAME]`.
    #[must_use]
    pub fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sections
            .get(&(SectionKind::SsoSession, name.to_owned()))
    }

    /// The section `[services NAME]`, which has endpoints of single services.
    #[must_use]
    pub fn services(&self, name: &str) -> Option<&Section> {
        self.sections.get(&(SectionKind::Services, name.to_owned()))
    }

    /// The names of the profiles, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let of_profiles = |(kind, _): &&(SectionKind, String)| *kind == SectionKind::Profile;
        let names = self.sections.keys().filter(of_profiles);
        names.map(|(_, name)| name.as_str())
    }

    /// The files that were looked at, as text for a message.
    pub(crate) fn files(&self) -> String {
        if self.files.is_empty() {
            return "no file, as there is no home directory".to_owned();
        }
        self.files.join(" and ")
    }

    /// Adds the sections of another file, whose properties win.
    fn add(&mut self, sections: Sections) {
        for (name, section) in sections {
            self.sections.entry(name).or_default().extend(section);
        }
    }
}

/// Why the profiles could not be read. It names the file and the line, and repeats no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidProfile(String);
