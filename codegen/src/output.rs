//! The last stage: generated files on disk, written or compared.
//!
//! Generated sources own two folders of a crate: `src/generated` and `tests/generated`. Whatever
//! else is in them is stale and is removed. A file whose bytes are right already is left alone, so
//! that nothing is built again for nothing.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::{fs, io};

use similar::TextDiff;

use crate::generate::Generated;

/// The folders that generated sources own, below the folder of the crate.
const LIBRARY: &str = "src/generated";
const TESTS: &str = "tests/generated";

/// How many lines of a difference are shown.
const DIFF_LINES: usize = 20;

/// The text of files, by their path.
type Files<'a> = BTreeMap<PathBuf, &'a str>;

/// What a file in a crate is compared to what should be there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// The file is missing.
    Add(PathBuf),
    /// The file differs; the text shows how, in short.
    Update(PathBuf, String),
    /// The file is not generated any more.
    Remove(PathBuf),
}

impl Change {
    /// The file, below the folder of the crate.
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

/// Something about a file that the system refused.
#[derive(Debug, thiserror::Error)]
#[error("could not {action} `{}`: {error}", path.display())]
pub struct OutputError {
    action: &'static str,
    path: PathBuf,
    error: io::Error,
}

impl OutputError {
    fn new(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self {
            action,
            path: path.to_owned(),
            error,
        }
    }
}

/// What would have to change in the folder of a crate for it to be what is generated.
///
/// # Errors
///
/// A file or a folder that cannot be read.
pub fn compare(generated: &Generated, crate_dir: &Path) -> Result<Vec<Change>, OutputError> {
    compare_files(&files(generated), &[LIBRARY, TESTS], crate_dir)
}

/// Makes the folder of a crate what is generated, and tells what was changed.
///
/// # Errors
///
/// A file or a folder that cannot be read, written or removed.
pub fn write(generated: &Generated, crate_dir: &Path) -> Result<Vec<Change>, OutputError> {
    write_files(&files(generated), &[LIBRARY, TESTS], crate_dir)
}

/// Makes a folder hold a client that is a module of another crate: the file to include, and beside
/// it a folder of the same name.
pub(crate) fn write_module(
    generated: &Generated,
    module: &str,
    entry: &str,
    dir: &Path,
) -> Result<Vec<Change>, OutputError> {
    let library = generated.library.iter();
    let below = library.map(|(name, text)| (Path::new(module).join(name), text.as_str()));
    let mut expected: Files<'_> = below.collect();
    expected.insert(format!("{module}.rs").into(), entry);
    write_files(&expected, &[module], dir)
}

/// Compares files with those in a folder, of which some folders belong to them whole.
fn compare_files(
    expected: &Files<'_>,
    owned: &[&str],
    dir: &Path,
) -> Result<Vec<Change>, OutputError> {
    let mut changes = Vec::new();
    for (path, text) in expected {
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
            Err(error) => return Err(OutputError::new("read", &absolute, error)),
        }
    }
    for folder in owned {
        for path in files_below(dir, Path::new(folder))? {
            if !expected.contains_key(&path) {
                changes.push(Change::Remove(path));
            }
        }
    }
    Ok(changes)
}

fn write_files(
    expected: &Files<'_>,
    owned: &[&str],
    dir: &Path,
) -> Result<Vec<Change>, OutputError> {
    let changes = compare_files(expected, owned, dir)?;
    for change in &changes {
        let path = dir.join(change.path());
        match expected.get(change.path()) {
            Some(text) => write_file(&path, text)?,
            None => remove_file(&path, dir)?,
        }
    }
    Ok(changes)
}

/// The generated files, by their path below the folder of the crate.
fn files(generated: &Generated) -> Files<'_> {
    let below = |folder: &'static str| {
        move |(name, text)| -> (PathBuf, &str) {
            let (name, text): (&String, &String) = (name, text);
            (Path::new(folder).join(name), text)
        }
    };
    let library = generated.library.iter().map(below(LIBRARY));
    library
        .chain(generated.tests.iter().map(below(TESTS)))
        .collect()
}

fn files_below(crate_dir: &Path, folder: &Path) -> Result<Vec<PathBuf>, OutputError> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        let absolute = crate_dir.join(&folder);
        let failed = |error| OutputError::new("list", &absolute, error);
        let entries = match fs::read_dir(&absolute) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed(error)),
        };
        for entry in entries {
            let entry = entry.map_err(failed)?;
            let path = folder.join(entry.file_name());
            if entry.file_type().map_err(failed)?.is_dir() {
                pending.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Writes a file whole or not at all.
pub(crate) fn write_file(path: &Path, text: &str) -> Result<(), OutputError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| OutputError::new("create", folder, error))?;
    }
    let partial = path.with_extension("partial");
    fs::write(&partial, text)
        .and_then(|()| fs::rename(&partial, path))
        .map_err(|error| OutputError::new("write", path, error))
}

/// Removes a file, and the folders that are empty then.
fn remove_file(path: &Path, crate_dir: &Path) -> Result<(), OutputError> {
    fs::remove_file(path).map_err(|error| OutputError::new("remove", path, error))?;
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

/// The first lines of what is different, as in `diff -u`.
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
