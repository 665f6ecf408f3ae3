//! Files that differ: what is told of them where nothing else tells of it.

use std::collections::{BTreeMap, BTreeSet};

use similar::{ChangeTag, TextDiff};

use super::{Change, Class, Subject};

/// Why documentation is a patch.
pub(super) const DOCUMENTATION: &str = "only what is said differs";
/// Why what no public item shows is one.
pub(super) const BEHAVIOUR: &str = "the API stays, and behaviour differs";

/// A file whose text differs.
pub(super) struct FileDifference {
    pub(super) path: String,
    /// The lines of code that differ, documentation aside.
    pub(super) code: Vec<String>,
}

impl FileDifference {
    /// The change that it is where no other tells of it.
    pub(super) fn change(&self) -> Change {
        let (subject, change, reason) = if self.code.is_empty() {
            (
                Subject::Documentation,
                "has other documentation",
                DOCUMENTATION,
            )
        } else {
            (
                Subject::Client,
                "changes in ways no other entry describes",
                "the API stays, and the code behind it differs",
            )
        };
        Change {
            class: Class::Patch,
            subject,
            path: self.path.clone(),
            change: change.to_owned(),
            reason: reason.to_owned(),
            details: self.code.clone(),
        }
    }
}

/// The files that differ. Their headers, which name the model, are no difference.
pub(super) fn compare(
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) -> Vec<FileDifference> {
    let paths: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let difference = |path: &String| {
        let texts = [old, new].map(|files| files.get(path).map_or("", |text| body(text)));
        let [before, after] = texts;
        (before != after).then(|| FileDifference {
            path: path.clone(),
            code: changed_lines(&code(before), &code(after)),
        })
    };
    paths.into_iter().filter_map(difference).collect()
}

/// The lines that are gone, after `- `, and that are new, after `+ `.
fn changed_lines(old: &str, new: &str) -> Vec<String> {
    let diff = TextDiff::from_lines(old, new);
    let lines = diff.iter_all_changes().filter_map(|line| {
        let sign = match line.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => return None,
        };
        Some(format!("{sign} {}", line.value().trim_end()))
    });
    lines.collect()
}

/// A file without its first line, which is the header.
fn body(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, body)| body)
}

/// The lines that are no documentation.
fn code(text: &str) -> String {
    let lines = text.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("///") && !line.starts_with("//!")
    });
    lines.collect::<Vec<_>>().join("\n")
}
