//! Chains of calls.

use super::scan::{characters, opening, split_arguments};
use super::{CALL, LINE};

/// A chain of calls, each on its own line where all together are too wide.
pub(super) fn chain(whole: &str, indent: usize) -> Option<String> {
    let (prefix, expression) = place_and_value(whole);
    let links = links(expression);
    let calls = links
        .iter()
        .skip(1)
        .filter(|link| link.ends_with([')', ';', '?', ',']))
        .count();
    let width = expression.trim_end_matches([';', ',']).len();
    let fits = indent + whole.len() <= LINE;
    let after_call = links.first().is_some_and(|first| first.ends_with(')'));
    let is_broken = match calls {
        0 => false,
        1 => after_call && !fits && indent + 4 + width >= LINE && is_narrow(links.last()?),
        _ => width > CALL || !fits,
    };
    if !is_broken {
        return None;
    }
    let pad = " ".repeat(indent);
    let first = links.first()?;
    let place = prefix.strip_suffix(" = ").filter(|_| {
        let too_wide = indent + prefix.len() + first.len() > LINE;
        too_wide && indent + 4 + first.len() <= LINE
    });
    if let Some(place) = place {
        let rest = links
            .iter()
            .skip(1)
            .map(|link| format!("\n{pad}        {link}"));
        return Some(format!("{pad}{place} =\n{pad}    {first}") + &rest.collect::<String>());
    }
    if let Some(root) = broken_root(prefix, first, indent) {
        // What follows a call over several lines stands below it.
        let rest = links.iter().skip(1).map(|link| format!("\n{pad}{link}"));
        return Some(root + &rest.collect::<String>());
    }
    let mut broken = format!("{pad}{prefix}{first}");
    for link in links.iter().skip(1) {
        broken.push_str(&format!("\n{pad}    {link}"));
    }
    Some(broken)
}

/// The call that a chain begins with, over several lines where it goes on none.
fn broken_root(prefix: &str, first: &str, indent: usize) -> Option<String> {
    if indent + prefix.len() + first.len() <= LINE {
        return None;
    }
    let close = first
        .len()
        .checked_sub(1)
        .filter(|_| first.ends_with(')'))?;
    let open = opening(first, close)?;
    let (head, arguments) = (first.get(..=open)?, first.get(open + 1..close)?);
    let pad = " ".repeat(indent);
    let arguments = split_arguments(arguments);
    let arguments: Vec<String> = arguments
        .iter()
        .map(|argument| format!("{pad}    {argument},\n"))
        .collect();
    Some(format!("{pad}{prefix}{head}\n{}{pad})", arguments.concat()))
}

/// What a value is for, `let x = ` or `field: `, and the value.
fn place_and_value(whole: &str) -> (&str, &str) {
    let is_name = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || "_#".contains(c))
    };
    let at = match (whole.find(" = "), whole.find(": ")) {
        (Some(at), _) => at + " = ".len(),
        (None, Some(at)) if whole.ends_with(',') && whole.get(..at).is_some_and(is_name) => {
            at + ": ".len()
        }
        _ => 0,
    };
    whole.split_at(at)
}

/// Whether the arguments of a call go on one line.
fn is_narrow(call: &str) -> bool {
    let arguments = call
        .split_once('(')
        .and_then(|(_, rest)| Some(rest.rsplit_once(')')?.0));
    arguments.is_some_and(|arguments| {
        let is_literal = arguments.starts_with('"') && split_arguments(arguments).len() == 1;
        arguments.len() <= CALL || is_literal
    })
}

/// The parts of a chain: what it begins with, and every `.call(…)`.
fn links(expression: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut depth = 0_usize;
    for (at, character, in_text) in characters(expression) {
        match character {
            _ if in_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '.' if depth == 0 => {
                let follows_call = expression
                    .get(..at)
                    .is_some_and(|before| before.trim_end_matches('?').ends_with(')'));
                if follows_call
                    || starts.len() == 1 && is_method_call(expression.get(at..).unwrap_or_default())
                {
                    starts.push(at);
                }
            }
            _ => {}
        }
    }
    let ends = starts.iter().skip(1).copied().chain([expression.len()]);
    starts
        .iter()
        .zip(ends)
        .filter_map(|(start, end)| expression.get(*start..end))
        .collect()
}

fn is_method_call(text: &str) -> bool {
    let name = text
        .trim_start_matches('.')
        .trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    name.starts_with('(') || name.starts_with("::<")
}
