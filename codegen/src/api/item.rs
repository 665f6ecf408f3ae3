//! Items as the listing has them.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{Attribute, Generics, Meta, Token};

use super::module::{Modules, Path, child, foreign, is_public};
use super::signature::{self, names};
use super::{Api, Item, Kind, Place};

/// All public items of a crate.
pub(super) fn items(modules: &Modules) -> Api {
    let mut reader = Reader {
        modules,
        api: Api::default(),
    };
    for definition in modules.exposed.keys() {
        reader.definition(definition);
    }
    for (shown, target) in &modules.foreign {
        reader.import(shown, &foreign(target));
    }
    for (module, file) in &modules.files {
        for item in &file.items {
            match item {
                syn::Item::Impl(item) => reader.implementation(module, item),
                syn::Item::Macro(item) => reader.macro_call(module, &item.mac),
                _ => {}
            }
        }
    }
    reader.api
}

/// Reads items into an API.
pub(super) struct Reader<'m> {
    pub(super) modules: &'m Modules,
    api: Api,
}

impl Reader<'_> {
    /// Adds what is defined at a path, with its other paths.
    fn definition(&mut self, definition: &Path) {
        let Some(home) = self.modules.home(definition).cloned() else {
            return;
        };
        let others = self.modules.exposed.get(definition).into_iter().flatten();
        for other in others.filter(|other| **other != home) {
            self.import(other, &home.join("::"));
        }
        if self.modules.files.contains_key(definition) {
            self.plain(&home, Kind::Module, "mod ", String::new(), &[]);
            return;
        }
        let Some((name, module)) = definition.split_last() else {
            return;
        };
        let module = module.to_vec();
        let items = self.modules.files.get(&module).map(|file| &file.items);
        for item in items.into_iter().flatten() {
            self.named(&module, &home, name, item);
        }
    }

    /// Adds an item where it is that of this name.
    fn named(&mut self, module: &Path, home: &Path, name: &str, item: &syn::Item) {
        let modules = self.modules;
        match item {
            syn::Item::Struct(item) if item.ident == name => self.structure(module, home, item),
            syn::Item::Enum(item) if item.ident == name => self.enumeration(module, home, item),
            syn::Item::Type(item) if item.ident == name => {
                let ty = modules.line(module, &item.ty);
                let after = format!("{} = {ty}", names(&item.generics));
                self.plain(home, Kind::Alias, "type ", after, &item.attrs);
            }
            syn::Item::Fn(item) if item.sig.ident == name => {
                let (before, after) = signature::of_function(modules, module, &item.sig, None);
                self.plain(home, Kind::Function, &before, after, &item.attrs);
            }
            syn::Item::Const(item) if item.ident == name => {
                let after = format!(": {}", modules.line(module, &item.ty));
                self.plain(home, Kind::Constant, "const ", after, &item.attrs);
            }
            syn::Item::Static(item) if item.ident == name => {
                let after = format!(": {}", modules.line(module, &item.ty));
                self.plain(home, Kind::Constant, "static ", after, &item.attrs);
            }
            // What is in a module without a file of its own is not looked at: generated code has none.
            syn::Item::Mod(item) if item.ident == name => {
                self.plain(home, Kind::Module, "mod ", String::new(), &item.attrs);
            }
            syn::Item::Trait(item) if item.ident == name => {
                let after = format!(" = {}", modules.line(module, item));
                self.plain(home, Kind::Other, "trait ", after, &item.attrs);
            }
            syn::Item::Union(item) if item.ident == name => {
                let after = format!(" = {}", modules.line(module, item));
                self.plain(home, Kind::Other, "union ", after, &item.attrs);
            }
            _ => {}
        }
    }

    fn structure(&mut self, module: &Path, home: &Path, item: &syn::ItemStruct) {
        let hides = item.fields.iter().any(|field| !is_public(&field.vis));
        let more = if hides {
            " { /* private fields */ }"
        } else {
            ""
        };
        let of_type = place(home, Kind::Struct);
        let owner = self.type_item(of_type, "struct ", &item.attrs, &item.generics, more);
        for (index, field) in item.fields.iter().enumerate() {
            if is_public(&field.vis) {
                let name = field.ident.as_ref().map(ToString::to_string);
                let name = name.unwrap_or_else(|| index.to_string());
                let after = format!(": {}", self.modules.line(module, &field.ty));
                self.inside(&owner, Kind::Field, name, ("", after), &field.attrs);
            }
        }
        self.derived(module, &owner, &item.attrs);
    }

    fn enumeration(&mut self, module: &Path, home: &Path, item: &syn::ItemEnum) {
        let of_type = place(home, Kind::Enum);
        let owner = self.type_item(of_type, "enum ", &item.attrs, &item.generics, "");
        for variant in &item.variants {
            let after = self.modules.line(module, &variant.fields);
            let name = variant.ident.to_string();
            self.inside(&owner, Kind::Variant, name, ("", after), &variant.attrs);
        }
        self.derived(module, &owner, &item.attrs);
    }

    /// Adds a type, and tells how what is in it names it.
    fn type_item(
        &mut self,
        place: Place,
        keyword: &str,
        attributes: &[Attribute],
        generics: &Generics,
        more: &str,
    ) -> String {
        let is_open = attributes
            .iter()
            .any(|it| matches!(&it.meta, Meta::Path(path) if path.is_ident("non_exhaustive")));
        let attribute = if is_open { "#[non_exhaustive] " } else { "" };
        let generics = names(generics);
        let item = Item {
            place,
            before: format!("{attribute}{keyword}"),
            generics,
            after: more.to_owned(),
            deprecated: is_deprecated(attributes),
            open: is_open || !more.is_empty(),
        };
        let owner = item.type_path();
        self.api.insert(item);
        owner
    }

    /// Adds the traits that a type derives.
    fn derived(&mut self, module: &Path, owner: &str, attributes: &[Attribute]) {
        let derives = attributes.iter().filter(|it| it.path().is_ident("derive"));
        for derive in derives {
            let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
            for path in derive.parse_args_with(parser).into_iter().flatten() {
                let name = self.modules.line(module, &path);
                self.implements(owner, name, String::new());
            }
        }
    }

    /// Adds the traits that a macro of the runtime implements for a type of the crate.
    fn macro_call(&mut self, module: &Path, call: &syn::Macro) {
        let Ok(name) = call.parse_body::<Ident>() else {
            return;
        };
        if let Some(home) = self.modules.home(&child(module, &name.to_string())) {
            let (owner, path) = (home.join("::"), self.modules.line(module, &call.path));
            self.implements(&owner, format!("{path}!"), String::new());
        }
    }

    /// Adds another path of something.
    fn import(&mut self, shown: &Path, target: &str) {
        let name = shown.last().map_or("", String::as_str);
        let before = match target.strip_suffix(name) {
            Some(path) if path.is_empty() || path.ends_with("::") => format!("use {path}"),
            _ => format!("use {target} as "),
        };
        self.plain(shown, Kind::Use, &before, String::new(), &[]);
    }

    /// Adds a trait of a type.
    pub(super) fn implements(&mut self, owner: &str, name: String, after: String) {
        let kind = Kind::Implementation;
        self.inside(owner, kind, name, ("impl ", after), &[]);
    }

    /// Adds an item that users find at a path.
    fn plain(
        &mut self,
        home: &Path,
        kind: Kind,
        before: &str,
        after: String,
        attributes: &[Attribute],
    ) {
        let Place { owner, name, .. } = place(home, kind);
        self.inside(&owner, kind, name, (before, after), attributes);
    }

    /// Adds an item of a module or a type, with what stands before and behind its name.
    pub(super) fn inside(
        &mut self,
        owner: &str,
        kind: Kind,
        name: String,
        (before, after): (&str, String),
        attributes: &[Attribute],
    ) {
        let place = Place {
            owner: owner.to_owned(),
            kind,
            name,
        };
        self.api.insert(Item {
            place,
            before: before.to_owned(),
            generics: String::new(),
            after,
            deprecated: is_deprecated(attributes),
            open: false,
        });
    }
}

fn is_deprecated(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("deprecated"))
}

/// The place of an item that users find at a path.
fn place(path: &Path, kind: Kind) -> Place {
    let (owner, name) = match path.split_last() {
        Some((name, owner)) => (owner.join("::"), name.clone()),
        None => (String::new(), String::new()),
    };
    Place { owner, kind, name }
}
