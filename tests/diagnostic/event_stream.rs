//! Models with event streams in wrong places, and with events that no message can hold.

use serde_json::{Value, json};

/// An operation with these members of its input, and other shapes.
fn listen(input: &Value, others: &Value) -> Value {
    let mut shapes = json!({
        "fixture#Listen": {
            "type": "operation",
            "input": { "target": "fixture#ListenInput" },
            "traits": { "smithy.api#http": { "method": "POST", "uri": "/listen" } },
        },
        "fixture#ListenInput": { "type": "structure", "members": input },
    });
    let others = others.as_object().unwrap().clone();
    shapes.as_object_mut().unwrap().extend(others);
    json!({ "shapes": shapes })
}

/// A member that is the body.
fn body(target: &str) -> Value {
    json!({ "target": target, "traits": { "smithy.api#httpPayload": {} } })
}

/// A stream of events.
fn stream(events: &Value) -> Value {
    json!({ "type": "union", "traits": { "smithy.api#streaming": {} }, "members": events })
}

/// An operation whose events have these members.
fn events(members: &Value, others: &Value) -> Value {
    let mut shapes = json!({
        "fixture#Noise": stream(&json!({ "sound": { "target": "fixture#Sound" } })),
        "fixture#Sound": { "type": "structure", "members": members },
    });
    let others = others.as_object().unwrap().clone();
    shapes.as_object_mut().unwrap().extend(others);
    listen(&json!({ "noise": body("fixture#Noise") }), &shapes)
}

/// The cases.
pub(super) fn event_streams() -> Vec<(&'static str, Value)> {
    let noise = || json!({ "target": "fixture#Noise" });
    let silence = json!({ "type": "structure", "members": {} });
    let bound = |target: &str, place: &str| json!({ "target": target, "traits": { place: {} } });
    let header = |target: &str| bound(target, "smithy.api#eventHeader");
    let payload = |target: &str| bound(target, "smithy.api#eventPayload");
    vec![
        (
            "event_streams_in_wrong_places",
            listen(
                &json!({ "noise": body("fixture#Noise"), "inner": { "target": "fixture#Inner" } }),
                &json!({
                    "fixture#Noise": stream(&json!({ "again": { "target": "fixture#Inner" } })),
                    "fixture#Inner": { "type": "structure", "members": {
                        "noise": noise(), "noises": { "target": "fixture#Noises" },
                        "all": { "target": "fixture#ListenInput" },
                    } },
                    "fixture#Noises": { "type": "list", "member": noise() },
                }),
            ),
        ),
        (
            "event_stream_outside_the_body",
            listen(
                &json!({ "noise": noise() }),
                &json!({ "fixture#Noise": stream(&json!({})) }),
            ),
        ),
        (
            "two_event_streams",
            listen(
                &json!({ "first": body("fixture#Noise"), "second": noise() }),
                &json!({
                    "fixture#Noise": stream(&json!({ "silence": { "target": "fixture#Silence" } })),
                    "fixture#Silence": silence,
                }),
            ),
        ),
        (
            "streaming_of_the_wrong_kinds",
            listen(
                &json!({ "noise": body("fixture#Noise"), "name": { "target": "fixture#Name" } }),
                &json!({
                    "fixture#Noise": stream(&json!({
                        "text": { "target": "smithy.api#String" },
                        "choice": { "target": "fixture#Choice" },
                    })),
                    "fixture#Choice": { "type": "union", "members": {
                        "text": { "target": "smithy.api#String" },
                    } },
                    "fixture#Name": { "type": "string", "traits": { "smithy.api#streaming": {} } },
                }),
            ),
        ),
        (
            "event_headers_and_payloads_of_the_wrong_kinds",
            events(
                &json!({
                    "ratio": header("smithy.api#Double"),
                    "names": header("fixture#Names"),
                    "count": payload("smithy.api#Integer"),
                }),
                &json!({
                    "fixture#Names": { "type": "list", "member": { "target": "smithy.api#String" } },
                }),
            ),
        ),
        (
            "two_event_payloads",
            events(
                &json!({
                    "first": payload("smithy.api#Blob"),
                    "second": payload("smithy.api#String"),
                    "beside": { "target": "smithy.api#String" },
                    "both": { "target": "smithy.api#String", "traits": {
                        "smithy.api#eventHeader": {}, "smithy.api#eventPayload": {},
                    } },
                }),
                &json!({}),
            ),
        ),
        ("pages_of_an_event_stream", pages(&noise())),
        ("event_stream_of_awsquery", {
            let mut model = events(&json!({}), &json!({}));
            model["service"] = json!({
                "aws.protocols#restJson1": null, "aws.protocols#awsQuery": {},
            });
            model
        }),
        ("malformed_versions_of_http", {
            let mut model = events(&json!({}), &json!({}));
            model["service"] = json!({ "aws.protocols#restJson1": { "eventStreamHttp": "h2" } });
            model
        }),
        ("event_case_that_does_not_fit", cases()),
    ]
}

