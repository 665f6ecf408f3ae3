//! The headings of sections: `[profile NAME]`, `[NAME]`.

use super::section::{FileKind, SectionKind, SectionName, is_identifier};

/// Returns the text between the brackets of a heading; `None` if the line does not end with a
/// bracket or a comment after it.
pub(super) fn between_brackets(line: &str) -> Option<&str> {
    let inner = line.strip_prefix('[')?;
    // A bracket in quotes belongs to the name, unless the quotes are not closed.
    let end = end(inner, true).or_else(|| end(inner, false))?;
    let rest = inner.get(end + 1..)?.trim();
    let is_over = rest.is_empty() || rest.starts_with(['#', ';']);
    is_over.then(|| inner.get(..end)).flatten()
}

fn end(inner: &str, has_quotes: bool) -> Option<usize> {
    let mut quote = None;
    for (index, character) in inner.char_indices() {
        match (quote, character) {
            (None, ']') => return Some(index),
            (None, '#' | ';') => return None,
            (None, '\'' | '"') if has_quotes => quote = Some(character),
            (Some(open), character) if open == character => quote = None,
            _ => {}
        }
    }
    None
}

/// Returns the section of a heading; `None` if it is invalid.
pub(super) fn section(heading: &str, file: FileKind) -> Option<SectionName> {
    let heading = heading.trim();
    if file == FileKind::Credentials {
        let is_named = !heading.is_empty();
        return is_named.then(|| (SectionKind::Profile, heading.to_owned()));
    }
    let words = if heading.contains(['\'', '"']) {
        quoted_words(heading)?
    } else {
        let words = heading.split([' ', '\t']).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_owned).collect();
        if !words.last().is_some_and(|name| is_identifier(name)) {
            return None;
        }
        words
    };
    match words.as_slice() {
        [name] if heading == "default" => Some((SectionKind::Profile, name.clone())),
        [prefix, name] if heading.starts_with(prefix) && !name.trim().is_empty() => {
            let kind = match prefix.as_str() {
                "profile" => SectionKind::Profile,
                "sso-session" => SectionKind::SsoSession,
                "services" => SectionKind::Services,
                _ => return None,
            };
            Some((kind, name.clone()))
        }
        _ => None,
    }
}

/// Splits a heading with quotes like a POSIX shell, as the AWS CLI does; `None` if a quote is not
/// closed.
fn quoted_words(heading: &str) -> Option<Vec<String>> {
    let (mut words, mut word) = (Vec::new(), None::<String>);
    let mut characters = heading.chars();
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\t' => words.extend(word.take()),
            '\'' | '"' => {
                let quoted = until(&mut characters, character)?;
                word.get_or_insert_default().push_str(&quoted);
            }
            '\\' => word.get_or_insert_default().push(characters.next()?),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    Some(words)
}

/// Returns the text up to a closing quote, and consumes the quote.
fn until(characters: &mut std::str::Chars<'_>, quote: char) -> Option<String> {
    let mut text = String::new();
    loop {
        match characters.next()? {
            character if character == quote => return Some(text),
            '\\' if quote == '"' => match characters.next()? {
                escaped @ ('"' | '\\') => text.push(escaped),
                other => text.extend(['\\', other]),
            },
            character => text.push(character),
        }
    }
}
