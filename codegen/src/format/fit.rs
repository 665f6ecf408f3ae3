//! Lays out what prettyplease and rustfmt lay out differently.
//!
//! prettyplease breaks a line at 89 columns, rustfmt at 100; rustfmt also breaks a call whose
//! arguments, or a chain of calls that, are wider than 60. Generated code must not change when
//! somebody runs `cargo fmt`, so here every statement that either would break is joined and laid
//! out again by rustfmt's rules, as far as generated code needs them.

mod chain;
mod condition;
mod scan;

use self::chain::chain;
use self::scan::{opening, split_arguments};

/// The longest line.
const LINE: usize = 100;
/// The widest arguments of a call, and the widest chain of calls, on one line.
const CALL: usize = 60;
/// The widest name that shares a line with others where a call does not go on one.
const SHORT: usize = 10;
/// The widest fields of a structure on one line.
const STRUCTURE: usize = 18;

/// Lays out the text of an item.
pub(super) fn fit(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut fitted = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if let Some((condition, end)) = condition::fit(&lines, at) {
            fitted.push_str(&condition);
            fitted.push('\n');
            at = end + 1;
            continue;
        }
        let end = statement_end(&lines, at);
        let parts = lines.get(at..=end).unwrap_or_default();
        let layout = if is_layable(line) {
            layout(parts)
        } else {
            attribute(parts)
        };
        if let Some(layout) = layout {
            fitted.push_str(&layout);
            at = end + 1;
        } else {
            // What is inside of a statement that stays may still be laid out.
            fitted.push_str(line);
            at += 1;
        }
        fitted.push('\n');
    }
    fitted
}

fn is_layable(line: &str) -> bool {
    let text = line.trim_start();
    let is_literal = text.starts_with('"') && !text.contains(" => ");
    let is_attribute = text.starts_with('#') && !text.starts_with("#[deprecated(");
    !text.starts_with("//") && !is_attribute && !is_literal
}

/// An attribute that prettyplease broke, on the one line that it goes on.
fn attribute(parts: &[&str]) -> Option<String> {
    let first = parts.first().filter(|_| parts.len() > 1)?;
    let indent = indent_of(first);
    let whole = join(parts)?;
    (indent + whole.len() <= LINE).then(|| format!("{}{whole}", " ".repeat(indent)))
}

/// The last line of the statement that begins at a line.
fn statement_end(lines: &[&str], start: usize) -> usize {
    let first = lines.get(start).copied().unwrap_or_default();
    let indent = indent_of(first);
    if first.trim_start().starts_with("if ")
        && lines.get(start + 1).is_some_and(|next| next.trim() == "{")
    {
        return start + 1;
    }
    let is_attribute = first.trim_start().starts_with("#[") && first.ends_with('(');
    let opens = [" =", "(", "<", "[", "=> {", "::{"]
        .iter()
        .any(|end| first.ends_with(end));
    let is_chain = lines
        .get(start + 1)
        .is_some_and(|next| next.trim_start().starts_with('.') && indent_of(next) > indent);
    if !(is_layable(first) || is_attribute) || !(opens || is_chain) {
        return start;
    }
    let mut rest = lines.iter().enumerate().skip(start + 1);
    match rest.find(|(_, line)| indent_of(line) <= indent) {
        Some((at, line)) if opens && indent_of(line) == indent && closes(line) => at,
        Some((at, _)) => at - 1,
        None => lines.len() - 1,
    }
}

fn closes(line: &str) -> bool {
    line.trim_start().starts_with([')', '>', ']', '}'])
}

fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A statement on one line, or broken as rustfmt would; `None` where it stands as it is.
fn layout(parts: &[&str]) -> Option<String> {
    let indent = indent_of(parts.first()?);
    let whole = join(parts)?;
    let fits = indent + whole.len() <= LINE;
    let one_line = format!("{}{whole}", " ".repeat(indent));
    if whole.starts_with("smithy_reqwest::default_value!(") {
        // To prettyplease these are tokens and no declaration; rustfmt leaves them as they are.
        return Some(one_line.replacen(" : ", ": ", 1).replacen("= - ", "= -", 1));
    }
    if let Some(details) = whole.strip_prefix("#[deprecated(") {
        return Some(if fits {
            one_line
        } else {
            deprecated(details, indent)
        });
    }
    if let Some((path, names)) = whole
        .strip_suffix("};")
        .and_then(|line| line.split_once("::{"))
    {
        return Some(if one_line.len() + 2 <= LINE {
            one_line
        } else {
            import_list(path, &split_arguments(names))
        });
    }
    if let Some(literal) = structure_literal(&whole, indent) {
        return Some(literal);
    }
    if whole.contains("fn ") && whole.ends_with('{') {
        return fits.then_some(one_line);
    }
    if let Some((pattern, body)) = whole.split_once(" => { ") {
        let body = body.strip_suffix(" }")?;
        let arm = format!("{}{pattern} => {body},", " ".repeat(indent));
        return (arm.len() <= LINE).then_some(arm);
    }
    if whole.ends_with('{') {
        return fits.then_some(one_line);
    }
    if let Some(field) = generic_field(&whole, indent) {
        return Some(field);
    }
    if let Some(broken) = chain(&whole, indent) {
        return Some(broken);
    }
    call(&whole, indent, fits)
}

/// An attribute that does not go on one line, with a line for each of its details.
fn deprecated(details: &str, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let details = details.trim_end_matches(")]");
    let details = details.replacen("\", note = ", &format!("\",\n{pad}    note = "), 1);
    format!("{pad}#[deprecated(\n{pad}    {details}\n{pad})]")
}

/// An import of a list of names, over several lines with as many names on each as go.
pub(crate) fn import_list(path: &str, names: &[&str]) -> String {
    let mut list = format!("{path}::{{");
    let mut width = LINE;
    for (index, name) in names.iter().enumerate() {
        let is_last = index + 1 == names.len();
        let room = if is_last { 1 } else { 2 };
        if width + name.len() + room > LINE {
            list.push_str("\n    ");
            width = 4;
        } else {
            list.push(' ');
        }
        list.push_str(name);
        list.push(',');
        width += name.len() + 2;
    }
    list + "\n};"
}

/// A structure of one field, which prettyplease leaves on a line, broken where rustfmt would.
fn structure_literal(whole: &str, indent: usize) -> Option<String> {
    let (whole, end) = whole
        .strip_suffix(';')
        .map_or((whole, ""), |whole| (whole, ";"));
    let (place, value) = whole.split_once(" = ").unwrap_or(("", whole));
    let prefix = whole
        .strip_suffix(value)
        .filter(|_| !place.is_empty())
        .unwrap_or_default();
    let (name, fields) = value.strip_suffix(" }")?.split_once(" { ")?;
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if !is_name || fields.len() <= STRUCTURE {
        return None;
    }
    let pad = " ".repeat(indent);
    let fields: Vec<String> = split_arguments(fields)
        .iter()
        .map(|field| format!("{pad}    {field},\n"))
        .collect();
    Some(format!(
        "{pad}{prefix}{name} {{\n{}{pad}}}{end}",
        fields.concat()
    ))
}

/// The lines of a statement as one; `None` where a line of it is a statement of its own.
fn join(parts: &[&str]) -> Option<String> {
    let mut whole = String::new();
    for (index, part) in parts.iter().enumerate() {
        let part = part.trim();
        let is_last = index + 1 == parts.len();
        if part.starts_with("//")
            || (!is_last && (part.ends_with(';') || part.ends_with('{') && index > 0))
        {
            return None;
        }
        let closes =
            part.starts_with([')', '>', ']']) || (part.starts_with('}') && whole.contains("::{"));
        if closes {
            whole.truncate(whole.trim_end().trim_end_matches(',').len());
        } else if !whole.is_empty()
            && !whole.ends_with(['(', '<', '['])
            && !whole.ends_with("::{")
            && !part.starts_with('.')
        {
            whole.push(' ');
        }
        whole.push_str(part);
    }
    Some(whole)
}