/// An operation that has pages and sends events.
fn pages(noise: &Value) -> Value {
    let mut model = events(&json!({}), &json!({}));
    let shapes = &mut model["shapes"];
    shapes["fixture#Listen"]["traits"]["smithy.api#paginated"] =
        json!({ "inputToken": "token", "outputToken": "token" });
    shapes["fixture#Listen"]["output"] = json!({ "target": "fixture#ListenOutput" });
    let token = json!({ "target": "smithy.api#String" });
    shapes["fixture#ListenOutput"] = json!({ "type": "structure", "members": { "token": token } });
    shapes["fixture#ListenInput"]["members"] = json!({
        "noise": { "target": noise["target"], "traits": { "smithy.api#httpPayload": {} } },
        "token": { "target": "smithy.api#String", "traits": { "smithy.api#httpQuery": "token" } },
    });
    model
}

/// Cases of events that the operation does not have, and of several exchanges at once.
fn cases() -> Value {
    let mut model = events(&json!({}), &json!({}));
    let shapes = &mut model["shapes"];
    shapes["fixture#Hear"] = json!({
        "type": "operation",
        "output": { "target": "fixture#HearOutput" },
        "traits": { "smithy.api#http": { "method": "POST", "uri": "/hear" } },
    });
    let members = json!({ "noise": body("fixture#Noise") });
    shapes["fixture#HearOutput"] = json!({ "type": "structure", "members": members });
    let event =
        |direction: &str| json!({ "type": direction, "params": { "sound": {} }, "bytes": "" });
    let (sent, received) = (event("request"), event("response"));
    let case = |id: &str, rest: Value| {
        let mut case = json!({ "id": id, "protocol": "aws.protocols#restJson1" });
        let rest = rest.as_object().unwrap().clone();
        case.as_object_mut().unwrap().extend(rest);
        case
    };
    let unnamed = json!({ "type": "request", "params": { "light": {} }, "bytes": "" });
    let opening = json!({ "method": "POST", "uri": "/listen" });
    let failure = json!({ "failure": {} });
    shapes["fixture#Listen"]["traits"]["smithy.test#eventStreamTests"] = json!([
        case("Unnamed", json!({ "events": [unnamed] })),
        case("Received", json!({ "events": [received] })),
        case("Both", json!({ "events": [sent, received] })),
        case(
            "SentAndFailed",
            json!({ "events": [sent], "expectation": failure })
        ),
        case(
            "OpenedAndSent",
            json!({ "initialRequest": opening, "events": [sent] })
        ),
    ]);
    let mut unreadable = received.clone();
    unreadable["bytes"] = "no base64".into();
    shapes["fixture#Hear"]["traits"]["smithy.test#eventStreamTests"] = json!([
        case("Sent", json!({ "events": [sent] })),
        case(
            "FailedAfterTwo",
            json!({ "events": [received, received], "expectation": failure })
        ),
        case(
            "FailedOtherwise",
            json!({ "events": [received], "expectation": { "failure": { "errorId": "fixture#No" } } })
        ),
        case("Unreadable", json!({ "events": [unreadable] })),
    ]);
    model
}
