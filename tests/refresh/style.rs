//! A model in pretty JSON keeps its layout, and any other model is reformatted.

use serde_json::{Value, json};

use super::{changed_lines, refreshed};

/// A service, as ours.
const PRETTY: &str = r#"{
    "smithy": "2.0",
    "shapes": {
        "a#Service": {
            "type": "service",
            "version": "1"
        },
        "a#Input": {
            "type": "structure",
            "members": {}
        }
    }
}
"#;

/// The same with a member, as the official model.
fn official() -> Value {
    json!({
        "smithy": "2.0",
        "shapes": {
            "a#Input": { "type": "structure", "members": { "one": {
                "target": "smithy.api#String",
                "traits": { "smithy.api#required": {}, "smithy.api#enum": ["x", "y"] }
            } } },
            "a#Service": { "type": "service", "version": "1" },
        }
    })
}

#[test]
fn new_text_has_the_indent_of_the_file() {
    let refreshed = refreshed(PRETTY, &official().to_string());
    let expected = r#"@@
-            "members": {}
+            "members": {
+                "one": {
+                    "target": "smithy.api#String",
+                    "traits": {
+                        "smithy.api#required": {},
+                        "smithy.api#enum": [
+                            "x",
+                            "y"
+                        ]
+                    }
+                }
+            }
"#;
    assert_eq!(changed_lines(PRETTY, &refreshed.text), expected);
}

#[test]
fn new_text_has_the_line_ends_of_the_file() {
    let windows = PRETTY.replace('\n', "\r\n");
    let windows = windows.trim_end();
    let unix = refreshed(PRETTY, &official().to_string()).text;
    assert_eq!(
        refreshed(windows, &official().to_string()).text,
        unix.replace('\n', "\r\n").trim_end()
    );
}

#[test]
fn a_file_of_one_line_stays_one() {
    let value: Value = serde_json::from_str(PRETTY).unwrap();
    assert_eq!(
        refreshed(&value.to_string(), &official().to_string()).text,
        r#"{"smithy":"2.0","shapes":{"a#Service":{"type":"service","version":"1"},"a#Input":{"type":"structure","members":{"one":{"target":"smithy.api#String","traits":{"smithy.api#required":{},"smithy.api#enum":["x","y"]}}}}}}"#
    );
}

#[test]
fn a_file_in_another_layout_is_reformatted_with_a_note() {
    let compact = r#""a#Service": { "type": "service", "version": "1" },"#;
    let start = PRETTY.find("\"a#Service\"").unwrap();
    let end = PRETTY.find("\"a#Input\"").unwrap();
    let ours = format!("{}{compact}\n        {}", &PRETTY[..start], &PRETTY[end..]);
    let official = official().to_string();
    let (pretty, reformatted) = (refreshed(PRETTY, &official), refreshed(&ours, &official));
    assert_eq!(reformatted.text, pretty.text);
    assert_eq!(pretty.notes, Vec::<String>::new());
    assert_eq!(
        reformatted.notes,
        ["`model/ours.json` was not pretty-printed JSON, so all of it was reformatted"]
    );
}

#[test]
fn numbers_keep_their_digits() {
    let number = "123456789012345678901234567890.10";
    let version = format!("\"version\": \"1\", \"traits\": {{ \"smithy.api#default\": {number} }}");
    let ours = PRETTY.replace("\"version\": \"1\"", &version);
    let official = official()
        .to_string()
        .replace("\"version\":\"1\"", &version);
    assert!(refreshed(&ours, &official).text.contains(number));
}
