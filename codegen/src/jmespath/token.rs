//! The tokens of a JMESPath expression.

use super::{Comparator, Literal};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// An identifier. A quoted one is never the name of a function.
    Name {
        text: String,
        quoted: bool,
    },
    Literal(Literal),
    /// An integer, which stands in brackets.
    Number(i64),
    Compare(Comparator),
    /// Any other token, as it is written.
    Sign(&'static str),
}

/// Longer signs come before their prefixes.
const SIGNS: [&str; 14] = [
    "[?", "[]", "[", "]", "||", "|", "&&", "(", ")", ".", "*", "@", ",", "!",
];

/// Longer operators come before their prefixes.
const COMPARATORS: [(&str, Comparator); 6] = [
    ("==", Comparator::Equal),
    ("!=", Comparator::NotEqual),
    ("<=", Comparator::LessOrEqual),
    ("<", Comparator::Less),
    (">=", Comparator::GreaterOrEqual),
    (">", Comparator::Greater),
];

/// Splits an expression into tokens.
///
/// # Errors
///
/// A message that says what is invalid or unsupported.
pub(super) fn tokens(expression: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = expression.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = token(rest, first)?;
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(tokens)
}

/// Returns the first token, and its length in bytes.
fn token(text: &str, first: char) -> Result<(Token, usize), String> {
    let begins = |sign: &str| text.starts_with(sign);
    if let Some((sign, comparator)) = COMPARATORS.iter().find(|(sign, _)| begins(sign)) {
        return Ok((Token::Compare(*comparator), sign.len()));
    }
    if let Some(sign) = SIGNS.iter().find(|sign| begins(sign)) {
        return Ok((Token::Sign(sign), sign.len()));
    }
    match first {
        '"' => {
            let length = quoted_length(text, '"')?;
            let name = text.get(..length).unwrap_or_default();
            let text = serde_json::from_str(name).map_err(|_| format!("invalid name `{name}`"))?;
            Ok((Token::Name { text, quoted: true }, length))
        }
        '\'' => {
            let length = quoted_length(text, '\'')?;
            let inner = text.get(1..length - 1).unwrap_or_default();
            let literal = Literal::String(inner.replace("\\'", "'"));
            Ok((Token::Literal(literal), length))
        }
        '`' => {
            let length = quoted_length(text, '`')?;
            let inner = text.get(1..length - 1).unwrap_or_default();
            let json = inner.replace("\\`", "`");
            let literal = serde_json::from_str(json.trim());
            let literal = literal.map_err(|_| format!("unsupported constant `{json}`"))?;
            Ok((Token::Literal(literal), length))
        }
        '-' | '0'..='9' => {
            let length = run_length(text, |c| c == '-' || c.is_ascii_digit());
            let digits = text.get(..length).unwrap_or_default();
            let number = digits
                .parse()
                .map_err(|_| format!("invalid number `{digits}`"))?;
            Ok((Token::Number(number), length))
        }
        'a'..='z' | 'A'..='Z' | '_' => {
            let length = run_length(text, |c| c == '_' || c.is_ascii_alphanumeric());
            let text = text.get(..length).unwrap_or_default().to_owned();
            Ok((
                Token::Name {
                    text,
                    quoted: false,
                },
                length,
            ))
        }
        other => Err(format!("unsupported character `{other}`")),
    }
}

fn run_length(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// Returns the length of a quoted text, with its quotes. A backslash escapes the next character.
fn quoted_length(text: &str, quote: char) -> Result<usize, String> {
    let mut characters = text.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            return Ok(at + quote.len_utf8());
        }
    }
    Err(format!("unclosed `{quote}`"))
}
