//! Modules, what they expose, and what paths in them mean.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::ext::IdentExt as _;
use syn::{Item, UseTree, Visibility};

use super::{ApiError, text};

/// A path in parts.
pub(super) type Path = Vec<String>;

/// How many imports a name is followed through: more only lead in circles.
const MOST_STEPS: usize = 16;

/// The modules of a crate, by their paths in it; the root is the empty path.
#[derive(Default)]
pub(super) struct Modules {
    pub(super) files: BTreeMap<Path, syn::File>,
    imports: BTreeMap<Path, Vec<Import>>,
    /// The paths at which users find an item or a module, by the path of its definition.
    pub(super) exposed: BTreeMap<Path, BTreeSet<Path>>,
    /// Items of other crates that are exposed, by the paths at which users find them.
    pub(super) foreign: BTreeMap<Path, Path>,
}

/// A name that `use` gives to something; no name for all that is in a module.
struct Import {
    name: Option<String>,
    target: Path,
    is_public: bool,
}

/// What a path leads to.
pub(super) enum Target {
    /// An item or a module of the crate: the path of its definition.
    Own(Path),
    /// Something of another crate.
    Foreign(Path),
    /// A name that needs no import: that of the prelude, of a parameter, of a primitive type.
    Given,
}

impl Modules {
    /// Reads files by their paths, as in `operation/mod.rs`.
    pub(super) fn read<'s>(
        sources: impl Iterator<Item = (String, &'s str)>,
    ) -> Result<Self, ApiError> {
        let mut modules = Self::default();
        for (file, source) in sources {
            let parsed = syn::parse_file(source).map_err(|error| ApiError {
                file: file.clone(),
                error,
            })?;
            let stem = file.strip_suffix(".rs").unwrap_or(&file);
            let mut path: Path = stem.split('/').map(str::to_owned).collect();
            path.pop_if(|last| matches!(last.as_str(), "mod" | "lib"));
            modules.files.insert(path, parsed);
        }
        let imports = modules.files.iter().map(|(path, file)| {
            let mut imports = Vec::new();
            for item in &file.items {
                if let Item::Use(item) = item {
                    let is_public = is_public(&item.vis);
                    collect(&item.tree, &mut Vec::new(), is_public, &mut imports);
                }
            }
            (path.clone(), imports)
        });
        modules.imports = imports.collect();
        modules.expose(&Vec::new(), &Vec::new(), &mut BTreeSet::new());
        Ok(modules)
    }

    /// Notes that what is public in a module is found at a path.
    fn expose(&mut self, module: &Path, shown: &Path, seen: &mut BTreeSet<(Path, Path)>) {
        if !seen.insert((module.clone(), shown.clone())) {
            return;
        }
        let mut found = Vec::new();
        let mut globs = Vec::new();
        for item in self.files.get(module).into_iter().flat_map(|it| &it.items) {
            if let Some(name) = public_name(item) {
                found.push((child(shown, &name), Target::Own(child(module, &name))));
            }
        }
        for import in self.imports.get(module).into_iter().flatten() {
            let target = self.resolve(module, &import.target);
            match (&import.name, target) {
                _ if !import.is_public => {}
                (Some(name), target) => found.push((child(shown, name), target)),
                (None, Target::Own(target)) => globs.push(target),
                (None, _) => {}
            }
        }
        for (path, target) in found {
            match target {
                Target::Own(target) => {
                    let is_module = self.files.contains_key(&target);
                    let exposed = self.exposed.entry(target.clone()).or_default();
                    exposed.insert(path.clone());
                    if is_module {
                        self.expose(&target, &path, seen);
                    }
                }
                Target::Foreign(target) => {
                    self.foreign.insert(path, target);
                }
                Target::Given => {}
            }
        }
        for target in globs {
            self.expose(&target, shown, seen);
        }
    }

    /// What a path in a module leads to.
    pub(super) fn resolve(&self, module: &Path, path: &[String]) -> Target {
        self.follow(module, path, MOST_STEPS)
    }

    fn follow(&self, module: &Path, path: &[String], steps: usize) -> Target {
        let Some(((first, rest), steps)) = path.split_first().zip(steps.checked_sub(1)) else {
            return Target::Own(module.clone());
        };
        match first.as_str() {
            "crate" => return self.follow(&Vec::new(), rest, steps),
            "self" => return self.follow(module, rest, steps),
            "super" => {
                let mut parent = module.clone();
                parent.pop();
                return self.follow(&parent, rest, steps);
            }
            _ => {}
        }
        let inner = child(module, first);
        if self.files.contains_key(&inner) {
            return self.follow(&inner, rest, steps);
        }
        if self.defines(module, first) {
            return Target::Own([inner, rest.to_vec()].concat());
        }
        match self.imported(module, first, rest, steps) {
            Some(target) => target,
            None if rest.is_empty() => Target::Given,
            None => Target::Foreign(path.to_vec()),
        }
    }

