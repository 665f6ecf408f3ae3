//! The last stage: generated files on disk, written or compared.
//!
//! Two folders of a crate are generated: `src/generated` and `tests/generated`. Other files in them
//! are outdated and are removed. A file whose content is already right is not changed, so that
//! nothing is rebuilt.
//!
//! Three rules protect other files:
//!
//! - Nothing is written or removed through a symbolic link below the folder of the crate.
//! - A file is replaced atomically, so an interrupted run leaves either the old or the new content.
//! - Files are compared again after writing, so two concurrent runs cannot leave a mixture of their
//!   files.

mod file;
mod folder;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use similar::TextDiff;

use self::folder::{files_below, refuse_links};
use crate::error::Error;
use crate::generate::Generated;

pub(crate) use self::file::write_file;

/// The folders that generated sources own, below the folder of the crate.
const LIBRARY: &str = "src/generated";
const TESTS: &str = "tests/generated";

/// The maximum number of lines of a difference.
const DIFF_LINES: usize = 20;

/// The maximum number of attempts to write files while another run replaces them.
const ATTEMPTS: usize = 50;

/// The text of files, by their path.
type Files<'a> = BTreeMap<PathBuf, &'a str>;

/// The difference between a file of a crate and what is generated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The file is missing.
    Add(PathBuf),
    /// The file differs; the text shows how, in short.
    Update(PathBuf, String),
    /// The file is no longer generated.
    Remove(PathBuf),
}

impl Change {
    /// Returns the file, below the folder of the crate.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Self::Add(path) | Self::Update(path, _) | Self::Remove(path) => path,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add(path) => write!(f, "missing: {}", path.display()),
            Self::Update(path, diff) => write!(f, "differs: {}\n{diff}", path.display()),
            Self::Remove(path) => write!(f, "stale:   {}", path.display()),
        }
    }
}

/// Returns what has to change in the folder of a crate for it to be what is generated.
///
/// # Errors
///
/// A file or a folder that cannot be read, or a symbolic link on the way to one.
pub fn compare(generated: &Generated, crate_dir: &Path) -> Result<Vec<Change>, Error> {
    compare_files(&files(generated), &[LIBRARY, TESTS], crate_dir)
}

/// Makes the folder of a crate what is generated, and returns what was changed.
///
/// # Errors
///
/// A file or a folder that cannot be read, written or removed, a symbolic link on the way to one,
/// or another run that keeps writing to the same folder.
pub fn write(generated: &Generated, crate_dir: &Path) -> Result<Vec<Change>, Error> {
    write_files(&files(generated), &[LIBRARY, TESTS], crate_dir)
}

/// Makes a folder hold a client that is a module of another crate: the file to include, and beside
/// it a folder of the same name.
pub(crate) fn write_module(
    generated: &Generated,
    module: &str,
    entry: &str,
    dir: &Path,
) -> Result<Vec<Change>, Error> {
    let mut expected: Files<'_> = below(module, &generated.library).collect();
    expected.insert(format!("{module}.rs").into(), entry);
    write_files(&expected, &[module], dir)
}

/// Writes a new crate: its generated sources, and the files that are the user's from then on.
///
/// Returns `true` if the folder was free for it: missing, empty, or with nothing in it but some of
/// these very files, as a run that was killed leaves them. Nothing is written to one that was not.
pub(crate) fn write_new(
    generated: &Generated,
    others: &BTreeMap<PathBuf, String>,
    crate_dir: &Path,
) -> Result<bool, Error> {
    let mut expected = files(generated);
    let others = others.iter();
    expected.extend(others.map(|(path, text)| (path.clone(), text.as_str())));
    let Some(partial) = partial_files(&expected, crate_dir)? else {
        return Ok(false);
    };
    for path in partial {
        remove_file(&crate_dir.join(path), crate_dir)?;
    }
    write_files(&expected, &[LIBRARY, TESTS], crate_dir)?;
    Ok(true)
}

