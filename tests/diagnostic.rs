//! Every report about a broken model, as a snapshot.
//!
//! To accept a change, look at the difference and run
//! `INSTA_UPDATE=always cargo test -p workspace-tests --test diagnostic`.

#![cfg(test)]

#[path = "diagnostic/event_stream.rs"]
mod event_stream;
#[path = "diagnostic/kind_and_name.rs"]
mod kind_and_name;
#[path = "diagnostic/page_and_waiter.rs"]
mod page_and_waiter;
#[path = "diagnostic/rule.rs"]
mod rule;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use event_stream::event_streams;
use kind_and_name::kinds_and_names;
use page_and_waiter::{pages, until, waiters, waiting};
use serde_json::{Value, json};
use smithy_reqwest_codegen::{Error, Options, generate};
use workspace_tests::fixture;

/// A model with one operation, `Put`, whose input and other shapes are given.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a case reads best as one expression"
)]
fn put(uri: &str, input: Value, others: Value) -> Value {
    let mut shapes = json!({
        "fixture#Put": {
            "type": "operation",
            "input": { "target": "fixture#PutInput" },
            "traits": { "smithy.api#http": { "method": "PUT", "uri": uri } },
        },
        "fixture#PutInput": { "type": "structure", "members": input },
    });
    let others = others.as_object().unwrap().clone();
    shapes.as_object_mut().unwrap().extend(others);
    json!({ "shapes": shapes })
}

/// An operation of a URI.
fn of_uri(uri: &str) -> Value {
    let http = json!({ "method": "GET", "uri": uri });
    json!({ "type": "operation", "traits": { "smithy.api#http": http } })
}

/// The cases whose whole text is given.
fn texts() -> Vec<(&'static str, String)> {
    vec![
        (
            "not_json",
            "{\n  \"smithy\": \"2.0\",\n  \"shapes\": {,}\n}".to_owned(),
        ),
        ("empty", String::new()),
        (
            "truncated",
            "{ \"smithy\": \"2.0\", \"shapes\": {".to_owned(),
        ),
        (
            "not_an_ast",
            "{ \"openapi\": \"3.1.0\", \"paths\": {} }".to_owned(),
        ),
        ("an_array", "[]".to_owned()),
        (
            "unknown_version",
            "{ \"smithy\": \"3.0\", \"shapes\": {} }".to_owned(),
        ),
        (
            "no_service",
            "{ \"smithy\": \"2.0\", \"shapes\": {} }".to_owned(),
        ),
    ]
}

