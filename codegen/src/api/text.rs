//! Tokens in one line, with the paths that users write.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Punctuation of two signs.
const PAIRS: [&str; 4] = ["::", "->", "=>", ".."];

/// Keywords that a bracket can follow without being theirs.
const PREFIXES: [&str; 7] = ["as", "dyn", "for", "impl", "in", "mut", "where"];

/// Writes tokens in one line; `rename` says what the users of the crate write for a path.
pub(super) fn line(tokens: &impl ToTokens, rename: &dyn Fn(&[String]) -> String) -> String {
    let mut words = Vec::new();
    flatten(tokens.to_token_stream(), &mut words);
    join(&paths(words, rename))
}

/// The tokens as words, signs of two characters and lifetimes in one piece.
fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    let mut held = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                flatten(group.stream(), words);
                words.push(close.to_owned());
            }
            TokenTree::Punct(punct) => {
                held.push(punct.as_char());
                let is_pair = PAIRS.contains(&held.as_str());
                let begins_pair = PAIRS.iter().any(|pair| pair.starts_with(&held));
                let goes_on = punct.spacing() == Spacing::Joint && begins_pair && !is_pair;
                if !goes_on && held != "'" {
                    words.push(std::mem::take(&mut held));
                }
            }
            // What is held here is the sign of a lifetime.
            other => words.push(std::mem::take(&mut held) + &other.to_string()),
        }
    }
}

/// Renames the paths, each of which is one word then.
fn paths(words: Vec<String>, rename: &dyn Fn(&[String]) -> String) -> Vec<String> {
    let mut done: Vec<String> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut words = words.into_iter().filter(|word| !word.is_empty()).peekable();
    while let Some(word) = words.next() {
        let next = words.peek().map(String::as_str);
        let (goes_on, is_name) = (next == Some("::"), matches!(next, Some("=" | ":")));
        if is_word(&word) {
            path.push(word);
            if goes_on {
                words.next();
                continue;
            }
            // What gets a type or a bound is a name, and no path.
            done.push(if is_name {
                path.concat()
            } else {
                rename(&path)
            });
            path.clear();
        } else {
            done.push(word);
        }
    }
    done
}

fn is_word(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphanumeric() || first == '_')
}

fn join(words: &[String]) -> String {
    let mut line = String::new();
    let mut previous: Option<&str> = None;
    for (index, word) in words.iter().enumerate() {
        let closes = words.get(index + 1).is_some_and(|next| is_closing(next));
        if word == "," && closes {
            continue;
        }
        if previous.is_some_and(|previous| is_apart(previous, word)) {
            line.push(' ');
        }
        line.push_str(word);
        previous = Some(word);
    }
    line
}

fn is_closing(word: &str) -> bool {
    matches!(word, ">" | ")" | "]")
}

/// Whether a space is between two words.
fn is_apart(previous: &str, next: &str) -> bool {
    if matches!(previous, "<" | "(" | "[" | "&" | "::" | "!" | "#" | "*") {
        return false;
    }
    if is_closing(next) || matches!(next, "," | ";" | ":" | "::" | "?" | "!") {
        return false;
    }
    if matches!(next, "<" | "(" | "[") {
        let follows_name = is_word(previous) || is_closing(previous);
        return !follows_name || PREFIXES.contains(&previous);
    }
    true
}
