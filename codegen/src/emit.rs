//! The fifth stage, *emit*: from the plain data of [`ir`](crate::ir) to Rust.
//!
//! One emitter a kind of item, shaped like what it emits. Emission cannot fail: all that can go
//! wrong has been found by `check`.

mod case;
mod client;
mod default;
mod deprecation;
mod endpoint;
mod enumeration;
mod error;
mod literal;
mod operation;
mod serde_attribute;
mod structure;
mod union;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::format::{Source, is_long};
use crate::ir::{Service, Type, TypeItem};
use crate::name;
use crate::prose;

/// The generated sources, by their path under `src/generated` or `tests/generated`.
#[derive(Debug)]
pub(crate) struct Sources {
    /// What the crate is made of.
    pub(crate) library: BTreeMap<String, Source>,
    /// Its tests.
    pub(crate) tests: BTreeMap<String, Source>,
}

/// Emits a service; `crate_name` is how its tests name the crate.
#[must_use]
pub(crate) fn emit(service: &Service, crate_name: &str) -> Sources {
    let crate_name = format_ident!("{crate_name}");
    let mut library = BTreeMap::from([
        ("mod.rs".to_owned(), root(service)),
        ("client.rs".to_owned(), client::client(service)),
        ("endpoint.rs".to_owned(), endpoint::endpoint(service)),
        ("error.rs".to_owned(), error::errors(service)),
        ("operation/mod.rs".to_owned(), operation::modules(service)),
    ]);
    let errors = service.error_names();
    for operation in &service.operations {
        let module = name::module_name(&operation.name);
        let path = format!("operation/{}.rs", file_stem(&module));
        library.insert(path, operation::operation(operation, &crate_name, &errors));
    }
    library.extend(types(service));
    Sources {
        library,
        tests: tests(service, &crate_name),
    }
}