/// A field or an argument of a generic type, with the type on a line of its own where both do not
/// go on one.
fn generic_field(whole: &str, indent: usize) -> Option<String> {
    let (name, ty) = whole.strip_suffix(">,")?.split_once(": ")?;
    if name.contains('(') || whole.contains("::<") {
        return None;
    }
    let pad = " ".repeat(indent);
    let one_line = format!("{pad}{whole}");
    if one_line.len() <= LINE {
        return Some(one_line);
    }
    let broken = format!("{pad}{name}:\n{pad}    {ty}>,");
    (pad.len() + 4 + ty.len() + 2 <= LINE).then_some(broken)
}

/// A call, with an argument a line where all together are too wide.
fn call(whole: &str, indent: usize, fits: bool) -> Option<String> {
    let pad = " ".repeat(indent);
    let one_line = format!("{pad}{whole}");
    let Some(tail_at) = whole.rfind(')') else {
        let broken = |(place, value)| format!("{pad}{place} =\n{pad}    {value}");
        let assignment = whole.split_once(" = ").map(broken);
        return if fits { Some(one_line) } else { assignment };
    };
    let tail = whole.get(tail_at..)?;
    if !matches!(tail, ")" | ");" | ")?;" | "),") {
        return (one_line.len() < LINE).then_some(one_line);
    }
    let open = opening(whole, tail_at)?;
    let head = whole.get(..=open)?;
    let arguments = whole.get(open + 1..tail_at)?;
    let is_macro = head.ends_with("!(");
    let is_call = head
        .trim_end_matches('(')
        .ends_with(|c: char| c.is_alphanumeric() || "_>!".contains(c));
    if !is_call || head.starts_with("if ") {
        return None;
    }
    let parts = split_arguments(arguments);
    let is_literal = matches!(parts.as_slice(), [one] if one.starts_with('"'));
    // rustfmt keeps a column free for what wraps a call: a `return`, a `?`, an assignment of it.
    let is_tried = tail == ")?;";
    let wraps = usize::from(is_tried || whole.starts_with("return "))
        + usize::from(is_tried && whole.contains(" = "));
    let limit = LINE - wraps;
    if (arguments.len() <= CALL || is_literal) && one_line.len() <= limit {
        return Some(one_line);
    }
    let inner_pad = " ".repeat(indent + 4);
    if let Some((place, value)) = whole.split_once(" = ")
        && (arguments.len() <= CALL || is_literal)
        && indent + 4 + value.len() <= LINE
    {
        return Some(format!("{pad}{place} =\n{inner_pad}{value}"));
    }
    if let Some((field, value)) = whole.split_once(": ").filter(|_| parts.is_empty()) {
        return Some(format!("{pad}{field}:\n{inner_pad}{value}"));
    }
    if parts.len() > 1 && parts.iter().all(|part| is_short_name(part)) {
        return Some(format!(
            "{pad}{head}\n{}\n{pad}{tail}",
            fill(&parts, indent + 4)
        ));
    }
    let lines: Vec<String> = parts
        .into_iter()
        .map(|argument| {
            let comma = if is_macro { "" } else { "," };
            format!("{inner_pad}{argument}{comma}")
        })
        .collect();
    Some(format!("{pad}{head}\n{}\n{pad}{tail}", lines.join("\n")))
}

/// Whether an argument is a name so short that rustfmt puts several of such on a line.
fn is_short_name(argument: &str) -> bool {
    argument.len() <= SHORT && argument.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Arguments on as few lines as they need.
fn fill(arguments: &[&str], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut lines = vec![pad.clone()];
    for argument in arguments {
        let is_full = lines
            .last()
            .is_some_and(|line| line.len() > indent && line.len() + argument.len() + 2 > LINE);
        if is_full {
            lines.push(pad.clone());
        }
        if let Some(line) = lines.last_mut() {
            let space = if line.len() > indent { " " } else { "" };
            line.push_str(&format!("{space}{argument},"));
        }
    }
    lines.join("\n")
}
