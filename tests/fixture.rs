//! Small models, one feature each: `fixtures/*.json`.
//!
//! A fixture holds only the shapes of its feature. The service around them, which is the same for
//! all, is added here, and a fixture may give it other traits, errors of its own, and other names to
//! shapes.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

/// The fixtures, by name, as whole models.
///
/// # Panics
///
/// A fixture that cannot be read.
#[must_use]
pub fn all() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let entries = fs::read_dir(folder).expect("the folder of fixtures is there");
    let mut fixtures: Vec<(String, String)> = entries
        .map(|entry| {
            let path = entry.expect("the folder can be listed").path();
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(&path).expect("a fixture can be read");
            (
                name,
                model(&serde_json::from_str(&text).expect("a fixture is JSON")),
            )
        })
        .collect();
    fixtures.sort();
    fixtures
}

/// The official rule sets in a folder, by the names of their files; nothing where there is none.
///
/// Their services name no protocol and their operations no URI, which is added here.
///
/// # Panics
///
/// A file that cannot be read.
#[must_use]
pub fn rule_sets(folder: &Path) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = entries.map(|entry| entry.expect("the folder can be listed").path());
    let rule_set = |path: &Path| {
        let name = path.file_name()?.to_str()?.strip_suffix(".json")?;
        // What has a dot in its name is data for the rules, and no model.
        (!name.contains('.')).then(|| {
            let text = fs::read_to_string(path).expect("a model can be read");
            let mut model = serde_json::from_str(&text).expect("a model is JSON");
            make_callable(&mut model);
            (name.to_owned(), model.to_string())
        })
    };
    let mut rule_sets: Vec<_> = paths.filter_map(|path| rule_set(&path)).collect();
    rule_sets.sort();
    rule_sets
}

/// Gives the services and the operations of a model what rule sets leave open: how they are called.
pub fn make_callable(model: &mut Value) {
    let shapes = model.get_mut("shapes").and_then(Value::as_object_mut);
    for (id, shape) in shapes.into_iter().flatten() {
        let name = id.split('#').next_back().unwrap_or_default();
        let missing = match shape.get("type").and_then(Value::as_str) {
            Some("service") if has_protocol(shape) => json!({
                "aws.auth#sigv4": { "name": "fixture" },
            }),
            Some("service") => json!({
                "aws.auth#sigv4": { "name": "fixture" },
                "aws.protocols#restJson1": {},
            }),
            Some("operation") => json!({
                "smithy.api#http": { "method": "POST", "uri": format!("/{name}") },
            }),
            _ => continue,
        };
        let Some(shape) = shape.as_object_mut() else {
            continue;
        };
        let traits = shape.entry("traits").or_insert_with(|| json!({}));
        let missing = missing.as_object().into_iter().flatten();
        for (id, value) in missing {
            if let Some(traits) = traits.as_object_mut() {
                traits.entry(id).or_insert_with(|| value.clone());
            }
        }
    }
}

fn has_protocol(service: &Value) -> bool {
    let traits = service.get("traits").and_then(Value::as_object);
    traits
        .into_iter()
        .flatten()
        .any(|(id, _)| id.starts_with("aws.protocols#") || id.starts_with("smithy.protocols#"))
}

/// The whole model of a fixture.
#[must_use]
pub fn model(fixture: &Value) -> String {
    let mut shapes = fixture
        .get("shapes")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    let operations: Vec<Value> = shapes
        .iter()
        .filter(|(_, shape)| shape["type"] == "operation")
        .map(|(id, _)| json!({ "target": id }))
        .collect();
    let mut traits = standard_traits();
    let own = fixture
        .get("service")
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default();
    traits.extend(own);
    // A fixture takes a trait away with null.
    traits.retain(|_, value| !value.is_null());
    let mut service = json!({
        "type": "service",
        "version": "2026-11-22",
        "operations": operations,
        "traits": traits,
    });
    for key in ["errors", "rename"] {
        if let (Some(value), Some(service)) = (fixture.get(key), service.as_object_mut()) {
            service.insert(key.to_owned(), value.clone());
        }
    }
    shapes.entry("fixture#Fixture").or_insert(service);
    let model = json!({ "smithy": "2.0", "shapes": shapes });
    serde_json::to_string_pretty(&model).unwrap_or_default()
}

fn standard_traits() -> Map<String, Value> {
    let rules = json!({
        "version": "1.0",
        "parameters": {},
        "rules": [{
            "type": "endpoint",
            "conditions": [],
            "endpoint": { "url": "https://fixture.example.com" },
        }],
    });
    let traits = json!({
        "aws.api#service": { "sdkId": "Fixture", "endpointPrefix": "fixture" },
        "aws.auth#sigv4": { "name": "fixture" },
        "aws.protocols#restJson1": {},
        "smithy.rules#endpointRuleSet": rules,
    });
    traits.as_object().cloned().unwrap_or_default()
}
