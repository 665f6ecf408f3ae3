//! `cargo codegen refresh`: a newer official model changes its facts in our model, and nothing else.
//!
//! The official models here are made of our own, so that they need no data of AWS's: without what
//! is ours, with the shapes in another order and all on one line, and then changed in one way. They
//! are made of some shapes of it, for the sake of speed. Each
//! snapshot has what is reported and how the lines of our file change. To accept a change of them,
//! look at the difference and run
//! `INSTA_UPDATE=always cargo test -p workspace-tests --test refresh`.

#![cfg(test)]
#![recursion_limit = "256"]

#[path = "refresh/case.rs"]
mod case;
#[path = "mutation/mutant.rs"]
mod mutant;
#[path = "refresh/random.rs"]
mod random;
#[path = "refresh/style.rs"]
mod style;

use std::collections::BTreeMap;
use std::fs;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};
use similar::TextDiff;
use smithy_reqwest_codegen::refresh::{RefreshError, Refreshed, refresh};
use smithy_reqwest_codegen::source::ModelText;
use workspace_tests::fact::{DOCUMENTATION, add_newer, difference, facts};
use workspace_tests::{fixture, official_models, shared};

/// The whole of our model.
const WHOLE: &str = include_str!("../model/appflow.json");

/// The service, and the shapes that the cases name or put something beside.
const SHAPES: [&str; 22] = [
    "SandstoneConfigurationServiceLambda",
    "StartFlow",
    "StartFlowRequest",
    "StartFlowResponse",
    "StopFlow",
    "StopFlowRequest",
    "StopFlowResponse",
    "ListTagsForResource",
    "RegisterConnector",
    "UntagResource",
    "UntagResourceRequest",
    "UntagResourceResponse",
    "TagKeyList",
    "ConflictException",
    "ThrottlingException",
    "ErrorInfo",
    "FieldType",
    "FlowName",
    "FlowStatus",
    "Key",
    "Long",
    "Password",
];

/// Our model with no other shapes than these, each in its own words.
static OURS: LazyLock<String> = LazyLock::new(|| {
    let (head, shapes) = WHOLE.split_once("  \"shapes\": {\n").unwrap();
    let (shapes, tail) = shapes.split_once("\n  }\n").unwrap();
    let mut kept: Vec<String> = Vec::new();
    let mut is_kept = false;
    for line in shapes.lines() {
        if let Some((name, _)) = line
            .strip_prefix("    \"com.amazonaws.appflow#")
            .and_then(|line| line.split_once('"'))
        {
            is_kept = SHAPES.contains(&name);
        }
        if is_kept {
            kept.push(line.to_owned());
        }
    }
    let kept = kept.join("\n");
    let kept = kept.trim_end_matches(',');
    format!("{head}  \"shapes\": {{\n{kept}\n  }}\n{tail}")
});

/// The longest official model of another protocol that is taken, in bytes.
const LONGEST: u64 = 350_000;

/// A sentence that is not ours.
const OFFICIAL_SENTENCE: &str = "<p>What AWS says of it.</p>";

fn try_refresh(ours: &str, official: &str) -> Result<Refreshed, RefreshError> {
    let document = |name, text| ModelText { name, text };
    refresh(
        &document("model/ours.json", ours),
        &document("official.json", official),
    )
}

/// A refresh that is right.
fn refreshed(ours: &str, official: &str) -> Refreshed {
    let refreshed = try_refresh(ours, official).unwrap();
    assert_right(&refreshed, official);
    refreshed
}

/// The facts are the official ones, and a second refresh changes nothing.
fn assert_right(refreshed: &Refreshed, official: &str) {
    let facts = difference(&parsed(&refreshed.text), &parsed(official));
    assert_eq!(facts, None);
    let again = try_refresh(&refreshed.text, official).unwrap();
    assert_eq!(again.text, refreshed.text);
    assert_eq!(again.changes, Vec::<String>::new());
    assert_eq!(again.undocumented, refreshed.undocumented);
}