/// The cases that are a service around broken shapes.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn shapes() -> Vec<(&'static str, Value)> {
    let string = json!({ "target": "smithy.api#String" });
    let label = json!({
        "target": "smithy.api#String",
        "traits": { "smithy.api#httpLabel": {}, "smithy.api#required": {} },
    });
    vec![
        (
            "several_services",
            json!({ "shapes": { "other#Other": { "type": "service", "version": "1" } } }),
        ),
        (
            "defaults_that_do_not_fit",
            put(
                "/put",
                json!({
                    "narrow": {
                        "target": "smithy.api#Byte", "traits": { "smithy.api#default": 300 },
                    },
                    "text": {
                        "target": "smithy.api#String", "traits": { "smithy.api#default": 1 },
                    },
                    "bytes": {
                        "target": "smithy.api#Blob", "traits": { "smithy.api#default": "***" },
                    },
                    "at": {
                        "target": "smithy.api#Timestamp",
                        "traits": { "smithy.api#default": 1e300 },
                    },
                    "color": {
                        "target": "fixture#Color", "traits": { "smithy.api#default": "PLAID" },
                    },
                    "anything": {
                        "target": "smithy.api#Document", "traits": { "smithy.api#default": [1] },
                    },
                    "inner": {
                        "target": "fixture#Inner", "traits": { "smithy.api#default": {} },
                    },
                    "list": {
                        "target": "fixture#Texts", "traits": { "smithy.api#default": ["a"] },
                    },
                    "map": {
                        "target": "fixture#Notes", "traits": { "smithy.api#default": { "a": "b" } },
                    },
                    "right": {
                        "target": "smithy.api#Document", "traits": { "smithy.api#default": null },
                    },
                }),
                json!({
                    "fixture#Texts": { "type": "list", "member": string },
                    "fixture#Notes": { "type": "map", "key": string, "value": string },
                    "fixture#Color": {
                        "type": "enum", "members": { "RED": { "target": "smithy.api#Unit" } },
                    },
                    "fixture#Inner": { "type": "structure", "members": {} },
                }),
            ),
        ),
        (
            "other_protocol",
            json!({ "shapes": {
                "fixture#Fixture": {
                    "type": "service",
                    "version": "1",
                    "operations": [{ "target": "fixture#Put" }],
                    "traits": { "smithy.protocols#morse": {} },
                },
                "fixture#Put": { "type": "operation" },
            } }),
        ),
        (
            "amazon_s3",
            json!({
                "service": {
                    "aws.api#service": { "sdkId": "S3", "endpointPrefix": "s3" },
                    "aws.protocols#restJson1": null,
                    "aws.protocols#restXml": { "noErrorWrapping": true },
                },
                "shapes": {
                    "fixture#ListBuckets": {
                        "type": "operation",
                        "traits": { "smithy.api#http": { "method": "GET", "uri": "/" } },
                    },
                },
            }),
        ),
        (
            "malformed_shapes",
            put(
                "/",
                json!({ "a": string }),
                json!({
                    "fixture#NoType": { "members": {} },
                    "fixture#BadMember": { "type": "structure", "members": { "a": { "target": 1 } } },
                    "fixture#BadTraits": { "type": "string", "traits": [] },
                }),
            ),
        ),
        (
            "malformed_traits",
            put(
                "/",
                json!({
                    "documented": {
                        "target": "smithy.api#String",
                        "traits": { "smithy.api#documentation": ["no text"] },
                    },
                    "at": {
                        "target": "smithy.api#Timestamp",
                        "traits": { "smithy.api#timestampFormat": "unix" },
                    },
                    "header": {
                        "target": "smithy.api#String", "traits": { "smithy.api#httpHeader": {} },
                    },
                    "old": { "target": "fixture#Old" },
                }),
                json!({
                    "fixture#Old": { "type": "string", "traits": {
                        "smithy.api#deprecated": { "since": 2 },
                        "smithy.api#enum": [{ "name": "A" }],
                    } },
                    "fixture#NotNeeded": { "type": "string", "traits": { "smithy.api#pattern": "(" } },
                }),
            ),
        ),
        (
            "malformed_retryable",
            json!({ "shapes": {
                "fixture#Try": {
                    "type": "operation",
                    "errors": [{ "target": "fixture#Busy" }],
                    "traits": { "smithy.api#http": { "method": "GET", "uri": "/" } },
                },
                "fixture#Busy": { "type": "structure", "members": {}, "traits": {
                    "smithy.api#error": "server",
                    "smithy.api#retryable": { "throttling": "yes" },
                } },
            } }),
        ),
        (
            "unknown_kind",
            put(
                "/",
                json!({ "a": { "target": "fixture#A" } }),
                json!({ "fixture#A": { "type": "strnig" } }),
            ),
        ),
        (
            "mixin",
            put(
                "/",
                json!({ "a": { "target": "fixture#A" } }),
                json!({
                    "fixture#A": { "type": "structure", "mixins": [{ "target": "fixture#M" }] },
                }),
            ),
        ),
        (
            "dangling_target",
            put(
                "/",
                json!({ "a": { "target": "fixture#Boxx" } }),
                json!({ "fixture#Box": { "type": "structure" } }),
            ),
        ),
        (
            "unsupported_kind",
            put(
                "/",
                json!({ "a": { "target": "fixture#U" } }),
                json!({
                    "fixture#U": { "type": "resource" },
                }),
            ),
        ),
        (
            "stream_in_the_body",
            put(
                "/",
                json!({ "a": { "target": "fixture#S" } }),
                json!({ "fixture#S": { "type": "blob", "traits": { "smithy.api#streaming": {} } } }),
            ),
        ),
        (
            "unsupported_auth",
            json!({
                "service": { "smithy.api#httpApiKeyAuth": { "name": "x-api-key", "in": "header" } },
                "shapes": { "fixture#Put": {
                    "type": "operation",
                    "traits": {
                        "smithy.api#http": { "method": "PUT", "uri": "/" },
                        "smithy.api#auth": ["smithy.api#httpApiKeyAuth", "aws.auth#sigv4a"],
                    },
                } },
            }),
        ),
        (
            "one_code_for_two",
            json!({ "rename": { "other#Rude": "OtherRude" }, "shapes": {
                "fixture#Put": {
                    "type": "operation",
                    "errors": [{ "target": "fixture#Rude" }, { "target": "other#Rude" }],
                    "traits": { "smithy.api#http": { "method": "PUT", "uri": "/" } },
                },
                "fixture#Rude": { "type": "structure", "traits": { "smithy.api#error": "client" } },
                "other#Rude": { "type": "structure", "traits": { "smithy.api#error": "client" } },
            } }),
        ),
        (
            "flexible_checksum",
            json!({ "shapes": { "fixture#Put": {
                "type": "operation",
                "traits": {
                    "smithy.api#http": { "method": "PUT", "uri": "/" },
                    "aws.protocols#httpChecksum": { "requestChecksumRequired": true },
                },
            } } }),
        ),
        (
            "a_member_beside_the_payload",
            put(
                "/",
                json!({
                    "a": { "target": "smithy.api#Blob", "traits": { "smithy.api#httpPayload": {} } },
                    "b": string,
                }),
                json!({}),
            ),
        ),
        (
            "one_name_for_two",
            put(
                "/",
                json!({ "a": { "target": "fixture#HTTPBox" }, "b": { "target": "fixture#HttpBox" } }),
                json!({
                    "fixture#HTTPBox": { "type": "structure" }, "fixture#HttpBox": { "type": "structure" },
                }),
            ),
        ),
        (
            "label_without_member",
            put("/{box}/{lid}", json!({ "box": label }), json!({})),
        ),
        (
            "member_without_label",
            put("/", json!({ "box": label }), json!({})),
        ),
        (
            "header_without_a_name",
            put(
                "/",
                json!({
                    "a": {
                        "target": "smithy.api#String",
                        "traits": { "smithy.api#httpHeader": "X Y\nZ: 1" },
                    },
                    "b": {
                        "target": "fixture#Notes",
                        "traits": { "smithy.api#httpPrefixHeaders": "x y-" },
                    },
                    "c": {
                        "target": "smithy.api#String", "traits": { "smithy.api#httpHeader": "" },
                    },
                }),
                json!({ "fixture#Notes": { "type": "map", "key": string, "value": string } }),
            ),
        ),
        (
            "bound_twice",
            put(
                "/{box}",
                json!({ "box": {
            "target": "smithy.api#String",
            "traits": { "smithy.api#httpLabel": {}, "smithy.api#httpQuery": "box", "smithy.api#required": {} },
        } }),
                json!({}),
            ),
        ),
        (
            "optional_label",
            put(
                "/{box}",
                json!({ "box": {
            "target": "smithy.api#String", "traits": { "smithy.api#httpLabel": {} },
        } }),
                json!({}),
            ),
        ),
        (
            "structure_in_the_query",
            put(
                "/",
                json!({ "box": {
            "target": "smithy.api#Unit", "traits": { "smithy.api#httpQuery": "box" },
        } }),
                json!({}),
            ),
        ),
        (
            "list_in_the_path",
            put(
                "/{box}",
                json!({ "box": {
                    "target": "fixture#Texts",
                    "traits": { "smithy.api#httpLabel": {}, "smithy.api#required": {} },
                } }),
                json!({ "fixture#Texts": { "type": "list", "member": string } }),
            ),
        ),
        (
            "malformed_uri",
            json!({ "shapes": {
                "fixture#A": of_uri("boxes/{box"),
                "fixture#B": of_uri("boxes"),
                "fixture#C": of_uri("/a b"),
                "fixture#D": of_uri("/\u{fc}"),
                "fixture#E": of_uri("/a?b=\"c\""),
            } }),
        ),
        (
            "malformed_constraints",
            put(
                "/",
                json!({ "a": { "target": "fixture#A" }, "b": { "target": "fixture#B" }, "c": { "target": "fixture#C" } }),
                json!({
                    "fixture#A": { "type": "string", "traits": { "smithy.api#pattern": "^[a-z$" } },
                    "fixture#B": { "type": "integer", "traits": { "smithy.api#range": { "min": 2, "max": 1 } } },
                    "fixture#C": { "type": "string", "traits": { "smithy.api#length": { "min": "one" } } },
                }),
            ),
        ),
        (
            "endless_recursion",
            put(
                "/",
                json!({ "a": { "target": "fixture#A" } }),
                json!({
                    "fixture#A": { "type": "structure", "members": {
                        "b": { "target": "fixture#B", "traits": { "smithy.api#required": {} } } } },
                    "fixture#B": { "type": "structure", "members": {
                        "a": { "target": "fixture#A", "traits": { "smithy.api#required": {} } } } },
                }),
            ),
        ),
        (
            "map_with_other_keys",
            put(
                "/",
                json!({ "a": { "target": "fixture#A" } }),
                json!({
                    "fixture#A": { "type": "map", "key": { "target": "smithy.api#Integer" } },
                    "fixture#PutOutput": {
                        "type": "structure", "members": { "a": { "target": "fixture#B" } },
                    },
                    "fixture#B": { "type": "list" },
                    "fixture#Get": {
                        "type": "operation",
                        "output": { "target": "fixture#PutOutput" },
                        "traits": { "smithy.api#http": { "method": "GET", "uri": "/" } },
                    },
                }),
            ),
        ),
        (
            "no_http_trait",
            json!({ "shapes": { "fixture#Put": { "type": "operation" } } }),
        ),
        (
            "malformed_http_trait",
            json!({ "shapes": {
            "fixture#A": { "type": "operation", "traits": { "smithy.api#http": { "method": "PUT" } } },
            "fixture#B": { "type": "operation", "traits": { "smithy.api#http": { "method": "SMASH", "uri": "/" } } },
        } }),
        ),
        (
            "decision_diagram_alone",
            json!({ "service": {
                "smithy.rules#endpointRuleSet": null,
                "smithy.rules#endpointBdd": { "version": "1.1" },
            }, "shapes": {} }),
        ),
        (
            "malformed_rules",
            json!({ "service": { "smithy.rules#endpointRuleSet": {
                "version": "1.0", "parameters": { "A": { "type": "integer" } }, "rules": [],
            } }, "shapes": {} }),
        ),
        (
            "parameter_without_a_value",
            json!({ "service": { "smithy.rules#endpointRuleSet": {
                "version": "1.0",
                "parameters": { "A": { "type": "string" } },
                "rules": [{ "type": "error", "conditions": [], "error": "no" }],
            } }, "shapes": {
                "fixture#Put": { "type": "operation", "traits": {
                    "smithy.api#http": { "method": "PUT", "uri": "/" },
                    "smithy.rules#operationContextParams": { "A": { "path": "a.b[" } },
                } },
                "fixture#Set": { "type": "operation", "traits": {
                    "smithy.api#http": { "method": "PUT", "uri": "/" },
                    "smithy.rules#operationContextParams": { "A": { "path": "a.b" } },
                } },
                "fixture#Yes": { "type": "operation", "traits": {
                    "smithy.api#http": { "method": "PUT", "uri": "/" },
                    "smithy.rules#staticContextParams": { "A": { "value": true } },
                } },
                "fixture#Flag": {
                    "type": "operation",
                    "input": { "target": "fixture#FlagInput" },
                    "traits": {
                        "smithy.api#http": { "method": "PUT", "uri": "/" },
                        "smithy.rules#operationContextParams": { "A": { "path": "flag" } },
                    },
                },
                "fixture#FlagInput": { "type": "structure", "members": {
                    "flag": { "target": "smithy.api#Boolean" },
                } },
                "fixture#Texts": {
                    "type": "operation",
                    "input": { "target": "fixture#TextsInput" },
                    "traits": { "smithy.api#http": { "method": "PUT", "uri": "/" } },
                },
                "fixture#TextsInput": { "type": "structure", "members": { "texts": {
                    "target": "fixture#TextList",
                    "traits": { "smithy.rules#contextParam": { "name": "A" } },
                } } },
                "fixture#TextList": { "type": "list", "member": string },
            } }),
        ),
        (
            "rule_with_an_absent_value",
            json!({ "service": { "smithy.rules#endpointRuleSet": {
                "version": "1.0",
                "parameters": { "A": { "type": "string" } },
                "rules": [{
                    "type": "error",
                    "conditions": [{ "fn": "not", "argv": [
                        { "fn": "stringEquals", "argv": [{ "ref": "A" }, "a"] },
                    ] }],
                    "error": "not a",
                }],
            } }, "shapes": {} }),
        ),
        (
            "unknown_rule_function",
            json!({ "service": { "smithy.rules#endpointRuleSet": {
            "version": "1.0", "parameters": {}, "rules": [{
                "type": "error", "conditions": [{ "fn": "divine", "argv": [] }], "error": "no",
            }],
        } }, "shapes": {} }),
        ),
        (
            "everything_at_once",
            put(
                "/{box}",
                json!({
                    "a": { "target": "fixture#Nothing" },
                    "b": { "target": "fixture#U" },
                    "c": { "target": "smithy.api#String", "traits": { "smithy.api#pattern": "(" } },
                }),
                json!({ "fixture#U": { "type": "resource" } }),
            ),
        ),
    ]
}

