//! Models with broken pages and broken waiters.

use serde_json::{Value, json};

/// The cases of an operation, `List`, whose pages are as said.
pub(super) fn pages() -> Vec<(&'static str, Value)> {
    let list = |paginated: Value| {
        let string = json!({ "target": "smithy.api#String" });
        json!({ "shapes": {
            "fixture#List": {
                "type": "operation",
                "input": { "target": "fixture#ListInput" },
                "output": { "target": "fixture#ListOutput" },
                "traits": {
                    "smithy.api#http": { "method": "GET", "uri": "/" },
                    "smithy.api#paginated": paginated,
                },
            },
            "fixture#ListInput": { "type": "structure", "members": {
                "page": { "target": "smithy.api#Integer" },
                "token": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } },
            } },
            "fixture#ListOutput": { "type": "structure", "members": {
                "next": string,
                "result": { "target": "fixture#Result" },
            } },
            "fixture#Result": { "type": "structure", "members": { "next": string } },
        } })
    };
    vec![
        (
            "pages_that_name_what_is_not_there",
            list(json!({
                "inputToken": "marker",
                "outputToken": "result.next.next",
                "items": "result.items",
                "pageSize": "page.size",
            })),
        ),
        (
            "pages_of_other_types",
            list(json!({ "inputToken": "page", "outputToken": "result", "items": "next" })),
        ),
        (
            "pages_with_a_required_token",
            list(json!({ "inputToken": "token", "outputToken": "next" })),
        ),
        ("pages_without_tokens", list(json!({ "pageSize": "page" }))),
        (
            "malformed_pagination",
            list(json!({ "inputToken": ["page"] })),
        ),
    ]
}

/// A model of an operation, `Get`, with these waiters.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a case reads best as one expression"
)]
pub(super) fn waiting(waiters: Value) -> Value {
    json!({ "shapes": {
        "fixture#Get": {
            "type": "operation",
            "output": { "target": "fixture#GetOutput" },
            "traits": {
                "smithy.api#http": { "method": "GET", "uri": "/" },
                "smithy.waiters#waitable": waiters,
            },
        },
        "fixture#GetOutput": { "type": "structure", "members": {
            "status": { "target": "smithy.api#String" },
            "since": { "target": "smithy.api#Timestamp" },
        } },
    } })
}

/// A waiter for an output in which a path leads to what is true.
pub(super) fn until(path: &str) -> Value {
    let output = json!({ "path": path, "expected": "true", "comparator": "booleanEquals" });
    json!({ "acceptors": [{ "state": "success", "matcher": { "output": output } }] })
}

/// The cases of waiters.
pub(super) fn waiters() -> Vec<(&'static str, Value)> {
    let mut other = until("status");
    other["acceptors"][0]["matcher"]["output"]["expected"] = json!("yes");
    let mut backwards = until("status");
    backwards["minDelay"] = json!(200);
    let failing = json!({ "state": "failure", "matcher": { "success": false } });
    vec![
        (
            "malformed_waitable",
            waiting(json!({ "Ready": { "acceptors": [{ "state": "done" }] } })),
        ),
        (
            "malformed_waiters",
            waiting(json!({
                "Backwards": backwards,
                "Hopeless": { "acceptors": [failing] },
                "Other": other,
            })),
        ),
        (
            "unsupported_waiters",
            waiting(json!({
                "Cut": until("status["),
                "Deep": until("status.code"),
                "Sorted": until("sort(status)"),
                "Timed": until("since > `0`"),
                "Unknown": until("state"),
            })),
        ),
        ("waiter_of_a_stream", {
            let mut model = waiting(json!({ "Ready": until("status") }));
            model["shapes"]["fixture#GetOutput"]["members"] = json!({
                "status": {
                    "target": "smithy.api#String",
                    "traits": { "smithy.api#httpHeader": "x-status" },
                },
                "data": {
                    "target": "fixture#Data",
                    "traits": { "smithy.api#httpPayload": {} },
                },
            });
            model["shapes"]["fixture#Data"] =
                json!({ "type": "blob", "traits": { "smithy.api#streaming": {} } });
            model
        }),
    ]
}
