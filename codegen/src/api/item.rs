//! Items as the listing has them.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{
    Attribute, FnArg, GenericParam, Generics, ImplItem, Meta, Pat, PathArguments, ReceiverKind,
    ReturnType, Signature, Token, Variant,
};

use super::module::{Modules, Path, child, foreign, is_public};
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

struct Reader<'m> {
    modules: &'m Modules,
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
            self.add_at(&home, Kind::Module, "mod ", String::new());
            return;
        }
        let Some((name, module)) = definition.split_last() else {
            return;
        };
        let module = module.to_vec();
        let items = self.modules.files.get(&module).map(|file| &file.items);
        for item in items.into_iter().flatten() {
            self.own_item(&module, &home, name, item);
        }
    }

    /// Adds an item of this name.
    fn own_item(&mut self, module: &Path, home: &Path, name: &str, item: &syn::Item) {
        let modules = self.modules;
        let line = |tokens: &dyn Tokens| modules.line(module, &tokens.tokens());
        match item {
            syn::Item::Struct(item) if item.ident == name => self.structure(module, home, item),
            syn::Item::Enum(item) if item.ident == name => self.enumeration(module, home, item),
            syn::Item::Type(item) if item.ident == name => {
                let after = format!("{} = {}", names(&item.generics), line(&item.ty));
                self.add_at(home, Kind::Alias, "type ", after);
            }
            syn::Item::Fn(item) if item.sig.ident == name => {
                let (before, after) = self.signature(module, &item.sig, None);
                let place = place(home, Kind::Function);
                self.add(place, before, after, &item.attrs, false);
            }
            syn::Item::Const(item) if item.ident == name => {
                let after = format!(": {}", line(&item.ty));
                self.add_at(home, Kind::Constant, "const ", after);
            }
            syn::Item::Static(item) if item.ident == name => {
                let after = format!(": {}", line(&item.ty));
                self.add_at(home, Kind::Constant, "static ", after);
            }
            syn::Item::Trait(item) if item.ident == name => {
                let after = format!(" = {}", line(item));
                self.add_at(home, Kind::Other, "trait ", after);
            }
            syn::Item::Union(item) if item.ident == name => {
                let after = format!(" = {}", line(item));
                self.add_at(home, Kind::Other, "union ", after);
            }
            _ => {}
        }
    }

    fn structure(&mut self, module: &Path, home: &Path, item: &syn::ItemStruct) {
        let hides = item.fields.iter().any(|field| !is_public(&field.vis));
        let generics = names(&item.generics);
        let owner = format!("{}{generics}", home.join("::"));
        let more = if hides {
            " { /* private fields */ }"
        } else {
            ""
        };
        let (before, is_open) = non_exhaustive(&item.attrs, "struct ");
        let after = format!("{generics}{more}");
        let of_type = place(home, Kind::Struct);
        self.add(of_type, before, after, &item.attrs, hides || is_open);
        for (index, field) in item.fields.iter().enumerate() {
            if is_public(&field.vis) {
                let name = field.ident.as_ref().map(ToString::to_string);
                let place = Place {
                    owner: owner.clone(),
                    kind: Kind::Field,
                    name: name.unwrap_or_else(|| index.to_string()),
                };
                let after = format!(": {}", self.modules.line(module, &field.ty));
                self.add(place, String::new(), after, &field.attrs, false);
            }
        }
        self.derived(module, &owner, &item.attrs);
    }

    fn enumeration(&mut self, module: &Path, home: &Path, item: &syn::ItemEnum) {
        let generics = names(&item.generics);
        let owner = format!("{}{generics}", home.join("::"));
        let (before, is_open) = non_exhaustive(&item.attrs, "enum ");
        let of_type = place(home, Kind::Enum);
        self.add(of_type, before, generics, &item.attrs, is_open);
        for Variant {
            ident,
            fields,
            attrs,
            ..
        } in &item.variants
        {
            let place = Place {
                owner: owner.clone(),
                kind: Kind::Variant,
                name: ident.to_string(),
            };
            let after = self.modules.line(module, fields);
            self.add(place, String::new(), after, attrs, false);
        }
        self.derived(module, &owner, &item.attrs);
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

    /// Adds what an implementation makes public.
    fn implementation(&mut self, module: &Path, item: &syn::ItemImpl) {
        let syn::Type::Path(of) = &*item.self_ty else {
            return;
        };
        let mut bare = of.path.clone();
        if let Some(last) = bare.segments.last_mut() {
            last.arguments = PathArguments::None;
        }
        let names = bare.segments.iter().map(|it| it.ident.to_string());
        let names: Path = names.collect();
        let super::module::Target::Own(definition) = self.modules.resolve(module, &names) else {
            return;
        };
        if self.modules.home(&definition).is_none() {
            return;
        }
        let owner = self.modules.line(module, &item.self_ty);
        match &item.trait_ {
            Some((path, _)) => self.trait_implementation(module, owner, path, item),
            None => self.methods(module, &owner, item),
        }
    }

    fn trait_implementation(
        &mut self,
        module: &Path,
        owner: String,
        path: &syn::Path,
        item: &syn::ItemImpl,
    ) {
        let mut path = path.clone();
        if let Some(last) = path.segments.last_mut()
            && let PathArguments::AngleBracketed(arguments) = &last.arguments
            && (arguments.args.iter()).all(|it| matches!(it, syn::GenericArgument::Lifetime(_)))
        {
            // So it is told as derived ones are.
            last.arguments = PathArguments::None;
        }
        let name = self.modules.line(module, &path);
        let types = item.items.iter().filter_map(|item| match item {
            ImplItem::Type(item) => {
                let ty = self.modules.line(module, &item.ty);
                Some(format!("{} = {ty}", item.ident))
            }
            _ => None,
        });
        let types: Vec<String> = types.collect();
        let types = if types.is_empty() {
            String::new()
        } else {
            format!(" {{ {} }}", types.join(", "))
        };
        let bounds = clause(&self.bounds(module, &item.generics));
        self.implements(&owner, name, types + &bounds);
    }

    fn methods(&mut self, module: &Path, owner: &str, item: &syn::ItemImpl) {
        for member in &item.items {
            match member {
                ImplItem::Fn(method) if is_public(&method.vis) => {
                    let generics = Some(&item.generics);
                    let (before, after) = self.signature(module, &method.sig, generics);
                    let place = Place {
                        owner: owner.to_owned(),
                        kind: Kind::Function,
                        name: method.sig.ident.to_string(),
                    };
                    self.add(place, before, after, &method.attrs, false);
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let place = Place {
                        owner: owner.to_owned(),
                        kind: Kind::Constant,
                        name: constant.ident.to_string(),
                    };
                    let after = format!(": {}", self.modules.line(module, &constant.ty));
                    self.add(place, "const ".to_owned(), after, &constant.attrs, false);
                }
                _ => {}
            }
        }
    }

    /// A function in one line: what stands before its name, and what behind.
    fn signature(
        &self,
        module: &Path,
        signature: &Signature,
        of_impl: Option<&Generics>,
    ) -> (String, String) {
        let line = |tokens: &dyn Tokens| self.modules.line(module, &tokens.tokens());
        let words = [
            signature.constness.map(|_| "const "),
            signature.asyncness.map(|_| "async "),
            Some("fn "),
        ];
        let arguments = signature.inputs.iter().map(|argument| match argument {
            FnArg::Typed(argument) => match &*argument.pat {
                Pat::Ident(name) => format!("{}: {}", name.ident, line(&argument.ty)),
                pattern => format!("{}: {}", line(pattern), line(&argument.ty)),
            },
            FnArg::Receiver(receiver) => match &receiver.kind {
                // That it is mutable inside concerns nobody else.
                ReceiverKind::Value => "self".to_owned(),
                _ => line(receiver),
            },
        });
        let arguments: Vec<String> = arguments.collect();
        let result = match &signature.output {
            ReturnType::Default => String::new(),
            ReturnType::Type(_, ty) => format!(" -> {}", line(ty)),
        };
        let parameters = names(&signature.generics);
        let mut bounds = self.bounds(module, &signature.generics);
        bounds.extend(
            of_impl
                .map(|generics| self.bounds(module, generics))
                .into_iter()
                .flatten(),
        );
        let after = format!(
            "{parameters}({}){result}{}",
            arguments.join(", "),
            clause(&bounds)
        );
        (words.into_iter().flatten().collect(), after)
    }

    /// What parameters are bound to, wherever that is said.
    fn bounds(&self, module: &Path, generics: &Generics) -> Vec<String> {
        let of_parameters = generics
            .params
            .iter()
            .filter_map(|parameter| match parameter {
                GenericParam::Type(it) if !it.bounds.is_empty() => Some(format!(
                    "{}: {}",
                    it.ident,
                    self.modules.line(module, &it.bounds)
                )),
                GenericParam::Const(it) => Some(self.modules.line(module, it)),
                _ => None,
            });
        let clause = generics.where_clause.iter().flat_map(|it| &it.predicates);
        of_parameters
            .chain(clause.map(|predicate| self.modules.line(module, predicate)))
            .collect()
    }

    /// Adds another path of something.
    fn import(&mut self, shown: &Path, target: &str) {
        let mut place = place(shown, Kind::Use);
        let target_name = target.rsplit("::").next().unwrap_or_default();
        let before = if target_name == place.name {
            let (path, _) = target.split_at(target.len() - target_name.len());
            format!("use {path}")
        } else {
            format!("use {target} as ")
        };
        place.kind = Kind::Use;
        self.add(place, before, String::new(), &[], false);
    }

    fn implements(&mut self, owner: &str, name: String, after: String) {
        let place = Place {
            owner: owner.to_owned(),
            kind: Kind::Implementation,
            name,
        };
        self.add(place, "impl ".to_owned(), after, &[], false);
    }

    fn add_at(&mut self, home: &Path, kind: Kind, before: &str, after: String) {
        self.add(place(home, kind), before.to_owned(), after, &[], false);
    }

    fn add(
        &mut self,
        place: Place,
        before: String,
        after: String,
        attributes: &[Attribute],
        open: bool,
    ) {
        let deprecated = attributes.iter().any(|it| it.path().is_ident("deprecated"));
        self.api.insert(Item {
            place,
            before,
            after,
            deprecated,
            open,
        });
    }
}

