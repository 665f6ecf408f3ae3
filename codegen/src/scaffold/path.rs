//! Paths in the manifest of a new crate, and the folder of the runtime.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use super::ScaffoldError;

/// The package that generated crates depend on.
const RUNTIME: &str = "smithy-reqwest";

/// The runtime.
pub(super) struct Runtime {
    /// Its folder, without links.
    pub(super) path: PathBuf,
    /// The packages that it depends on.
    pub(super) dependencies: Vec<String>,
}

/// Returns the runtime in a folder, if that holds it.
pub(super) fn runtime(path: &Path) -> Result<Runtime, ScaffoldError> {
    let other = |found: String| ScaffoldError::Runtime {
        path: path.to_owned(),
        found,
    };
    let manifest = match fs::read_to_string(path.join("Cargo.toml")) {
        Ok(manifest) => manifest,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(other("it has no `Cargo.toml`".to_owned()));
        }
        Err(error) => return Err(unreadable(path, error)),
    };
    match package_name(&manifest) {
        Some(RUNTIME) => Ok(Runtime {
            path: path
                .canonicalize()
                .map_err(|error| unreadable(path, error))?,
            dependencies: dependencies(&manifest),
        }),
        Some(name) => Err(other(format!("it holds the package `{name}`"))),
        None => Err(other(
            "its `Cargo.toml` is not that of a package".to_owned(),
        )),
    }
}

fn unreadable(path: &Path, error: io::Error) -> ScaffoldError {
    ScaffoldError::Read {
        path: path.to_owned(),
        error,
        hint: None,
    }
}

/// Returns the name that a manifest gives its package.
fn package_name(manifest: &str) -> Option<&str> {
    let mut lines = manifest.lines().map(str::trim);
    lines.find(|line| *line == "[package]")?;
    let mut package = lines.take_while(|line| !line.starts_with('['));
    package.find_map(|line| {
        let value = line.strip_prefix("name")?.trim_start().strip_prefix('=')?;
        value.split(['"', '\'']).nth(1)
    })
}

/// Returns the packages that a manifest lists in `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut lines = manifest.lines().map(str::trim);
    lines.find(|line| *line == "[dependencies]");
    let listed = lines.take_while(|line| !line.starts_with('['));
    let names = listed.filter_map(|line| line.split(['.', '=', ' ']).next());
    let names = names.filter(|name| !name.is_empty() && !name.starts_with('#'));
    names.map(str::to_owned).collect()
}

/// Returns the path to a folder without links from a folder that may not exist yet, as TOML has it
/// on every system; the path itself if there is none, as between two drives.
pub(super) fn relative(target: &Path, folder: &Path) -> String {
    let (to, from) = (parts(target), parts(&real(folder)));
    let shared = to.iter().zip(&from).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        return target.display().to_string();
    }
    let up = std::iter::repeat_n(OsStr::new(".."), from.len() - shared);
    let down = to.iter().skip(shared).map(OsString::as_os_str);
    let names: Vec<_> = up.chain(down).map(OsStr::to_string_lossy).collect();
    names.join("/")
}

/// Returns the path of a folder without links: as far as it exists, that of the system.
fn real(folder: &Path) -> PathBuf {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let existing = absolute.ancestors().find_map(|ancestor| {
        let rest = absolute.strip_prefix(ancestor).ok()?;
        Some(ancestor.canonicalize().ok()?.join(rest))
    });
    existing.unwrap_or(absolute)
}

/// Returns the parts of an absolute path, without `.` and `..`.
fn parts(path: &Path) -> Vec<OsString> {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => drop(parts.pop()),
            component => parts.push(component.as_os_str().to_owned()),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{dependencies, package_name};

    #[test]
    fn dependencies_are_those_of_their_table() {
        let manifest = "[package]\nname = \"a\"\n[dependencies]\n# Why.\nb.workspace = true\n\
                        c-d = { version = \"1\" }\n\ne=\"1\"\n[dev-dependencies]\nf = \"1\"\n";
        assert_eq!(dependencies(manifest), ["b", "c-d", "e"]);
        assert!(dependencies("[package]\nname = \"a\"\n").is_empty());
    }

    #[test]
    fn the_name_of_a_package_is_that_of_its_table() {
        for (manifest, name) in [
            ("[package]\nname = \"a\"\n", Some("a")),
            (
                "[lib]\nname = \"b\"\n[package]\nversion = \"1\"\nname='a'\n",
                Some("a"),
            ),
            ("[package]\nversion = \"1\"\n[lib]\nname = \"b\"\n", None),
            ("[workspace]\n", None),
        ] {
            assert_eq!(package_name(manifest), name, "{manifest}");
        }
    }
}
