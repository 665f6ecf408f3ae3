//! What the generator emits, as snapshots: of every fixture, of StartFlow, and of some more of
//! AppFlow.
//!
//! A change of an emitter shows here as a difference of these snapshots. To accept it, look at the
//! difference and run `INSTA_UPDATE=always cargo test -p workspace-tests --test snapshot`, or use
//! `cargo insta review` where that is installed.

#![cfg(test)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};
use smithy_reqwest_codegen::{Generated, Options, generate};
use workspace_tests::fixture;

/// Files that are alike for most fixtures, and the fixtures whose snapshots show them.
const SHOWN_ONCE: [(&str, &[&str]); 5] = [
    (
        "client.rs",
        &[
            "endpoint_parameter", "glacier", "pagination", "unit", "waiter",
        ],
    ),
    (
        "endpoint.rs",
        &[
            "custom_endpoint", "endpoint", "endpoint_parameter", "rule", "rule_function",
        ],
    ),
    (
        "error.rs",
        &["error", "error_binding", "event_stream", "query"],
    ),
    ("mod.rs", &["event_stream", "unit"]),
    ("operation/mod.rs", &["unit"]),
];

fn generated(name: &str, model: &str) -> Generated {
    generate(
        model,
        &Options::new(format!("fixtures/{name}.json"), "fixture"),
    )
    .unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The model of a fixture.
fn fixture_named(name: &str) -> String {
    let mut fixtures = fixture::all().into_iter();
    fixtures.find(|(it, _)| it == name).unwrap().1
}

/// The files of a fixture that its snapshot shows.
fn shown(name: &str, generated: &Generated) -> String {
    let library = generated.library.iter().filter(|(file, _)| {
        let once = SHOWN_ONCE.iter().find(|(once, _)| once == file);
        once.is_none_or(|(_, shown_in)| shown_in.contains(&name))
    });
    let files = library.map(|(file, text)| format!("==== src/generated/{file}\n{text}"));
    let tests = generated
        .tests
        .iter()
        .map(|(file, text)| format!("==== tests/generated/{file}\n{text}"));
    files.chain(tests).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_fixture_generates_what_its_snapshot_shows() {
    for (name, model) in fixture::all() {
        insta::with_settings!({ description => format!("fixtures/{name}.json"), omit_expression => true }, {
            insta::assert_snapshot!(format!("fixture_{name}"), shown(&name, &generated(&name, &model)));
        });
    }
}

/// These operations of AppFlow.
fn appflow(operations: &[&str]) -> Generated {
    let mut options = Options::new("model/appflow.json", "appflow-client");
    options.operations = operations.iter().map(|&name| name.to_owned()).collect();
    generate(include_str!("../model/appflow.json"), &options).unwrap()
}

fn start_flow() -> Generated {
    appflow(&["StartFlow"])
}

#[test]
fn start_flow_generates_what_its_snapshots_show() {
    for (file, text) in start_flow().library {
        let name = file.replace('/', "_").replace(".rs", "");
        insta::with_settings!({ description => format!("StartFlow: {file}"), omit_expression => true }, {
            insta::assert_snapshot!(format!("start_flow_{name}"), text);
        });
    }
}

#[test]
fn the_whole_code_of_start_flow_is_at_most_700_lines() {
    let lines: usize = start_flow()
        .library
        .values()
        .map(|text| text.lines().count())
        .sum();
    assert!(lines <= 700, "{lines} lines");
}

/// The other files of AppFlow that have a snapshot, each for its kind: an operation with pages, a
/// structure of which one member is set, and an enumeration.
const PAGED: &str = "operation/list_flows.rs";
const TYPES: [(&str, &str); 2] = [
    (
        "types/destination_connector_properties.rs",
        "DestinationConnectorProperties",
    ),
    ("types/task_type.rs", "TaskType"),
];

#[test]
fn one_operation_or_type_of_each_kind_generates_what_its_snapshot_shows() {
    let library = appflow(&["CreateFlow", "ListFlows"]).library;
    insta::with_settings!({ description => "AppFlow: ListFlows", omit_expression => true }, {
        insta::assert_snapshot!("appflow_list_flows", library[PAGED]);
    });
    for (file, name) in TYPES {
        insta::with_settings!({ description => format!("AppFlow: {name}"), omit_expression => true }, {
            insta::assert_snapshot!(format!("appflow_{name}"), library[file]);
        });
    }
}

#[test]
fn the_order_of_shapes_in_the_file_does_not_matter() {
    for (name, model) in fixture::all() {
        let parsed: Value = serde_json::from_str(&model).unwrap();
        let shapes = parsed["shapes"].as_object().unwrap();
        let reversed: Map<_, _> = shapes
            .iter()
            .rev()
            .map(|(id, shape)| (id.clone(), shape.clone()))
            .collect();
        let turned = json!({ "shapes": reversed, "smithy": "2.0" }).to_string();
        assert_eq!(
            generated(&name, &turned).library,
            generated(&name, &model).library,
            "{name}"
        );
    }
}

/// Takes the traits of a part of a model away, as a statement that applies them.
fn statement(part: &mut Value) -> Option<Value> {
    let traits = part.as_object_mut()?.shift_remove("traits")?;
    Some(json!({ "type": "apply", "traits": traits }))
}

#[test]
fn traits_that_are_applied_to_a_member_are_those_of_the_member() {
    for name in ["default", "header", "list_and_map", "rest_xml", "sensitive"] {
        let model = fixture_named(name);
        let mut parsed: Value = serde_json::from_str(&model).unwrap();
        let shapes = parsed["shapes"].as_object_mut().unwrap();
        let mut statements = Map::new();
        for (id, shape) in shapes.iter_mut() {
            let members = shape.get_mut("members").and_then(Value::as_object_mut);
            for (member, part) in members.into_iter().flatten() {
                statements.extend(statement(part).map(|it| (format!("{id}${member}"), it)));
            }
            for key in ["member", "key", "value"] {
                let part = shape.get_mut(key).and_then(statement);
                statements.extend(part.map(|it| (format!("{id}${key}"), it)));
            }
        }
        assert!(statements.len() > 3, "{name}");
        shapes.extend(statements);
        let library = generated(name, &parsed.to_string()).library;
        assert_eq!(library, generated(name, &model).library, "{name}");
    }
}

/// The keys of a resource that name operations: its lifecycle, and lists of others. They are from the
/// page "Resource and service shapes" of the Smithy reference.
const OPERATIONS: [&str; 8] = [
    "create", "put", "read", "update", "delete", "list", "operations", "collectionOperations",
];

#[test]
fn operations_of_resources_are_operations_of_the_service() {
    let model = fixture_named("deprecated");
    let expected = generated("deprecated", &model).library;
    for key in OPERATIONS {
        let mut parsed: Value = serde_json::from_str(&model).unwrap();
        let shapes = &mut parsed["shapes"];
        let service = shapes["fixture#Fixture"].as_object_mut().unwrap();
        let all = service.shift_remove("operations").unwrap();
        service.insert("resources".to_owned(), target("Outer"));
        let (first, rest) = all.as_array().unwrap().split_first().unwrap();
        let mut inner = json!({ "type": "resource", "operations": rest });
        inner[key] = match key {
            "operations" => all.clone(),
            "collectionOperations" => json!([first]),
            _ => first.clone(),
        };
        shapes["fixture#Inner"] = inner;
        shapes["fixture#Outer"] = json!({ "type": "resource", "resources": target("Inner") });
        let library = generated("deprecated", &parsed.to_string()).library;
        assert_eq!(library, expected, "{key}");
    }
}

fn target(name: &str) -> Value {
    json!([{ "target": format!("fixture#{name}") }])
}

#[test]
fn only_operations_that_are_named_and_what_they_need_is_generated() {
    let generated = start_flow();
    let names: Vec<&str> = generated
        .service
        .operations
        .iter()
        .map(|operation| &*operation.name)
        .collect();
    assert_eq!(names, ["StartFlow"]);
    let types: Vec<String> = generated
        .service
        .types
        .iter()
        .map(|item| item.name().to_string())
        .collect();
    assert_eq!(types, ["FlowStatus"]);
}

#[test]
fn hostile_documentation_stays_documentation() {
    for text in generated("documentation", &fixture_named("documentation"))
        .library
        .into_values()
    {
        let file = syn::parse_file(&text).unwrap();
        let is_evil =
            |item: &syn::Item| matches!(item, syn::Item::Fn(item) if item.sig.ident == "evil");
        assert!(!file.items.iter().any(is_evil));
    }
}

/// The fixture with what is deprecated, with another text in place of one.
fn deprecated(text: &str, by: &str) -> Generated {
    let model = fixture_named("deprecated");
    assert!(model.contains(text), "{model}");
    generated("deprecated", &model.replace(text, by))
}

#[test]
fn who_uses_a_deprecated_value_of_an_enum_of_smithy_1_is_warned() {
    let library = deprecated("", "").library;
    let grade = &library["types/grade.rs"];
    let variants = "    /// `low`\n    #[deprecated]\n    Low,\n    /// `high`\n    High,\n";
    assert!(grade.contains(variants), "{grade}");
}

#[test]
fn a_default_of_an_enum_of_smithy_1_is_a_value_of_it() {
    let member = "\"target\": \"fixture#Grade\"";
    for (default, expected) in [
        ("high", "grade: \"grade\" = Grade::High,"),
        // A deprecated variant would be a warning.
        ("low", "grade: \"grade\" = Grade::from(\"low\"),"),
    ] {
        let traits = json!({ "smithy.api#default": default });
        let library = deprecated(member, &format!("{member}, \"traits\": {traits}")).library;
        let operation = &library["operation/old.rs"];
        assert!(operation.contains(expected), "{operation}");
        assert!(operation.contains("pub grade: Grade,"), "{operation}");
    }
}

/// The attribute takes any text, and Clippy refuses what is no version of the form that Cargo has.
#[test]
fn a_deprecation_has_a_version_of_three_numbers_or_none() {
    for (since, is_version) in [
        ("1.2.0", true),
        ("0.10.200", true),
        ("0.0.0", true),
        ("1.2", false),
        ("1", false),
        ("", false),
        ("1.2.0.0", false),
        ("1..0", false),
        ("01.2.0", false),
        ("1.2.00", false),
        ("1.2.x", false),
        ("v1.2.0", false),
        ("2024-12-17", false),
    ] {
        let library = deprecated("\"1.2.0\"", &format!("{since:?}")).library;
        let expected = if is_version {
            format!(
                "#[deprecated(since = {since:?}, note = \"Do it the new way.\")]\n    pub fn old"
            )
        } else {
            "#[deprecated(note = \"Do it the new way.\")]\n    pub fn old".to_owned()
        };
        let operation = &library["operation/old.rs"];
        assert!(operation.contains(&expected), "{since}\n{operation}");
    }
}

#[test]
fn no_snapshot_is_an_orphan() {
    let mut expected: BTreeSet<String> = fixture::all()
        .into_iter()
        .map(|(name, _)| format!("snapshot__fixture_{name}.snap"))
        .collect();
    expected.extend(start_flow().library.keys().map(|file| {
        format!(
            "snapshot__start_flow_{}.snap",
            file.replace('/', "_").replace(".rs", "")
        )
    }));
    let types = TYPES.map(|(_, name)| name);
    let more = types.iter().chain(&["list_flows"]);
    expected.extend(more.map(|name| format!("snapshot__appflow_{name}.snap")));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let orphans: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("snapshot__") && !expected.contains(name))
        .collect();
    assert_eq!(orphans, Vec::<String>::new(), "remove these files");
}
