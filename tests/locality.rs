//! A small change of AppFlow's model is a small change of its crate, and the crate stays small.
//!
//! Each test makes one change of those that a service makes, and names all files that it touches:
//! what a maintainer reviews then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Value, json};
use smithy_reqwest_codegen::{Options, generate};

/// The files that are generated from a model, and their texts.
fn generated(model: &Value) -> BTreeMap<String, String> {
    let options = Options::new("model/appflow.json", "appflow-client");
    let generated = generate(&model.to_string(), &options).unwrap();
    let library = generated.library.into_iter();
    let tests = generated.tests.into_iter();
    library
        .map(|(file, text)| (format!("src/{file}"), text))
        .chain(tests.map(|(file, text)| (format!("tests/{file}"), text)))
        .collect()
}

fn model() -> Value {
    serde_json::from_str(include_str!("../model/appflow.json")).unwrap()
}

/// What is generated from the model as it is.
static BEFORE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| generated(&model()));

/// The files that a change of the model touches: `+` is new, `-` is gone, `~` differs.
fn touched(change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut model = model();
    change(&mut model["shapes"]);
    let after = generated(&model);
    let files: BTreeSet<&String> = BEFORE.keys().chain(after.keys()).collect();
    let marks = files.into_iter().filter_map(|file| {
        let mark = match (BEFORE.get(file), after.get(file)) {
            (None, _) => '+',
            (_, None) => '-',
            (old, new) if old == new => return None,
            _ => '~',
        };
        Some(format!("{mark} {file}"))
    });
    marks.collect()
}

/// The members of a shape of AppFlow.
fn members<'a>(shapes: &'a mut Value, shape: &str) -> &'a mut serde_json::Map<String, Value> {
    let shape = &mut shapes[format!("com.amazonaws.appflow#{shape}")];
    shape["members"].as_object_mut().unwrap()
}

fn text(documentation: &str) -> Value {
    let traits = json!({ "smithy.api#documentation": documentation });
    json!({ "target": "smithy.api#String", "traits": traits })
}

#[test]
fn all_of_the_crate_is_at_most_15_000_lines() {
    let lines: usize = BEFORE.values().map(|text| text.lines().count()).sum();
    assert!(lines <= 15_000, "{lines} lines");
}

#[test]
fn a_new_member_of_a_structure_touches_the_file_of_the_structure() {
    let change = |shapes: &mut Value| {
        let member = text("The name of the sheet to read.");
        members(shapes, "S3SourceProperties").insert("sheet".to_owned(), member);
    };
    assert_eq!(touched(change), ["~ src/types/s3_source_properties.rs"]);
}

#[test]
fn a_new_member_of_an_input_touches_the_file_of_the_operation() {
    let change = |shapes: &mut Value| {
        let member = text("Why the flow is stopped.");
        members(shapes, "StopFlowRequest").insert("reason".to_owned(), member);
    };
    assert_eq!(touched(change), ["~ src/operation/stop_flow.rs"]);
}

#[test]
fn a_new_value_touches_the_file_of_the_enum() {
    let change = |shapes: &mut Value| {
        let mut value = json!({ "target": "smithy.api#Unit" });
        value["traits"] = json!({ "smithy.api#enumValue": "Webhook" });
        members(shapes, "TriggerType").insert("WEBHOOK".to_owned(), value);
    };
    assert_eq!(touched(change), ["~ src/types/trigger_type.rs"]);
}

#[test]
fn a_new_operation_touches_its_own_files_and_the_lists_that_they_are_in() {
    let change = |shapes: &mut Value| {
        let name = |name: &str| format!("com.amazonaws.appflow#{name}");
        let service = name("SandstoneConfigurationServiceLambda");
        let operations = shapes[service]["operations"].as_array_mut().unwrap();
        operations.push(json!({ "target": name("PauseFlow") }));
        shapes[name("PauseFlow")] = json!({
            "type": "operation",
            "input": { "target": name("PauseFlowRequest") },
            "output": { "target": name("StopFlowResponse") },
            "traits": { "smithy.api#http": { "method": "POST", "uri": "/pause-flow" } }
        });
        shapes[name("PauseFlowRequest")] = json!({
            "type": "structure",
            "members": { "until": { "target": name("PauseEnd") } }
        });
        shapes[name("PauseEnd")] = json!({
            "type": "enum",
            "members": { "NEXT_RUN": { "target": "smithy.api#Unit" } }
        });
    };
    let expected = [
        "~ src/operation/mod.rs",
        "+ src/operation/pause_flow.rs",
        "~ src/types/mod.rs",
        "+ src/types/pause_end.rs",
    ];
    assert_eq!(touched(change), expected);
}

#[test]
fn a_member_that_goes_takes_the_types_along_that_only_it_needed() {
    let change = |shapes: &mut Value| {
        members(shapes, "ErrorInfo").remove("putFailuresCount");
    };
    assert_eq!(touched(change), ["~ src/types/error_info.rs"]);
    let change = |shapes: &mut Value| {
        members(shapes, "SourceFlowConfig").remove("incrementalPullConfig");
    };
    let expected = [
        "- src/types/incremental_pull_config.rs",
        "~ src/types/mod.rs",
        "~ src/types/source_flow_config.rs",
    ];
    assert_eq!(touched(change), expected);
}

#[test]
fn another_sentence_of_documentation_touches_the_file_that_says_it() {
    let change = |shapes: &mut Value| {
        for name in [
            "StartFlow", "StopFlowResponse", "TaskType", "ConflictException",
        ] {
            let shape = &mut shapes[format!("com.amazonaws.appflow#{name}")];
            shape["traits"]["smithy.api#documentation"] = json!("It is told otherwise.");
        }
        let member = &mut members(shapes, "ExecutionResult")["bytesWritten"];
        member["traits"]["smithy.api#documentation"] = json!("It is told otherwise.");
    };
    let expected = [
        "~ src/error.rs",
        "~ src/operation/start_flow.rs",
        "~ src/operation/stop_flow.rs",
        "~ src/types/execution_result.rs",
        "~ src/types/task_type.rs",
    ];
    assert_eq!(touched(change), expected);
}
