//! Members: what they are to users.

use serde_json::{Value, json};
use smithy_reqwest_codegen::diff::Class::{Major, Minor, Patch};
use smithy_reqwest_codegen::diff::Subject;

use super::{Case, deprecated, member, required, shapes, string};

/// Two required members of one type change places, and so do the arguments of two functions.
fn swapped() -> Case {
    let spot = json!({ "Shelf": { "members": { "spot": required() } } });
    let expected = [(Major, Subject::Type)];
    let mut case = shapes("two required members change places", &expected, &spot);
    case.old = case.new.clone();
    let members = &mut case.new["shapes"]["fixture#Shelf"]["members"];
    let members = members.as_object_mut().unwrap();
    let place = members.shift_remove("place").unwrap();
    members.insert("place".to_owned(), place);
    case
}

pub(super) fn members() -> Vec<Case> {
    let member_of = (Minor, Subject::Member);
    let one = |name, place, patch: &Value| member(name, member_of, place, patch);
    let sent = one(
        "a member of an input is new",
        ("PutThingInput", "extra"),
        &string(),
    );
    let held = one(
        "a member of a structure is new",
        ("Shelf", "extra"),
        &string(),
    );
    let read = one(
        "a member of an output is new",
        ("PutThingOutput", "extra"),
        &string(),
    );
    let chosen = one(
        "a member of a union is new",
        ("Choice", "middle"),
        &string(),
    );
    let old = one(
        "a member is deprecated",
        ("Shelf", "width"),
        &json!({ "traits": deprecated() }),
    );
    let old_choice = one(
        "a member of a union is deprecated",
        ("Choice", "left"),
        &json!({ "traits": deprecated() }),
    );
    let long = json!({ "target": "smithy.api#Long" });
    let changed = |name, place| member(name, (Major, Subject::Member), place, &long);
    [
        sent.reversed("a member of an input is gone", Major),
        held.reversed("a member of a structure is gone", Major),
        read.reversed("a member of an output is gone", Major),
        chosen.reversed("a member of a union is gone", Major),
        old.reversed("a member is deprecated no more", Patch),
        old_choice.reversed("a member of a union is deprecated no more", Patch),
    ]
    .into_iter()
    .flatten()
    .chain([
        swapped(),
        changed("a member has another type", ("Shelf", "width")),
        changed("a member of a union has another type", ("Choice", "right")),
    ])
    .collect()
}

pub(super) fn required_members() -> Vec<Case> {
    let major = (Major, Subject::Member);
    let one = |name, place, patch: &Value| member(name, major, place, patch);
    let is_required = json!({ "traits": { "smithy.api#required": {} } });
    let sent = one(
        "a required member of an input is new",
        ("PutThingInput", "extra"),
        &required(),
    );
    let held = one(
        "a required member of a structure is new",
        ("Shelf", "extra"),
        &required(),
    );
    let first = one(
        "the first required member of an input is new",
        ("ListThingsInput", "extra"),
        &json!({ "target": "smithy.api#String",
            "traits": { "smithy.api#required": {}, "smithy.api#httpQuery": "extra" } }),
    );
    let read = member(
        "a required member of an output is new",
        (Minor, Subject::Member),
        ("PutThingOutput", "extra"),
        &required(),
    );
    let becomes = one(
        "a member becomes required",
        ("PutThingInput", "note"),
        &is_required,
    );
    let two = shapes(
        "two members become required",
        &[major, major],
        &json!({ "Shelf": { "members": { "width": is_required, "depth": is_required } } }),
    );
    let default = one(
        "a member has a default",
        ("Shelf", "depth"),
        &json!({ "traits": { "smithy.api#default": 7, "smithy.api#addedDefault": {} } }),
    );
    [
        sent.reversed("a required member of an input is gone", Major),
        held.reversed("a required member of a structure is gone", Major),
        first.reversed("the last required member of an input is gone", Major),
        read.reversed("a required member of an output is gone", Major),
        becomes.reversed("a member becomes optional", Major),
        two.reversed("two members become optional", Major),
        default.reversed("a member has no default any more", Major),
    ]
    .into_iter()
    .flatten()
    .collect()
}
