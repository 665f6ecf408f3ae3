//! Operations, types, values and errors: what they are to users.

use serde_json::{Value, json};
use smithy_reqwest_codegen::diff::Class::{Major, Minor, Patch};
use smithy_reqwest_codegen::diff::Subject;

use super::{Case, deprecated, member, required, shapes, string, traits};

pub(super) fn operations() -> Vec<Case> {
    let operation = Subject::Operation;
    let new = shapes(
        "an operation is new",
        &[(Minor, operation)],
        &json!({
            "DropThing": {
                "type": "operation",
                "input": { "target": "fixture#DropThingInput" },
                "traits": { "smithy.api#http": { "method": "POST", "uri": "/drop" } },
            },
            "DropThingInput": { "type": "structure", "members": { "name": required(), "note": string() } },
        }),
    );
    let way = json!({ "inputToken": "next", "outputToken": "next", "items": "things" });
    let paged = traits(
        "answers come in pages",
        (Minor, operation),
        "ListThings",
        &json!({ "smithy.api#paginated": way }),
    );
    let waiter = traits(
        "a waiter is new",
        (Minor, operation),
        "ListThings",
        &json!({ "smithy.waiters#waitable": { "ThingsReady": waiter("READY") } }),
    );
    let old = traits(
        "an operation is deprecated",
        (Minor, operation),
        "PutThing",
        &deprecated(),
    );
    [
        new.reversed("an operation is gone", Major),
        paged.reversed("answers come in pages no more", Major),
        waiter.reversed("a waiter is gone", Major),
        old.reversed("an operation is deprecated no more", Patch),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) fn waiter(status: &str) -> Value {
    let output = json!({ "path": "status", "expected": status, "comparator": "stringEquals" });
    json!({ "acceptors": [{ "state": "success", "matcher": { "output": output } }] })
}

pub(super) fn types() -> Vec<Case> {
    let new = shapes(
        "a type is new, with the member that has it",
        &[(Minor, Subject::Type), (Minor, Subject::Member)],
        &json!({
            "PutThingInput": { "members": { "lamp": { "target": "fixture#Lamp" } } },
            "Lamp": { "type": "structure", "members": { "watts": { "target": "smithy.api#Integer" } } },
        }),
    );
    let union = shapes(
        "a structure is a union",
        &[(Major, Subject::Type)],
        &json!({ "Shelf": { "type": "union", "members": { "place": { "traits": null } } } }),
    );
    let received = shapes(
        "a type that is sent is received too",
        &[(Minor, Subject::Member), (Minor, Subject::Type)],
        &json!({ "PutThingOutput": { "members": { "shelf": { "target": "fixture#Shelf" } } } }),
    );
    new.reversed("a type is gone, with the member that had it", Major)
        .into_iter()
        .chain([union])
        .chain(received.reversed("a type that was received is only sent", Major))
        .collect()
}

pub(super) fn values() -> Vec<Case> {
    let minor = (Minor, Subject::EnumValue);
    let unit = json!({ "target": "smithy.api#Unit" });
    let number = json!({ "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 3 } });
    let new = member("a value is new", minor, ("Color", "GREEN"), &unit);
    let new_number = member(
        "a value of an integer enum is new",
        minor,
        ("Size", "HUGE"),
        &number,
    );
    let old = member(
        "a value is deprecated",
        minor,
        ("Color", "RED"),
        &json!({ "traits": deprecated() }),
    );
    let renamed = shapes(
        "a value has another name",
        &[(Major, Subject::EnumValue), (Minor, Subject::EnumValue)],
        &json!({ "Color": { "members": {
            "BLUE": null,
            "AZURE": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "blue" } },
        } } }),
    );
    [
        new.reversed("a value is gone", Major),
        new_number.reversed("a value of an integer enum is gone", Major),
        old.reversed("a value is deprecated no more", Patch),
    ]
    .into_iter()
    .flatten()
    .chain([renamed])
    .collect()
}

pub(super) fn errors() -> Vec<Case> {
    let busy = json!({
        "type": "structure",
        "members": { "message": string() },
        "traits": { "smithy.api#error": "server", "smithy.api#httpError": 503 },
    });
    let targets = |names: &[&str]| -> Vec<Value> {
        let names = names.iter();
        names
            .map(|name| json!({ "target": format!("fixture#{name}") }))
            .collect()
    };
    let new = shapes(
        "an error is new",
        &[(Minor, Subject::Error), (Patch, Subject::Documentation)],
        &json!({ "Busy": busy, "PutThing": { "errors": targets(&["NotFound", "Busy"]) } }),
    );
    let gone = Case {
        name: "an error is gone",
        expected: vec![(Major, Subject::Error), (Patch, Subject::Documentation)],
        old: new.new.clone(),
        new: new.old.clone(),
    };
    let declared = shapes(
        "an operation declares an error of another",
        &[(Patch, Subject::Documentation)],
        &json!({ "ListThings": { "errors": targets(&["NotFound"]) } }),
    );
    let minor = (Minor, Subject::Member);
    let extra = member(
        "a member of an error is new",
        minor,
        ("NotFound", "extra"),
        &string(),
    );
    let wire = (Patch, Subject::Wire);
    let status = json!({ "smithy.api#httpError": 410 });
    let retryable = json!({ "smithy.api#retryable": { "throttling": true } });
    vec![
        new,
        gone,
        declared,
        extra,
        traits("an error has another status", wire, "NotFound", &status),
        traits(
            "an error is worth another attempt",
            wire,
            "NotFound",
            &retryable,
        ),
    ]
}
