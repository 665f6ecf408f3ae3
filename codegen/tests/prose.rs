//! No prose of a model becomes code that `cargo test` compiles, or HTML.
//!
//! The judge is pulldown-cmark, the parser that rustdoc itself uses, with the extensions that
//! rustdoc turns on. It reads the lines as they stand in the comments of generated files.

#![cfg(test)]

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use pulldown_cmark::{CodeBlockKind, Event, Options as Extensions, Parser, Tag};
use serde_json::{Value, json};
use smithy_reqwest_codegen::{Options, generate, prose};

/// The Markdown extensions of rustdoc, as in `main_body_opts` of its source.
fn extensions() -> Extensions {
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_SMART_PUNCTUATION
}

/// The Markdown that must not come from a model.
fn intruders(markdown: &str) -> Vec<String> {
    let intruder = |event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => Some("indented code".to_owned()),
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if &*info != "text" => {
            Some(format!("a fence with {:?}", &*info))
        }
        Event::Html(html) | Event::InlineHtml(html) => Some(format!("HTML {html:?}")),
        _ => None,
    };
    let events = Parser::new_ext(markdown, extensions());
    events.filter_map(intruder).collect()
}

/// The marks of blocks and of code, and what a parser takes for space.
const MARKS: &[&str] = &[
    " ", "  ", "    ", "\t", "\n", "\n\n", "\n    ", "\n\t", "\r\n", "\r", "\u{1}", "\u{b}",
    "\u{85}", "\u{a0}", "\u{2028}", "\u{202e}", "- ", "* ", "+ ", "1. ", "1) ", "23. ", "-", "*",
    "+", "_", "=", "#", "# ", ">", "> ", "|", ":", "\\", "`", "``", "```", "````", "~", "~~",
    "~~~", "```rust\n", "~~~rust\n", "---", "***", "===", "| - |", "[", "]", "](http://a.b)",
    "[a]: http://a.b", "[^1]: ", "[ ] ", "<", ">", "</", "<!--", "-->", "<?", "<![CDATA[",
    "<http://a.b>", "&lt;", "&gt;", "&#96;", "&#126;", "&#32;", "&#9;", "&#10;", "&#8238;",
    "&nbsp;", "!", "(", ")", "'", "\"", "/", "{", "::", "\u{feff}",
];

/// Elements of HTML.
const TAGS: &str = "
    p ul ol li code pre a b i note important br div dl dt dd
    table tr td fullname h2 script style span
";

/// Words that would be code, or the language of it.
const WORDS: &[&str] = &[
    "let", "fn main() { }", "FlowName", "flow_name", "a", "1.", "rust", "e.g.", "https://a.b/c",
    "StartFlow", "don't", "x = y;", "ignore", "should_panic",
];

/// A part of what is hard.
fn fragment() -> impl Strategy<Value = String> {
    let tags: Vec<&str> = TAGS.split_whitespace().collect();
    let tags = prop::sample::select(tags);
    let (marks, words) = (prop::sample::select(MARKS), prop::sample::select(WORDS));
    let tag = (tags, any::<bool>()).prop_map(|(name, closing)| match (name, closing) {
        ("a", false) => "<a href=\"https://a.example/b c(d)\">".to_owned(),
        (name, false) => format!("<{name}>"),
        (name, true) => format!("</{name}>"),
    });
    prop_oneof![
        4 => marks.prop_map(str::to_owned),
        2 => tag,
        2 => words.prop_map(str::to_owned),
        1 => "[ -~]{1,8}",
        1 => any::<String>(),
    ]
}

fn prose_of_a_model() -> impl Strategy<Value = String> {
    prop::collection::vec(fragment(), 0..24).prop_map(|fragments| fragments.concat())
}

