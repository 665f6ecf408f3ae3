//! The items of a listing, read from the syntax of a crate.

use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, FnArg, Generics, ImplItem, ItemImpl, Meta, Pat, Signature, Token};

use super::module::{ModulePath, Modules, is_public, name_of};
use super::{Api, Item, ItemId, Kind};

/// Returns all public items of a crate.
pub(super) fn items(modules: &Modules) -> Api {
    let mut reader = Reader {
        modules,
        api: Api::default(),
    };
    for (definition, shown) in &modules.exposed {
        reader.definition(definition, shown.iter());
    }
    for (shown, target) in &modules.foreign {
        reader.import(shown, &target.join("::"));
    }
    for (module, items) in &modules.items {
        for item in items {
            if let syn::Item::Impl(item) = item {
                reader.implementation(module, item);
            }
        }
    }
    reader.api
}

/// A reader of items.
struct Reader<'m> {
    modules: &'m Modules,
    api: Api,
}

impl<'m> Reader<'m> {
    /// Adds a definition at its home, and imports at its other paths.
    fn definition(&mut self, definition: &ModulePath, shown: impl Iterator<Item = &'m ModulePath>) {
        let modules = self.modules;
        let Some(home) = modules.home(definition) else {
            return;
        };
        for other in shown.filter(|path| *path != home) {
            self.import(other, &home.join("::"));
        }
        let Some((name, module)) = definition.split_last() else {
            return;
        };
        let items = modules.items.get(module).into_iter().flatten();
        for item in items.filter(|item| name_of(item).is_some_and(|(_, it)| it == *name)) {
            self.item(home, item);
        }
    }

    fn item(&mut self, home: &ModulePath, item: &syn::Item) {
        let (kind, before, after, attributes) = match item {
            syn::Item::Struct(item) => return self.structure(home, item),
            syn::Item::Enum(item) => return self.enumeration(home, item),
            syn::Item::Fn(item) => {
                let (before, after) = function(&item.sig, None);
                return self.insert(place(home, Kind::Function), &before, after, &item.attrs);
            }
            syn::Item::Mod(it) => (Kind::Module, "mod ", String::new(), &it.attrs),
            syn::Item::Type(it) => {
                let after = format!("{} = {}", line(&it.generics), line(&it.ty));
                (Kind::Alias, "type ", after, &it.attrs)
            }
            syn::Item::Const(it) => (Kind::Constant, "const ", typed(&it.ty), &it.attrs),
            syn::Item::Static(it) => (Kind::Constant, "static ", typed(&it.ty), &it.attrs),
            // Generated code has no other items, so they are listed whole.
            syn::Item::Trait(it) => (Kind::Other, "trait ", format!(" = {}", line(it)), &it.attrs),
            syn::Item::Union(it) => (Kind::Other, "union ", format!(" = {}", line(it)), &it.attrs),
            _ => return,
        };
        self.insert(place(home, kind), before, after, attributes);
    }

    fn structure(&mut self, home: &ModulePath, item: &syn::ItemStruct) {
        let hides = item.fields.iter().any(|field| !is_public(&field.vis));
        let after = if hides {
            " { /* private fields */ }"
        } else {
            ""
        };
        let owner = self.type_item(home, Kind::Struct, &item.attrs, &item.generics, after);
        for (index, field) in item.fields.iter().enumerate() {
            if is_public(&field.vis) {
                let name = field.ident.as_ref().map(ToString::to_string);
                let name = name.unwrap_or_else(|| index.to_string());
                let place = within(&owner, Kind::Field, name);
                self.insert(place, "", typed(&field.ty), &field.attrs);
            }
        }
    }

    fn enumeration(&mut self, home: &ModulePath, item: &syn::ItemEnum) {
        let owner = self.type_item(home, Kind::Enum, &item.attrs, &item.generics, "");
        for variant in &item.variants {
            let place = within(&owner, Kind::Variant, variant.ident.to_string());
            self.insert(place, "", line(&variant.fields), &variant.attrs);
        }
    }

    /// Adds a type with the traits that it derives, and returns its path.
    fn type_item(
        &mut self,
        home: &ModulePath,
        kind: Kind,
        attributes: &[Attribute],
        generics: &Generics,
        after: &str,
    ) -> String {
        let is_open = attributes
            .iter()
            .any(|it| matches!(&it.meta, Meta::Path(path) if path.is_ident("non_exhaustive")));
        let keyword = if kind == Kind::Struct {
            "struct"
        } else {
            "enum"
        };
        let attribute = if is_open { "#[non_exhaustive] " } else { "" };
        let mut place = place(home, kind);
        place.name += &line(&generics.split_for_impl().1);
        let owner = place.path();
        let item = Item {
            place: place.clone(),
            before: format!("{attribute}{keyword} "),
            after: after.to_owned(),
            deprecated: is_deprecated(attributes),
            open: is_open || !after.is_empty(),
        };
        self.api.items.insert(place, item);
        let derives = attributes.iter().filter(|it| it.path().is_ident("derive"));
        for derive in derives {
            let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
            for path in derive.parse_args_with(parser).into_iter().flatten() {
                self.implements(&owner, line(&path.segments.last()), String::new());
            }
        }
        owner
    }