    /// What a path leads to whose first part is imported into a module.
    fn imported(
        &self,
        module: &Path,
        first: &String,
        rest: &[String],
        steps: usize,
    ) -> Option<Target> {
        let imports = self.imports.get(module)?;
        let named = imports.iter().find(|it| it.name.as_ref() == Some(first));
        if let Some(import) = named {
            let target = [&import.target, rest].concat();
            // `use http;` and the like name a crate.
            return Some(if import.target == [first.clone()] {
                Target::Foreign(target)
            } else {
                self.follow(module, &target, steps)
            });
        }
        let path = [std::slice::from_ref(first), rest].concat();
        let mut globs = imports.iter().filter(|it| it.name.is_none());
        globs.find_map(|import| {
            let Target::Own(inner) = self.follow(module, &import.target, steps) else {
                return None;
            };
            let found = self.follow(&inner, &path, steps);
            matches!(found, Target::Own(_)).then_some(found)
        })
    }

    fn defines(&self, module: &Path, name: &str) -> bool {
        let items = self.files.get(module).into_iter().flat_map(|it| &it.items);
        items
            .filter_map(name_of)
            .any(|(_, defined)| defined == name)
    }

    /// Where users find what is defined here: at the longest of its paths.
    pub(super) fn home(&self, definition: &Path) -> Option<&Path> {
        let exposed = self.exposed.get(definition)?;
        exposed.iter().max_by_key(|path| path.len())
    }

    /// Tokens of a module in one line, with the paths that users write.
    pub(super) fn line(&self, module: &Path, tokens: &impl ToTokens) -> String {
        text::line(tokens, &|path| self.shown(module, path))
    }

    /// What users write for a path in a module.
    fn shown(&self, module: &Path, path: &[String]) -> String {
        if path == ["self"] {
            return path.concat();
        }
        match self.resolve(module, path) {
            Target::Own(definition) => {
                let home = self.home(&definition);
                home.unwrap_or(&definition).join("::")
            }
            Target::Foreign(path) => {
                let mut exposed = self.foreign.iter();
                let own = exposed.find(|(_, target)| **target == path);
                own.map_or_else(|| foreign(&path), |(shown, _)| shown.join("::"))
            }
            Target::Given => path.join("::"),
        }
    }
}

/// A path of another crate; of the standard library's, the last part.
pub(super) fn foreign(path: &[String]) -> String {
    let is_standard = path
        .first()
        .is_some_and(|first| matches!(first.as_str(), "std" | "core" | "alloc"));
    match path.last() {
        Some(last) if is_standard => last.clone(),
        _ => path.join("::"),
    }
}

/// The path of what has this name there.
pub(super) fn child(path: &Path, name: &str) -> Path {
    let mut path = path.clone();
    path.push(name.to_owned());
    path
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The name of an item that others can use, where its module exposes it.
fn public_name(item: &Item) -> Option<String> {
    let (visibility, name) = name_of(item)?;
    is_public(visibility).then_some(name)
}

/// The visibility and the name of an item. Modules have the names of their files.
fn name_of(item: &Item) -> Option<(&Visibility, String)> {
    let (visibility, name) = match item {
        Item::Mod(item) => return Some((&item.vis, item.ident.unraw().to_string())),
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Union(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        Item::Trait(item) => (&item.vis, &item.ident),
        Item::Fn(item) => (&item.vis, &item.sig.ident),
        Item::Const(item) => (&item.vis, &item.ident),
        Item::Static(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    Some((visibility, name.to_string()))
}

/// The names that a `use` gives.
fn collect(tree: &UseTree, path: &mut Path, is_public: bool, imports: &mut Vec<Import>) {
    let mut import = |name: Option<String>, last: Option<String>| {
        imports.push(Import {
            name,
            target: path.iter().cloned().chain(last).collect(),
            is_public,
        });
    };
    match tree {
        UseTree::Path(tree) => {
            path.push(tree.ident.unraw().to_string());
            collect(&tree.tree, path, is_public, imports);
            path.pop();
        }
        UseTree::Name(tree) if tree.ident == "self" => import(path.last().cloned(), None),
        UseTree::Name(tree) => {
            let name = tree.ident.to_string();
            import(Some(name.clone()), Some(name));
        }
        UseTree::Rename(tree) => {
            import(Some(tree.rename.to_string()), Some(tree.ident.to_string()));
        }
        UseTree::Glob(_) => import(None, None),
        UseTree::Group(tree) => {
            for tree in &tree.items {
                collect(tree, path, is_public, imports);
            }
        }
    }
}
