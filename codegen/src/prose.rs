//! Documentation: the prose of a model as Markdown that rustdoc and Clippy accept.
//!
//! Models write prose in HTML or in Markdown, often carelessly. [`markdown`] makes lists, code,
//! links and paragraphs of either; whatever else there is becomes plain text. Nothing in the
//! result is HTML, an unintended link, or a code block that a doctest would run.

mod html;
mod inline;

use self::inline::inline;

/// Names in mixed case that are no code. Clippy's `doc_markdown` wants them listed in the
/// `doc-valid-idents` of its configuration, which a scaffolded crate has.
pub const PROPER_NAMES: &[&str] = &[
    "AppConfig",
    "AppFlow",
    "AppSync",
    "ChatBot",
    "CloudFormation",
    "CloudFront",
    "CloudSearch",
    "CloudTrail",
    "CloudWatch",
    "CodePipeline",
    "DataBrew",
    "DynamoDB",
    "EventBridge",
    "FedRAMP",
    "GitHub",
    "GuardDuty",
    "HubSpot",
    "IPv4",
    "IPv6",
    "InforNexus",
    "JavaScript",
    "KeyValueStore",
    "LinkedIn",
    "MediaTailor",
    "OAuth",
    "OpenID",
    "OpenSearch",
    "PrivateLink",
    "QuickSight",
    "SaaS",
    "SageMaker",
    "ServiceNow",
    "SimSpace",
    "StepFunctions",
    "WebSocket",
    "WhatsApp",
    "YouTube",
];

/// The prose as Markdown, with each paragraph and each item of a list on one line.
#[must_use]
pub fn markdown(prose: &str) -> String {
    let blocks = if html::is_html(prose) {
        html::blocks(prose)
    } else {
        plain_blocks(prose)
    };
    let mut text = String::new();
    let mut previous: Option<&Block> = None;
    for block in &blocks {
        if let Some(previous) = previous {
            text.push_str(if previous.is_item && block.is_item {
                "\n"
            } else {
                "\n\n"
            });
        }
        text.push_str(&block.lead);
        text.push_str(&block.text);
        previous = Some(block);
    }
    text
}

/// The first sentence of Markdown.
#[must_use]
pub fn summary(markdown: &str) -> &str {
    let paragraph = markdown.split("\n\n").next().unwrap_or_default();
    let end = paragraph
        .match_indices(". ")
        .map(|(at, _)| at + 1)
        .find(|end| {
            let sentence = paragraph.get(..*end).unwrap_or_default();
            let count = |part: char| sentence.matches(part).count();
            count('`') % 2 == 0
                && count('(') == count(')')
                && !sentence.ends_with("e.g.")
                && !sentence.ends_with("i.e.")
        });
    paragraph
        .get(..end.unwrap_or(paragraph.len()))
        .unwrap_or_default()
}

/// Breaks Markdown into lines of at most `width` characters.
#[must_use]
pub fn lines(markdown: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in markdown.lines() {
        let line = &printable(line);
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            lines.push(line.to_owned());
        } else if in_code || line.chars().count() <= width {
            lines.push(line.to_owned());
        } else {
            break_line(line, width, &mut lines);
        }
    }
    lines
}

/// Text without what a comment of Rust must not hold: control characters and marks that turn the
/// direction of writing.
#[must_use]
pub fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let space = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().filter(|c| !turns(*c)).map(space).collect()
}

/// Breaks a line at spaces. What follows the lead of an item is indented as deep as the item.
fn break_line(line: &str, width: usize, lines: &mut Vec<String>) {
    let body = line.trim_start();
    let mut indent = line.len() - body.len();
    indent += item_lead(body);
    let mut current = line.get(..indent).unwrap_or_default().to_owned();
    let mut is_empty = true;
    for word in line.get(indent..).unwrap_or_default().split(' ') {
        let fits = current.chars().count() + 1 + word.chars().count() <= width;
        if !is_empty && !fits && !opens_block(word) {
            lines.push(std::mem::replace(&mut current, " ".repeat(indent)));
            is_empty = true;
        }
        if !is_empty {
            current.push(' ');
        }
        current.push_str(word);
        is_empty = false;
    }
    lines.push(current);
}

/// Whether a line that begins with this word would be something else than text.
fn opens_block(word: &str) -> bool {
    let number = word.strip_suffix(['.', ')']).unwrap_or_default();
    matches!(word, "-" | "+" | "*" | "=" | "|" | ">")
        || word.starts_with('#')
        || word.starts_with("```")
        || number.parse() == Ok(1_u32)
}

