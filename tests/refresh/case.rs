//! One change of each kind that a service makes, with the lines that change in our file.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use smithy_reqwest_codegen::refresh::Refreshed;

use super::{
    OFFICIAL_SENTENCE, OURS, changed_lines, documentation, official_of, parsed, refreshed,
};

/// A change of the shapes of a model.
type Change = fn(&mut Value);

const CASES: [(&str, Change); 15] = [
    ("new_optional_member", |shapes| {
        let reason = json!({ "target": name("Description"), "traits": documented() });
        insert_after(
            members(shapes, "StartFlowRequest"),
            "flowName",
            "reason",
            reason,
        );
    }),
    ("new_operation_with_its_shapes", new_operation),
    ("removed_operation", |shapes| {
        let operations = &mut shapes[name("SandstoneConfigurationServiceLambda")]["operations"];
        operations
            .as_array_mut()
            .unwrap()
            .retain(|it| it["target"] != name("UntagResource"));
        for gone in [
            "UntagResource", "UntagResourceRequest", "UntagResourceResponse", "TagKeyList",
        ] {
            shapes.as_object_mut().unwrap().shift_remove(&name(gone));
        }
    }),
    ("removed_member", |shapes| {
        members(shapes, "ErrorInfo").shift_remove("putFailuresCount");
    }),
    ("removed_last_member", |shapes| {
        members(shapes, "StopFlowResponse").shift_remove("flowStatus");
    }),
    ("changed_bound", |shapes| {
        traits(shapes, "FlowName")["smithy.api#length"]["max"] = 512.into();
    }),
    ("new_value_in_the_middle_of_an_enum", |shapes| {
        let mut traits = documented();
        traits["smithy.api#enumValue"] = "Paused".into();
        let value = json!({ "target": "smithy.api#Unit", "traits": traits });
        insert_after(members(shapes, "FlowStatus"), "ERRORED", "PAUSED", value);
    }),
    ("renamed_member", |shapes| {
        let members = members(shapes, "ErrorInfo");
        let count = members.shift_remove("putFailuresCount").unwrap();
        insert_after(members, "executionMessage", "failureCount", count);
    }),
    ("reordered_members", |shapes| {
        let members = members(shapes, "StartFlowResponse");
        let first = members.shift_remove("flowArn").unwrap();
        members.insert("flowArn".to_owned(), first);
    }),
    ("first_trait", |shapes| {
        shapes[name("Long")]["traits"]["smithy.api#sensitive"] = json!({});
    }),
    ("first_traits_that_do_not_fit_on_the_line", |shapes| {
        let traits = &mut shapes[name("FieldType")]["traits"];
        traits["smithy.api#length"] = json!({ "min": 1, "max": 128 });
        traits["smithy.api#pattern"] = "^[a-z]+$".into();
    }),
    ("last_trait_removed", |shapes| {
        traits(shapes, "Key").shift_remove("smithy.api#pattern");
        traits(shapes, "Key").shift_remove("smithy.api#length");
    }),
    ("last_trait_of_a_documented_member_removed", |shapes| {
        let name = &mut members(shapes, "StartFlowRequest")["flowName"];
        let traits = name["traits"].as_object_mut().unwrap();
        traits.shift_remove("smithy.api#required");
    }),
    ("new_and_removed_error", |shapes| {
        let errors = shapes[name("StartFlow")]["errors"].as_array_mut().unwrap();
        errors.remove(0);
        errors.push(json!({ "target": name("ThrottlingException") }));
    }),
    ("sentences_inside_of_traits", |shapes| {
        let deprecated = json!({ "message": "Use PauseFlow.", "since": "2027-01-01" });
        traits(shapes, "StopFlow").insert("smithy.api#deprecated".to_owned(), deprecated);
        let example = json!([{ "title": "To list tags", "input": { "resourceArn": "a" } }]);
        traits(shapes, "ListTagsForResource").insert("smithy.api#examples".to_owned(), example);
    }),
];