fn cases() -> Vec<(&'static str, String)> {
    let shapes = shapes()
        .into_iter()
        .chain(pages())
        .chain(event_streams())
        .chain(kinds_and_names())
        .chain(waiters())
        .map(|(name, shapes)| (name, fixture::model(&shapes)));
    texts().into_iter().chain(shapes).collect()
}

fn report(model: &str, options: &Options) -> String {
    match generate(model, options) {
        Err(Error::Model(problems)) => problems.to_string(),
        Err(other) => panic!("a bug in the generator: {other}"),
        Ok(_) => panic!("the model has no problem"),
    }
}

fn options() -> Options {
    Options::new("model.json", "fixture-client")
}

#[test]
fn a_protocol_that_the_service_does_not_speak_is_reported_with_those_that_it_does() {
    let model = fixture::model(&json!({ "service": { "aws.protocols#awsJson1_0": {} } }));
    let mut options = options();
    options.protocol = Some("awsJson1_1".to_owned());
    let report = report(&model, &options);
    for expected in [
        "`fixture#Fixture` cannot be called with `awsJson1_1`",
        "this service speaks aws.protocols#restJson1, aws.protocols#awsJson1_0",
        "choose one of `restJson1`, `awsJson1_0` with `--protocol`",
    ] {
        assert!(report.contains(expected), "{report}");
    }
}

