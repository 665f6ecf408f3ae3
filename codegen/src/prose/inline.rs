//! Text in a paragraph: code, links, and characters to escape.

use super::{PROPER_NAMES, code};

/// Makes text safe inside a paragraph: code spans stay, what looks like code becomes one, and what
/// Markdown would read as something else is escaped. In `literal` text, backticks mean nothing.
///
/// In the result no three backticks follow each other, which could be a fence once the text is
/// broken into lines.
pub(super) fn inline(text: &str, literal: bool) -> String {
    let mut safe = String::new();
    let mut rest = text;
    while let Some((before, marked)) = split_at_backtick(rest).filter(|_| !literal) {
        let after = marked.trim_start_matches('`');
        let (marks, _) = marked.split_at(marked.len() - after.len());
        if ends_in_escape(before) {
            let plain = before.strip_suffix('\\').unwrap_or(before);
            push_prose(&mut safe, plain, literal);
            safe.push_str("\\`");
            rest = marked.get(1..).unwrap_or_default();
        } else if let Some((span, after)) = split_at_run(after, marks) {
            push_prose(&mut safe, before, literal);
            push_code(&mut safe, &code(span));
            rest = after;
        } else {
            push_prose(&mut safe, before, literal);
            safe.push_str(&"\\`".repeat(marks.len()));
            rest = after;
        }
    }
    push_prose(&mut safe, rest, literal);
    safe
}

/// Returns `true` if Markdown ends outside of code spans.
pub(super) fn is_outside_code(markdown: &str) -> bool {
    let mut rest = markdown;
    while let Some((before, marked)) = split_at_backtick(rest) {
        let after = marked.trim_start_matches('`');
        let (marks, _) = marked.split_at(marked.len() - after.len());
        rest = match split_at_run(after, marks) {
            _ if ends_in_escape(before) => marked.get(1..).unwrap_or_default(),
            Some((_, after)) => after,
            None => return false,
        };
    }
    true
}

/// Returns `true` if text ends with a backslash that escapes what follows.
fn ends_in_escape(text: &str) -> bool {
    let backslashes = text.chars().rev().take_while(|c| *c == '\\').count();
    !backslashes.is_multiple_of(2)
}

fn split_at_backtick(text: &str) -> Option<(&str, &str)> {
    Some(text.split_at(text.find('`')?))
}

/// Splits text at the first run of backticks that is as long as another.
fn split_at_run<'t>(text: &'t str, marks: &str) -> Option<(&'t str, &'t str)> {
    let mut searched = 0;
    loop {
        let (before, run) = split_at_backtick(text.get(searched..)?)?;
        let after = run.trim_start_matches('`');
        let start = searched + before.len();
        if run.len() - after.len() == marks.len() {
            return Some((text.get(..start)?, after));
        }
        searched = text.len() - after.len();
    }
}

/// Adds a code span, and keeps it apart from one before it.
fn push_code(safe: &mut String, span: &str) {
    if safe.ends_with('`') {
        safe.push(' ');
    }
    safe.push_str(span);
}

/// Adds prose without code spans. Outside of literal text, links of Markdown stay.
fn push_prose(safe: &mut String, prose: &str, literal: bool) {
    let mut end = 0;
    for (start, _) in prose.match_indices(['[', '<']).filter(|_| !literal) {
        // Brackets inside a link that was kept are skipped.
        if let Some(before) = prose.get(end..start)
            && let Some(link) = link(prose.get(start..).unwrap_or_default())
        {
            push_words(safe, before, literal);
            safe.push_str(link);
            end = start + link.len();
        }
    }
    push_words(safe, prose.get(end..).unwrap_or_default(), literal);
}

fn push_words(safe: &mut String, words: &str, literal: bool) {
    for (index, text) in words.split(' ').enumerate() {
        if index > 0 {
            safe.push(' ');
        }
        // Most words are plain, and need no escapes.
        if text
            .trim_end_matches(['.', ','])
            .bytes()
            .all(|byte| byte.is_ascii_lowercase())
        {
            safe.push_str(text);
        } else {
            match word(text, literal) {
                word if word.starts_with('`') => push_code(safe, &word),
                word => safe.push_str(&word),
            }
        }
    }
}

