//! Takes the facts of one model over into the text of another.
//!
//! What has the same facts keeps its bytes. So does what is ours, wherever the object that it is in
//! moves to. What is new comes between the neighbours that it has in the official file.

use std::collections::BTreeMap;

use similar::{Algorithm, capture_diff_slices};

use super::fact::{self, Level, canonical, is_fact};
use super::layout::{Shown, Style, between, indent_at};
use super::node::{Entry, Form, Node};
use super::order::insert_new;
use super::rewrite::{Content, Item, is_spread};

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
                self.style.rewrite(ours, &items, is_inline)
            }
            (Form::Array(old), Form::Array(new)) => {
                let items = self.elements(ours, old, new, is_inline);
                self.style.rewrite(ours, &items, is_inline)
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
                    Some(official) => self.value(&entry.value, &official.value, inner, is_inline),
                    None if !is_fact(entry, level) => entry.value.text().to_owned(),
                    None if inner == Level::Traits => {
                        self.without_facts(&entry.value, is_inline)?
                    }
                    None => return None,
                };
                let key = between(ours, entry.start, entry.value.span.start);
                Some(Item {
                    key: Some(&entry.key),
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
        (!items.is_empty()).then(|| self.style.rewrite(traits, &items, is_inline))
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
        let mut contents = Vec::new();
        for step in capture_diff_slices(Algorithm::Myers, &old_facts, &new_facts) {
            let (_, old_range, new_range) = step.as_tag_tuple();
            let added = new.get(new_range).unwrap_or_default();
            // One for one, an element is taken for the same, which has changed.
            let is_kept = old_range.len() == added.len();
            let old = old_range
                .clone()
                .zip(old.get(old_range).unwrap_or_default());
            if is_kept {
                contents.extend(old.zip(added).map(|((index, old), new)| {
                    Content::Kept(index, self.value(old, new, Level::Value, is_inline))
                }));
            } else {
                contents.extend(added.iter().map(|new| Content::New(new, Level::Value)));
            }
        }
        let items = contents.into_iter();
        items.map(|content| Item { key: None, content }).collect()
    }
}
