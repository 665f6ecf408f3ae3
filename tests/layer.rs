//! The modules of the runtime and of the generator are layers: what a module imports does not import
//! that module.
//!
//! The nodes are the modules that `lib.rs` declares, each with all below it. Paths are read from the
//! tokens of the sources, so that those in expressions and in bodies of macros count as imports too.
//! Those in `quote!` do not: they are of the generated crate.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// For each module, the modules that it imports, with the files that do so.
type Imports = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The names that the paths of one file take from the root of the crate, and the macros it defines.
#[derive(Default)]
struct Names {
    used: BTreeSet<String>,
    macros: BTreeSet<String>,
}

impl Names {
    /// Reads the tokens of a module that is this many levels below the root.
    fn read(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [first, next @ ..] = rest {
            rest = next;
            match (word(first).as_str(), next) {
                ("#", [TokenTree::Group(attribute), item @ ..]) if is_cfg_test(attribute) => {
                    let end = item.iter().position(ends_item).unwrap_or(item.len());
                    rest = item.get(end..).unwrap_or_default();
                    rest = rest.get(1..).unwrap_or_default();
                }
                ("mod", [_, TokenTree::Group(body), after @ ..]) => {
                    self.read(body.stream(), depth + 1);
                    rest = after;
                }
                ("macro_rules", [_, name, ..]) => {
                    self.macros.insert(word(name));
                }
                ("quote", [_, TokenTree::Group(_), after @ ..]) => rest = after,
                ("crate" | "super", _) => self.follow(first, next, depth),
                _ => {}
            }
            if let TokenTree::Group(group) = first {
                self.read(group.stream(), depth);
            }
        }
    }

    /// Follows a path, or all paths of a `use` with braces, down to a name at the root.
    fn follow(&mut self, first: &TokenTree, rest: &[TokenTree], depth: usize) {
        if let TokenTree::Group(group) = first {
            let paths: Vec<TokenTree> = group.stream().into_iter().collect();
            for path in paths.split(|token| word(token) == ",") {
                if let [first, rest @ ..] = path {
                    self.follow(first, rest, depth);
                }
            }
            return;
        }
        let depth = match word(first).as_str() {
            "crate" => 0,
            "self" => depth,
            "super" => depth.saturating_sub(1),
            name => {
                if depth == 0 && matches!(first, TokenTree::Ident(_)) {
                    self.used.insert(name.to_owned());
                }
                return;
            }
        };
        if let [colon, _, next, rest @ ..] = rest
            && word(colon) == ":"
        {
            self.follow(next, rest, depth);
        }
    }
}

/// A token as text; empty for a group.
fn word(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(_) => String::new(),
        token => token.to_string(),
    }
}

fn is_cfg_test(attribute: &Group) -> bool {
    attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => word(token) == ";",
    }
}

/// The names that a list of imports brings in: the last word of each.
fn imported(tokens: &[TokenTree]) -> Vec<String> {
    let imports = tokens.split(|token| word(token) == ",");
    imports
        .flat_map(|import| match import.last() {
            Some(TokenTree::Group(group)) => {
                imported(&group.stream().into_iter().collect::<Vec<_>>())
            }
            Some(token) => vec![word(token)],
            None => Vec::new(),
        })
        .collect()
}

/// The names that the root re-exports, each with the first segment of its path.
fn re_exports(root: TokenStream) -> BTreeMap<String, String> {
    let tokens: Vec<TokenTree> = root.into_iter().collect();
    let mut found = BTreeMap::new();
    for item in tokens.split(|token| word(token) == ";") {
        let import = item.iter().position(|token| word(token) == "use");
        let path = import.and_then(|at| item.get(at + 1..)).unwrap_or_default();
        if let Some(first) = path.first() {
            let names = imported(path).into_iter();
            found.extend(names.map(|name| (name, word(first))));
        }
    }
    found
}

/// The imports between the modules of a crate, of its sources by their paths.
fn imports(sources: &BTreeMap<String, String>) -> Imports {
    let module = |file: &str| file.split(['/', '.']).next().unwrap().to_owned();
    let parse = |source: &String| source.parse::<TokenStream>().unwrap();
    let mut owners = re_exports(parse(&sources["lib.rs"]));
    let mut files = BTreeMap::new();
    for (file, source) in sources.iter().filter(|(file, _)| *file != "lib.rs") {
        let mut names = Names::default();
        names.read(parse(source), file.split('/').count());
        owners.insert(module(file), module(file));
        owners.extend(names.macros.into_iter().map(|name| (name, module(file))));
        files.insert(file, names.used);
    }
    let mut imports: Imports = files
        .keys()
        .map(|file| (module(file), BTreeMap::new()))
        .collect();
    let modules: BTreeSet<String> = imports.keys().cloned().collect();
    for (file, names) in files {
        for name in names {
            let owner = owners.get(&name);
            let owner =
                owner.unwrap_or_else(|| panic!("{file} uses crate::{name}, which is not there"));
            // The rest comes from other crates.
            if modules.contains(owner) && *owner != module(file) {
                let imported = imports.entry(module(file)).or_default();
                imported
                    .entry(owner.clone())
                    .or_default()
                    .insert(file.clone());
            }
        }
    }
    imports
}

/// The shortest way from a module back to it.
fn way_back<'a>(start: &'a str, imports: &'a Imports) -> Option<Vec<&'a str>> {
    let mut ways = VecDeque::from([vec![start]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        for next in imports[*way.last()?].keys() {
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

/// Reads the sources in a folder, by their paths in it.
fn read_sources(folder: &Path, prefix: &str, sources: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().display());
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

/// The circle of a crate whose module `above` imports `below`, and whose `below` has this text.
fn circle_through(below: &str) -> Option<String> {
    let root = "mod above; mod below; pub use above::{Top, inner::{Deep as Alias}}; pub use http;";
    let sources = [
        ("lib.rs", root),
        (
            "above.rs",
            "mod inner; use crate::below::Base; macro_rules! tower { () => {} }",
        ),
        (
            "above/inner.rs",
            "use super::super::{below::{self, Base}, http};",
        ),
        ("below/inner.rs", below),
    ];
    circle(
        &sources
            .map(|(file, text)| (file.to_owned(), text.to_owned()))
            .into(),
    )
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
        "fn build() -> Base { crate::above::build() }",
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
        "use super::above; use crate::below::Base; pub(crate) fn build() {}",
        "/// Not [`Top`](crate::above::Top).\nfn build() {}",
        "fn build() { quote! { crate::above::Top } }",
    ] {
        assert_eq!(circle_through(text), None, "{text}");
    }
}