/// The cases that the model carries, as tests of the crate; nothing where it carries none.
fn tests(service: &Service, crate_name: &Ident) -> BTreeMap<String, Source> {
    let modules = [
        ("endpoint", endpoint::tests(service, crate_name)),
        ("request", case::request_tests(service, crate_name)),
        ("response", case::response_tests(service, crate_name)),
    ];
    let modules: Vec<(&str, Source)> = modules
        .into_iter()
        .filter_map(|(module, source)| Some((module, source?)))
        .collect();
    if modules.is_empty() {
        return BTreeMap::new();
    }
    let mut root = Source::new(format!(
        "Machine-written: the cases that the model of {} carries.",
        service.title
    ));
    let mut files = BTreeMap::new();
    for (module, source) in modules {
        let name = format_ident!("{module}");
        let skip = (module != "endpoint").then(|| quote! { #[rustfmt::skip] });
        let allowed = deprecation::allowed_in_tests(service).filter(|_| module != "endpoint");
        root = root.item(quote! { #skip #allowed mod #name; });
        files.insert(format!("{module}.rs"), source);
    }
    files.insert("main.rs".to_owned(), root);
    files
}

/// The module that holds all others.
fn root(service: &Service) -> Source {
    let call = (!service.operations.is_empty()).then(|| quote! { Call, });
    let has_types = (!service.types.is_empty()).then(|| quote! { pub mod types; });
    let has_waiters = service.operations.iter().any(|it| !it.waiters.is_empty());
    let wait_error = has_waiters.then(|| quote! { , WaitError });
    let docs = format!("Machine-written: the client of {}.", service.title);
    Source::new(docs)
        .item(quote! { mod client; })
        .item(quote! { pub mod endpoint; })
        .item(quote! { pub mod error; })
        .item(quote! { pub mod operation; })
        .items(has_types)
        .item(quote! { pub use client::{#call Client, ClientBuilder}; })
        .item(quote! { pub use error::{Error, ErrorKind, ServiceError #wait_error}; })
}

/// The types, a file for those whose names begin with the same word.
fn types(service: &Service) -> BTreeMap<String, Source> {
    let mut groups: BTreeMap<String, Vec<&TypeItem>> = BTreeMap::new();
    for item in &service.types {
        groups
            .entry(name::first_word(item.name()))
            .or_default()
            .push(item);
    }
    if groups.is_empty() {
        return BTreeMap::new();
    }
    let mut modules = Source::new("The types that requests and responses are made of.");
    let modules_of: Vec<_> = groups.keys().map(|word| name::module_name(word)).collect();
    for module in &modules_of {
        modules = modules.item(quote! { mod #module; });
    }
    for (module, items) in modules_of.iter().zip(groups.values()) {
        let names = items.iter().map(|item| item.name());
        modules = modules.item(quote! { pub use #module::{ #(#names),* }; });
    }
    let mut files = BTreeMap::from([("types/mod.rs".to_owned(), modules)]);
    let errors = service.error_names();
    for (word, items) in groups {
        let mut source = Source::new(format!(
            "Types whose names begin with `{}`.",
            prefix(&items)
        ));
        for item in &items {
            source = source.items(match item {
                TypeItem::Structure(structure) => structure::structure(structure),
                TypeItem::Enumeration(enumeration) => enumeration::enumeration(enumeration),
                TypeItem::IntEnumeration(enumeration) => enumeration::int_enumeration(enumeration),
                TypeItem::Union(union) => union::union(union),
            });
        }
        for other in items.iter().flat_map(|item| item.types_referred_to()) {
            let path = path_of(&other, &errors, "super", "super::super");
            source = source.import_if_used(&other, &path);
        }
        files.insert(
            format!("types/{}.rs", file_stem(&name::module_name(&word))),
            source,
        );
    }
    files
}

/// The path of a type that a member has: an error may be the type of a member too.
fn path_of(name: &str, errors: &BTreeSet<String>, types: &str, root: &str) -> String {
    if errors.contains(name) {
        format!("{root}::error::{name}")
    } else {
        format!("{types}::{name}")
    }
}

/// What the names of types begin with that share a file: the longest beginning that they have in
/// common, up to the end of a word.
fn prefix(items: &[&TypeItem]) -> String {
    let names: Vec<String> = items.iter().map(|item| item.name().to_string()).collect();
    let word = items.first().map(|item| name::first_word(item.name()));
    let length = word.unwrap_or_default().len();
    let first = names.first().map(String::as_str).unwrap_or_default();
    first.get(..length).unwrap_or(first).to_owned()
}

/// The name of a module's file.
fn file_stem(module: &proc_macro2::Ident) -> String {
    module.to_string().trim_start_matches("r#").to_owned()
}

/// Doc comments of Markdown, for an item at a depth of indentation.
fn docs(markdown: &str, depth: usize) -> TokenStream {
    let width = 100 - 4 * depth - "/// ".len();
    let lines = prose::lines(markdown, width).into_iter().map(|line| {
        if line.is_empty() {
            line
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#[doc = #lines])* }
}

/// The Rust type of a value.
fn ty(ty: &Type) -> TokenStream {
    match ty {
        Type::Boolean => quote! { bool },
        Type::Integer(bits) => {
            let name = format_ident!("i{bits}");
            quote! { #name }
        }
        Type::Float(bits) => {
            let name = format_ident!("f{bits}");
            quote! { #name }
        }
        Type::BigInteger => quote! { BigInteger },
        Type::BigDecimal => quote! { BigDecimal },
        Type::String => quote! { String },
        Type::Blob => quote! { Bytes },
        Type::Stream { .. } => quote! { Body },
        Type::Timestamp(_) => quote! { Timestamp },
        Type::Document => quote! { Document },
        Type::Enumeration(name)
        | Type::IntEnumeration(name)
        | Type::Structure { name, boxed: false } => quote! { #name },
        Type::Structure { name, boxed: true } => quote! { Box<#name> },
        Type::List { element, sparse } => {
            let element = optional(self::ty(element), *sparse);
            quote! { Vec<#element> }
        }
        Type::Map { key, value, sparse } => {
            let (key, value) = (self::ty(key), optional(self::ty(value), *sparse));
            quote! { BTreeMap<#key, #value> }
        }
    }
}

fn optional(ty: TokenStream, is_optional: bool) -> TokenStream {
    if is_optional {
        quote! { Option<#ty> }
    } else {
        ty
    }
}

/// Lets a function be as long as so many parts of the model make it.
fn long(function: &TokenStream, parts: usize) -> Option<TokenStream> {
    // Few parts make no long function, which needs no looking at.
    (parts > 20 && is_long(function)).then(|| {
        quote! { #[allow(clippy::too_many_lines, reason = "the model has so many of them")] }
    })
}

/// How a value of a type is taken by a constructor or a setter: the type of the argument, and the
/// expression that makes the value of it.
fn argument(ty: &Type, name: &proc_macro2::Ident) -> (TokenStream, TokenStream) {
    let plain = self::ty(ty);
    match ty {
        Type::Boolean | Type::Integer(_) | Type::Float(_) | Type::Timestamp(_) => {
            (plain, quote! { #name })
        }
        Type::Structure {
            name: structure,
            boxed,
        } => {
            let value = if *boxed {
                quote! { Box::new(#name) }
            } else {
                quote! { #name }
            };
            (quote! { #structure }, value)
        }
        _ => (quote! { impl Into<#plain> }, quote! { #name.into() }),
    }
}