/// Returns the link at the start of a text: `[text](https://…)` or `<https://…>`.
fn link(text: &str) -> Option<&str> {
    let (url, close) = if text.starts_with('<') {
        (1, '>')
    } else {
        let label = text.find("](")?;
        if text.get(1..label)?.contains(['[', ']', '<', '`']) {
            return None;
        }
        (label + 2, ')')
    };
    let url_text = text.get(url..)?;
    let end = url_text.find(close)?;
    let is_url = url_text.starts_with("http://") || url_text.starts_with("https://");
    let is_sound = !url_text.get(..end)?.contains([' ', '<', '`', '"']);
    text.get(..=url + end).filter(|_| is_url && is_sound)
}

/// Returns a word of prose as Markdown: code, a URL or plain text, with the punctuation around it.
fn word(text: &str, literal: bool) -> String {
    const AROUND: &[char] = &[
        '(', ')', ',', '.', ';', ':', '"', '\'', '?', '!', '“', '”', '’', '/',
    ];
    let start = text.len() - text.trim_start_matches(AROUND).len();
    let core = text.get(start..).unwrap_or_default();
    let bare = core.trim_end_matches(AROUND);
    let is_call = core
        .get(bare.len()..)
        .is_some_and(|after| after.starts_with("()"));
    let end = bare.len() + if is_call { "()".len() } else { 0 };
    let core = core.get(..end).unwrap_or_default();
    let core = core
        .strip_suffix("'s")
        .or(core.strip_suffix("’s"))
        .unwrap_or(core);
    let (before, rest) = text.split_at(start);
    let after = rest.get(core.len()..).unwrap_or_default();
    let core = if core.starts_with("http://") || core.starts_with("https://") {
        format!("<{}>", core.replace(['<', '>'], ""))
    } else if is_code(core) && !core.contains('`') {
        format!("`{core}`")
    } else if core.contains('/') && core.split('/').any(is_code) {
        let parts = core.split('/').map(|part| word(part, literal));
        parts.collect::<Vec<_>>().join("/")
    } else {
        escape(core, literal)
    };
    escape(before, literal) + &core + &escape(after, literal)
}

/// Returns `true` if Clippy would ask for backticks: an underscore or a path inside, or mixed case.
pub(super) fn is_code(word: &str) -> bool {
    let mixed = |part: &str| {
        let singular = part.strip_suffix('s').unwrap_or(part);
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && singular.chars().all(char::is_alphanumeric)
            && singular.chars().filter(|c| c.is_uppercase()).count() > 1
            && singular.chars().any(char::is_lowercase)
            && !PROPER_NAMES.contains(&part)
    };
    let identifier = |c: char| c.is_alphanumeric() || "_:-.$#@{}".contains(c);
    let inside = word.trim_matches(['_', ':']);
    word.ends_with("()")
        || (inside.contains(['_']) || inside.contains("::")) && word.chars().all(identifier)
        || word.split('-').any(mixed)
        || word.split(|c: char| !c.is_alphanumeric()).any(mixed) && word.chars().all(identifier)
}

/// Escapes what Markdown would read as something else.
pub(super) fn escape(text: &str, literal: bool) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let special = match character {
            '[' | ']' | '<' | '>' | '`' => true,
            '*' | '|' => literal,
            '~' => literal || previous == '~' || next == Some('~'),
            '\\' => literal || !next.is_some_and(|next| next.is_ascii_punctuation()),
            '_' => !previous.is_alphanumeric(),
            '#' => literal && previous == ' ',
            _ => false,
        };
        if special {
            safe.push('\\');
        }
        safe.push(character);
        previous = character;
        if character == '\\' && !special {
            // It escapes the next one already.
            safe.extend(characters.next());
        }
    }
    safe
}
