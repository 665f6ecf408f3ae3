//! What `cargo codegen diff` says of small changes, as snapshots by what they are about, and what
//! holds of all changes.
//!
//! To accept a change, look at the difference and run
//! `INSTA_UPDATE=always cargo test -p workspace-tests --test diff`.

#![cfg(test)]
#![recursion_limit = "256"]

mod case;
mod event_stream;
#[path = "../mutation/mutant.rs"]
mod mutant;
mod property;
mod protocol;
mod rule;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::LazyLock;

use serde_json::Value;
use smithy_reqwest_codegen::diff::{Difference, Format, diff};
use smithy_reqwest_codegen::{Generated, Options, generate};
use workspace_tests::fixture;

use crate::case::{base, groups};

const TEXT: Format = Format::Text { styled: false };

thread_local! {
    /// What was generated, by model: most cases are of one and the same.
    static GENERATED: RefCell<BTreeMap<String, Rc<Generated>>> = RefCell::default();
}

fn generated(fixture: &Value) -> Rc<Generated> {
    let model = fixture::model(fixture);
    GENERATED.with_borrow_mut(|known| {
        let made = known.entry(model).or_insert_with_key(|model| {
            let made = generate(model, &Options::new("base.json", "client"));
            Rc::new(made.unwrap_or_else(|error| panic!("{error}")))
        });
        Rc::clone(made)
    })
}

fn difference(old: &Value, new: &Value) -> Difference {
    diff(&generated(old), &generated(new)).unwrap()
}

