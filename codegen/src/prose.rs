//! Documentation: the prose of a model as Markdown that rustdoc and Clippy accept.
//!
//! Models contain HTML or Markdown, often invalid. [`markdown`] converts lists, code, links and
//! paragraphs; everything else becomes plain text. The result contains no HTML, no unintended
//! links, and no code that rustdoc would compile: every code block is fenced as `text`.

mod block;
mod fence;
mod html;
mod inline;
mod plain;

use self::block::{interrupts_paragraph, marker_length};
use self::fence::Fence;
use self::inline::{inline, is_outside_code};

/// Names in mixed case that are not code. Clippy's `doc_markdown` accepts them if they are in the
/// `doc-valid-idents` of its configuration.
const PROPER_NAMES: &[&str] = &[
    "AppConfig", "AppFlow", "AppSync", "ChatBot", "CloudFormation", "CloudFront", "CloudSearch",
    "CloudTrail", "CloudWatch", "CodePipeline", "DataBrew", "DynamoDB", "EventBridge", "FedRAMP",
    "GitHub", "GuardDuty", "HubSpot", "IPv4", "IPv6", "InforNexus", "JavaScript", "KeyValueStore",
    "LinkedIn", "MediaTailor", "OAuth", "OpenID", "OpenSearch", "PrivateLink", "QuickSight",
    "SaaS", "SageMaker", "ServiceNow", "SimSpace", "StepFunctions", "WebSocket", "WhatsApp",
    "YouTube",
];

/// Returns the prose as Markdown, with each paragraph and each item of a list on one line.
#[must_use]
pub fn markdown(prose: &str) -> String {
    let lines: Vec<String> = prose.lines().map(printable).collect();
    let prose = lines.join("\n");
    let blocks = if html::is_html(&prose) {
        html::blocks(&prose)
    } else {
        plain::blocks(&prose)
    };
    block::render(&blocks)
}

/// Returns a name or a title as Markdown on one line, whatever is in it.
#[must_use]
pub fn phrase(text: &str) -> String {
    block::without_marker(&inline(&one_line(text), false), 1)
}

