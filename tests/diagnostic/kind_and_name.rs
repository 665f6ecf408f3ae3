//! Models with shapes that do not fit their places, and with names that two shapes share.

use serde_json::{Value, json};

/// The cases.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub(super) fn kinds_and_names() -> Vec<(&'static str, Value)> {
    let string = json!({ "target": "smithy.api#String" });
    let bound = |target: &str, binding: &str| {
        let place = if binding.ends_with("Headers") {
            json!("x-")
        } else {
            json!({})
        };
        json!({ "target": target, "traits": { binding: place } })
    };
    let host = |prefix: &str| {
        json!({
            "type": "operation",
            "input": { "target": "fixture#Input" },
            "traits": {
                "smithy.api#endpoint": { "hostPrefix": prefix },
                "smithy.api#http": { "method": "POST", "uri": "/" },
            },
        })
    };
    let put = |shapes: Value| {
        let mut all = json!({
            "fixture#Put": {
                "type": "operation",
                "input": { "target": "fixture#PutInput" },
                "traits": { "smithy.api#http": { "method": "PUT", "uri": "/put" } },
            },
        });
        let shapes = shapes.as_object().unwrap().clone();
        all.as_object_mut().unwrap().extend(shapes);
        json!({ "shapes": all })
    };
    let case = |id: &str, params: Value| {
        json!({
            "id": id, "protocol": "aws.protocols#restJson1", "method": "PUT", "uri": "/put",
            "params": params,
        })
    };
    vec![
        (
            "kinds_that_do_not_fit",
            put(json!({
                "fixture#PutInput": { "type": "structure", "members": {
                    "operation": { "target": "fixture#Put" },
                    "headers": bound("fixture#Numbers", "smithy.api#httpPrefixHeaders"),
                    "parameters": bound("smithy.api#String", "smithy.api#httpQueryParams"),
                    "sparse": bound("fixture#Sparse", "smithy.api#httpPrefixHeaders"),
                    "lists": bound("fixture#Lists", "smithy.api#httpQueryParams"),
                    "status": bound("smithy.api#String", "smithy.api#httpResponseCode"),
                    "token": bound("smithy.api#Integer", "smithy.api#idempotencyToken"),
                } },
                "fixture#Numbers": {
                    "type": "map", "key": string, "value": { "target": "smithy.api#Integer" },
                },
                "fixture#Sparse": {
                    "type": "map", "key": string, "value": string,
                    "traits": { "smithy.api#sparse": {} },
                },
                "fixture#Lists": {
                    "type": "map", "key": string, "value": { "target": "fixture#SparseList" },
                },
                "fixture#SparseList": {
                    "type": "list", "member": string, "traits": { "smithy.api#sparse": {} },
                },
                "fixture#Get": {
                    "type": "operation",
                    "output": { "target": "smithy.api#String" },
                    "traits": { "smithy.api#http": { "method": "GET", "uri": "/get" } },
                },
            })),
        ),
        (
            "a_host_that_does_not_fit",
            json!({ "shapes": {
                "fixture#Blank": host("a b."),
                "fixture#Nobody": host("{nobody}."),
                "fixture#Optional": host("{account}."),
                "fixture#Query": host("a?b."),
                "fixture#Input": { "type": "structure", "members": {
                    "account": bound("smithy.api#String", "smithy.api#hostLabel"),
                } },
            } }),
        ),
        (
            "what_is_the_same_on_the_wire",
            put(json!({
                "fixture#PutInput": { "type": "structure", "members": {
                    "one": string,
                    "two": { "target": "smithy.api#String", "traits": { "smithy.api#jsonName": "one" } },
                    "word": { "target": "fixture#Word" },
                    "digit": { "target": "fixture#Digit" },
                    "old": { "target": "fixture#Old" },
                } },
                "fixture#Word": { "type": "enum", "members": {
                    "A": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "B" } },
                    "B": { "target": "smithy.api#Unit" },
                } },
                "fixture#Digit": { "type": "intEnum", "members": {
                    "ONE": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 1 } },
                    "UNO": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 1 } },
                    "ONCE": { "target": "smithy.api#Unit" },
                } },
                "fixture#Old": { "type": "string", "traits": {
                    "smithy.api#enum": [{ "value": "a" }, { "value": "a" }],
                } },
            })),
        ),
        (
            "a_number_in_an_enum_of_text",
            put(json!({
                "fixture#PutInput": {
                    "type": "structure", "members": { "word": { "target": "fixture#Word" } },
                },
                "fixture#Word": { "type": "enum", "members": {
                    "A": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": 1 } },
                } },
            })),
        ),
        (
            "cases_that_do_not_fit",
            put(json!({
                "fixture#PutInput": { "type": "structure", "members": { "text": string } },
                "fixture#Put": {
                    "type": "operation",
                    "input": { "target": "fixture#PutInput" },
                    "traits": {
                        "smithy.api#http": { "method": "PUT", "uri": "/put" },
                        "smithy.test#httpRequestTests": [
                            case("NoText", json!({ "text": 1 })),
                            case("NoMember", json!({ "test": "a" })),
                        ],
                    },
                },
                "fixture#Get": {
                    "type": "operation",
                    "input": { "target": "fixture#GetInput" },
                    "traits": {
                        "smithy.api#http": { "method": "POST", "uri": "/get" },
                        "smithy.test#httpResponseTests": [{
                            "id": "Endless", "protocol": "aws.protocols#restJson1", "code": 200,
                        }],
                    },
                },
                "fixture#GetInput": {
                    "type": "structure", "members": { "box": {
                        "target": "fixture#Box", "traits": { "smithy.api#required": {} },
                    } },
                },
                "fixture#Box": { "type": "union", "members": {
                    "inside": { "target": "fixture#Inside" },
                } },
                "fixture#Inside": {
                    "type": "structure", "members": { "box": {
                        "target": "fixture#Box", "traits": { "smithy.api#required": {} },
                    } },
                },
            })),
        ),
        (
            "traits_applied_to_nothing",
            put(json!({
                "fixture#PutInput": { "type": "structure", "members": { "text": string } },
                "fixture#PutInput$test": { "type": "apply", "traits": {} },
                "fixture#PutOutput": { "type": "apply", "traits": {} },
                "fixture#PutInput$text": { "type": "apply", "traits": [] },
            })),
        ),
        (
            "no_protocol",
            json!({ "shapes": { "fixture#Fixture": { "type": "service", "version": "1" } } }),
        ),
        (
            "a_structure_among_operations",
            json!({ "shapes": {
                "fixture#Fixture": {
                    "type": "service",
                    "version": "1",
                    "operations": [{ "target": "fixture#Put" }],
                    "traits": { "aws.protocols#restJson1": {} },
                },
                "fixture#Put": { "type": "structure", "members": {} },
            } }),
        ),
        (
            "operations_of_one_name",
            put(json!({
                "other#Put": { "type": "operation" },
                "fixture#put": {
                    "type": "operation",
                    "traits": { "smithy.api#http": { "method": "PUT", "uri": "/" } },
                },
                "fixture#PutInput": { "type": "structure", "members": {} },
            })),
        ),
        ("names_that_xml_cannot_have", in_xml(put)),
    ]
}

/// A service of awsQuery, whose responses are XML.
fn in_xml(put: impl Fn(Value) -> Value) -> Value {
    let named = |name: &str| json!({ "target": "smithy.api#String", "traits": { "smithy.api#xmlName": name } });
    let mut model = put(json!({
        "fixture#PutInput": { "type": "structure", "members": {
            "two words": { "target": "smithy.api#String" },
            "1st": named("first"),
            "one": named("One"),
            "One": { "target": "smithy.api#String" },
            "angle": named("a<b"),
            "colons": named("a:b:c"),
            "prefixed": named("a:b"),
            "parts": {
                "target": "fixture#Parts",
                "traits": { "smithy.api#xmlAttribute": {} },
            },
            "spaced": {
                "target": "smithy.api#String",
                "traits": { "smithy.api#xmlNamespace": { "uri": "u", "prefix": "a b" } },
            },
        } },
        "fixture#Parts": { "type": "list", "member": { "target": "smithy.api#String" } },
    }));
    model["service"] = json!({
        "aws.protocols#restJson1": null,
        "aws.protocols#awsQuery": {},
        "smithy.api#xmlNamespace": { "uri": "https://fixture.example.com/" },
    });
    model
}
