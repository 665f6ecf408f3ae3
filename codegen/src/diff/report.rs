//! Reports of a difference: for a terminal, for reviewers and for tools.

use annotate_snippets::renderer::{AnsiColor, Style};
use heck::AsTitleCase;
use serde_json::json;

use super::{Change, Class, Difference, Subject};
use crate::terminal::plain;

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal, with control characters of the models as escapes.
    Text {
        /// Is `true` to use colors.
        styled: bool,
    },
    /// Markdown, for a pull request or a changelog.
    Markdown,
    /// A JSON object for tools, with a stable schema:
    ///
    /// ```json
    /// {
    ///   "package": "appflow-client",
    ///   "verdict": "minor",
    ///   "changes": [{
    ///     "class": "minor",
    ///     "subject": "enum_value",
    ///     "path": "types::TriggerType::Webhook",
    ///     "change": "added",
    ///     "reason": "a new item",
    ///     "details": ["+ types::TriggerType::Webhook"]
    ///   }]
    /// }
    /// ```
    ///
    /// `verdict` is `null` if `changes` is empty. The values of `class` and `subject` are those of
    /// [`Class`] and [`Subject`] in snake case.
    Json,
}

/// The number of details of a change in a report for people; tools get all.
const SHOWN: usize = 6;

/// The number of further details that are shown as well, since hiding them takes a line itself.
const SPARED: usize = 2;

/// The number of documentation changes in a report for people.
const SHOWN_DOCUMENTATION: usize = 10;

const NOTHING: &str = "no difference in API, behavior or documentation";

impl Difference {
    /// Returns the report for a package. It ends with a line break.
    #[must_use]
    pub fn report(&self, package: &str, format: Format) -> String {
        match format {
            Format::Text { styled } => self.text(package, styled),
            Format::Markdown => self.markdown(package),
            Format::Json => self.json(package),
        }
    }

    fn text(&self, package: &str, styled: bool) -> String {
        let package = plain(package);
        let Some(verdict) = self.verdict() else {
            return format!("{package}: {NOTHING}\n");
        };
        let mut text = String::new();
        let (changes, more) = self.shown();
        for change in changes {
            text.push_str(&text_entry(change, styled));
        }
        if let Some(more) = more {
            let name = paint(Class::Patch.name(), class_style(Class::Patch), styled);
            text.push_str(&format!("{name}  documentation {more}\n"));
        }
        let name = paint(verdict.name(), class_style(verdict), styled);
        let (counts, bump) = (self.counts(), bump(verdict));
        text.push_str(&format!("\n{package}: {name} ({counts}); {bump}\n"));
        text
    }

    fn markdown(&self, package: &str) -> String {
        let Some(verdict) = self.verdict() else {
            return format!("`{package}`: {NOTHING}.\n");
        };
        let (name, counts, bump) = (verdict.name(), self.counts(), bump(verdict));
        let mut text = format!("`{package}`: **{name}** ({counts}); {bump}.\n");
        let (shown, more) = self.shown();
        for class in Class::ALL.into_iter().rev() {
            let mut changes = shown.iter().filter(|it| it.class == class).peekable();
            if changes.peek().is_some() {
                text.push_str(&format!("\n### {}\n\n", AsTitleCase(class.name())));
            }
            for change in changes {
                text.push_str(&markdown_entry(change));
            }
        }
        if let Some(more) = more {
            text.push_str(&format!("- documentation {more}\n"));
        }
        text
    }

    /// Returns the changes that people are shown, and a line for the others. A model with a new
    /// wording has many changes of documentation.
    fn shown(&self) -> (Vec<&Change>, Option<String>) {
        let (documentation, others): (Vec<&Change>, Vec<&Change>) = self
            .changes
            .iter()
            .partition(|change| change.subject == Subject::Documentation);
        let rest = documentation.len().saturating_sub(SHOWN_DOCUMENTATION);
        let more = (rest > 0).then(|| format!("… and {rest} more like these"));
        let documentation = documentation.into_iter().take(SHOWN_DOCUMENTATION);
        (others.into_iter().chain(documentation).collect(), more)
    }

    fn json(&self, package: &str) -> String {
        let (verdict, changes) = (self.verdict(), &self.changes);
        let report = json!({ "package": package, "verdict": verdict, "changes": changes });
        format!("{report:#}\n")
    }

    /// Returns the number of changes of each class, as in `1 major, 2 minor`.
    fn counts(&self) -> String {
        let counts = Class::ALL.into_iter().rev().filter_map(|class| {
            let count = self.changes.iter().filter(|it| it.class == class).count();
            (count > 0).then(|| format!("{count} {}", class.name()))
        });
        counts.collect::<Vec<_>>().join(", ")
    }
}

/// Returns the version bump that a class requires.
fn bump(class: Class) -> &'static str {
    match class {
        Class::Major => "requires a major version bump (minor, before 1.0)",
        Class::Minor => "requires a minor version bump (patch, before 1.0)",
        Class::Patch => "requires a patch version bump",
    }
}

/// Returns a change as lines of text.
fn text_entry(change: &Change, styled: bool) -> String {
    let class = paint(change.class.name(), class_style(change.class), styled);
    let path = paint(&plain(&change.path), Style::new().bold(), styled);
    let (subject, words, reason) = (change.subject.name(), plain(&change.change), &change.reason);
    let mut text = format!("{class}  {subject} {path}: {words}\n       {reason}\n");
    for detail in shown(&change.details) {
        let detail = paint(&plain(&detail), detail_style(&detail), styled);
        text.push_str(&format!("       {detail}\n"));
    }
    text
}

/// Returns a change as an item of a list in Markdown.
fn markdown_entry(change: &Change) -> String {
    let Change { path, reason, .. } = change;
    let (subject, words) = (change.subject.name(), escaped(&change.change));
    let mut text = format!("- {subject} `{path}`: {words} ({reason})\n");
    if !change.details.is_empty() {
        text.push_str("\n  ```diff\n");
        for detail in shown(&change.details) {
            text.push_str(&format!("  {detail}\n"));
        }
        text.push_str("  ```\n");
    }
    text
}

/// Escapes the characters that mean something in Markdown.
fn escaped(words: &str) -> String {
    let mut text = String::new();
    for character in words.chars() {
        if matches!(character, '\\' | '`' | '<' | '*' | '_' | '[' | '&') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

/// Returns the details that people are shown.
fn shown(details: &[String]) -> Vec<String> {
    let rest = details.len().saturating_sub(SHOWN);
    if rest <= SPARED {
        return details.to_vec();
    }
    let more = format!("… and {rest} more lines");
    details.iter().take(SHOWN).cloned().chain([more]).collect()
}

fn class_style(class: Class) -> Style {
    let color = match class {
        Class::Major => AnsiColor::Red,
        Class::Minor => AnsiColor::Yellow,
        Class::Patch => AnsiColor::Green,
    };
    color.on_default().bold()
}

fn detail_style(detail: &str) -> Style {
    match detail.chars().next() {
        Some('-') => AnsiColor::Red.on_default(),
        Some('+') => AnsiColor::Green.on_default(),
        _ => Style::new(),
    }
}

fn paint(text: &str, style: Style, styled: bool) -> String {
    if styled {
        format!("{style}{text}{style:#}")
    } else {
        text.to_owned()
    }
}
