//! Documentation in HTML.

use heck::AsTitleCase;

use super::block::Block;
use super::inline::inline;
use super::{one_line, turns};

/// Elements that show that prose is HTML.
const ELEMENTS: &[&str] = &[
    "a", "b", "br", "caution", "code", "dd", "div", "dl", "dt", "em", "fullname", "h1", "h2", "h3",
    "h4", "i", "important", "li", "note", "ol", "p", "pre", "span", "strong", "sub", "sup",
    "table", "td", "th", "title", "tr", "tt", "ul",
];

/// Returns `true` if prose has an HTML tag outside code.
pub(super) fn is_html(prose: &str) -> bool {
    prose.split('`').step_by(2).any(|part| {
        part.match_indices('<').any(|(at, _)| {
            let tag = part.get(at + 1..).unwrap_or_default();
            ELEMENTS.contains(&element(tag).as_str()) && tag.contains('>')
        })
    })
}

/// Returns the element that a tag opens or closes, in lowercase.
fn element(tag: &str) -> String {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next();
    name.unwrap_or_default().to_ascii_lowercase()
}

/// Returns the blocks of HTML prose.
pub(super) fn blocks(prose: &str) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut rest = prose;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        writer.text(text);
        let is_tag = tag.get(1..).is_some_and(|name| {
            name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'))
        });
        match tag.find('>') {
            Some(end) if is_tag => {
                writer.tag(tag.get(1..end).unwrap_or_default());
                rest = tag.get(end + 1..).unwrap_or_default();
            }
            _ => {
                writer.text("<");
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    writer.text(rest);
    writer.end_block();
    writer.blocks
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    /// Markdown of the block that is being written.
    current: String,
    /// Plain text that is not yet in `current`, as HTML breaks it anywhere.
    pending: String,
    /// The number of enclosing lists.
    depth: usize,
    /// Is `true` if the next block starts an item.
    item: bool,
    /// The number of enclosing elements whose text is code.
    code: usize,
    /// The targets of the links this is inside of.
    links: Vec<Option<String>>,
    /// Is `true` if text is dropped.
    dropped: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if !self.dropped {
            self.pending.push_str(&entities(text));
        }
    }

    fn tag(&mut self, tag: &str) {
        let name = element(tag);
        match (name.as_str(), tag.starts_with('/')) {
            ("code" | "tt", false) => self.open_code(),
            ("code" | "tt", true) => self.close_code(),
            ("a", false) => self.open_link(tag),
            ("a", true) => self.close_link(),
            ("ul" | "ol", false) => {
                self.end_block();
                self.depth += 1;
            }
            ("ul" | "ol", true) => {
                self.end_block();
                self.depth = self.depth.saturating_sub(1);
                self.item = false;
            }
            ("li", false) => {
                self.end_block();
                self.item = true;
            }
            ("fullname", closing) => {
                self.flush();
                self.dropped = !closing;
            }
            ("td" | "th", false) => self.pending.push(' '),
            ("note" | "important" | "caution", false) => {
                self.end_block();
                self.current = format!("**{}:** ", AsTitleCase(&name));
            }
            (
                "p" | "div" | "br" | "li" | "dl" | "dt" | "dd" | "pre" | "note" | "important"
                | "caution" | "table" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section"
                | "blockquote" | "title",
                _,
            ) => self.end_paragraph(),
            // Emphasis that HTML breaks anywhere is seldom sound Markdown; its text stays plain.
            _ => {}
        }
    }

    /// Moves plain text into the block, with what would be Markdown escaped.
    fn flush(&mut self) {
        let pending = std::mem::take(&mut self.pending);
        let words = one_line(&pending);
        if self.code > 0 {
            self.current.push_str(&words.replace('`', "'"));
            return;
        }
        if pending.starts_with(char::is_whitespace) {
            self.push_space();
        }
        self.current.push_str(&inline(&words, true));
        if !words.is_empty() && pending.ends_with(char::is_whitespace) {
            self.push_space();
        }
    }

    fn push_space(&mut self) {
        if !self.current.is_empty() && !self.current.ends_with(' ') {
            self.current.push(' ');
        }
    }

    fn open_code(&mut self) {
        self.flush();
        self.code += 1;
        if self.code == 1 {
            if self.current.ends_with('`') {
                self.current.push(' ');
            }
            self.current.push('`');
        }
    }

    fn close_code(&mut self) {
        self.flush();
        if self.code == 1 {
            if self.current.ends_with('`') {
                // There was nothing in it.
                self.current.pop();
            } else {
                self.current.push('`');
            }
        }
        self.code = self.code.saturating_sub(1);
    }

    fn open_link(&mut self, tag: &str) {
        self.flush();
        let href = attribute(tag, "href").filter(|href| href.starts_with("http"));
        if href.is_some() && self.code == 0 {
            self.current.push('[');
            self.links.push(href);
        } else {
            self.links.push(None);
        }
    }

    fn close_link(&mut self) {
        self.flush();
        let Some(Some(href)) = self.links.pop() else {
            return;
        };
        if self.current.ends_with('[') {
            self.current.pop();
            return;
        }
        let trailing = self.current.ends_with(' ');
        self.current.truncate(self.current.trim_end().len());
        let href = href
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29");
        self.current.push_str(&format!("]({href})"));
        if trailing {
            self.current.push(' ');
        }
    }

    /// Ends a block unless nothing but its lead is written yet.
    fn end_paragraph(&mut self) {
        self.flush();
        if !self.current.ends_with(":** ") {
            self.end_block();
        }
    }

    fn end_block(&mut self) {
        self.flush();
        while self.code > 0 {
            self.close_code();
        }
        while !self.links.is_empty() {
            self.close_link();
        }
        let text = std::mem::take(&mut self.current).trim().to_owned();
        if text.is_empty() {
            return;
        }
        let marker = (self.depth > 0 && self.item).then(|| "- ".to_owned());
        self.blocks.push(Block::new(self.depth, marker, &text));
        self.item = false;
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = rest.get(1..)?.split(quote).next()?.trim();
    let sound =
        !value.contains(|c: char| c.is_control() || matches!(c, '<' | '>' | '\\' | '[' | ']'));
    (sound && !value.is_empty()).then(|| entities(value))
}

/// Returns text with its character references resolved.
fn entities(text: &str) -> String {
    let mut parts = text.split('&');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let reference = part.split_once(';');
        let known = reference.and_then(|(name, rest)| Some((entity(name)?, rest)));
        let (character, rest) = known.unwrap_or(('&', part));
        plain.push(character);
        plain.push_str(rest);
    }
    plain
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() && !turns(*c))
        }
    }
}
