//! Doc comments: Markdown in one attribute, until it is known how deep its item stands.
//!
//! A comment is the largest part of most items, so only one token of it goes through the parser and
//! prettyplease, which prints it as one line. That line is broken here.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::path::Root;
use crate::prose;

/// The width of a line of generated code.
const WIDTH: usize = 100;

/// The end of a line in the attribute. prettyplease would make another form of comment of a line
/// feed, and text that is printable has no other control characters.
const LINE_END: &str = "\u{1}";

/// Returns the attribute of a doc comment, or `None` for empty text.
pub(crate) fn comment(markdown: &str) -> Option<TokenStream> {
    if markdown.is_empty() {
        return None;
    }
    let text = format!(" {}", markdown.replace('\n', LINE_END));
    // A raw literal is parsed faster by far than one with escapes.
    let raw = format!("r##\"{text}\"##").parse();
    let text = raw.unwrap_or_else(|_| Literal::string(&text));
    Some(quote! { #[doc = #text] })
}

/// Adds an item as prettyplease lays it out to a file, with the lines of its comments.
pub(super) fn push_item(file: &mut String, item: &str, root: Root<'_>) {
    for line in item.split_inclusive('\n') {
        let code = line.trim_start_matches(' ');
        match code.strip_prefix("///") {
            Some("\n") | None => file.push_str(line),
            Some(text) => push_comment(file, text, line.len() - code.len(), root),
        }
    }
}

/// Adds the lines of a comment, whose links name the client as the file has to.
fn push_comment(file: &mut String, text: &str, indent: usize, root: Root<'_>) {
    let text = text
        .strip_prefix(' ')
        .unwrap_or(text)
        .trim_end_matches('\n');
    let mut text = text.replace(LINE_END, "\n");
    if let Root::Ancestor(distance) = root {
        text = text.replace("](crate::", &format!("]({}", "super::".repeat(distance)));
    }
    for line in prose::lines(&text, WIDTH - indent - "/// ".len()) {
        file.extend(std::iter::repeat_n(' ', indent));
        file.push_str(format!("/// {line}").trim_end_matches(' '));
        file.push('\n');
    }
}
