//! Changes of event streams.

use serde_json::{Value, json};
use smithy_reqwest_codegen::diff::Class::{Major, Minor, Patch};
use smithy_reqwest_codegen::diff::{Class, Subject};

use crate::difference;

/// The fixture of event streams, and the same after a change.
fn changed(change: impl FnOnce(&mut Value)) -> [Value; 2] {
    let old: Value = serde_json::from_str(include_str!("../fixtures/event_stream.json")).unwrap();
    let mut new = old.clone();
    change(&mut new);
    [old, new]
}

/// The classes and the subjects of the changes, with their paths.
fn changes(old: &Value, new: &Value) -> Vec<(Class, Subject, String)> {
    let changes = difference(old, new).changes.into_iter();
    changes.map(|it| (it.class, it.subject, it.path)).collect()
}

#[test]
fn a_new_event_is_a_minor_change_and_one_that_is_gone_a_major_one() {
    let [old, new] = changed(|fixture| {
        let events = &mut fixture["shapes"]["fixture#Story"]["members"];
        events["song"] = json!({ "target": "fixture#Word" });
    });
    let path = "types::Story::Song".to_owned();
    let added = [(Minor, Subject::Member, path.clone())];
    assert_eq!(changes(&old, &new), added);
    assert_eq!(changes(&new, &old), [(Major, Subject::Member, path)]);
}

#[test]
fn another_error_of_a_stream_is_a_change_on_the_wire() {
    let [old, new] = changed(|fixture| {
        let events = &mut fixture["shapes"]["fixture#Story"]["members"];
        events["tired"] = json!({ "target": "fixture#LostThread" });
    });
    let expected = [
        (Patch, Subject::Wire, "types::Story"),
        (Patch, Subject::Documentation, "Client::talk"),
        (Patch, Subject::Documentation, "Client::tell"),
    ];
    let expected = expected.map(|(class, subject, path)| (class, subject, path.to_owned()));
    assert_eq!(changes(&old, &new), expected);
}

#[test]
fn an_operation_that_begins_to_need_http_2_behaves_differently() {
    let [old, new] = changed(|fixture| {
        let versions = &mut fixture["service"]["aws.protocols#restJson1"];
        versions["eventStreamHttp"] = json!(["h2"]);
    });
    let expected = ["listen", "tell"].map(|method| {
        let path = format!("Client::{method}");
        (Patch, Subject::Wire, path)
    });
    assert_eq!(changes(&old, &new), expected);
}

#[test]
fn a_body_that_becomes_an_event_stream_is_a_major_change() {
    let [new, old] = changed(|fixture| {
        let members = &mut fixture["shapes"]["fixture#TellOutput"]["members"];
        members["stream"]["target"] = "fixture#Png".into();
    });
    let changes = changes(&old, &new);
    let field = "operation::TellResponse::stream".to_owned();
    assert!(
        changes.contains(&(Major, Subject::Member, field)),
        "{changes:?}"
    );
}