fn new_operation(shapes: &mut Value) {
    let operations = &mut shapes[name("SandstoneConfigurationServiceLambda")]["operations"];
    let operations = operations.as_array_mut().unwrap();
    let place = operations
        .iter()
        .position(|it| it["target"] == name("RegisterConnector"));
    operations.insert(place.unwrap(), json!({ "target": name("PauseFlow") }));
    let shapes = shapes.as_object_mut().unwrap();
    let mut operation = json!({
        "type": "operation",
        "input": { "target": name("PauseFlowRequest") },
        "output": { "target": name("StopFlowResponse") },
        "errors": [{ "target": name("ConflictException") }],
        "traits": documented()
    });
    operation["traits"]["smithy.api#http"] =
        json!({ "method": "POST", "uri": "/pause-flow", "code": 200 });
    let member = json!({ "target": name("PauseReason"), "traits": documented() });
    let input =
        json!({ "type": "structure", "members": { "reason": member }, "traits": documented() });
    insert_after(shapes, &name("Password"), &name("PauseFlow"), operation);
    insert_after(shapes, &name("PauseFlow"), &name("PauseFlowRequest"), input);
    let reason = json!({ "type": "string", "traits": { "smithy.api#length": { "max": 64 } } });
    insert_after(
        shapes,
        &name("PauseFlowRequest"),
        &name("PauseReason"),
        reason,
    );
}

fn name(name: &str) -> String {
    format!("com.amazonaws.appflow#{name}")
}

fn members<'s>(shapes: &'s mut Value, shape: &str) -> &'s mut Map<String, Value> {
    shapes[name(shape)]["members"].as_object_mut().unwrap()
}

fn traits<'s>(shapes: &'s mut Value, shape: &str) -> &'s mut Map<String, Value> {
    shapes[name(shape)]["traits"].as_object_mut().unwrap()
}

fn documented() -> Value {
    json!({ "smithy.api#documentation": OFFICIAL_SENTENCE })
}

fn insert_after(object: &mut Map<String, Value>, before: &str, key: &str, value: Value) {
    let place = object.keys().position(|key| key == before).unwrap() + 1;
    object.shift_insert(place, key.to_owned(), value);
}

#[test]
fn each_change_of_a_service_changes_the_lines_that_its_snapshot_shows() {
    for (case, change) in CASES {
        let mut official = official_of(&OURS);
        change(&mut official["shapes"]);
        let refreshed = refreshed(&OURS, &official.to_string());
        assert_documentation_is_ours(case, &refreshed.text, &official);
        let mut settings = insta::Settings::clone_current();
        settings.set_description(case.replace('_', " "));
        settings.set_omit_expression(true);
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!(format!("refresh__{case}"), shown(&refreshed)));
    }
}

/// Checks that all of our documentation is still there, but for that of what is gone, and no other.
fn assert_documentation_is_ours(case: &str, text: &str, official: &Value) {
    assert!(!text.contains(OFFICIAL_SENTENCE), "{case}");
    let now = documentation(&parsed(text));
    let mut expected = documentation(&parsed(&OURS));
    let documented = documentation(official);
    expected.retain(|id, _| documented.contains_key(id));
    assert_eq!(now, expected, "{case}");
}

/// What is reported, and how the lines of our file change.
fn shown(refreshed: &Refreshed) -> String {
    let changes = refreshed.changes.iter().cloned();
    let undocumented = refreshed.undocumented.iter();
    let undocumented = undocumented.map(|id| format!("undocumented: {id}"));
    let notes = refreshed.notes.iter().map(|note| format!("note: {note}"));
    let report: Vec<String> = changes.chain(undocumented).chain(notes).collect();
    let lines = changed_lines(&OURS, &refreshed.text);
    format!("{}\n\n{lines}", report.join("\n"))
}

#[test]
fn no_snapshot_of_a_refresh_is_an_orphan() {
    let expected = CASES.map(|(case, _)| format!("refresh__{case}.snap"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let orphans: Vec<String> = names
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name.starts_with("refresh__") && !expected.contains(name))
        .collect();
    assert_eq!(orphans, Vec::<String>::new(), "remove these files");
}
