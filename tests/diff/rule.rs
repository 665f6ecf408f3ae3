//! Rules of the Cargo book that no change of a model meets, since the emitters take care: shown with
//! sources that are changed by hand, as a change of an emitter would change them.

use serde_json::{Value, json};
use smithy_reqwest_codegen::Generated;
use smithy_reqwest_codegen::diff::{Class, Subject, diff};

use crate::case::base;
use crate::generated;

const STRUCT: &str = "#[non_exhaustive]\npub struct Shelf {";
const ENUM: &str = "#[non_exhaustive]\npub enum Color {";

/// What is generated from the base, with one text of a file replaced.
fn edited(from: &Value, file: &str, text: &str, by: &str) -> Generated {
    let mut generated = Generated::clone(&generated(from));
    let source = generated.library.get_mut(file).unwrap();
    assert!(source.contains(text), "{source}");
    *source = source.replacen(text, by, 1);
    generated
}

/// The one change there is: its class, its subject and its path.
fn only_change(old: &Generated, new: &Generated) -> (Class, Subject, String) {
    let changes = diff(old, new).unwrap().changes;
    let [change] = <[_; 1]>::try_from(changes).unwrap();
    (change.class, change.subject, change.path)
}

#[test]
fn a_field_more_of_a_struct_that_shows_all_it_has_is_major() {
    let mut more = base();
    let member = json!({ "target": "smithy.api#String" });
    more["shapes"]["fixture#Shelf"]["members"]["extra"] = member;
    let closed = |model| edited(model, "types/shelf.rs", STRUCT, "pub struct Shelf {");
    let (class, subject, path) = only_change(&closed(&base()), &closed(&more));
    assert_eq!((class, subject), (Class::Major, Subject::Member));
    assert_eq!(path, "types::Shelf::extra");
}

#[test]
fn a_variant_more_of_an_enum_that_shows_all_it_has_is_major() {
    let mut more = base();
    let value = json!({ "target": "smithy.api#Unit" });
    more["shapes"]["fixture#Color"]["members"]["GREEN"] = value;
    let closed = |model| edited(model, "types/color.rs", ENUM, "pub enum Color {");
    let (class, subject, path) = only_change(&closed(&base()), &closed(&more));
    assert_eq!((class, subject), (Class::Major, Subject::EnumValue));
    assert_eq!(path, "types::Color::Green");
}

/// A file, a text of it, the text in its place, the class of that change and of its reverse, and
/// their subject.
type Edit = (
    &'static str,
    &'static str,
    &'static str,
    Class,
    Class,
    Subject,
);

const EDITS: [Edit; 12] = {
    use Class::{Major, Minor, Patch};
    use Subject::{Client, Documentation, Operation, Type};
    [
        (
            "types/shelf.rs", STRUCT, "pub struct Shelf {", Minor, Major, Type,
        ),
        (
            "types/color.rs", ENUM, "pub enum Color {", Minor, Major, Type,
        ),
        (
            "types/shelf.rs", "Clone, PartialEq", "Clone", Major, Minor, Type,
        ),
        (
            "types/shelf.rs",
            "structure!(Shelf {",
            "structure!(Shelf: Default {",
            Minor,
            Major,
            Type,
        ),
        (
            "types/shelf.rs",
            "structure!(Shelf {",
            "structure!(Shelf: Stream {",
            Major,
            Minor,
            Type,
        ),
        ("mod.rs", "ErrorKind, ", "", Major, Minor, Client),
        (
            "mod.rs",
            "pub mod endpoint;",
            "mod endpoint;",
            Major,
            Minor,
            Subject::Endpoint,
        ),
        (
            "error.rs",
            "pub type Error = smithy_reqwest::Error<ServiceError>",
            "pub type Error = Box<ServiceError>",
            Major,
            Major,
            Client,
        ),
        (
            "operation/put_thing.rs", "pub fn put_thing(", "fn put_thing(", Major, Minor, Operation,
        ),
        (
            "operation/put_thing.rs",
            "pub fn put_thing(",
            "pub const fn put_thing(",
            Minor,
            Major,
            Operation,
        ),
        (
            "client.rs",
            "headers: &[],",
            "headers: &[(\"a\", \"b\")],",
            Patch,
            Patch,
            Client,
        ),
        (
            "error.rs", "/// The modeled errors", "/// All modeled errors", Patch, Patch,
            Documentation,
        ),
    ]
};

#[test]
fn what_is_changed_by_hand_asks_for_what_the_cargo_book_says() {
    for (file, text, by, class, back, subject) in EDITS {
        let (old, new) = (generated(&base()), edited(&base(), file, text, by));
        for (old, new, class) in [(&*old, &new, class), (&new, &*old, back)] {
            let difference = diff(old, new).unwrap();
            assert_eq!(difference.verdict(), Some(class), "{by}: {difference:#?}");
            let subjects = difference.changes.iter().map(|it| it.subject);
            assert!(
                subjects.clone().all(|it| it == subject),
                "{by}: {difference:#?}"
            );
        }
    }
}

#[test]
fn a_struct_that_begins_to_hide_a_field_is_another_type_and_no_less_exhaustive() {
    let old = generated(&base());
    let new = edited(
        &base(),
        "types/shelf.rs",
        "pub place: String",
        "place: String",
    );
    let changes = diff(&old, &new).unwrap().changes;
    let reasons: Vec<&str> = changes.iter().map(|it| &*it.reason).collect();
    assert_eq!(reasons, ["code that relies on its type no longer compiles"]);
}
