//! Paragraphs and list items in Markdown.

/// A paragraph, a block of code, or the first paragraph of an item of a list.
#[derive(Debug)]
pub(super) struct Block {
    /// The number of enclosing lists, if they have items that can contain it.
    pub(super) depth: usize,
    /// The marker of the item, such as `- `.
    pub(super) marker: Option<String>,
    pub(super) text: String,
}

impl Block {
    pub(super) fn new(depth: usize, marker: Option<String>, text: &str) -> Self {
        let text = without_marker(text, depth);
        Self {
            depth,
            marker,
            text,
        }
    }

    /// Returns a block of code outside of lists.
    pub(super) fn code(text: String) -> Self {
        Self {
            depth: 0,
            marker: None,
            text,
        }
    }
}

/// Returns the Markdown of blocks. A block is indented by the items that are there for it to be in,
/// so that indentation never makes code of it.
pub(super) fn render(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut items: Vec<usize> = Vec::new();
    let mut previous: Option<&Block> = None;
    for block in blocks {
        let is_item = block.marker.is_some();
        if let Some(previous) = previous {
            let is_tight = is_item && previous.marker.is_some();
            text.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        let around = if is_item {
            block.depth.saturating_sub(1)
        } else {
            block.depth
        };
        items.truncate(around);
        text.push_str(&" ".repeat(items.iter().sum()));
        if let Some(marker) = &block.marker {
            text.push_str(marker);
            items.push(marker.len());
        }
        text.push_str(&block.text);
        previous = Some(block);
    }
    text
}

/// Returns the length of what makes an item of a list of a line: `- `, `* ` or `1. `; 0 if nothing
/// does.
pub(super) fn marker_length(text: &str) -> usize {
    let digits = digits(text);
    let mark = text.get(digits..).unwrap_or_default();
    match digits {
        0 if mark.starts_with("- ") || mark.starts_with("* ") => 2,
        1..=3 if mark.starts_with(". ") => digits + 2,
        _ => 0,
    }
}

/// Returns `true` if a line that begins with a word would end the paragraph of the line before it.
pub(super) fn interrupts_paragraph(word: &str) -> bool {
    let is_html = word.starts_with('<') && !word.starts_with("<http");
    let is_rule = ["-:|", "=", "_", "*", "+"]
        .iter()
        .any(|marks| word.chars().all(|c| marks.contains(c)));
    let number = word.strip_suffix(['.', ')']).unwrap_or_default();
    is_html
        || is_rule
        || number.parse() == Ok(1_u32)
        || ["#", ">", "```", "~~~", "[^"]
            .iter()
            .any(|start| word.starts_with(start))
}

/// Escapes what would make a list, a rule, or inside of a list a heading, of text at the beginning
/// of a block.
pub(super) fn without_marker(text: &str, depth: usize) -> String {
    let word = text.split(' ').next().unwrap_or_default();
    let is_rule = ["-", "_", "*", "+"]
        .iter()
        .any(|mark| !word.is_empty() && word.chars().all(|c| mark.contains(c)));
    let digits = digits(word);
    let is_number = digits > 0 && matches!(word.get(digits..), Some("." | ")"));
    let at = if is_number { digits } else { 0 };
    let is_heading = depth > 0 && word.starts_with('#');
    if is_rule || is_number || is_heading {
        let (before, after) = text.split_at(at);
        format!("{before}\\{after}")
    } else {
        text.to_owned()
    }
}

/// Returns the number of digits at the start of a text.
fn digits(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len()
}
