//! Reports of a difference: for a terminal, for people who review, and for tools.

use annotate_snippets::renderer::{AnsiColor, Style};
use serde::Serialize;

use super::{Change, Class, Difference, Subject};

/// How a difference is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines for a terminal.
    Text {
        /// Whether it shows colours.
        styled: bool,
    },
    /// Markdown, for a pull request or a list of changes.
    Markdown,
    /// An object for tools, whose form stays as it is:
    ///
    /// ```json
    /// {
    ///   "package": "appflow-client",
    ///   "verdict": "minor",
    ///   "changes": [{
    ///     "class": "minor",
    ///     "subject": "enum_value",
    ///     "path": "types::TriggerType::Webhook",
    ///     "change": "is new",
    ///     "reason": "it is added, and what was there stays",
    ///     "details": ["+ types::TriggerType::Webhook"]
    ///   }]
    /// }
    /// ```
    ///
    /// `verdict` is `null` where `changes` is empty. Classes and subjects are those of [`Class`] and
    /// [`Subject`], in snake case.
    Json,
}

/// How many details of a change people are shown; tools get all.
const SHOWN: usize = 6;

/// How many more than that are shown too: to say that they are hidden takes a line itself.
const SPARED: usize = 2;

/// How many changes of documentation alone people are shown.
const SHOWN_DOCUMENTATION: usize = 10;

/// What is said where nothing differs.
const NOTHING: &str = "no difference in API, behaviour or documentation";

#[derive(Serialize)]
struct Report<'d> {
    package: &'d str,
    verdict: Option<Class>,
    changes: &'d [Change],
}

impl Difference {
    /// The report about a package, which ends with a line break.
    #[must_use]
    pub fn report(&self, package: &str, format: Format) -> String {
        match format {
            Format::Text { styled } => self.text(package, styled),
            Format::Markdown => self.markdown(package),
            Format::Json => self.json(package),
        }
    }

    fn text(&self, package: &str, styled: bool) -> String {
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
                text.push_str(&format!("\n### {}\n\n", heading(class)));
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

    /// The changes that people are shown, and what is said of the others: a model of which every
    /// sentence is another one has many.
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
        let report = Report {
            package,
            verdict: self.verdict(),
            changes: &self.changes,
        };
        let text = serde_json::to_string_pretty(&report);
        // Text and lists of text can always be written.
        text.unwrap_or_default() + "\n"
    }

    /// How many changes there are of each class, the greatest first, as in `1 major, 2 minor`.
    fn counts(&self) -> String {
        let counts = Class::ALL.into_iter().rev().filter_map(|class| {
            let count = self.changes.iter().filter(|it| it.class == class).count();
            (count > 0).then(|| format!("{count} {}", class.name()))
        });
        counts.collect::<Vec<_>>().join(", ")
    }
}

/// The number of the version that a class raises.
fn bump(class: Class) -> &'static str {
    match class {
        Class::Major => "raise the first number of the version, and below 1.0 the second",
        Class::Minor => "raise the second number of the version, and below 1.0 the third",
        Class::Patch => "raise the third number of the version, below 1.0 too",
    }
}

fn heading(class: Class) -> &'static str {
    match class {
        Class::Major => "Major",
        Class::Minor => "Minor",
        Class::Patch => "Patch",
    }
}

/// A change in lines of text.
fn text_entry(change: &Change, styled: bool) -> String {
    let class = paint(change.class.name(), class_style(change.class), styled);
    let path = paint(&change.path, Style::new().bold(), styled);
    let (subject, words, reason) = (change.subject.name(), &change.change, &change.reason);
    let mut text = format!("{class}  {subject} {path} {words}\n       {reason}\n");
    for detail in shown(&change.details) {
        let detail = paint(&detail, detail_style(&detail), styled);
        text.push_str(&format!("       {detail}\n"));
    }
    text
}

/// A change as an entry of a list in Markdown.
fn markdown_entry(change: &Change) -> String {
    let Change { path, reason, .. } = change;
    let (subject, words) = (change.subject.name(), escaped(&change.change));
    let mut text = format!("- {subject} `{path}` {words} ({reason})\n");
    if !change.details.is_empty() {
        text.push_str("\n  ```diff\n");
        for detail in shown(&change.details) {
            text.push_str(&format!("  {detail}\n"));
        }
        text.push_str("  ```\n");
    }
    text
}

/// Words in which nothing is taken for Markdown but the code that they have between backticks: the
/// `<` of a type would begin a tag.
fn escaped(words: &str) -> String {
    let mut text = String::new();
    let mut is_code = false;
    for character in words.chars() {
        is_code ^= character == '`';
        if !is_code && matches!(character, '\\' | '<' | '*' | '_' | '[' | '&') {
            text.push('\\');
        }
        text.push(character);
    }
    text
}

/// The details that people are shown.
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
