//! Writes an object or an array of ours anew, with other items between its brackets.
//!
//! What separates items is as it was wherever the same two still follow each other. Around a new
//! one it is what stands before the first.

use std::ops::Range;

use super::fact::Level;
use super::layout::{Shown, Style, between, brackets, indent_at, last_line};
use super::node::Node;

/// How long a line may become before what is on it gets lines of its own.
const WIDTH: usize = 100;

/// What is between brackets: an entry of an object, or an element of an array.
pub(super) struct Item<'n, 'a> {
    /// The key of an entry.
    pub key: Option<&'n str>,
    pub content: Content<'n, 'a>,
}

pub(super) enum Content<'n, 'a> {
    /// The item of ours with this number, as it reads now, with its key.
    Kept(usize, String),
    /// A value of the official model that ours has not.
    New(&'n Node<'a>, Level),
}

/// What stands around the items of a value.
struct Spacing {
    lead: String,
    separator: String,
    tail: String,
    /// The indent of items, where each is on a line of its own.
    indent: Option<String>,
}

impl Style {
    /// A value of ours with these items. `is_inline` is whether something around it is on one line.
    pub(super) fn rewrite(
        &self,
        ours: &Node<'_>,
        items: &[Item<'_, '_>],
        is_inline: bool,
    ) -> String {
        let (open, close) = brackets(ours);
        let places = ours.items();
        match (places.is_empty(), items.is_empty()) {
            (true, true) => return ours.text().to_owned(),
            (false, true) => return format!("{open}{close}"),
            (_, false) => {}
        }
        let spacing = self.spacing(ours, is_inline);
        let mut text = String::new();
        let mut previous = None;
        for item in items {
            let index = match item.content {
                Content::Kept(index, _) => Some(index),
                Content::New(..) => None,
            };
            if !text.is_empty() {
                let as_it_was = separator(ours, &places, previous, index);
                text.push_str(as_it_was.unwrap_or(&spacing.separator));
            }
            text.push_str(&self.item(item, spacing.indent.as_deref()));
            previous = index;
        }
        let text = format!("{open}{}{text}{}{close}", spacing.lead, spacing.tail);
        if is_inline || spacing.indent.is_some() || text == ours.text() {
            text
        } else {
            self.fitted(ours, text)
        }
    }

    fn item(&self, item: &Item<'_, '_>, indent: Option<&str>) -> String {
        let (value, level) = match &item.content {
            Content::Kept(_, text) => return text.clone(),
            Content::New(value, level) => (*value, Shown::Facts(*level)),
        };
        let value = match indent {
            Some(indent) => self.spread(value, level, indent),
            None => self.flat(value, level),
        };
        match item.key {
            Some(key) => self.entry(key, &value),
            None => value,
        }
    }

    fn spacing(&self, ours: &Node<'_>, is_inline: bool) -> Spacing {
        let items = ours.items();
        if let (Some(first), Some(last)) = (items.first(), items.last()) {
            let lead = between(ours, ours.span.start + 1, first.start);
            let is_spread = lead.contains('\n');
            return Spacing {
                lead: lead.to_owned(),
                separator: if is_spread {
                    format!(",{lead}")
                } else {
                    self.comma().to_owned()
                },
                tail: between(ours, last.end, ours.span.end - 1).to_owned(),
                indent: is_spread.then(|| last_line(lead).to_owned()),
            };
        }
        let pad = self.pad(ours);
        if is_inline || !self.breaks() {
            return Spacing {
                lead: pad.to_owned(),
                separator: self.comma().to_owned(),
                tail: pad.to_owned(),
                indent: None,
            };
        }
        let indent = indent_at(ours, ours.span.start);
        let lead = self.lead(indent);
        Spacing {
            separator: format!(",{lead}"),
            tail: self.tail(indent),
            indent: Some(last_line(&lead).to_owned()),
            lead,
        }
    }

    /// A value that has changed on its one line: it stays there where it fits.
    fn fitted(&self, ours: &Node<'_>, text: String) -> String {
        let column = last_line(between(ours, 0, ours.span.start)).chars().count();
        let fits = column + text.chars().count() < WIDTH;
        if fits || !self.breaks() {
            return text;
        }
        let indent = indent_at(ours, ours.span.start);
        let spread = Node::read(&text, &text).map(|it| self.spread(&it, Shown::All, indent));
        spread.unwrap_or(text)
    }
}

/// Whether each item of a value is on a line of its own.
pub(super) fn is_spread(node: &Node<'_>) -> bool {
    let items = node.items();
    let first = items.first();
    first.is_some_and(|first| between(node, node.span.start, first.start).contains('\n'))
}

/// What stands between two items of ours that follow each other, before and now.
fn separator<'a>(
    ours: &Node<'a>,
    places: &[Range<usize>],
    previous: Option<usize>,
    index: Option<usize>,
) -> Option<&'a str> {
    let (previous, index) = (previous?, index?);
    let (previous, next) = (places.get(previous)?, places.get(previous + 1)?);
    let follows = places.get(index)? == next;
    follows.then(|| between(ours, previous.end, next.start))
}