/// Compares the reports of a group with their snapshot, and what they ask for with what the Cargo
/// book says.
fn check(group: &str) {
    let (_, cases) = groups().into_iter().find(|(it, _)| *it == group).unwrap();
    let (mut reports, mut failures) = (Vec::new(), Vec::new());
    for case in cases {
        let (name, mut expected) = (case.name, case.expected);
        let difference = difference(&case.old, &case.new);
        reports.push(format!(
            "==== {name}\n{}",
            difference.report("client", TEXT)
        ));
        let found = difference.changes.iter();
        let mut found: Vec<_> = found.map(|it| (it.class, it.subject)).collect();
        found.sort();
        expected.sort();
        if found != expected {
            failures.push(format!("{name}: {found:?} in place of {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    insta::with_settings!({ description => group, omit_expression => true }, {
        insta::assert_snapshot!(group, reports.join("\n"));
    });
}

/// Makes a test of each group, and a list of the groups.
macro_rules! tests {
    ($($name:ident: $group:literal,)*) => {
        $(
            #[test]
            fn $name() {
                check($group);
            }
        )*

        const TESTED: &[&str] = &[$($group),*];
    };
}

tests! {
    changes_of_operations_are_told: "operation",
    changes_of_types_are_told: "type",
    changes_of_members_are_told: "member",
    changes_of_required_members_are_told: "required_member",
    changes_of_enum_values_are_told: "enum_value",
    changes_of_errors_are_told: "error",
    changes_of_the_client_are_told: "client",
    changes_of_endpoints_are_told: "endpoint",
    changes_of_operations_on_the_wire_are_told: "wire_of_operation",
    changes_of_members_on_the_wire_are_told: "wire_of_member",
    changes_of_documentation_are_told: "documentation",
    changes_at_the_same_time_are_told: "together",
}

#[test]
fn every_group_has_a_test() {
    let groups: Vec<&str> = groups().iter().map(|(group, _)| *group).collect();
    assert_eq!(groups, TESTED);
}

/// A change of each class at once.
static MIXED: LazyLock<Difference> = LazyLock::new(|| {
    let mut new = base();
    let shapes = &mut new["shapes"];
    shapes["fixture#Shelf"]["members"]["width"]["target"] = "smithy.api#Long".into();
    let value = serde_json::json!({ "target": "smithy.api#Unit" });
    shapes["fixture#Color"]["members"]["GREEN"] = value;
    shapes["fixture#ListThings"]["traits"]["smithy.api#http"]["uri"] = "/all".into();
    let traits = &mut shapes["fixture#PutThing"]["traits"];
    traits["smithy.api#documentation"] = "It is told otherwise.".into();
    let names = serde_json::json!({ "target": "fixture#Names" });
    shapes["fixture#PutThingInput"]["members"]["count"] = names;
    let rules = &mut new["service"]["smithy.rules#endpointRuleSet"]["rules"];
    rules[0]["endpoint"]["url"] = "https://example.com".into();
    difference(&base(), &new)
});

#[test]
fn a_change_of_each_class_is_told_in_each_format() {
    let formats = [
        ("text", TEXT),
        ("markdown", Format::Markdown),
        ("json", Format::Json),
    ];
    for (name, format) in formats {
        insta::with_settings!({ description => "a change of each class", omit_expression => true }, {
            insta::assert_snapshot!(format!("mixed_{name}"), MIXED.report("client", format));
        });
    }
}

#[test]
fn of_documentation_alone_people_are_shown_ten_changes_and_tools_all() {
    let mut new = base();
    let members = new["shapes"]["fixture#PutThingInput"]["members"].as_object_mut();
    for member in members.unwrap().values_mut() {
        member["traits"]["smithy.api#documentation"] = "It is told otherwise.".into();
    }
    let difference = difference(&base(), &new);
    assert_eq!(difference.changes.len(), 11);
    for (format, more) in [
        (TEXT, "\npatch  documentation … and 1 more like these\n"),
        (
            Format::Markdown,
            "\n- documentation … and 1 more like these\n",
        ),
    ] {
        let report = difference.report("client", format);
        assert!(report.contains(more), "{report}");
        assert_eq!(report.matches("documentation changed").count(), 10);
    }
    let json = difference.report("client", Format::Json);
    assert_eq!(json.matches("documentation changed").count(), 11);
}

#[test]
fn colours_are_all_that_a_terminal_sees_more() {
    let styled = MIXED.report("client", Format::Text { styled: true });
    // The escape sequences of red, yellow and green.
    for (color, text) in [
        (31, "major"),
        (33, "minor"),
        (32, "patch"),
        (31, "- "),
        (32, "+ "),
    ] {
        let colored = format!("\u{1b}[{color}m{text}");
        assert!(styled.contains(&colored), "{styled}");
    }
    let mut plain = String::new();
    for (index, piece) in styled.split("\u{1b}[").enumerate() {
        let text = if index == 0 {
            piece
        } else {
            piece.split_once('m').unwrap().1
        };
        plain.push_str(text);
    }
    assert_eq!(plain, MIXED.report("client", TEXT));
}

#[test]
fn a_terminal_does_not_obey_what_a_report_quotes() {
    let hostile = "\u{1b}[31m\u{202e}";
    let mut difference = MIXED.clone();
    for change in &mut difference.changes {
        change.path.push_str(hostile);
        change.change.push_str(hostile);
        change.details = vec![hostile.to_owned()];
    }
    for styled in [false, true] {
        let report = difference.report(hostile, Format::Text { styled });
        let escaped = report.matches("\\u{1b}[31m\\u{202e}").count();
        assert_eq!(escaped, 3 * difference.changes.len() + 1, "{report}");
        assert!(!report.contains('\u{202e}'), "{report}");
    }
}

#[test]
fn a_model_does_not_differ_from_itself() {
    let nothing = difference(&base(), &base());
    assert_eq!(nothing, Difference::default());
    assert_eq!(nothing.verdict(), None);
    let said = "no difference in API, behavior or documentation";
    assert_eq!(nothing.report("client", TEXT), format!("client: {said}\n"));
    assert_eq!(
        nothing.report("client", Format::Markdown),
        format!("`client`: {said}.\n")
    );
    let json: Value = serde_json::from_str(&nothing.report("client", Format::Json)).unwrap();
    let expected = serde_json::json!({ "package": "client", "verdict": null, "changes": [] });
    assert_eq!(json, expected);
}

#[test]
fn the_name_of_the_model_is_no_difference() {
    let model = fixture::model(&base());
    let of = |name| generate(&model, &Options::new(name, "client")).unwrap();
    let difference = diff(&of("old.json"), &of("new.json")).unwrap();
    assert_eq!(difference, Difference::default());
}

#[test]
fn no_snapshot_is_an_orphan() {
    let groups = groups().into_iter().map(|(group, _)| group.to_owned());
    let mixed = ["text", "markdown", "json"].map(|name| format!("mixed_{name}"));
    let expected: BTreeSet<String> = groups
        .chain(mixed)
        .map(|name| format!("diff__{name}.snap"))
        .collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diff/snapshots");
    let orphans: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| !expected.contains(name))
        .collect();
    assert_eq!(orphans, Vec::<String>::new(), "remove these files");
}
