//! The public API of `appflow-client` on one page, as a snapshot.
//!
//! A change of what users can name shows here, and nothing else does. To accept it, look at the
//! difference and run `INSTA_UPDATE=always cargo test -p workspace-tests --test api`.

#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};
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
             #[non_exhaustive] #[derive(Clone)] pub struct Thing { pub size: Option<u8>, secret: u8 }\n\
             impl fmt::Display for Thing {}\n\
             runtime::structure!(Thing: Default { size: \"Size\" });\n\
             #[non_exhaustive] pub enum Color { Red }\n\
             runtime::string_enum!(Color { Red: \"RED\" });",
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
    fn as_str(&self) -> &str
    impl Debug, Default, Deserialize, Display, From<&str>, From<String>, FromStr { Err = Infallible }, Serialize
#[non_exhaustive] struct types::Thing { /* private fields */ }
    size: Option<u8>
    impl Clone, Debug, Default, Deserialize, Display, Serialize
";
    assert_eq!(listed("mod generated;\npub use generated::*;"), expected);
}

/// The traits and the functions that a macro of the runtime gives to types, from its source. The
/// traits of the hidden module `schema` are left out.
fn implemented(body: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for line in body.lines().map(str::trim) {
        if line == "$crate::structure!(@serde $name);" {
            found.extend(["Deserialize", "Serialize"].map(str::to_owned));
        } else if let Some((function, _)) = line
            .strip_prefix("pub fn ")
            .and_then(|function| function.split_once('('))
        {
            found.insert(function.to_owned());
        } else if let Some((path, _)) = line
            .strip_prefix("impl ")
            .or_else(|| line.strip_prefix("impl<'de> "))
            .and_then(|rest| rest.split_once(" for $"))
        {
            let path = path.replace("<'de>", "").replace("::std::string::", "");
            let (path, argument) = path.split_at(path.find('<').unwrap_or(path.len()));
            let (module, name) = path.rsplit_once("::").unwrap();
            if module != "$crate::schema" {
                found.insert(format!("{name}{argument}"));
            }
        }
    }
    found
}

#[test]
fn the_tables_of_the_runtime_implement_what_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/runtime/src");
    let mut sources = BTreeMap::new();
    files(&folder, "", &mut sources);
    let macros = sources
        .values()
        .flat_map(|source| source.split("#[macro_export]\nmacro_rules! ").skip(1))
        .map(|text| text.split_once("\n}\n").unwrap().0)
        .map(|text| text.split_once(" {\n").unwrap());
    let macros: BTreeMap<&str, &str> = macros.collect();
    assert_eq!(macros.len(), 8, "{:?}", macros.keys());
    // These do not implement traits for a table: see the tests below.
    let tables = macros
        .into_iter()
        .filter(|(name, _)| !["event_stream", "service_client", "modules"].contains(name));
    for (name, body) in tables {
        let root = format!(
            "pub struct Table {{}}\npub struct Row {{}}\n\
             {name}!({} {{ Row: \"row\" [throttling], }});",
            if name == "structure" {
                "Table: Default"
            } else {
                "Table"
            }
        );
        let api = Api::of_crate(&root, &BTreeMap::new()).unwrap();
        for ty in ["Table", "Row"] {
            let listed = api.items().filter(|item| item.place.owner == ty);
            let listed: BTreeSet<String> = listed.map(|item| item.place.name.clone()).collect();
            let expected = if ty == "Table" || name == "service_errors" {
                // These are of tables that have slices.
                let mut implemented = implemented(body);
                implemented.remove("$field");
                implemented
            } else {
                BTreeSet::new()
            };
            assert_eq!(listed, expected, "{name}: {ty}");
        }
    }
}

#[test]
fn the_client_that_is_defined_is_the_one_that_is_listed() {
    let defined = include_str!("../codegen/runtime/src/generated.rs");
    let (client, _) = defined.split_once("macro_rules! modules").unwrap();
    let functions = client.lines().map(str::trim).filter_map(|line| {
        let function = line
            .strip_prefix("pub async fn ")
            .or(line.strip_prefix("pub fn "));
        function?.split(['(', '<']).next()
    });
    let defined: BTreeSet<&str> = functions.collect();
    let api = appflow_client();
    let owners = ["Client", "Call<R>"];
    for name in defined {
        let mut items = api.items();
        let is_listed = items.any(|it| owners.contains(&&*it.place.owner) && it.place.name == name);
        assert!(is_listed, "{name}");
    }
}

#[test]
fn a_list_of_a_table_is_a_slice_too() {
    let root = "pub struct Page {}\nstructure!(Page { items: \"items\" -> [Item] [sensitive], });";
    let expected =
        "struct Page\n    fn items(&self) -> &[Item]\n    impl Debug, Deserialize, Serialize\n";
    assert_eq!(listed(root), expected);
}

#[test]
fn a_table_of_a_stream_has_none_of_the_traits_of_serde() {
    let root = "pub struct Photo {}\nstructure!(Photo: Default, Stream {});";
    let expected = "struct Photo\n    impl Debug, Default\n";
    assert_eq!(listed(root), expected);
    let root = "pub struct Photo {}\nstructure!(Photo: Stream {});";
    assert_eq!(listed(root), "struct Photo\n    impl Debug\n");
}

#[test]
fn what_the_front_page_does_not_expose_is_not_listed() {
    assert_eq!(listed("mod generated;"), "");
    let expected = "\
crate
    use runtime::Body
#[non_exhaustive] struct Item { /* private fields */ }
    size: Option<u8>
    impl Clone, Debug, Default, Deserialize, Display, Serialize
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
