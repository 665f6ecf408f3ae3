//! Modules, and the paths at which users find what is defined in them.

use std::collections::{BTreeMap, BTreeSet};

use syn::ext::IdentExt as _;
use syn::{Item, UseTree, Visibility};

use super::table;
use crate::error::Error;

/// A path as a list of names. The root of the crate is the empty path.
pub(super) type ModulePath = Vec<String>;

/// The maximum number of steps in the resolution of a path; circular imports take more.
const MAX_STEPS: usize = 16;

/// The modules of a crate.
#[derive(Default)]
pub(super) struct Modules {
    /// The items of each module.
    pub(super) items: BTreeMap<ModulePath, Vec<Item>>,
    imports: BTreeMap<ModulePath, Vec<Import>>,
    /// The paths at which users find an item or a module, by the path of its definition.
    pub(super) exposed: BTreeMap<ModulePath, BTreeSet<ModulePath>>,
    /// The items of other crates that this one exposes, by the paths at which users find them.
    pub(super) foreign: BTreeMap<ModulePath, ModulePath>,
}

/// One name that a `use` item imports, or a glob, which has no name.
struct Import {
    name: Option<String>,
    target: ModulePath,
    is_public: bool,
}

impl Modules {
    /// Parses files, given by their paths, as in `operation/mod.rs`.
    pub(super) fn parse<'s>(
        sources: impl Iterator<Item = (String, &'s str)>,
    ) -> Result<Self, Error> {
        let mut modules = Self::default();
        for (file, source) in sources {
            let parsed = syn::parse_file(source);
            let parsed = parsed.map_err(|error| Error::InvalidRust {
                file: file.clone(),
                error,
            })?;
            let mut items = parsed.items;
            let defined: Vec<Item> = items.iter().filter_map(table::items).flatten().collect();
            items.extend(defined);
            let mut imports = Vec::new();
            for item in &items {
                if let Item::Use(item) = item {
                    let is_public = is_public(&item.vis);
                    collect_imports(&item.tree, &mut Vec::new(), is_public, &mut imports);
                }
            }
            let stem = file.strip_suffix(".rs").unwrap_or(&file);
            let mut path: ModulePath = stem.split('/').map(str::to_owned).collect();
            path.pop_if(|last| matches!(last.as_str(), "mod" | "lib"));
            modules.imports.insert(path.clone(), imports);
            modules.items.insert(path, items);
        }
        modules.expose(&Vec::new(), &Vec::new(), &mut BTreeSet::new());
        Ok(modules)
    }

    /// Records that users find the public items of a module at the path `shown`.
    fn expose(
        &mut self,
        module: &ModulePath,
        shown: &ModulePath,
        seen: &mut BTreeSet<(ModulePath, ModulePath)>,
    ) {
        if !seen.insert((module.clone(), shown.clone())) {
            return;
        }
        let items = self.items.get(module).into_iter().flatten();
        let defined = items.filter_map(|item| {
            let (visibility, name) = name_of(item)?;
            is_public(visibility).then(|| (Some(name.clone()), Some(child(module, &name)), None))
        });
        let imports = self.imports.get(module).into_iter().flatten();
        let imported = imports.filter(|import| import.is_public).map(|import| {
            let target = self.resolve(module, &import.target);
            (import.name.clone(), target, Some(import.target.clone()))
        });
        let found: Vec<_> = defined.chain(imported).collect();
        for (name, definition, import) in found {
            match (name.map(|name| child(shown, &name)), definition) {
                (Some(path), Some(definition)) => {
                    let exposed = self.exposed.entry(definition.clone()).or_default();
                    exposed.insert(path.clone());
                    if self.items.contains_key(&definition) {
                        self.expose(&definition, &path, seen);
                    }
                }
                (None, Some(module)) => self.expose(&module, shown, seen),
                (Some(path), None) => self.foreign.extend(import.map(|target| (path, target))),
                (None, None) => {}
            }
        }
    }

    /// Returns the definition that a path in a module leads to, if it is in this crate.
    pub(super) fn resolve(&self, module: &ModulePath, path: &[String]) -> Option<ModulePath> {
        self.follow(module, path, MAX_STEPS)
    }

    fn follow(&self, module: &ModulePath, path: &[String], steps: usize) -> Option<ModulePath> {
        let steps = steps.checked_sub(1)?;
        let Some((first, rest)) = path.split_first() else {
            return Some(module.clone());
        };
        let parent = module.split_last().map(|(_, parent)| parent.to_vec());
        match first.as_str() {
            "crate" => return self.follow(&Vec::new(), rest, steps),
            "self" => return self.follow(module, rest, steps),
            "super" => return self.follow(&parent?, rest, steps),
            _ => {}
        }
        let inner = child(module, first);
        if self.items.contains_key(&inner) {
            return self.follow(&inner, rest, steps);
        }
        let mut items = self.items.get(module).into_iter().flatten();
        if items.any(|item| name_of(item).is_some_and(|(_, name)| name == *first)) {
            return rest.is_empty().then_some(inner);
        }
        let imports = self.imports.get(module)?;
        let named = imports.iter().find(|it| it.name.as_ref() == Some(first));
        if let Some(import) = named {
            return self.follow(module, &[&import.target, rest].concat(), steps);
        }
        let mut globs = imports.iter().filter(|it| it.name.is_none());
        globs.find_map(|import| {
            let inner = self.follow(module, &import.target, steps)?;
            self.follow(&inner, path, steps)
        })
    }

    /// Returns where users find a definition: the longest of its paths.
    pub(super) fn home(&self, definition: &ModulePath) -> Option<&ModulePath> {
        let exposed = self.exposed.get(definition)?;
        exposed.iter().max_by_key(|path| path.len())
    }
}

pub(super) fn child(path: &ModulePath, name: &str) -> ModulePath {
    let mut path = path.clone();
    path.push(name.to_owned());
    path
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Returns the visibility and the name of an item. A module has the name of its file.
pub(super) fn name_of(item: &Item) -> Option<(&Visibility, String)> {
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

fn collect_imports(
    tree: &UseTree,
    path: &mut ModulePath,
    is_public: bool,
    imports: &mut Vec<Import>,
) {
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
            collect_imports(&tree.tree, path, is_public, imports);
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
                collect_imports(tree, path, is_public, imports);
            }
        }
    }
}