/// A model in the layout that keeps line diffs minimal.
fn pretty(model: &str) -> String {
    serde_json::to_string_pretty(&parsed(model)).unwrap() + "\n"
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// What an official model looks like that has the facts of one of ours.
fn official_of(ours: &str) -> Value {
    let mut model = facts(&parsed(ours));
    let shapes = model["shapes"].as_object_mut().unwrap();
    shapes.sort_keys();
    for shape in shapes.values_mut() {
        document(shape);
        let members = shape.get_mut("members").and_then(Value::as_object_mut);
        members
            .into_iter()
            .flat_map(Map::values_mut)
            .for_each(document);
    }
    model
}

fn document(part: &mut Value) {
    part["traits"][DOCUMENTATION] = OFFICIAL_SENTENCE.into();
}

/// The documentation of a model, by the ids of shapes and members.
fn documentation(model: &Value) -> BTreeMap<String, String> {
    let text = |part: &Value| part["traits"][DOCUMENTATION].as_str().map(str::to_owned);
    let mut found = BTreeMap::new();
    for (id, shape) in model["shapes"].as_object().unwrap() {
        found.extend(text(shape).map(|text| (id.clone(), text)));
        for (name, member) in shape["members"].as_object().into_iter().flatten() {
            found.extend(text(member).map(|text| (format!("{id}${name}"), text)));
        }
    }
    found
}

/// The lines that differ, with nothing around them and no numbers, which other changes of the file
/// would change too.
fn changed_lines(old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let text = diff.unified_diff().context_radius(0).to_string();
    let lines = text.lines().map(|line| match line {
        numbers if numbers.starts_with("@@") => "@@\n".to_owned(),
        line => format!("{line}\n"),
    });
    lines.collect()
}

#[test]
fn the_official_model_with_newer_facts_changes_nothing_in_ours() {
    let Some(path) = shared("models/appflow-2020-08-23.json") else {
        return;
    };
    let mut official = parsed(&fs::read_to_string(path).unwrap());
    add_newer(&mut official);
    let refreshed = refreshed(WHOLE, &official.to_string());
    assert_eq!(refreshed.text, WHOLE);
    assert_eq!(refreshed.changes, Vec::<String>::new());
    assert_eq!(refreshed.undocumented, Vec::<String>::new());
    assert_eq!(refreshed.notes, Vec::<String>::new());
}

#[test]
fn a_byte_order_mark_before_a_model_is_skipped() {
    let marked = format!("\u{feff}{}", &*OURS);
    let refreshed = try_refresh(&OURS, &marked).unwrap();
    assert_eq!(refreshed.text, *OURS);
}

#[test]
fn a_model_with_the_same_facts_changes_nothing() {
    for (name, ours) in fixture::all() {
        let refreshed = refreshed(&ours, &official_of(&ours).to_string());
        assert_eq!(refreshed.text, ours, "{name}");
        assert_eq!(refreshed.changes, Vec::<String>::new(), "{name}");
        assert_eq!(refreshed.notes, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn facts_of_every_protocol_are_taken_over() {
    let models = official_models("models-next", LONGEST);
    for (name, official) in &models {
        let ours = pretty(&facts(&parsed(official)).to_string());
        assert_eq!(refreshed(&ours, official).text, ours, "{name}");
        // An older model of the same service, which spoke no protocol and had other names.
        let mut older = parsed(&ours);
        without_traits(
            &mut older,
            &["aws.protocols#", "smithy.protocols#", "smithy.api#xml"],
        );
        let refreshed = refreshed(&pretty(&older.to_string()), official);
        assert_eq!(parsed(&refreshed.text), parsed(&ours), "{name}");
        assert!(!refreshed.changes.is_empty(), "{name}");
    }
}

/// Removes the traits whose ids begin so, at any depth.
fn without_traits(part: &mut Value, begins: &[&str]) {
    match part {
        Value::Object(object) => {
            object.retain(|name, _| !begins.iter().any(|begin| name.starts_with(begin)));
            object
                .values_mut()
                .for_each(|part| without_traits(part, begins));
        }
        Value::Array(parts) => parts
            .iter_mut()
            .for_each(|part| without_traits(part, begins)),
        _ => {}
    }
}

#[test]
fn an_empty_documentation_is_none() {
    let sentence =
        "The number of failures that the run met while putting data into the destination.";
    let ours = OURS.replace(sentence, " ");
    let undocumented = refreshed(&ours, &official_of(&OURS).to_string()).undocumented;
    let expected = "com.amazonaws.appflow#ErrorInfo$putFailuresCount";
    assert_eq!(undocumented, [expected]);
}

/// A small model of these shapes.
fn small(shapes: &Value) -> String {
    pretty(&json!({ "smithy": "2.0", "shapes": shapes }).to_string())
}

#[test]
fn a_member_is_taken_for_renamed_only_if_another_is_gone_and_has_the_same_facts() {
    let model = |members: Value| {
        small(&json!({
            "a#Service": { "type": "service", "version": "1" },
            "a#Input": { "type": "structure", "members": members },
        }))
    };
    let string = json!({ "target": "smithy.api#String" });
    let documented = json!({
        "target": "smithy.api#String", "traits": { DOCUMENTATION: "Ours." },
    });
    let long = json!({ "target": "smithy.api#Long" });
    let ours = model(json!({ "stays": documented, "gone": documented }));
    for (members, notes) in [
        (json!({ "stays": string, "added": long }), 0),
        (
            json!({ "stays": string, "gone": string, "added": string }),
            0,
        ),
        (json!({ "stays": string, "added": string }), 1),
    ] {
        let refreshed = refreshed(&ours, &model(members));
        assert_eq!(refreshed.notes.len(), notes, "{:?}", refreshed.notes);
    }
}

#[test]
fn a_list_in_a_trait_is_told_whole_and_a_value_with_a_space_is_no_sentence() {
    let model = |names: Value| {
        let traits = json!({ "smithy.api#auth": names, "aws.api#arn": { "template": names[0] } });
        small(&json!({ "a#Service": { "type": "service", "version": "1", "traits": traits } }))
    };
    let refreshed = refreshed(&model(json!(["a b"])), &model(json!(["c d", "e"])));
    assert_eq!(
        refreshed.changes,
        [
            r#"~ trait smithy.api#auth of a#Service: ["a b"] -> ["c d","e"]"#,
            r#"~ trait aws.api#arn of a#Service: {"template":"a b"} -> {"template":"c d"}"#,
        ]
    );
    assert_eq!(refreshed.notes, Vec::<String>::new());
}

#[test]
fn a_change_beside_the_shapes_is_told_by_its_key() {
    let model = |suppressed: &str| {
        let service = json!({ "type": "service", "version": "1" });
        let metadata = json!({ "suppressions": [suppressed] });
        let model = json!({
            "smithy": "2.0", "metadata": metadata, "shapes": { "a#Service": service },
        });
        pretty(&model.to_string())
    };
    assert_eq!(
        refreshed(&model("a"), &model("b")).changes,
        [r#"~ metadata: {"suppressions":["a"]} -> {"suppressions":["b"]}"#]
    );
}

#[test]
fn a_new_shape_has_its_official_place_in_a_model_of_the_same_order() {
    let service = json!({ "type": "service", "version": "1" });
    let operation = json!({ "type": "operation" });
    let ours = small(&json!({ "a#Service": service, "a#Send": operation }));
    let new = json!({ "type": "structure", "members": {} });
    let official = small(&json!({ "a#Service": service, "a#Sent": new, "a#Send": operation }));
    assert_eq!(refreshed(&ours, &official).text, official);
}

#[test]
fn a_text_that_is_no_model_is_reported_with_its_place() {
    let nested = format!(
        r#"{{"smithy": "2.0", "shapes": {{}}, "metadata": {}1{}}}"#,
        "[".repeat(500),
        "]".repeat(500)
    );
    for (official, problem, place) in [
        (
            "{\n  nothing\n}", "the model is not JSON", "official.json:2:3",
        ),
        ("[]", "not a Smithy AST", "official.json:1:1"),
        (
            r#"{"smithy": "1.0", "shapes": {}}"#,
            "Smithy version \"1.0\"",
            "official.json:1:12",
        ),
        (&nested, "recursion limit exceeded", "official.json:1:"),
    ] {
        let report = try_refresh(&OURS, official).unwrap_err().to_string();
        assert!(report.contains(problem), "{report}");
        assert!(report.contains(place), "{report}");
    }
    let report = try_refresh("{", &OURS).unwrap_err().to_string();
    assert!(report.contains("model/ours.json:1:"), "{report}");
}

#[test]
fn the_model_of_another_service_is_refused() {
    let (_, other) = fixture::all().remove(0);
    assert_eq!(
        try_refresh(&OURS, &other).unwrap_err().to_string(),
        "`official.json` is a model of fixture#Fixture, and `model/ours.json` is a model of \
         com.amazonaws.appflow#SandstoneConfigurationServiceLambda: use the official model of the \
         same service"
    );
    let none = r#"{"smithy": "2.0", "shapes": {}}"#;
    let report = try_refresh(&OURS, none).unwrap_err().to_string();
    assert!(report.contains("a model of no service"), "{report}");
}

#[test]
fn endpoint_rules_are_kept_and_other_ones_are_told() {
    let ours = parsed(&OURS);
    let service = "com.amazonaws.appflow#SandstoneConfigurationServiceLambda";
    let traits = &ours["shapes"][service]["traits"];
    let mut official = official_of(&OURS);
    let mut note = |change: fn(&mut Value)| {
        let of_official = &mut official["shapes"][service]["traits"];
        for name in ["smithy.rules#endpointRuleSet", "smithy.rules#endpointTests"] {
            of_official[name] = traits[name].clone();
        }
        change(of_official);
        let refreshed = refreshed(&OURS, &official.to_string());
        assert_eq!(refreshed.text, *OURS);
        refreshed.notes.join("\n")
    };
    assert_eq!(note(|_| {}), "");
    let told = note(|traits| {
        traits["smithy.rules#endpointRuleSet"]["parameters"]["AccountId"] =
            json!({ "type": "String", "builtIn": "AWS::Auth::AccountId" });
    });
    assert!(
        told.contains("differ in the parameters AccountId: update"),
        "{told}"
    );
    let told = note(|traits| {
        let case = &mut traits["smithy.rules#endpointTests"]["testCases"][1];
        case["expect"]["endpoint"]["url"] = "https://elsewhere.example.com".into();
    });
    assert!(
        told.contains("the official ones https://elsewhere.example.com"),
        "{told}"
    );
}