    /// Adds the public items of an implementation for a type that users can name.
    fn implementation(&mut self, module: &ModulePath, item: &ItemImpl) {
        let syn::Type::Path(ty) = &*item.self_ty else {
            return;
        };
        let names = ty.path.segments.iter().map(|it| it.ident.to_string());
        let definition = self.modules.resolve(module, &names.collect::<ModulePath>());
        let home = definition.and_then(|definition| self.modules.home(&definition));
        let Some((home, last)) = home.zip(ty.path.segments.last()) else {
            return;
        };
        let owner = home.join("::") + &line(&last.arguments);
        if let Some((path, _)) = &item.trait_ {
            let types = item.items.iter().filter_map(|item| match item {
                ImplItem::Type(item) => Some(format!("{} = {}", item.ident, line(&item.ty))),
                _ => None,
            });
            let types: Vec<String> = types.collect();
            let types = match types.join(", ") {
                none if none.is_empty() => none,
                types => format!(" {{ {types} }}"),
            };
            let after = types + &bounds(&item.generics);
            return self.implements(&owner, line(&path.segments.last()), after);
        }
        for member in &item.items {
            match member {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let (before, after) = function(&method.sig, Some(&item.generics));
                    let place = within(&owner, Kind::Function, method.sig.ident.to_string());
                    self.insert(place, &before, after, &method.attrs);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let place = within(&owner, Kind::Constant, constant.ident.to_string());
                    self.insert(place, "const ", typed(&constant.ty), &constant.attrs);
                }
                _ => {}
            }
        }
    }

    /// Adds another path of an item.
    fn import(&mut self, shown: &ModulePath, target: &str) {
        let place = place(shown, Kind::Use);
        let before = match target.strip_suffix(&place.name) {
            Some(path) if path.is_empty() || path.ends_with("::") => format!("use {path}"),
            _ => format!("use {target} as "),
        };
        self.insert(place, &before, String::new(), &[]);
    }

    fn implements(&mut self, owner: &str, name: String, after: String) {
        let place = within(owner, Kind::Implementation, name);
        self.insert(place, "impl ", after, &[]);
    }

    fn insert(&mut self, place: ItemId, before: &str, after: String, attributes: &[Attribute]) {
        let item = Item {
            place: place.clone(),
            before: before.to_owned(),
            after,
            deprecated: is_deprecated(attributes),
            open: false,
        };
        self.api.items.insert(place, item);
    }
}

fn is_deprecated(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|it| it.path().is_ident("deprecated"))
}

fn place(path: &ModulePath, kind: Kind) -> ItemId {
    let (name, owner) = path.split_last().unzip();
    let owner = owner.unwrap_or_default().join("::");
    within(&owner, kind, name.cloned().unwrap_or_default())
}

fn within(owner: &str, kind: Kind, name: String) -> ItemId {
    ItemId {
        owner: owner.to_owned(),
        kind,
        name,
    }
}

/// Returns what comes before the name of a function and what comes after it. The bounds of its
/// implementation are bounds of a method, too.
fn function(signature: &Signature, implementation: Option<&Generics>) -> (String, String) {
    let Signature {
        constness,
        asyncness,
        generics,
        output,
        ..
    } = signature;
    let mut inputs = signature.inputs.clone();
    inputs.pop_punct();
    for input in &mut inputs {
        // Whether an argument is mutable inside the function concerns no caller.
        if let FnArg::Typed(argument) = input
            && let Pat::Ident(name) = &mut *argument.pat
        {
            name.mutability = None;
        }
    }
    let before = line(&quote! { #constness #asyncness fn }) + " ";
    let clause = &generics.where_clause;
    let after = line(&quote! { #generics (#inputs) #output #clause });
    let bounds = implementation.map(bounds).unwrap_or_default();
    (before, after.replace("(mut self", "(self") + &bounds)
}

/// Returns the bounds of generics, as in ` where R: Request`; nothing if there are none.
fn bounds(generics: &Generics) -> String {
    let params = generics.type_params().filter(|it| !it.bounds.is_empty());
    let params = params.map(line);
    let predicates = generics.where_clause.iter().flat_map(|it| &it.predicates);
    let bounds: Vec<String> = params.chain(predicates.map(line)).collect();
    if bounds.is_empty() {
        String::new()
    } else {
        format!(" where {}", bounds.join(", "))
    }
}

/// Prints the type of an item.
fn typed(ty: &syn::Type) -> String {
    format!(": {}", line(ty))
}

/// Prints tokens on one line.
fn line(tokens: &impl ToTokens) -> String {
    // A stream prints a space between most tokens, and a comma where a list is broken into lines.
    const TIGHT: [(&str, &str); 11] = [
        (" :: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        ("& ", "&"),
        (" ,", ","),
        (" :", ":"),
        (" (", "("),
        (")->", ") ->"),
        (",)", ")"),
        (",>", ">"),
    ];
    let text = tokens.to_token_stream().to_string();
    let tighten = |text: String, (loose, tight): &(&str, &str)| text.replace(loose, tight);
    TIGHT.iter().fold(text, tighten)
}