/// What a line can be made of: references to all kinds of syntax in one closure.
trait Tokens {
    fn tokens(&self) -> proc_macro2::TokenStream;
}

impl<T: ToTokens> Tokens for T {
    fn tokens(&self) -> proc_macro2::TokenStream {
        self.to_token_stream()
    }
}

/// The place of an item that users find at a path.
fn place(path: &Path, kind: Kind) -> Place {
    let (name, owner) = path
        .split_last()
        .map_or((String::new(), &[][..]), |(name, owner)| {
            (name.clone(), owner)
        });
    Place {
        owner: owner.join("::"),
        kind,
        name,
    }
}

/// What stands before the name of a type, and whether that may get more parts without notice.
fn non_exhaustive(attributes: &[Attribute], keyword: &str) -> (String, bool) {
    let is_open = attributes
        .iter()
        .any(|it| matches!(&it.meta, Meta::Path(path) if path.is_ident("non_exhaustive")));
    if is_open {
        (format!("#[non_exhaustive] {keyword}"), true)
    } else {
        (keyword.to_owned(), false)
    }
}

/// The names of parameters, in their brackets.
fn names(generics: &Generics) -> String {
    let names = generics.params.iter().map(|parameter| match parameter {
        GenericParam::Type(it) => it.ident.to_string(),
        GenericParam::Lifetime(it) => it.lifetime.to_string(),
        GenericParam::Const(it) => it.ident.to_string(),
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("<{}>", names.join(", "))
    }
}

fn clause(bounds: &[String]) -> String {
    if bounds.is_empty() {
        String::new()
    } else {
        format!(" where {}", bounds.join(", "))
    }
}
