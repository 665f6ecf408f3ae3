//! Our model of AppFlow has the facts of the official one, and documentation and endpoint rules of
//! our own.

use std::fs;
use std::path::Path;

use appflow_client::endpoint::{self, Params};
use serde_json::Value;
use workspace_tests::fact::{self, DOCUMENTATION};
use workspace_tests::shared;

fn model(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn our_model() -> Value {
    model(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/appflow.json"))
}

/// The official model, where it is beside the checkout. In CI it has to be.
fn official_model() -> Option<Value> {
    Some(model(&shared("models/appflow-2020-08-23.json")?))
}

#[test]
fn the_facts_are_those_of_the_official_model_and_newer_ones() {
    if let Some(mut official) = official_model() {
        fact::add_newer(&mut official);
        assert_eq!(fact::difference(&our_model(), &official), None);
    }
}

/// `cargo codegen refresh` prints this layout, so that its line diff has the changes alone.
#[test]
fn the_model_is_pretty_json() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../model/appflow.json");
    let pretty = serde_json::to_string_pretty(&our_model()).unwrap() + "\n";
    assert_eq!(fs::read_to_string(path).unwrap(), pretty);
}

#[test]
fn every_operation_structure_and_member_is_documented() {
    for (id, shape) in our_model()["shapes"].as_object().unwrap() {
        let kind = shape["type"].as_str().unwrap();
        if !["service", "operation", "structure", "enum"].contains(&kind) {
            continue;
        }
        assert!(shape["traits"][DOCUMENTATION].is_string(), "{id}");
        for (name, member) in shape["members"].as_object().into_iter().flatten() {
            assert!(member["traits"][DOCUMENTATION].is_string(), "{id}${name}");
        }
    }
}

/// Cases of April 2025 that want an error for want of dual-stack endpoints. By now AWS's list of
/// partitions (`partitions.data.json`) has them in these two, at `api.aws.ic.gov` and
/// `api.aws.scloud`.
const OUTDATED: [&str; 4] = [
    "For region us-iso-east-1 with FIPS enabled and DualStack enabled",
    "For region us-iso-east-1 with FIPS disabled and DualStack enabled",
    "For region us-isob-east-1 with FIPS enabled and DualStack enabled",
    "For region us-isob-east-1 with FIPS disabled and DualStack enabled",
];

#[test]
fn the_endpoints_are_those_of_the_official_cases() {
    let Some(official) = official_model() else {
        return;
    };
    let service = &official["shapes"]["com.amazonaws.appflow#SandstoneConfigurationServiceLambda"];
    let cases = &service["traits"]["smithy.rules#endpointTests"]["testCases"];
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 40);
    let disagreeing = cases.iter().filter(|case| {
        let found = endpoint::resolve(&params(&case["params"]));
        // Where a case wants an error, any will do: the words of the rules are our own.
        let found = found.as_ref().ok().map(|endpoint| endpoint.url.as_str());
        found != case["expect"]["endpoint"]["url"].as_str()
    });
    let disagreeing: Vec<_> = disagreeing
        .map(|case| case["documentation"].as_str().unwrap())
        .collect();
    assert_eq!(disagreeing, OUTDATED);
}

fn params(case: &Value) -> Params {
    let given = case.as_object().into_iter().flatten();
    let mut params = Params::default();
    for (name, value) in given {
        let text = || value.as_str().map(str::to_owned);
        let flag = || value.as_bool().unwrap();
        match name.as_str() {
            "Region" => params.region = text(),
            "UseFIPS" => params.use_fips = flag(),
            "UseDualStack" => params.use_dual_stack = flag(),
            "Endpoint" => params.endpoint = text(),
            other => panic!("unknown parameter {other}"),
        }
    }
    params
}
