//! The public API of `appflow-client` on one page, as a snapshot.
//!
//! A change of what users can name shows here, and nothing else does. To accept it, look at the
//! difference and run `INSTA_UPDATE=always cargo test -p workspace-tests --test api`.

#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use smithy_reqwest_codegen::api::Api;

/// The files below a folder, by their paths in it.
fn files(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if path.is_dir() {
            files(&path, &format!("{prefix}{name}/"), found);
        } else {
            found.insert(
                format!("{prefix}{name}"),
                fs::read_to_string(&path).unwrap(),
            );
        }
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../appflow-client/src")
}

/// The bindings that are committed.
fn bindings() -> BTreeMap<String, String> {
    let mut library = BTreeMap::new();
    files(&source().join("generated"), "", &mut library);
    library
}

/// The API of the crate that is committed: of its hand-written front page, and of its bindings.
fn appflow_client() -> Api {
    let root = fs::read_to_string(source().join("lib.rs")).unwrap();
    Api::of_crate(&root, &bindings()).unwrap()
}

#[test]
fn the_public_items_of_appflow_client_are_those_that_are_listed() {
    let accept = "INSTA_UPDATE=always cargo test -p workspace-tests --test api";
    let description = format!("what users of appflow-client can name; to accept: {accept}");
    insta::with_settings!({ description => description, omit_expression => true }, {
        insta::assert_snapshot!("appflow_client", appflow_client());
    });
}

/// What a front page exposes, given small sources that it can expose.
fn listed(root: &str) -> String {
    let library = [
        (
            "mod.rs",
            "mod client;\npub mod types;\npub use client::Client;",
        ),
        (
            "client.rs",
            "use super::types::Thing;\n\
             #[derive(Clone)] pub struct Client { inner: u8 }\n\
             impl Client {\n\
             #[deprecated] pub async fn get<T: Clone>(&self, mut of: Vec<T>) -> Option<Thing> { None }\n\
             pub(crate) fn hidden(&self) {}\n\
             }\n\
             struct Private;\n\
             impl Private { pub fn unseen() {} }",
        ),
        ("types/mod.rs", "mod thing;\npub use thing::{Color, Thing};"),
        (
            "types/thing.rs",
            "use std::fmt;\n\
             /// Documentation.\n\
             #[non_exhaustive] #[derive(Debug)] pub struct Thing { pub size: Option<u8>, secret: u8 }\n\
             impl fmt::Display for Thing {}\n\
             runtime::structure!(Thing { size: \"Size\" });\n\
             runtime::string_enum! { #[non_exhaustive] pub enum Color { Red } }\n\
             runtime::string_enum!(Color);",
        ),
    ];
    let library = library.map(|(file, text)| (file.to_owned(), text.to_owned()));
    Api::of_crate(root, &library.into()).unwrap().to_string()
}

#[test]
fn items_are_listed_where_users_find_them() {
    let expected = "\
struct Client { /* private fields */ }
    #[deprecated] async fn get<T: Clone>(&self, of: Vec<T>) -> Option<Thing>
    impl Clone
mod types
#[non_exhaustive] enum types::Color
    Red
    impl string_enum!
#[non_exhaustive] struct types::Thing { /* private fields */ }
    size: Option<u8>
    impl Debug, Display, structure!
";
    assert_eq!(listed("mod generated;\npub use generated::*;"), expected);
}

#[test]
fn what_the_front_page_does_not_expose_is_not_listed() {
    assert_eq!(listed("mod generated;"), "");
    let expected = "\
crate
    use runtime::Body
#[non_exhaustive] struct Item { /* private fields */ }
    size: Option<u8>
    impl Debug, Display, structure!
";
    let root = "mod generated;\npub use generated::types::Thing as Item;\npub use runtime::Body;";
    assert_eq!(listed(root), expected);
}

#[test]
fn what_generated_code_has_none_of_is_listed_too() {
    let root = "pub trait Walk {}\npub union Bits { pub whole: u8 }\npub static LIMIT: u8 = 1;\n\
                pub mod inner {}";
    let expected = "\
crate
    static LIMIT: u8
    union Bits = pub union Bits { pub whole: u8 }
    trait Walk = pub trait Walk { }
mod inner
";
    assert_eq!(listed(root), expected);
}

#[test]
fn the_front_page_exposes_all_of_the_bindings() {
    let (whole, bindings) = (appflow_client(), Api::of_generated(&bindings()).unwrap());
    let hidden: Vec<String> = bindings
        .items()
        .filter(|item| whole.get(&item.place).is_none())
        .map(ToString::to_string)
        .collect();
    assert_eq!(hidden, Vec::<String>::new());
}

#[test]
fn sources_that_are_no_rust_are_refused_with_the_name_of_the_file() {
    let library = BTreeMap::from([("client.rs".to_owned(), "pub struct {".to_owned())]);
    let error = Api::of_generated(&library).unwrap_err().to_string();
    assert!(
        error.starts_with("invalid Rust in `client.rs`: "),
        "{error}"
    );
}

#[test]
fn no_snapshot_is_an_orphan() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let names = fs::read_dir(folder).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let of_this_test: Vec<String> = names.filter(|name| name.starts_with("api__")).collect();
    assert_eq!(
        of_this_test,
        ["api__appflow_client.snap"],
        "remove the others"
    );
}
