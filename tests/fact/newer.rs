//! Facts of AppFlow that are newer than the official Smithy model at hand.

use serde_json::{Value, json};

/// A fact, and where AWS publishes it.
struct NewerFact {
    source: &'static str,
    /// The shape, without its namespace, and the place below it, as a JSON pointer.
    place: (&'static str, &'static str),
    /// What is there now; `None` if it is gone.
    value: Option<Value>,
}

/// The model of the older format in botocore 1.44.8, of November 2026.
const BOTOCORE: &str = "botocore 1.44.8, data/appflow/2020-08-23/service-2.json";

fn newer_facts() -> Vec<NewerFact> {
    let secret = |length, pattern| {
        json!({
            "type": "string",
            "traits": {
                "smithy.api#length": length,
                "smithy.api#pattern": pattern,
                "smithy.api#sensitive": {},
            },
        })
    };
    let target = |name| json!({ "target": format!("com.amazonaws.appflow#{name}") });
    let fact = |place, value| NewerFact {
        source: BOTOCORE,
        place,
        value,
    };
    vec![
        fact(
            ("CodeVerifier", ""),
            Some(secret(
                json!({ "min": 43, "max": 128 }),
                r"^[A-Za-z0-9\-._~]+$",
            )),
        ),
        fact(
            ("ConnectorOAuthRequest", "/members/codeVerifier"),
            Some(target("CodeVerifier")),
        ),
        fact(
            ("PrivateKey", ""),
            Some(secret(json!({ "min": 1, "max": 8192 }), ".*")),
        ),
        fact(
            (
                "SnowflakeConnectorProfileCredentials",
                "/members/privateKey",
            ),
            Some(target("PrivateKey")),
        ),
        fact(
            (
                "SnowflakeConnectorProfileCredentials",
                "/members/password/traits/smithy.api#required",
            ),
            None,
        ),
    ]
}

/// Adds the newer facts to the official model of AppFlow.
///
/// # Panics
///
/// The official model has one of them by now, which is then to be taken off the list.
pub fn add_newer(official: &mut Value) {
    for fact in newer_facts() {
        let (shape, place) = fact.place;
        let pointer = format!("/shapes/com.amazonaws.appflow#{shape}{place}");
        let (source, is_there) = (fact.source, official.pointer(&pointer).is_some());
        let is_official = is_there == fact.value.is_some();
        assert!(!is_official, "{pointer} of {source} is official by now");
        let (parent, key) = pointer.rsplit_once('/').expect("a pointer has a slash");
        let parent = official
            .pointer_mut(parent)
            .and_then(Value::as_object_mut)
            .expect("a fact is part of an object");
        match fact.value {
            Some(value) => drop(parent.insert(key.to_owned(), value)),
            None => drop(parent.shift_remove(key)),
        }
    }
}