/// Returns the partial files in a folder that has nothing else but expected ones; `None` if it has.
fn partial_files(expected: &Files<'_>, dir: &Path) -> Result<Option<Vec<PathBuf>>, Error> {
    let first = |path: &PathBuf| path.iter().next().map(PathBuf::from);
    let names: BTreeSet<PathBuf> = expected.keys().filter_map(first).collect();
    let mut partial = Vec::new();
    // A folder of the user may be large, so only what can be ours is looked into.
    for name in folder::names(dir)? {
        if file::is_partial(&name) {
            partial.push(name);
        } else if !names.contains(&name) {
            return Ok(None);
        }
    }
    let owned: Vec<&str> = names.iter().filter_map(|name| name.to_str()).collect();
    for change in compare_files(expected, &owned, dir)? {
        match change {
            Change::Add(_) => {}
            Change::Remove(path) if file::is_partial(&path) => partial.push(path),
            Change::Remove(_) | Change::Update(..) => return Ok(None),
        }
    }
    Ok(Some(partial))
}

/// Compares files with those in a folder, of which some entries belong to them entirely.
fn compare_files(expected: &Files<'_>, owned: &[&str], dir: &Path) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    for (path, text) in expected {
        refuse_links(dir, path)?;
        let absolute = dir.join(path);
        match fs::read(&absolute) {
            Ok(bytes) if bytes == text.as_bytes() => {}
            Ok(bytes) => {
                let diff = short_diff(&String::from_utf8_lossy(&bytes), text);
                changes.push(Change::Update(path.clone(), diff));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                changes.push(Change::Add(path.clone()));
            }
            Err(error) => return Err(Error::system("read", &absolute, error)),
        }
    }
    for folder in owned {
        refuse_links(dir, Path::new(folder))?;
        for path in files_below(dir, Path::new(folder))? {
            if !expected.contains_key(&path) {
                changes.push(Change::Remove(path));
            }
        }
    }
    Ok(changes)
}

fn write_files(expected: &Files<'_>, owned: &[&str], dir: &Path) -> Result<Vec<Change>, Error> {
    let changes = compare_files(expected, owned, dir)?;
    let mut pending = changes.clone();
    for _ in 0..ATTEMPTS {
        if pending.is_empty() {
            return Ok(changes);
        }
        match apply(&pending, expected, dir) {
            // Another run has removed a file that this one was writing, or its folder.
            Err(Error::System { error, .. }) if error.kind() == io::ErrorKind::NotFound => {}
            done => done?,
        }
        pending = compare_files(expected, owned, dir)?;
    }
    Err(Error::Contested(dir.to_owned()))
}

fn apply(changes: &[Change], expected: &Files<'_>, dir: &Path) -> Result<(), Error> {
    for change in changes {
        let path = dir.join(change.path());
        match expected.get(change.path()) {
            Some(text) => write_file(&path, text)?,
            None => remove_file(&path, dir)?,
        }
    }
    Ok(())
}

/// Returns the generated files, by their path below the folder of the crate.
fn files(generated: &Generated) -> Files<'_> {
    let library = below(LIBRARY, &generated.library);
    library.chain(below(TESTS, &generated.tests)).collect()
}

/// Returns files with the folder in front of their paths.
fn below<'f>(
    folder: &str,
    files: &'f BTreeMap<String, String>,
) -> impl Iterator<Item = (PathBuf, &'f str)> {
    let files = files.iter();
    files.map(move |(name, text)| (Path::new(folder).join(name), text.as_str()))
}

/// Removes a file, and the folders that are empty then.
fn remove_file(path: &Path, crate_dir: &Path) -> Result<(), Error> {
    fs::remove_file(path).map_err(|error| Error::system("remove", path, error))?;
    let mut folder = path.parent();
    while let Some(current) = folder.filter(|folder| *folder != crate_dir) {
        if fs::remove_dir(current).is_err() {
            // It is not empty.
            break;
        }
        folder = current.parent();
    }
    Ok(())
}

/// Returns the first lines of a difference, in the format of `diff -u`.
fn short_diff(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let text = diff.unified_diff().context_radius(1).to_string();
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    let (shown, rest) = lines.split_at(lines.len().min(DIFF_LINES));
    match rest.len() {
        0 => shown.join("\n"),
        rest => format!("{}\n    … and {rest} more lines", shown.join("\n")),
    }
}