/// The number of texts; `PROSE_CASES` sets another number for a longer search.
fn cases() -> u32 {
    let wanted = std::env::var("PROSE_CASES").ok();
    wanted.map_or(4_000, |cases| cases.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/prose.regressions.txt"))),
        ..ProptestConfig::with_cases(cases())
    })]

    #[test]
    fn no_prose_becomes_code_or_html(text in prose_of_a_model(), width in 4..100_usize) {
        let markdown = prose::markdown(&text);
        for markdown in [
            prose::lines(&markdown, width).join("\n"),
            prose::lines(&format!("A client of {}.", prose::phrase(&text)), width).join("\n"),
            prose::lines(&format!("{}:", prose::phrase(&text)), width).join("\n"),
            prose::lines(&prose::code(&text), width).join("\n"),
            prose::lines(prose::summary(&markdown), width).join("\n"),
        ] {
            prop_assert_eq!(intruders(&markdown), Vec::<String>::new(), "{}", markdown);
        }
        prop_assert!(!prose::phrase(&text).contains('\n'));
    }
}

#[test]
fn what_was_code_in_the_field_is_text() {
    for prose in [
        // A nested list whose items are not there, so that its depth alone makes four spaces.
        "<ul><ul><ul><li>let x = 1;</li></ul></ul></ul>",
        "<ul><ul><ul>let x = 1;</ul></ul></ul>",
        "<ul><li>- -<ul><li>- - -<p>let x = 1;</p></li></ul></li></ul>",
        "~~~\nlet x = 1;\n~~~",
        "- ~~~\n  let x = 1;",
        "- - ~~~\n",
        "-\t\tlet x = 1;",
        "- - -      let x = 1;",
        "\u{1}\u{1}\u{1}\u{1}let x = 1;",
        "~\u{202e}~~\nlet x = 1;",
        "````\n```\nlet x = 1;\n```\n````",
        "# `a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h </ul> i`",
    ] {
        let markdown = prose::lines(&prose::markdown(prose), 80).join("\n");
        assert_eq!(
            intruders(&markdown),
            [] as [String; 0],
            "{prose}\n{markdown}"
        );
        assert!(!markdown.trim().is_empty());
    }
}

/// Text that is code wherever it is put into a comment without care.
const HOSTILE: &str =
    "x`\n\n    let a = 1;\n\n~~~\nlet b = 2;\n~~~\n\n```\nlet c = 3;\n```\n<script>";

/// A model that has the text in every place that documentation is made of.
fn hostile_model() -> Value {
    let documented = |mut shape: Value| {
        shape["traits"]["smithy.api#documentation"] = HOSTILE.into();
        shape
    };
    let string = json!({ "target": "smithy.api#String" });
    let members = json!({ HOSTILE: string, "known": documented(string.clone()) });
    let rules = json!({
        "version": "1.0",
        "parameters": {
            "Hostile": { "type": "String", "documentation": HOSTILE,
                "deprecated": { "message": HOSTILE } },
        },
        "rules": [{ "type": "endpoint", "conditions": [], "endpoint": { "url": "https://a.example" } }],
    });
    let waiter = json!({
        "documentation": HOSTILE,
        "acceptors": [{ "state": "success", "matcher": { "errorType": HOSTILE } }],
    });
    let case = json!({ "id": "Case", "protocol": "aws.protocols#restJson1", "method": "POST",
        "uri": "/read", "documentation": HOSTILE, "params": {} });
    json!({
        "smithy": "2.0",
        "shapes": {
            "a#Service": { "type": "service", "version": HOSTILE,
                "operations": [{ "target": "a#Read" }],
                "traits": {
                    "aws.api#service": { "sdkId": HOSTILE, "endpointPrefix": "a" },
                    "aws.auth#sigv4": { "name": "a" }, "aws.protocols#restJson1": {},
                    "smithy.api#title": HOSTILE, "smithy.api#documentation": HOSTILE,
                    "smithy.rules#endpointRuleSet": rules,
                } },
            "a#Read": { "type": "operation",
                "input": { "target": "a#In" }, "output": { "target": "a#Out" },
                "errors": [{ "target": "a#Broken" }],
                "traits": {
                    "smithy.api#http": { "method": "POST", "uri": "/read" },
                    "smithy.api#documentation": HOSTILE,
                    "smithy.api#deprecated": { "message": HOSTILE },
                    "smithy.api#examples": [{ "title": HOSTILE, "input": {} }],
                    "smithy.waiters#waitable": { "Done": waiter },
                    "smithy.test#httpRequestTests": [case],
                } },
            "a#In": documented(json!({ "type": "structure", "members": {
                HOSTILE: string, "values": { "target": "a#Values" }, "union": { "target": "a#Union" },
                "numbers": { "target": "a#Numbers" },
            } })),
            "a#Out": { "type": "structure", "members": members },
            "a#Broken": { "type": "structure", "members": members,
                "traits": { "smithy.api#error": "client", "smithy.api#documentation": HOSTILE } },
            "a#Values": { "type": "enum", "members": {
                "A": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": HOSTILE } },
            } },
            "a#Numbers": { "type": "intEnum", "members": {
                HOSTILE: { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 1 } },
            } },
            "a#Union": { "type": "union", "members": members },
        }
    })
}

