//! The modules of a crate and the paths in them, read from the tokens of its sources.
//!
//! Paths in expressions and in bodies of macros count as imports too. Paths in `quote!` do not, since
//! they are of the generated crate, nor do paths in tests.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The path of a module or an item from the root of the crate.
pub(super) type Path = Vec<String>;

/// A module: a file, or a block in one.
#[derive(Default)]
struct Module {
    file: String,
    /// The names of its items.
    defined: BTreeSet<String>,
    /// The names that it imports or re-exports, with the path of each.
    imported: BTreeMap<String, Path>,
    /// The modules from which it imports all names.
    globs: Vec<Path>,
    /// The paths that it uses, with `true` for those that start with `crate`, `self` or `super`.
    paths: BTreeSet<(Path, bool)>,
}

/// The modules of a crate, by their paths.
#[derive(Default)]
pub(super) struct Modules(BTreeMap<Path, Module>);

impl Modules {
    /// Reads the sources of a crate, by their paths in its folder.
    pub(super) fn read(sources: &BTreeMap<String, String>) -> Self {
        let mut roots = ["lib.rs", "main.rs"].into_iter();
        let root = roots.find(|root| sources.contains_key(*root));
        let mut modules = Self::default();
        for (file, source) in sources {
            let path: Path = match file.strip_suffix(".rs") {
                Some(path) if root != Some(file.as_str()) => {
                    path.split('/').map(str::to_owned).collect()
                }
                _ => Path::new(),
            };
            modules.enter(&path).file.clone_from(file);
            modules.read_tokens(source.parse().unwrap(), &path);
        }
        modules
    }

    /// Calls a function for each import, with the paths of both modules and the file of the first. An
    /// import through a re-export counts for each module on the way.
    pub(super) fn for_each_import(&self, mut see: impl FnMut(&Path, &Path, &str)) {
        for (at, module) in &self.0 {
            let file = &module.file;
            for (path, is_of_crate) in &module.paths {
                let targets = self.targets(path);
                assert!(
                    targets.is_some() || !is_of_crate,
                    "{file} uses {}, which is not defined",
                    path.join("::")
                );
                for target in targets.into_iter().flatten() {
                    see(at, &target, file);
                }
            }
        }
    }

    /// The module that defines what a path names, and those that re-export it on the way; `None` if
    /// it is not of this crate.
    fn targets(&self, path: &[String]) -> Option<Vec<Path>> {
        let mut at = Path::new();
        for (index, name) in path.iter().enumerate() {
            let next = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.0.contains_key(&next) {
                at = next;
                continue;
            }
            let module = self.0.get(&at)?;
            let import = module.imported.get(name);
            let mut targets = match import.filter(|import| !import.starts_with(&next)) {
                Some(import) => {
                    let path = [import, &path[index + 1..]].concat();
                    // It may be of another crate.
                    self.targets(&path).unwrap_or_default()
                }
                None if module.defined.contains(name) || import.is_some() => Vec::new(),
                None => module.globs.iter().find_map(|glob| {
                    let path = [glob, &path[index..]].concat();
                    self.targets(&path)
                })?,
            };
            targets.push(at);
            return Some(targets);
        }
        Some(vec![at])
    }

    fn enter(&mut self, path: &[String]) -> &mut Module {
        self.0.entry(path.to_vec()).or_default()
    }

    fn read_tokens(&mut self, tokens: TokenStream, at: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let [first, next @ ..] = rest {
            rest = self.read_item(first, next, at);
        }
    }

