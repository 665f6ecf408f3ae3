//! How JSON is laid out that is new to a file: as the file around it is.

use super::fact::{self, Level};
use super::node::{Entry, Form, Node};

/// The habits of a file.
#[derive(Debug, Clone)]
pub(super) struct Style {
    /// What ends a line; `None` where the file is one line.
    newline: Option<&'static str>,
    /// By how much a line is further in than the one that it belongs to.
    unit: String,
    /// What stands between a key and its value.
    colon: String,
}

/// Which entries of objects are laid out.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shown {
    /// The facts of a value of this level: of the official model, only these are taken over.
    Facts(Level),
    /// All of a value, which is ours already.
    All,
}

impl Shown {
    fn entries<'n, 'a>(self, node: &'n Node<'a>) -> Vec<&'n Entry<'a>> {
        match self {
            Self::Facts(level) => fact::entries(node, level),
            Self::All => node.entries().iter().collect(),
        }
    }

    fn below(self, key: &str) -> Self {
        match self {
            Self::Facts(level) => Self::Facts(level.of(key)),
            Self::All => Self::All,
        }
    }
}

impl Style {
    /// The style of a document, as its outermost object shows it.
    pub(super) fn of(document: &Node<'_>) -> Self {
        let first = document.entries().first();
        let lead = first.map_or("", |entry| {
            between(document, document.span.start + 1, entry.start)
        });
        let newline = lead
            .contains('\n')
            .then(|| if lead.contains("\r\n") { "\r\n" } else { "\n" });
        let colon = first.map_or(": ", |entry| {
            let key = between(document, entry.start, entry.value.span.start);
            key.rfind('"')
                .and_then(|end| key.get(end + 1..))
                .unwrap_or(": ")
        });
        Self {
            newline,
            unit: last_line(lead).to_owned(),
            colon: colon.to_owned(),
        }
    }

    /// Whether the file has more lines than one.
    pub(super) fn breaks(&self) -> bool {
        self.newline.is_some()
    }

    /// What stands before an item that is on a line of its own, in a value whose line begins with
    /// this indent.
    pub(super) fn lead(&self, indent: &str) -> String {
        format!("{}{indent}{}", self.newline.unwrap_or_default(), self.unit)
    }

    /// What stands before the closing bracket of such a value.
    pub(super) fn tail(&self, indent: &str) -> String {
        format!("{}{indent}", self.newline.unwrap_or_default())
    }

    /// What separates items on one line.
    pub(super) fn comma(&self) -> &'static str {
        if self.is_airy() { ", " } else { "," }
    }

    fn is_airy(&self) -> bool {
        self.colon.ends_with(char::is_whitespace)
    }

    /// A key with its value.
    pub(super) fn entry(&self, key: &str, value: &str) -> String {
        let key = serde_json::Value::from(key);
        format!("{key}{}{value}", self.colon)
    }

    /// A value with each item on a line of its own. The line that it begins on has this indent.
    pub(super) fn spread(&self, node: &Node<'_>, shown: Shown, indent: &str) -> String {
        let inner = format!("{indent}{}", self.unit);
        let items = self.items(node, shown, |value, shown| {
            self.spread(value, shown, &inner)
        });
        let (lead, tail) = (self.lead(indent), self.tail(indent));
        enclosed(node, &items, &lead, &format!(",{lead}"), &tail)
    }

    /// A value on one line.
    pub(super) fn flat(&self, node: &Node<'_>, shown: Shown) -> String {
        let items = self.items(node, shown, |value, shown| self.flat(value, shown));
        let pad = self.pad(node);
        enclosed(node, &items, pad, self.comma(), pad)
    }

    /// What stands inside the brackets of a value on one line.
    pub(super) fn pad(&self, node: &Node<'_>) -> &'static str {
        let is_padded = self.is_airy() && matches!(node.form, Form::Object(_));
        if is_padded { " " } else { "" }
    }

    /// The items of a value, each laid out.
    fn items(
        &self,
        node: &Node<'_>,
        shown: Shown,
        lay_out: impl Fn(&Node<'_>, Shown) -> String,
    ) -> Vec<String> {
        match &node.form {
            Form::Scalar => Vec::new(),
            Form::Array(items) => {
                let inner = shown.below("");
                items.iter().map(|item| lay_out(item, inner)).collect()
            }
            Form::Object(_) => {
                let entries = shown.entries(node).into_iter().map(|entry| {
                    let value = lay_out(&entry.value, shown.below(&entry.key));
                    self.entry(&entry.key, &value)
                });
                entries.collect()
            }
        }
    }
}

/// The items of a value inside its brackets; of a scalar, its text.
fn enclosed(node: &Node<'_>, items: &[String], lead: &str, separator: &str, tail: &str) -> String {
    let (open, close) = match node.form {
        Form::Scalar => return node.text().to_owned(),
        Form::Array(_) | Form::Object(_) => brackets(node),
    };
    if items.is_empty() {
        return format!("{open}{close}");
    }
    format!("{open}{lead}{}{tail}{close}", items.join(separator))
}

/// The brackets of a value; of a scalar there are none.
pub(super) fn brackets(node: &Node<'_>) -> (&'static str, &'static str) {
    match node.form {
        Form::Scalar => ("", ""),
        Form::Array(_) => ("[", "]"),
        Form::Object(_) => ("{", "}"),
    }
}

/// A part of the source of a value.
pub(super) fn between<'a>(node: &Node<'a>, start: usize, end: usize) -> &'a str {
    node.source.get(start..end).unwrap_or_default()
}

/// The indent of the line that a place is on.
pub(super) fn indent_at<'a>(node: &Node<'a>, place: usize) -> &'a str {
    let line = last_line(between(node, 0, place));
    let text = line.trim_start();
    line.get(..line.len() - text.len()).unwrap_or_default()
}

/// What follows the last line break.
pub(super) fn last_line(text: &str) -> &str {
    text.rsplit('\n').next().unwrap_or_default()
}
