//! Whether names are unique where Rust wants them to be.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenTree;
use smithy_reqwest_codegen::Generated;
use syn::{Fields, GenericArgument, ImplItem, Item, ItemMacro, Path, PathArguments, Type, UseTree};

/// Names in places of which each can have a name once.
#[derive(Default)]
struct Names {
    taken: BTreeMap<String, BTreeSet<String>>,
    problem: Option<String>,
}

impl Names {
    fn claim(&mut self, place: &str, name: &impl ToString) {
        let name = name.to_string();
        let is_new = self
            .taken
            .entry(place.to_owned())
            .or_default()
            .insert(name.clone());
        if !is_new {
            self.problem = Some(format!("`{name}` is twice in {place}"));
        }
    }
}

/// A name that is there twice.
pub(crate) fn problem(generated: &Generated) -> Option<String> {
    let mut names = Names::default();
    common_methods(&mut names);
    for (kind, files) in [("src", &generated.library), ("tests", &generated.tests)] {
        for (file, text) in files {
            let file = format!("{kind}/{file}");
            let parsed = match syn::parse_file(text) {
                Ok(parsed) => parsed,
                Err(error) => return Some(format!("{file} is laid out as no Rust: {error}")),
            };
            names.claim("the paths", &file.to_lowercase());
            parsed
                .items
                .iter()
                .for_each(|item| add(item, &file, &mut names));
        }
    }
    // Every call has the methods of all calls beside its own.
    let calls: Vec<_> = names
        .taken
        .keys()
        .filter(|it| it.starts_with("impl Call<"))
        .cloned()
        .collect();
    let common = names.taken.get("impl Call<R>").cloned().unwrap_or_default();
    for call in calls.iter().filter(|call| *call != "impl Call<R>") {
        let paginated = names
            .taken
            .get("the paginated")
            .is_some_and(|it| it.contains(call));
        for name in &common {
            if paginated || !matches!(name.as_str(), "items" | "pages") {
                names.claim(call, name);
            }
        }
    }
    names.problem
}

/// Claims the methods that every client and every call has: those of the macro `service_client!`.
fn common_methods(names: &mut Names) {
    let source = include_str!("../../codegen/runtime/src/generated.rs");
    let mut place = None;
    for line in source.lines().map(str::trim) {
        if line.starts_with("impl") {
            let is_trait = line.contains(" for ");
            let of = if line.contains("Call<R>") {
                "Call<R>"
            } else {
                "Client"
            };
            place = (!is_trait).then(|| format!("impl {of}"));
        }
        let method = line.split_once("fn ").and_then(|(_, rest)| {
            let end = rest.find(['(', '<'])?;
            rest.get(..end)
        });
        if let (Some(place), Some(method)) = (&place, method) {
            names.claim(place, &method);
        }
    }
    assert!(names.taken["impl Client"].contains("send"));
    assert!(names.taken["impl Call<R>"].contains("pages"));
}

/// Claims the names in `modules!`: those of modules, and of the types in each.
fn modules(item: &ItemMacro, types: &str, names: &mut Names) {
    if item
        .mac
        .path
        .segments
        .last()
        .is_some_and(|it| it.ident == "modules")
    {
        for token in item.mac.tokens.clone() {
            if let TokenTree::Ident(name) = token {
                names.claim(types, &name);
            }
        }
    }
}

fn add(item: &Item, file: &str, names: &mut Names) {
    let (types, values) = (
        format!("the types of {file}"),
        format!("the values of {file}"),
    );
    match item {
        Item::Mod(item) => names.claim(&types, &item.ident),
        Item::Macro(item) => modules(item, &types, names),
        Item::Type(item) => names.claim(&types, &item.ident),
        Item::Fn(item) => names.claim(&values, &item.sig.ident),
        Item::Static(item) => names.claim(&values, &item.ident),
        Item::Use(item) => imported(&item.tree, &types, names),
        Item::Struct(item) => {
            names.claim(&types, &item.ident);
            fields(&item.fields, &format!("`{}` of {file}", item.ident), names);
        }
        Item::Enum(item) => {
            names.claim(&types, &item.ident);
            let place = format!("`{}` of {file}", item.ident);
            item.variants
                .iter()
                .for_each(|variant| names.claim(&place, &variant.ident));
        }
        Item::Impl(item) => {
            let of = type_name(&item.self_ty);
            // The client and its calls have methods in every file of an operation.
            let is_everywhere = of == "Client" || of.starts_with("Call<");
            let place = if is_everywhere {
                format!("impl {of}")
            } else {
                format!("impl {of} of {file}")
            };
            let trait_name = item.trait_.as_ref().map(|(path, _)| path_name(path));
            if trait_name.as_deref() == Some("Paginated") {
                names.claim("the paginated", &format!("impl Call<{of}>"));
            }
            let place = trait_name.map_or(place.clone(), |name| format!("impl {name} for {place}"));
            for item in &item.items {
                match item {
                    ImplItem::Fn(function) => {
                        names.claim(&place, &function.sig.ident);
                        parameters(function, &place, names);
                    }
                    ImplItem::Const(item) => names.claim(&place, &item.ident),
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn fields(fields: &Fields, place: &str, names: &mut Names) {
    for field in fields {
        if let Some(name) = &field.ident {
            names.claim(place, name);
        }
    }
}

fn parameters(function: &syn::ImplItemFn, place: &str, names: &mut Names) {
    let place = format!("`{}` of {place}", function.sig.ident);
    for parameter in &function.sig.inputs {
        if let syn::FnArg::Typed(parameter) = parameter
            && let syn::Pat::Ident(name) = &*parameter.pat
        {
            names.claim(&place, &name.ident);
        }
    }
}

fn imported(tree: &UseTree, place: &str, names: &mut Names) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, place, names),
        UseTree::Name(name) => names.claim(place, &name.ident),
        UseTree::Rename(name) => names.claim(place, &name.rename),
        UseTree::Group(group) => group.items.iter().for_each(|it| imported(it, place, names)),
        UseTree::Glob(_) => {}
    }
}

/// A type as it is written, as far as generated code has such types.
fn type_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path_name(&path.path),
        _ => String::new(),
    }
}

fn path_name(path: &Path) -> String {
    let Some(last) = path.segments.last() else {
        return String::new();
    };
    let arguments = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
        _ => Vec::new(),
    };
    let arguments: Vec<String> = arguments
        .into_iter()
        .map(|argument| match argument {
            GenericArgument::Type(ty) => type_name(ty),
            _ => String::new(),
        })
        .collect();
    if arguments.is_empty() {
        last.ident.to_string()
    } else {
        format!("{}<{}>", last.ident, arguments.join(", "))
    }
}