/// A paragraph or an item of a list.
#[derive(Debug, Default)]
struct Block {
    /// What stands before the text: spaces, and a dash where it begins an item.
    lead: String,
    text: String,
    is_item: bool,
}

/// The blocks of prose that is Markdown already.
fn plain_blocks(prose: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut goes_on = false;
    let mut lines = prose.lines();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("```") {
            let code: Vec<&str> = lines
                .by_ref()
                .take_while(|line| !line.trim().starts_with("```"))
                .collect();
            // No code of a model is Rust that a doctest could run.
            let text = format!("```text\n{}\n```", code.join("\n"));
            blocks.push(Block {
                text,
                ..Block::default()
            });
            goes_on = false;
            continue;
        }
        let lead = item_lead(text);
        let item = text.get(lead..).filter(|_| lead > 0);
        match (item, blocks.last_mut()) {
            _ if text.is_empty() => {
                goes_on = false;
                continue;
            }
            (None, Some(block)) if goes_on => {
                block.text.push(' ');
                block.text.push_str(&inline(text, false));
            }
            _ => blocks.push(Block {
                lead: text.get(..lead).unwrap_or_default().replace('*', "-"),
                text: inline(item.unwrap_or(text), false),
                is_item: item.is_some(),
            }),
        }
        goes_on = true;
    }
    blocks
}

/// How long is what makes an item of a list of a line: `- `, `* ` or `1. `; 0 where nothing does.
fn item_lead(text: &str) -> usize {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = text.get(digits..).unwrap_or_default();
    match digits {
        0 if mark.starts_with("- ") || mark.starts_with("* ") => 2,
        1..=3 if mark.starts_with(". ") => digits + 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{lines, markdown, summary};

    #[test]
    fn html_becomes_markdown() {
        for (html, expected) in [
            ("<p> A  flow. </p>\n   <p>More.</p>", "A flow.\n\nMore."),
            (
                "<p>The <code>flowName</code> of it</p>",
                "The `flowName` of it",
            ),
            (
                "<a href=\"https://a.example/b\">text</a>.",
                "[text](https://a.example/b).",
            ),
            ("<a href=\"#local\">text</a> <b>bold</b>", "text bold"),
            ("<ul><li>a</li><li><p>b</p></li></ul>", "- a\n- b"),
            ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
            ("<note><p>Mind.</p></note>", "**Note:** Mind."),
            ("<fullname>Amazon X</fullname><p>Does it.</p>", "Does it."),
            ("<p>1 &lt; 2 &amp; 3 &#65;</p>", "1 \\< 2 & 3 A"),
            ("<p>unclosed <code>x", "unclosed `x`"),
            ("<code></code>", ""),
            (
                "<p>a [b] *c* _d_ `e`</p>",
                "a \\[b\\] \\*c\\* \\_d_ \\`e\\`",
            ),
            (
                "<p>see https://a.example/x_y.</p>",
                "see <https://a.example/x_y>.",
            ),
            (
                "<p>CamelCase and OAuth, IDs, DynamoDB</p>",
                "`CamelCase` and OAuth, IDs, DynamoDB",
            ),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn markdown_stays_markdown() {
        for (prose, expected) in [
            ("A `flow name` of\nit.", "A `flow name` of it."),
            (
                "One.\n\n- a\n- b\n  and c\n\nTwo.",
                "One.\n\n- a\n- b and c\n\nTwo.",
            ),
            ("Two:\n1. a\n2. b\n   c", "Two:\n\n1. a\n2. b c"),
            ("snake_case [x] <y>", "`snake_case` \\[x\\] \\<y\\>"),
            ("```\nlet x;\n```", "```text\nlet x;\n```"),
            ("    indented", "indented"),
        ] {
            assert_eq!(markdown(prose), expected, "{prose}");
        }
    }

    #[test]
    fn a_summary_is_the_first_sentence() {
        for (text, expected) in [
            ("One. Two.", "One."),
            ("One\n\nTwo.", "One"),
            ("Has `a. b` in it. Two.", "Has `a. b` in it."),
            ("As e.g. this one. Two.", "As e.g. this one."),
        ] {
            assert_eq!(summary(text), expected);
        }
    }

    #[test]
    fn no_line_is_longer_than_asked_unless_a_word_is() {
        let text = "- aaa bbb ccc ddd 1. eee\n\nfff";
        assert_eq!(
            lines(text, 9),
            ["- aaa bbb", "  ccc ddd 1.", "  eee", "", "fff"]
        );
    }
}
