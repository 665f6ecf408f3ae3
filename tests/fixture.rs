//! Small models, one feature each: `fixtures/*.json`.
//!
//! A fixture holds only the shapes of its feature. The service around them, which is the same for
//! all, is added here, and a fixture may give it other traits.

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
    let service = json!({
        "type": "service",
        "version": "2026-11-22",
        "operations": operations,
        "traits": traits,
    });
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