#[test]
fn the_protocol_is_the_wanted_one_or_the_first_of_the_preferred_ones() {
    let model = fixture::model(&json!({ "service": {
        "aws.protocols#awsJson1_1": {},
        "aws.protocols#awsJson1_0": {},
    } }));
    for (wanted, expected) in [
        (None, "protocol: &RestJson1,"),
        (Some("awsJson1_0"), "&AwsJson::v1_0(\"Fixture\")"),
        (
            Some("aws.protocols#awsJson1_1"),
            "&AwsJson::v1_1(\"Fixture\")",
        ),
    ] {
        let mut options = options();
        options.protocol = wanted.map(str::to_owned);
        let generated = generate(&model, &options).unwrap();
        let client = &generated.library["client.rs"];
        assert!(client.contains(expected), "{client}");
    }
}

#[test]
fn every_broken_model_is_reported_as_its_snapshot_shows() {
    for (name, model) in cases() {
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(name, report(&model, &options()));
        });
    }
}

#[test]
fn a_wrong_name_of_an_operation_is_reported_with_the_nearest_one() {
    let model = fixture::model(&put("/", json!({}), json!({})));
    let mut options = options();
    options.operations = vec!["Pu".to_owned(), "Delete".to_owned()];
    let report = report(&model, &options);
    assert!(
        report.contains("`fixture#Fixture` has no operation `Pu`"),
        "{report}"
    );
    assert!(report.contains("did you mean `Put`?"), "{report}");
    assert!(
        report.contains("`fixture#Fixture` has no operation `Delete`"),
        "{report}"
    );
}

