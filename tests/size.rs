//! The generator takes models of any size, and what it makes grows as they do.
//!
//! Time is measured by nobody here, since a clock says as much of the machine as of the code. A
//! stage that were quadratic again would make these tests the slowest of all by far.

mod cost;

use serde_json::{Map, Value, json};
use smithy_reqwest_codegen::{Error, Generated, Options, generate};
use workspace_tests::fixture;

/// A name with a first word of its own, so that its type has a file of its own.
fn name(number: usize) -> String {
    let digits = format!("{number:05}");
    let letters = digits.bytes().map(|digit| char::from(digit - b'0' + b'a'));
    let word: String = letters.collect();
    format!("Q{word}Shape")
}

fn target(name: &str) -> Value {
    json!({ "target": format!("fixture#{name}") })
}

/// A service whose operations all send the first shape.
fn service(operations: usize, first: &str, mut shapes: Map<String, Value>) -> String {
    shapes.insert(
        "fixture#Input".to_owned(),
        json!({ "type": "structure", "members": { "first": target(first) } }),
    );
    for number in 0..operations {
        let operation = json!({
            "type": "operation",
            "input": target("Input"),
            "traits": { "smithy.api#http": { "method": "POST", "uri": format!("/{number}") } },
        });
        shapes.insert(format!("fixture#Send{}", name(number)), operation);
    }
    fixture::model(&json!({ "shapes": shapes }))
}

/// Shapes of which each refers to the next one, and the last one to text.
fn chain(length: usize, shape: impl Fn(usize, Value) -> Value) -> Map<String, Value> {
    let shapes = (0..length).map(|number| {
        let next = if number + 1 < length {
            target(&name(number + 1))
        } else {
            json!({ "target": "smithy.api#String" })
        };
        (format!("fixture#{}", name(number)), shape(number, next))
    });
    shapes.collect()
}

fn structure(next: &Value) -> Value {
    let text = json!({ "target": "smithy.api#String" });
    json!({ "type": "structure", "members": { "next": next, "text": text } })
}

fn generated(model: &str) -> Result<Generated, Error> {
    generate(model, &Options::new("size.json", "size-client"))
}

fn bytes(generated: &Generated) -> usize {
    generated.library.values().map(String::len).sum()
}

#[test]
fn ten_thousand_structures_in_each_other_make_ten_thousand_types() {
    let model = |length| service(1, &name(0), chain(length, |_, next| structure(&next)));
    let (tenth, whole) = (generated(&model(1_000)), generated(&model(10_000)));
    let (tenth, whole) = (tenth.unwrap(), whole.unwrap());
    assert_eq!(whole.service.types.len(), 10_000);
    assert!(bytes(&whole) <= 10 * bytes(&tenth));
}

#[test]
fn a_structure_is_in_itself_through_ten_thousand_others() {
    let mut shapes = chain(10_000, |number, next| match number % 4 {
        0 => json!({ "type": "list", "member": next }),
        1 => json!({ "type": "map", "key": { "target": "smithy.api#String" }, "value": next }),
        2 => json!({ "type": "union", "members": { "next": next } }),
        _ => structure(&next),
    });
    let last = format!("fixture#{}", name(9_999));
    shapes.insert(last, structure(&target(&name(0))));
    let generated = generated(&service(1, &name(0), shapes)).unwrap();
    assert_eq!(generated.service.types.len(), 5_000);
}

#[test]
fn lists_in_each_other_without_an_end_are_reported_and_fill_no_stack() {
    let lists = |last: Option<Value>| {
        let mut shapes = chain(10_000, |_, next| json!({ "type": "list", "member": next }));
        if let Some(member) = last {
            let last = format!("fixture#{}", name(9_999));
            shapes.insert(last, json!({ "type": "list", "member": member }));
        }
        generated(&service(1, &name(0), shapes))
            .unwrap_err()
            .to_string()
    };
    assert!(lists(None).contains("has more than 32 nested lists and maps"));
    let nested = |length| {
        let shapes = chain(length, |_, next| json!({ "type": "list", "member": next }));
        generated(&service(1, &name(0), shapes)).is_ok()
    };
    assert_eq!([32, 33].map(nested), [true, false]);
    assert!(lists(Some(target(&name(0)))).contains("contains itself through lists and maps alone"));
}

#[test]
fn three_hundred_operations_share_a_thousand_types() {
    let model = |operations| {
        let shapes = chain(1_000, |_, next| structure(&next));
        generated(&service(operations, &name(0), shapes)).unwrap()
    };
    let (tenth, whole) = (model(30), model(300));
    assert_eq!(whole.service.operations.len(), 300);
    assert_eq!(whole.service.types.len(), 1_000);
    assert!(bytes(&whole) <= 10 * bytes(&tenth));
}

#[test]
fn a_report_of_ten_thousand_problems_shows_the_first_ones() {
    let missing = |number: usize, next: Value| {
        let missing = target(&format!("Missing{number}"));
        json!({ "type": "structure", "members": { "next": next, "missing": missing } })
    };
    let shapes = chain(10_000, missing);
    let report = generated(&service(1, &name(0), shapes))
        .unwrap_err()
        .to_string();
    assert!(report.contains("`fixture#Missing1`"));
    assert!(
        report.ends_with("… and 9900 more problems"),
        "{}",
        report.len()
    );
}
