//! Changes of the facts of a service that its protocol uses.

use serde_json::Value;
use smithy_reqwest_codegen::diff::Subject;
use workspace_tests::fixture;

use crate::difference;

const REST_JSON: &str = include_str!("base.json");
const QUERY: &str = include_str!("../fixtures/query.json");
const AWS_JSON: &str = include_str!("../fixtures/aws_json.json");
const CBOR: &str = include_str!("../fixtures/rpc_v2_cbor.json");

/// Returns the subjects of the client's changes after a change of a fixture's service.
fn subjects(fixture: &str, change: impl FnOnce(&mut Value)) -> Vec<Subject> {
    let fixture: Value = serde_json::from_str(fixture).unwrap();
    let old: Value = serde_json::from_str(&fixture::model(&fixture)).unwrap();
    let mut new = old.clone();
    change(&mut new["shapes"]["fixture#Fixture"]);
    let changes = difference(&old, &new).changes.into_iter();
    let of_client = changes.filter(|change| change.path == "Client");
    of_client.map(|change| change.subject).collect()
}

#[test]
fn another_version_is_a_change_on_the_wire_if_requests_contain_it() {
    let change = |service: &mut Value| service["version"] = "2027-01-01".into();
    assert_eq!(subjects(QUERY, change), [Subject::Wire]);
    assert!(subjects(REST_JSON, change).is_empty());
}

#[test]
fn error_codes_of_aws_query_are_a_change_on_the_wire_if_the_protocol_has_them() {
    let query_compatible = "aws.protocols#awsQueryCompatible";
    for (fixture, expected) in [
        (AWS_JSON, &[Subject::Wire][..]),
        (CBOR, &[Subject::Wire]),
        (REST_JSON, &[]),
    ] {
        let found = subjects(fixture, |service| {
            let traits = service["traits"].as_object_mut().unwrap();
            if traits.remove(query_compatible).is_none() {
                traits.insert(query_compatible.to_owned(), serde_json::json!({}));
            }
        });
        assert_eq!(found, expected);
    }
}
