//! Changes of one model at once, each of which is told as if it were the only one.

use serde_json::{Value, json};
use smithy_reqwest_codegen::diff::Class::{Major, Minor, Patch};
use smithy_reqwest_codegen::diff::Subject;

use super::type_item::waiter;
use super::{Case, base, deprecated, merge, required, shapes};

/// A required member that goes by another name in JSON.
fn renamed() -> Value {
    let mut member = required();
    member["traits"]["smithy.api#jsonName"] = "title".into();
    member
}

pub(super) fn together() -> Vec<Case> {
    let mut cases: Vec<Case> = [
        shapes(
            "an operation is deprecated, and a required member has another name in JSON",
            &[(Minor, Subject::Operation), (Patch, Subject::Wire)],
            &json!({
                "PutThing": { "traits": deprecated() },
                "PutThingInput": { "members": { "note": renamed() } },
            }),
        ),
        shapes(
            "a member is new and required, and another has another name in JSON",
            &[(Major, Subject::Member), (Patch, Subject::Wire)],
            &json!({
                "PutThingInput": { "members": { "note": renamed(), "owner": required() } },
            }),
        ),
        shapes(
            "a member is new and required, and the operation is deprecated",
            &[(Major, Subject::Member), (Minor, Subject::Operation)],
            &json!({
                "PutThing": { "traits": deprecated() },
                "PutThingInput": { "members": { "owner": required() } },
            }),
        ),
    ]
    .into_iter()
    .map(with_required_note)
    .collect();
    cases.push(secret());
    cases.push(shapes(
        "a member is new, and the first waiter",
        &[(Minor, Subject::Operation), (Minor, Subject::Member)],
        &json!({
            "ListThings": {
                "traits": { "smithy.waiters#waitable": { "ThingsReady": waiter("READY") } }
            },
            "Shelf": { "members": { "height": { "target": "smithy.api#Integer" } } },
        }),
    ));
    cases
}

/// A change of a model in which the note was required before.
fn with_required_note(case: Case) -> Case {
    let patch = json!({ "shapes": {
        "fixture#PutThingInput": { "members": { "note": required() } }
    } });
    let (mut old, mut new) = (case.old, base());
    merge(&mut old, &patch);
    merge(&mut new, &patch);
    merge(&mut new, &case.new);
    Case { old, new, ..case }
}

/// An answer becomes secret, whose request was so.
fn secret() -> Case {
    let sensitive = json!({ "smithy.api#sensitive": {} });
    let case = shapes(
        "an answer is secret, and its operation is told otherwise",
        &[(Patch, Subject::Wire)],
        &json!({
            "PutThing": { "traits": { "smithy.api#documentation": "It is told otherwise." } },
            "PutThingInput": { "traits": sensitive },
            "PutThingOutput": { "traits": sensitive },
        }),
    );
    let mut old = case.old;
    let was = json!({ "shapes": { "fixture#PutThingInput": { "traits": sensitive } } });
    merge(&mut old, &was);
    Case { old, ..case }
}

/// Changes that have nothing to do with each other, as merge patches.
pub(crate) fn independent() -> Vec<Value> {
    let changes = [
        json!({ "PutThing": { "traits": deprecated() } }),
        json!({ "PutThing": { "traits": { "smithy.api#documentation": "It is told otherwise." } } }),
        json!({ "PutThingInput": { "members": { "owner": required() } } }),
        json!({ "PutThingInput": { "members": {
            "count": { "traits": { "smithy.api#jsonName": "number" } }
        } } }),
        json!({ "PutThingOutput": { "traits": { "smithy.api#sensitive": {} } } }),
        json!({ "Shelf": { "members": {
            "place": { "traits": { "smithy.api#jsonName": "where" } }
        } } }),
        json!({ "Shelf": { "members": { "height": required() } } }),
    ];
    let patch = |change: Value| {
        let shapes = change.as_object().unwrap().iter();
        let shapes = shapes.map(|(name, patch)| (format!("fixture#{name}"), patch.clone()));
        json!({ "shapes": shapes.collect::<serde_json::Map<_, _>>() })
    };
    changes.into_iter().map(patch).collect()
}