    /// Reads an item, a path or a token, and returns the tokens after it.
    fn read_item<'a>(
        &mut self,
        first: &TokenTree,
        next: &'a [TokenTree],
        at: &[String],
    ) -> &'a [TokenTree] {
        match (word(first).as_str(), next) {
            ("#", [TokenTree::Group(attribute), item @ ..]) if is_of_tests(attribute) => {
                return split_after(item, ends_item).1;
            }
            ("quote", [_, TokenTree::Group(_), after @ ..]) => return after,
            ("use", _) => {
                let (import, after) = split_after(next, |token| word(token) == ";");
                self.read_import(import, at, &[]);
                return after;
            }
            ("mod", [name, TokenTree::Group(body), after @ ..]) => {
                let path = [at, &[word(name)]].concat();
                let file = self.enter(at).file.clone();
                self.enter(&path).file = file;
                self.read_tokens(body.stream(), &path);
                return after;
            }
            ("macro_rules", [_, name, ..]) => {
                self.enter(at).defined.insert(word(name));
                // A macro is a name of the root wherever it is defined.
                let path = [at, &[word(name)]].concat();
                self.enter(&[]).imported.insert(word(name), path);
            }
            (
                "const" | "enum" | "fn" | "mod" | "static" | "struct" | "trait" | "type" | "union",
                [name, ..],
            ) => {
                self.enter(at).defined.insert(word(name));
            }
            _ => {}
        }
        if let TokenTree::Group(group) = first {
            self.read_tokens(group.stream(), at);
        }
        let (names, after) = split_path(first, next);
        if names.len() > 1 {
            self.use_path(&names, at);
        }
        after
    }

    /// Reads an import, or all imports in braces, after the names before the braces.
    fn read_import(&mut self, import: &[TokenTree], at: &[String], before: &[String]) {
        let (names, rest) = match import {
            [first, next @ ..] => split_path(first, next),
            [] => return,
        };
        let mut names = [before, &names].concat();
        if let Some(TokenTree::Group(group)) = import.last() {
            let imports: Vec<TokenTree> = group.stream().into_iter().collect();
            for import in imports.split(|token| word(token) == ",") {
                self.read_import(import, at, &names);
            }
            return;
        }
        if names.len() > 1 {
            names.pop_if(|name| name == "self");
        }
        let Some(name) = names.last().cloned() else {
            return;
        };
        let path = self.use_path(&names, at);
        let module = self.enter(at);
        match rest.last().map(word) {
            Some(star) if star == "*" => module.globs.push(path),
            alias => {
                module.imported.insert(alias.unwrap_or(name), path);
            }
        }
    }

    /// Adds a path that a module uses, and returns it from the root of the crate.
    fn use_path(&mut self, names: &[String], at: &[String]) -> Path {
        let mut path = at.to_vec();
        for name in names {
            match name.as_str() {
                "crate" => path.clear(),
                "self" => {}
                "super" => {
                    path.pop();
                }
                _ => path.push(name.clone()),
            }
        }
        let is_of_crate = ["crate", "self", "super"].contains(&names[0].as_str());
        let used = (path.clone(), is_of_crate);
        self.enter(at).paths.insert(used);
        path
    }
}

/// A token as text; empty for a group.
fn word(token: &TokenTree) -> String {
    match token {
        TokenTree::Group(_) => String::new(),
        token => token.to_string(),
    }
}

/// The names of the path that starts with a token, and the tokens after it.
fn split_path<'a>(first: &TokenTree, next: &'a [TokenTree]) -> (Path, &'a [TokenTree]) {
    let (mut names, mut rest) = (Path::new(), next);
    if matches!(first, TokenTree::Ident(_)) {
        names.push(word(first));
        while let [colon, second, TokenTree::Ident(name), after @ ..] = rest
            && word(colon) == ":"
            && word(second) == ":"
        {
            names.push(name.to_string());
            rest = after;
        }
    }
    (names, rest)
}

/// The tokens before and after the first one that is an end.
fn split_after(
    tokens: &[TokenTree],
    is_end: impl Fn(&TokenTree) -> bool,
) -> (&[TokenTree], &[TokenTree]) {
    let end = tokens.iter().position(is_end).unwrap_or(tokens.len());
    (&tokens[..end], tokens.get(end + 1..).unwrap_or_default())
}

fn is_of_tests(attribute: &Group) -> bool {
    let attribute = attribute.stream().to_string().replace(' ', "");
    ["cfg(test)", "cfg(all(test,"]
        .iter()
        .any(|start| attribute.starts_with(start))
}

fn ends_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => word(token) == ";",
    }
}
