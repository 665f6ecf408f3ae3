//! Documentation in Markdown.

use super::block::{Block, marker_length};
use super::fence::{Fence, code_block};
use super::inline::inline;
use super::one_line;

/// Returns the blocks of Markdown prose, whose lists become flat.
pub(super) fn blocks(prose: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut paragraph = Paragraph::default();
    let mut lines = prose.lines();
    while let Some(line) = lines.next() {
        let text = one_line(line);
        let length = marker_length(&text);
        let (marker, rest) = text.split_at(length);
        if let Some(fence) = Fence::opened_by(line) {
            blocks.extend(paragraph.end());
            let code = lines.by_ref().take_while(|line| !fence.is_closed_by(line));
            let code: Vec<&str> = code.collect();
            blocks.push(Block::code(code_block(&code)));
        } else if text.is_empty() {
            blocks.extend(paragraph.end());
        } else if is_heading(&text) {
            blocks.extend(paragraph.end());
            paragraph.text.push_str(rest);
            blocks.extend(paragraph.end());
        } else if length > 0 {
            blocks.extend(paragraph.end());
            paragraph.marker = Some(marker.replace('*', "-"));
            paragraph.text.push_str(rest);
        } else {
            if !paragraph.text.is_empty() {
                paragraph.text.push(' ');
            }
            paragraph.text.push_str(rest);
        }
    }
    blocks.extend(paragraph.end());
    blocks
}

/// Returns `true` if a line is a heading, which the next line does not continue.
fn is_heading(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    word.len() <= 6 && !word.is_empty() && word.chars().all(|c| c == '#')
}

/// A paragraph or an item of which more lines may follow.
#[derive(Default)]
struct Paragraph {
    marker: Option<String>,
    text: String,
}

impl Paragraph {
    /// Begins the next one, and returns the block of this one if there is anything in it.
    fn end(&mut self) -> Option<Block> {
        let Self { marker, text } = std::mem::take(self);
        let depth = usize::from(marker.is_some());
        let text = inline(&text, false);
        (!text.is_empty()).then(|| Block::new(depth, marker, &text))
    }
}