/// The comments of a file, each as rustdoc reads it.
fn comments(text: &str) -> Vec<String> {
    let mut comments = vec![String::new()];
    for line in text.lines().map(str::trim_start) {
        match line.strip_prefix("///").or(line.strip_prefix("//!")) {
            Some(line) => {
                let comment = comments.last_mut().unwrap();
                comment.push_str(line.strip_prefix(' ').unwrap_or(line));
                comment.push('\n');
            }
            None if comments.last().unwrap().is_empty() => {}
            None => comments.push(String::new()),
        }
    }
    comments
}

/// The characters that the lint `text_direction_codepoint_in_comment` of rustc finds, with which a
/// source reads otherwise than it compiles.
fn turning() -> impl Iterator<Item = char> {
    ('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}')
}

#[test]
fn no_mark_turns_the_direction_of_writing() {
    for mark in turning() {
        let number = u32::from(mark);
        for text in [
            format!("a {mark}b"),
            format!("a `{mark}b`\n\n```\nc{mark}\n```"),
            format!("<p>a <code>{mark}b</code> {mark}c</p>"),
            format!("<p>a &#{number};b &#x{number:x};c</p>"),
        ] {
            for shown in [
                prose::markdown(&text),
                prose::phrase(&text),
                prose::code(&text),
                prose::lines(&text, 80).join("\n"),
            ] {
                assert!(!shown.contains(mark), "U+{number:X} in {text:?}: {shown:?}");
            }
        }
        let model = hostile_model().to_string();
        let model = model.replace("<script>", &format!("<script>{mark}"));
        assert!(model.matches(mark).count() > 20);
        let generated = generate(&model, &Options::new("a.json", "a-client"));
        let generated = generated.unwrap_or_else(|error| panic!("{error}"));
        for (path, text) in generated.library.iter().chain(&generated.tests) {
            assert!(!text.contains(mark), "U+{number:X} in {path}");
        }
    }
}

#[test]
fn no_text_of_a_model_becomes_code_in_generated_files() {
    let model = hostile_model().to_string();
    let generated = generate(&model, &Options::new("a.json", "a-client"))
        .unwrap_or_else(|error| panic!("{error}"));
    let mut seen = 0;
    for (path, text) in generated.library.iter().chain(&generated.tests) {
        for comment in comments(text) {
            // The examples are ours, and compile.
            let own = "a fence with \"no_run\"";
            let found = intruders(&comment);
            let found: Vec<_> = found.iter().filter(|found| *found != own).collect();
            assert!(found.is_empty(), "{path}: {found:?}\n{comment}");
            seen += comment.matches("let a = 1;").count();
        }
    }
    // The text is there, in each of its places.
    assert!(seen >= 20, "{seen}");
}
