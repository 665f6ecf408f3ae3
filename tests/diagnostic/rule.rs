//! Endpoint rules that mean nothing, and what is reported about each.

use serde_json::{Value, json};
use workspace_tests::fixture;

use super::{options, report};

/// The report about a service with these rules and cases, and with a parameter for each type and
/// presence.
fn problems(rules: &Value, cases: &Value) -> String {
    let model = json!({
        "service": {
            "smithy.rules#endpointRuleSet": {
                "version": "1.1",
                "parameters": {
                    "Name": { "type": "string", "required": true },
                    "Maybe": { "type": "string" },
                    "Flag": { "type": "boolean", "required": true },
                },
                "rules": rules,
            },
            "smithy.rules#endpointTests": { "version": "1.0", "testCases": cases },
        },
        "shapes": {},
    });
    report(&fixture::model(&model), &options())
}

#[test]
fn a_rule_that_means_nothing_is_reported_with_its_problem() {
    let (name, maybe, flag) = (
        json!({ "ref": "Name" }),
        json!({ "ref": "Maybe" }),
        json!({ "ref": "Flag" }),
    );
    let call = |function: &str, argv: Value| json!({ "fn": function, "argv": argv });
    let url = |url: &Value| json!({ "conditions": [], "endpoint": { "url": url } });
    let under = |condition: Value| json!({ "conditions": [condition], "error": "no" });
    for (rule, problem) in [
        (url(&maybe), "where text belongs"),
        (url(&flag), "where text belongs"),
        (
            url(&"https://{Maybe}".into()),
            "uses `Maybe` in a template, but it is not text or may be absent",
        ),
        (
            url(&"https://{Flag}".into()),
            "uses `Flag` in a template, but it is not text or may be absent",
        ),
        (url(&"https://{Name".into()), "has unbalanced braces"),
        (
            url(&"https://{Nobody}".into()),
            "refers to `Nobody`, which is not in scope",
        ),
        (
            url(&"https://{Name#scheme}".into()),
            "reads `scheme` of a value that does not have it",
        ),
        (
            under(call("parseURL", json!([]))),
            "calls `parseURL` with too few arguments",
        ),
        (
            under(call("parseURL", json!([flag]))),
            "has a value of the wrong type",
        ),
        (
            under(call("split", json!([name, "-", -1]))),
            "has the number -1",
        ),
        (
            under(call("split", json!([name, null, 0]))),
            "has the unexpected value null",
        ),
        (
            under(call("getAttr", json!([name, "[0]"]))),
            "reads `[0]` of a value that does not have it",
        ),
        (
            under(call(
                "getAttr",
                json!([call("split", json!([name, "-", 0])), "[first]"]),
            )),
            "reads `[first]` of a value that does not have it",
        ),
        (
            under(call("getAttr", json!([name, 0]))),
            "calls `getAttr` with a path that is not text",
        ),
        (
            under(call("coalesce", json!([maybe, flag]))),
            "coalesces values of several types",
        ),
        (
            under(call("coalesce", json!([]))),
            "has a `coalesce` without arguments",
        ),
        (
            under(call("ite", json!([flag, name, flag]))),
            "has an `ite` of values of several types",
        ),
        (
            json!({ "conditions": [] }),
            "has a rule that leads to nothing",
        ),
    ] {
        let report = problems(&json!([rule]), &json!([]));
        assert!(report.contains(problem), "{problem}: {report}");
    }
}

#[test]
fn an_endpoint_case_that_does_not_fit_is_reported_with_its_problem() {
    let rules = json!([{ "conditions": [], "error": "no" }]);
    let error = json!({ "error": "no" });
    for (params, expect, problem) in [
        (
            json!({ "Nobody": "a" }),
            &error,
            "gives `Nobody`, which is not a parameter",
        ),
        (
            json!({ "Flag": "true" }),
            &error,
            "gives `Flag` a value of another type",
        ),
        (json!({}), &json!({}), "has a case that expects nothing"),
    ] {
        let report = problems(&rules, &json!([{ "params": params, "expect": expect }]));
        assert!(report.contains(problem), "{problem}: {report}");
    }
}
