//! Takes the facts of one model over into the text of another.
//!
//! What has the same facts keeps its bytes. So does what is ours, wherever the object that it is in
//! moves to. What is new comes between the neighbours that it has in the official file, and what
//! separates items is as it was wherever the same two still follow each other.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::fact::{self, Level, canonical, is_ours};
use super::layout::{Shown, Style, between, brackets, indent_at, last_line};
use super::node::{Entry, Form, Node};
use super::order::insert_new;

/// How long a line may become before what is on it gets lines of its own.
const WIDTH: usize = 100;

/// A part of a merged object or array.
pub(super) struct Item<'n, 'a> {
    /// Its key; empty in an array.
    pub key: &'n str,
    pub content: Content<'n, 'a>,
}

pub(super) enum Content<'n, 'a> {
    /// The item of ours with this number, as it reads now.
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

/// A merging into one file.
pub(super) struct Merge<'s> {
    pub style: &'s Style,
}

impl Merge<'_> {
    /// A value of ours with the facts of the official one. `is_inline` is whether something around
    /// it is on one line.
    pub(super) fn value(
        &self,
        ours: &Node<'_>,
        official: &Node<'_>,
        level: Level,
        is_inline: bool,
    ) -> String {
        match (&ours.form, &official.form) {
            (Form::Object(_), Form::Object(_)) => {
                let items = self.entries(ours, &fact::entries(official, level), level, is_inline);
                self.assemble(ours, &items, is_inline)
            }
            (Form::Array(old), Form::Array(new)) => {
                let items = self.elements(ours, old, new, is_inline);
                self.assemble(ours, &items, is_inline)
            }
            _ if canonical(ours, level) == canonical(official, level) => ours.text().to_owned(),
            _ if is_inline || !self.style.breaks() => {
                self.style.flat(official, Shown::Facts(level))
            }
            _ => {
                let indent = indent_at(ours, ours.span.start);
                self.style.spread(official, Shown::Facts(level), indent)
            }
        }
    }

    /// The entries of an object of ours, with these facts and no others.
    fn entries<'n, 'a>(
        &self,
        ours: &'n Node<'_>,
        facts: &[&'n Entry<'a>],
        level: Level,
        is_inline: bool,
    ) -> Vec<Item<'n, 'a>> {
        let official: BTreeMap<&str, &Entry<'a>> =
            facts.iter().map(|fact| (&*fact.key, *fact)).collect();
        let is_inline = is_inline || !is_spread(ours);
        let kept = ours
            .entries()
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                let inner = level.of(&entry.key);
                let value = match official.get(&*entry.key) {
                    _ if is_ours(&entry.key) => entry.value.text().to_owned(),
                    Some(official) => self.value(&entry.value, &official.value, inner, is_inline),
                    None if inner == Level::Traits => {
                        self.without_facts(&entry.value, is_inline)?
                    }
                    None => return None,
                };
                let key = between(ours, entry.start, entry.value.span.start);
                Some(Item {
                    key: &entry.key,
                    content: Content::Kept(index, format!("{key}{value}")),
                })
            });
        let mut items: Vec<Item<'n, 'a>> = kept.collect();
        insert_new(&mut items, facts, level);
        items
    }

    /// Traits of ours of which the official model has none: those that are no facts stay.
    fn without_facts(&self, traits: &Node<'_>, is_inline: bool) -> Option<String> {
        let items = self.entries(traits, &[], Level::Traits, is_inline);
        let is_emptied = items.is_empty() && !traits.entries().is_empty();
        (!is_emptied).then(|| self.assemble(traits, &items, is_inline))
    }

    /// The elements of an array, of which as many as possible stay.
    fn elements<'n, 'a>(
        &self,
        ours: &Node<'_>,
        old: &[Node<'_>],
        new: &'n [Node<'a>],
        is_inline: bool,
    ) -> Vec<Item<'n, 'a>> {
        let is_inline = is_inline || !is_spread(ours);
        let facts = |node: &Node<'_>| canonical(node, Level::Value);
        let old_facts: Vec<String> = old.iter().map(facts).collect();
        let new_facts: Vec<String> = new.iter().map(facts).collect();
        let mut items = Vec::new();
        for step in capture_diff_slices(Algorithm::Myers, &old_facts, &new_facts) {
            let (_, old_range, new_range) = step.as_tag_tuple();
            let added = new.get(new_range).unwrap_or_default();
            // One for one, an element is taken for the same, which has changed.
            let is_kept = old_range.len() == added.len();
            let old = old_range
                .clone()
                .zip(old.get(old_range).unwrap_or_default());
            let content: Vec<Content<'n, 'a>> = if is_kept {
                let merged = old.zip(added).map(|((index, old), new)| {
                    Content::Kept(index, self.value(old, new, Level::Value, is_inline))
                });
                merged.collect()
            } else if let DiffOp::Delete { .. } = step {
                Vec::new()
            } else {
                let new = added.iter().map(|new| Content::New(new, Level::Value));
                new.collect()
            };
            items.extend(content.into_iter().map(|content| Item { key: "", content }));
        }
        items
    }

    /// Puts items into the brackets of a value of ours.
    fn assemble(&self, ours: &Node<'_>, items: &[Item<'_, '_>], is_inline: bool) -> String {
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
            Some(indent) => self.style.spread(value, level, indent),
            None => self.style.flat(value, level),
        };
        if item.key.is_empty() {
            value
        } else {
            self.style.entry(item.key, &value)
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
                    self.style.comma().to_owned()
                },
                tail: between(ours, last.end, ours.span.end - 1).to_owned(),
                indent: is_spread.then(|| last_line(lead).to_owned()),
            };
        }
        let pad = self.style.pad(ours);
        if is_inline || !self.style.breaks() {
            return Spacing {
                lead: pad.to_owned(),
                separator: self.style.comma().to_owned(),
                tail: pad.to_owned(),
                indent: None,
            };
        }
        let indent = indent_at(ours, ours.span.start);
        let lead = self.style.lead(indent);
        Spacing {
            separator: format!(",{lead}"),
            tail: self.style.tail(indent),
            indent: Some(last_line(&lead).to_owned()),
            lead,
        }
    }

    /// A value that has changed on its one line: it stays there where it fits.
    fn fitted(&self, ours: &Node<'_>, text: String) -> String {
        let column = last_line(between(ours, 0, ours.span.start)).chars().count();
        let fits = column + text.chars().count() < WIDTH;
        if fits || !self.style.breaks() {
            return text;
        }
        let indent = indent_at(ours, ours.span.start);
        let spread = Node::read(&text, &text).map(|it| self.style.spread(&it, Shown::All, indent));
        spread.unwrap_or(text)
    }
}

/// Whether each item of a value is on a line of its own.
fn is_spread(node: &Node<'_>) -> bool {
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
