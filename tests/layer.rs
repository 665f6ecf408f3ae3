//! Modules are layers: siblings, the modules of one parent, do not import each other in a circle.
//!
//! A module stands for all below it. It may use what its parent defines. A name that the parent
//! re-exports counts as an import of the module that defines it.

mod module;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use module::Modules;

/// For each module, the siblings that it imports, with the files that do so.
type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The imports between siblings, of the sources of a crate by their paths.
fn imports(sources: &BTreeMap<String, String>) -> Imports {
    let mut imports = Imports::new();
    Modules::read(sources).for_each_import(|module, target, file| {
        let mut names = module.iter().zip(target);
        if let Some(parent) = names.position(|(from, to)| from != to) {
            let [from, to] = [module, target].map(|path| path[..=parent].join("::"));
            let files = imports.entry(from).or_default().entry(to).or_default();
            files.insert(file.to_owned());
        }
    });
    imports
}

/// The shortest way from a module back to it.
fn way_back<'a>(start: &'a str, imports: &'a Imports) -> Option<Vec<&'a str>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let next = imports.get(*way.last()?).into_iter();
        for next in next.flat_map(BTreeMap::keys) {
            let way = [way.as_slice(), &[next]].concat();
            if next == start {
                return Some(way);
            }
            if seen.insert(next) {
                ways.push_back(way);
            }
        }
    }
    None
}

/// A shortest circle of imports, with the files that have them.
fn circle(sources: &BTreeMap<String, String>) -> Option<String> {
    let imports = imports(sources);
    let circles = imports.keys().filter_map(|start| way_back(start, &imports));
    let circle = circles.min_by_key(Vec::len)?;
    let mut report = circle.join(" -> ");
    for (from, to) in circle.iter().zip(circle.iter().skip(1)) {
        let files: Vec<&str> = imports[*from][*to].iter().map(String::as_str).collect();
        report.push_str(&format!("\n  {from} -> {to} in {}", files.join(", ")));
    }
    Some(report)
}

/// The folders whose sources are of other crates, or are generated.
const SKIPPED: [&str; 2] = ["bin", "generated"];

/// Reads the sources in a folder, by their paths in it.
fn read_sources(folder: &Path, prefix: &str, sources: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().display());
        if SKIPPED.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            read_sources(&path, &format!("{name}/"), sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Fails if modules of a crate import each other in a circle.
fn expect_layers(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .join(folder);
    let mut sources = BTreeMap::new();
    read_sources(&folder, "", &mut sources);
    if let Some(circle) = circle(&sources) {
        panic!("circular imports; move what both modules need to one below them\n{circle}");
    }
}

#[test]
fn modules_of_the_runtime_do_not_import_each_other_in_a_circle() {
    expect_layers("codegen/runtime/src");
}

#[test]
fn modules_of_the_generator_do_not_import_each_other_in_a_circle() {
    expect_layers("codegen/src");
}

#[test]
fn modules_of_the_client_do_not_import_each_other_in_a_circle() {
    expect_layers("appflow-client/src");
    expect_layers("appflow-client/src/bin/appflow");
}

/// The circle of a crate of these files.
fn circle_of(files: &[(&str, &str)]) -> Option<String> {
    let sources = files
        .iter()
        .map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
    circle(&sources.collect())
}

/// The circle of a crate whose module `above` imports `below`, and whose `below` has this text.
fn circle_through(below: &str) -> Option<String> {
    circle_of(&[
        (
            "lib.rs",
            "mod above; mod below; pub use above::{Top, inner::{Deep as Alias}}; pub use http;",
        ),
        (
            "above.rs",
            "mod inner; use crate::below::Base; struct Top; macro_rules! tower { () => {} }",
        ),
        (
            "above/inner.rs",
            "use super::super::{below::{self, Base}, http}; struct Deep; fn build() {}",
        ),
        ("below.rs", "mod inner; struct Base;"),
        ("below/inner.rs", below),
    ])
}

#[test]
fn a_circle_is_listed_with_the_files_that_import() {
    let expected = "above -> below -> above\n  above -> below in above.rs, above/inner.rs\n  \
                    below -> above in below/inner.rs";
    for text in [
        "use crate::above::Top;",
        "use crate::{Alias, http};",
        "use super::super::Top;",
        "mod deeper { use super::super::super::{above}; }",
        "fn build() -> Base { crate::above::inner::build() }",
        "macro_rules! base { () => { $crate::tower!() } }",
    ] {
        assert_eq!(circle_through(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn imports_of_tests_of_other_crates_and_of_the_module_itself_make_no_circle() {
    for text in [
        "#[cfg(test)] mod tests { use crate::above::Top; } use crate::http;",
        "#[cfg(test)] use crate::above::Top;",
        "use super::Base; use crate::below::inner; pub(crate) fn build() {}",
        "/// Not [`Top`](crate::above::Top).\nfn build() {}",
        "fn build() { quote! { crate::above::Top } }",
    ] {
        assert_eq!(circle_through(text), None, "{text}");
    }
}

/// The circle of a crate whose module `outer::left` imports `outer::right`, which has this text.
fn circle_of_siblings(right: &str) -> Option<String> {
    circle_of(&[
        ("lib.rs", "mod outer; mod above; pub use outer::left::Left;"),
        (
            "outer.rs",
            "mod left; mod right; pub use left::*; use left::Left as Renamed; struct Shared;",
        ),
        ("outer/left.rs", "use super::right; struct Left;"),
        ("outer/right.rs", right),
        ("above.rs", "pub use crate::outer::Left as Alias;"),
    ])
}

#[test]
fn a_circle_of_nested_siblings_is_found_through_re_exports() {
    let expected = "outer::left -> outer::right -> outer::left\n  \
                    outer::left -> outer::right in outer/left.rs\n  \
                    outer::right -> outer::left in outer/right.rs";
    for text in [
        "use super::left;",
        "use super::Left;",
        "use super::{Renamed, Shared};",
        "use crate::Left;",
        "use crate::outer; fn build() -> outer::Left {}",
        "mod inner { use super::super::left::Left; }",
    ] {
        assert_eq!(
            circle_of_siblings(text).as_deref(),
            Some(expected),
            "{text}"
        );
    }
    let circle = circle_of_siblings("use crate::above::Alias;").unwrap();
    assert!(circle.starts_with("above -> outer -> above"), "{circle}");
}

#[test]
fn uses_of_what_the_parent_defines_make_no_circle() {
    for text in [
        "use super::Shared;",
        "use crate::outer; fn build() -> outer::Shared {}",
        "mod inner { use super::Left; } struct Left;",
        "#[cfg(test)] mod tests { use super::super::*; }",
    ] {
        assert_eq!(circle_of_siblings(text), None, "{text}");
    }
}

#[test]
#[should_panic = "outer/right.rs uses outer::Lost, which is not defined"]
fn a_name_that_is_not_found_is_an_error() {
    circle_of_siblings("use super::Lost;");
}