/// Returns text as code in Markdown, on one line.
#[must_use]
pub fn code(text: &str) -> String {
    let text = one_line(text);
    if text.is_empty() {
        "an empty string".to_owned()
    } else if text.contains("``") {
        format!("`{}`", text.replace('`', "'"))
    } else if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

/// Returns printable text with a single space between words.
fn one_line(text: &str) -> String {
    let text = printable(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the first sentence of Markdown; nothing if there is code alone.
#[must_use]
pub fn summary(markdown: &str) -> &str {
    let paragraph = markdown.split("\n\n").next().unwrap_or_default();
    if paragraph.starts_with("```") {
        return "";
    }
    let end = paragraph
        .match_indices(". ")
        .map(|(at, _)| at + 1)
        .find(|end| {
            let sentence = paragraph.get(..*end).unwrap_or_default();
            let count = |part: char| sentence.matches(part).count();
            is_outside_code(sentence)
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
    let mut fence: Option<Fence> = None;
    for line in markdown.lines() {
        let line = printable(line);
        if let Some(open) = &fence {
            if open.is_closed_by(&line) {
                fence = None;
            }
            lines.push(line);
            continue;
        }
        fence = Fence::opened_by(&line);
        // The next line would not continue a heading.
        let is_whole = fence.is_some() || line.starts_with('#');
        if is_whole || line.chars().count() <= width {
            lines.push(line);
        } else {
            break_line(&line, width, &mut lines);
        }
    }
    lines
}

/// Returns text without control characters and bidirectional controls, which a Rust comment must
/// not contain.
#[must_use]
pub fn printable(text: &str) -> String {
    let must_not = |c: char| c.is_control() || turns(c);
    if !text.contains(must_not) {
        return text.to_owned();
    }
    let space = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().filter(|c| !turns(*c)).map(space).collect()
}

/// Returns `true` for a bidirectional control character.
pub(crate) fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Breaks a line at spaces. What follows the lead of an item is indented as deep as the item.
fn break_line(line: &str, width: usize, lines: &mut Vec<String>) {
    let body = line.trim_start();
    let mut indent = line.len() - body.len();
    indent += marker_length(body);
    let mut current = line.get(..indent).unwrap_or_default().to_owned();
    let (mut length, mut is_empty) = (current.chars().count(), true);
    for word in line.get(indent..).unwrap_or_default().split(' ') {
        let word_length = word.chars().count();
        let fits = length + 1 + word_length <= width;
        if !is_empty && !fits && !interrupts_paragraph(word) {
            lines.push(std::mem::replace(&mut current, " ".repeat(indent)));
            (length, is_empty) = (indent, true);
        }
        if !is_empty {
            current.push(' ');
            length += 1;
        }
        current.push_str(word);
        length += word_length;
        is_empty = false;
    }
    lines.push(current);
}

#[cfg(test)]
mod tests {
    use super::{code, lines, markdown, phrase, summary};

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
            ("<ul><ul><ul><li>a</li></ul></ul></ul>", "- a"),
            (
                "<ul><li>a<ul><li>b<ul><li>c</li></ul>d</li></ul></li></ul>",
                "- a\n  - b\n    - c\n\n    d",
            ),
            (
                "<p>- a</p><p>1. b</p><p>---</p>",
                "\\- a\n\n1\\. b\n\n\\---",
            ),
            ("<p>unclosed <code>x", "unclosed `x`"),
            ("<code></code>", ""),
            ("<p>the mark <code>`</code></p>", "the mark `'`"),
            ("<code>``a``b`</code>", "`''a''b'`"),
            ("<p>1 < 2 and 3 > 2</p>", "1 \\< 2 and 3 \\> 2"),
            ("<p>. a</p><p>) b</p>", ". a\n\n) b"),
            ("<tr><td>a</td><td>b</td></tr>", "a b"),
            ("<li>a</li>", "a"),
            ("<a href=\"https://a.example/[b]\">text</a>", "text"),
            ("<p>&gt;&quot;&apos;&nbsp;b</p>", "\\>\"' b"),
            (
                "<p>[a](https://b.example)</p>",
                "\\[a\\](https://b.example)",
            ),
            (
                "<p>a|b *c* ~d~ # e _f x\\y</p>",
                "a\\|b \\*c\\* \\~d\\~ \\# e \\_f x\\\\y",
            ),
            ("<a href=\"#local\">a </a> b", "a b"),
            ("<p>C# a/#b d/e</p>", "C# a/#b d/e"),
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
            (
                "Saw\n12 monkeys, and\n- 13 birds",
                "Saw 12 monkeys, and\n\n- 13 birds",
            ),
            ("snake_case [x] <y>", "`snake_case` \\[x\\] \\<y\\>"),
            ("```\nlet x;\n```", "```text\nlet x;\n```"),
            ("~~~rust\nlet x;\n```\n~~~", "````text\nlet x;\n```\n````"),
            ("a\n# b\nc\n- # d", "a\n\n# b\n\nc\n\n- \\# d"),
            ("````\n```\n````", "````text\n```\n````"),
            ("- ~~~\n- - ~~~", "- \\~\\~\\~\n- \\- \\~\\~\\~"),
            ("-\t\tlet x;", "- let x;"),
            ("``a`b`` and ```c", "`` a`b `` and \\`\\`\\`c"),
            ("a\\[b\\] and \\c", "a\\[b\\] and \\\\c"),
            ("    indented", "indented"),
            ("~~~ `a`\nlet x;\n~~~", "```text\nlet x;\n```"),
            ("```a` b", "\\`\\`\\`a\\` b"),
            ("~ a", "~ a"),
            (
                "[a](https://b.example/d_e), <http://f.example/h_i> and j_k",
                "[a](https://b.example/d_e), <http://f.example/h_i> and `j_k`",
            ),
            (
                "[a](https://b.example) [c](http://d.example)",
                "[a](https://b.example) [c](http://d.example)",
            ),
            (
                "[a](https://b.example c), [d](ftp://e.example)",
                "\\[a\\](https://b.example c), \\[d\\](ftp://e.example)",
            ),
            (
                "https://a.example/b_c, (http://d.example)",
                "<https://a.example/b_c>, (<http://d.example>)",
            ),
            ("`a`b_c `a`Bcd.", "`a` `b_c` `a`Bcd."),
            ("a_b/c d/e", "`a_b`/c d/e"),
            ("A.Bc aBC a.FlowName", "A.Bc aBC `a.FlowName`"),
            ("###### a\nb", "###### a\n\nb"),
            ("####### a\nb", "####### a b"),
            ("a~~b a ~ | * x\\_y", "a\\~\\~b a ~ | * x\\_y"),
            (
                "IDs ABc Abc aBc 1Bc A1 A1s FlowNames's a.b() x::y _a a_b-",
                "IDs `ABc` Abc aBc 1Bc A1 A1s `FlowNames`'s `a.b()` `x::y` \\_a `a_b-`",
            ),
        ] {
            assert_eq!(markdown(prose), expected, "{prose}");
        }
    }

    #[test]
    fn a_name_or_a_title_is_a_phrase_on_one_line() {
        for (text, expected) in [
            ("Amazon\n\n\tX", "Amazon X"),
            ("- *a* [b]", "\\- *a* \\[b\\]"),
            ("# a", "\\# a"),
            ("", ""),
        ] {
            assert_eq!(phrase(text), expected, "{text}");
        }
    }

    #[test]
    fn text_is_code_on_one_line_whatever_is_in_it() {
        for (text, expected) in [
            ("a\n b", "`a b`"),
            ("a`b", "`` a`b ``"),
            ("a``b", "`a''b`"),
            ("", "an empty string"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn a_summary_is_the_first_sentence() {
        for (text, expected) in [
            ("One. Two.", "One."),
            ("One\n\nTwo.", "One"),
            ("Has `a. b` in it. Two.", "Has `a. b` in it."),
            ("Has \\` and `a. b`. Two.", "Has \\` and `a. b`."),
            ("Has `` a`. b `` in it. Two.", "Has `` a`. b `` in it."),
            ("Has one (see a. b). Two.", "Has one (see a. b)."),
            ("As i.e. this one. Two.", "As i.e. this one."),
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

    #[test]
    fn what_follows_the_number_of_an_item_is_as_deep_as_its_text() {
        for (text, expected) in [
            ("1. aaa bbb", ["1. aaa", "   bbb"]),
            ("12. aaa bbb", ["12. aaa", "    bbb"]),
            ("12 aaaa bbb", ["12 aaaa", "bbb"]),
        ] {
            assert_eq!(lines(text, 7), expected);
        }
    }

    /// The marks are those of Markdown and of the extensions that rustdoc turns on.
    #[test]
    fn no_line_begins_with_what_would_end_its_paragraph() {
        for mark in [
            "<b", "---", "|-", "===", "___", "***", "+", "1.", "1)", "#", ">", "```", "~~~", "[^a",
        ] {
            let expected = [format!("aaa {mark}"), "bbb".to_owned()];
            assert_eq!(lines(&format!("aaa {mark} bbb"), 4), expected);
        }
        for word in ["<https://a.example>", "2.", "a-b", "*a", "[a"] {
            assert_eq!(lines(&format!("aaa {word} bbb"), 4), ["aaa", word, "bbb"]);
        }
    }

    #[test]
    fn headings_and_code_are_not_broken_into_lines() {
        let text = "# a b c d e\n\n```text\na b c d e\n```\n\na b c d e";
        let expected = "# a b c d e\n\n```text\na b c d e\n```\n\na b\nc d\ne";
        assert_eq!(lines(text, 4).join("\n"), expected);
    }
}