#[test]
fn of_very_many_operations_a_report_lists_the_first_ones() {
    let operation = |number| {
        let http = json!({ "method": "POST", "uri": format!("/{number}") });
        let shape = json!({ "type": "operation", "traits": { "smithy.api#http": http } });
        (format!("fixture#Send{number}"), shape)
    };
    for (count, end) in [
        (60, "Send158, Send159"),
        (61, "Send158, Send159, and 1 more"),
    ] {
        let shapes: serde_json::Map<_, _> = (100..100 + count).map(operation).collect();
        let mut options = options();
        options.operations = vec!["Receive".to_owned()];
        let report = report(&fixture::model(&json!({ "shapes": shapes })), &options);
        let label = format!("this service has {count} operations");
        assert!(report.contains(&label), "{report}");
        assert!(
            report.contains("= help: there are Send100, Send101, "),
            "{report}"
        );
        assert!(report.trim_end().ends_with(end), "{report}");
    }
}

#[test]
fn the_first_of_very_many_missing_targets_have_a_guess() {
    let missing = |number| {
        let target = json!({ "target": format!("fixture#Colour{number}") });
        (format!("member{number}"), target)
    };
    let members: serde_json::Map<_, _> = (10..50).map(missing).collect();
    let color = json!({ "fixture#Color": { "type": "string" } });
    let report = report(
        &fixture::model(&put("/", members.into(), color)),
        &options(),
    );
    assert_eq!(report.matches("which is not in the model").count(), 40);
    assert_eq!(report.matches("did you mean `Color`?").count(), 32);
}

