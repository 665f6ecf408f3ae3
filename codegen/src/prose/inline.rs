//! Text inside a paragraph: what of it is code, what a link, and what has to be escaped.

use super::PROPER_NAMES;

/// Makes text safe inside a paragraph: code spans stay, what looks like code becomes one, and what
/// Markdown would read as something else is escaped. In `literal` text, backticks mean nothing.
pub(super) fn inline(text: &str, literal: bool) -> String {
    let mut safe = String::new();
    let parts: Vec<&str> = if literal {
        vec![text]
    } else {
        text.split('`').collect()
    };
    let closed = parts.len() % 2 == 1;
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        if index % 2 == 1 && (closed || !is_last) {
            safe.push('`');
            safe.push_str(part);
            safe.push('`');
        } else {
            push_prose(&mut safe, part, literal);
        }
    }
    safe
}

/// Adds prose without code spans. Outside of literal text, links of Markdown stay.
fn push_prose(safe: &mut String, prose: &str, literal: bool) {
    let mut rest = prose;
    let links = prose.match_indices(['[', '<']).filter(|_| !literal);
    for (at, _) in links {
        let from = prose.get(at..).unwrap_or_default();
        // What is inside of a link that was kept has gone by already.
        let Some(length) = link_length(from).filter(|_| from.len() <= rest.len()) else {
            continue;
        };
        push_words(
            safe,
            rest.get(..rest.len() - from.len()).unwrap_or_default(),
            literal,
        );
        safe.push_str(from.get(..length).unwrap_or_default());
        rest = from.get(length..).unwrap_or_default();
    }
    push_words(safe, rest, literal);
}

fn push_words(safe: &mut String, words: &str, literal: bool) {
    for (index, text) in words.split(' ').enumerate() {
        if index > 0 {
            safe.push(' ');
        }
        // Most words are like that, and there is nothing to them.
        if text
            .trim_end_matches(['.', ','])
            .bytes()
            .all(|byte| byte.is_ascii_lowercase())
        {
            safe.push_str(text);
        } else {
            safe.push_str(&word(text, literal));
        }
    }
}

/// How long a link is that the text begins with: `[text](https://…)` or `<https://…>`.
fn link_length(text: &str) -> Option<usize> {
    let (url, close) = if text.starts_with('<') {
        (1, '>')
    } else {
        let label = text.find("](")?;
        if text.get(1..label)?.contains(['[', ']', '`']) {
            return None;
        }
        (label + 2, ')')
    };
    let url_text = text.get(url..)?;
    let end = url_text.find(close)?;
    let is_url = url_text.starts_with("http://") || url_text.starts_with("https://");
    let is_sound = !url_text.get(..end)?.contains([' ', '<', '`', '"']);
    (is_url && is_sound).then_some(url + end + 1)
}

/// A word of prose, without the punctuation around it, is code, a URL or plain.
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
        core.split('/')
            .map(|part| word(part, literal))
            .collect::<Vec<_>>()
            .join("/")
    } else {
        escape(core, literal)
    };
    format!(
        "{}{core}{}",
        escape(before, literal),
        escape(after, literal)
    )
}

/// Whether Clippy would ask for backticks: an underscore or a path inside, or mixed case.
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
    for character in text.chars() {
        let special = match character {
            '[' | ']' | '<' | '>' => true,
            '`' | '*' | '\\' | '|' | '~' => literal,
            '_' => !previous.is_alphanumeric(),
            '#' => literal && previous == ' ',
            _ => false,
        };
        if special {
            safe.push('\\');
        }
        safe.push(character);
        previous = character;
    }
    safe
}
