//! New text is laid out as the file is that it comes into.

use serde_json::{Value, json};

use super::{changed_lines, refreshed};

/// A service in one style, as ours.
const SPREAD: &str = r#"{
    "smithy": "2.0",
    "shapes": {
        "a#Service": { "type": "service", "version": "1" },
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
    let refreshed = refreshed(SPREAD, &official().to_string());
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
    assert_eq!(changed_lines(SPREAD, &refreshed.text), expected);
}

#[test]
fn new_text_has_the_line_ends_of_the_file() {
    let windows = SPREAD.replace('\n', "\r\n");
    let windows = windows.trim_end();
    let unix = refreshed(SPREAD, &official().to_string()).text;
    assert_eq!(
        refreshed(windows, &official().to_string()).text,
        unix.replace('\n', "\r\n").trim_end()
    );
}

#[test]
fn a_file_of_one_line_stays_one() {
    let value: Value = serde_json::from_str(SPREAD).unwrap();
    assert_eq!(
        refreshed(&value.to_string(), &official().to_string()).text,
        r#"{"smithy":"2.0","shapes":{"a#Service":{"type":"service","version":"1"},"a#Input":{"type":"structure","members":{"one":{"target":"smithy.api#String","traits":{"smithy.api#required":{},"smithy.api#enum":["x","y"]}}}}}}"#
    );
}

#[test]
fn an_object_on_one_line_stays_there_while_it_fits() {
    let mut official = official();
    official["shapes"]["a#Input"]["members"] = json!({});
    official["shapes"]["a#Service"]["version"] = "2".into();
    official["shapes"]["a#Service"]["operations"] = json!([]);
    assert_eq!(
        changed_lines(SPREAD, &refreshed(SPREAD, &official.to_string()).text),
        r#"@@
-        "a#Service": { "type": "service", "version": "1" },
+        "a#Service": { "type": "service", "version": "2", "operations": [] },
"#
    );
    official["shapes"]["a#Service"]["operations"] =
        json!([{ "target": "a#GetSomethingLong" }, { "target": "a#GetSomethingLonger" }]);
    let text = refreshed(SPREAD, &official.to_string()).text;
    let expected = r#"
        "a#Service": {
            "type": "service",
            "version": "2",
            "operations": [
                {
                    "target": "a#GetSomethingLong"
                },
"#;
    assert!(text.contains(expected), "{text}");
}