#[test]
fn of_several_services_the_one_is_generated_that_is_named() {
    let other = json!({
        "type": "service",
        "version": "1",
        "operations": [{ "target": "fixture#Put" }],
        "traits": {
            "aws.api#service": { "sdkId": "Other" },
            "aws.auth#sigv4": { "name": "other" },
            "aws.protocols#restJson1": {},
            "smithy.rules#endpointRuleSet": {
                "version": "1.0", "parameters": {}, "rules": [{
                    "type": "endpoint", "conditions": [],
                    "endpoint": { "url": "https://other.example.com" },
                }],
            },
        },
    });
    let model = fixture::model(&put("/", json!({}), json!({ "other#Other": other })));
    for (name, url) in [
        ("Other", "https://other.example.com"),
        ("other#Other", "https://other.example.com"),
        ("Fixture", "https://fixture.example.com"),
        ("fixture#Fixture", "https://fixture.example.com"),
    ] {
        let mut options = options();
        options.service = Some(name.to_owned());
        let generated = generate(&model, &options).unwrap();
        let endpoint = &generated.library["endpoint.rs"];
        assert!(endpoint.contains(url), "{name}: {endpoint}");
    }
}

#[test]
fn a_wrong_name_of_a_service_is_reported_with_those_there_are() {
    let model = fixture::model(&put("/", json!({}), json!({})));
    let mut options = options();
    options.service = Some("Fixtures".to_owned());
    let report = report(&model, &options);
    assert!(
        report.contains("the model has no service `Fixtures`"),
        "{report}"
    );
    assert!(report.contains("`fixture#Fixture`"), "{report}");
    let none = "{ \"smithy\": \"2.0\", \"shapes\": {} }";
    let report = self::report(none, &options);
    assert!(
        report.starts_with("error: the model has no service\n"),
        "{report}"
    );
}

#[test]
fn what_is_not_supported_can_be_left_out() {
    let mut shapes = put(
        "/",
        json!({ "a": { "target": "fixture#U" } }),
        json!({ "fixture#U": { "type": "resource" } }),
    );
    shapes["shapes"]["fixture#Ping"] = json!({ "type": "operation", "traits": { "smithy.api#http": { "method": "GET", "uri": "/ping" } } });
    let mut options = options();
    options.skip_unsupported = true;
    let generated = generate(&fixture::model(&shapes), &options).unwrap();
    let skipped = &generated.service.skipped;
    assert_eq!(skipped.len(), 1);
    assert_eq!(skipped[0].operation, "Put");
    assert!(
        skipped[0].reason.contains("resource"),
        "{}",
        skipped[0].reason
    );
    assert!(generated.library["operation/mod.rs"].contains("- `Put`: "));
}

#[test]
fn a_waiter_that_is_not_supported_can_be_left_out_without_its_operation() {
    let shapes = waiting(json!({ "Ready": until("status"), "Sorted": until("sort(status)") }));
    let mut options = options();
    options.skip_unsupported = true;
    let generated = generate(&fixture::model(&shapes), &options).unwrap();
    let operations = &generated.service.operations;
    let names: Vec<&str> = operations[0].waiters.iter().map(|it| &*it.name).collect();
    assert_eq!(names, ["Ready"]);
    let skipped = &generated.service.skipped;
    assert_eq!(skipped[0].operation, "Get.Sorted");
    let expected = "its path `sort(status)`: unsupported function `sort`";
    assert_eq!(skipped[0].reason, expected);
}

#[test]
fn no_snapshot_is_an_orphan() {
    let expected: BTreeSet<String> = cases()
        .into_iter()
        .map(|(name, _)| format!("diagnostic__{name}.snap"))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let orphans: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("diagnostic__") && !expected.contains(name))
        .collect();
    assert_eq!(orphans, Vec::<String>::new(), "remove these files");
}
