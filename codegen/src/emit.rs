//! The fifth stage, *emit*: from the plain data of [`ir`](crate::ir) to Rust.
//!
//! There is one emitter per kind of item. Emission cannot fail, because `check` has found all
//! problems.

mod case;
mod client;
mod default;
mod deprecation;
mod endpoint;
mod enumeration;
mod error;
mod literal;
mod operation;
mod protocol;
mod structure;
mod union;
mod value;
mod xml;

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::format::Source;
use crate::ir::{Service, Type, TypeItem};
use crate::name;
use crate::prose;

/// The generated sources, by their path under `src/generated` or `tests/generated`.
#[derive(Debug)]
pub(crate) struct Sources {
    /// The client.
    pub(crate) library: BTreeMap<String, Source>,
    /// Its tests.
    pub(crate) tests: BTreeMap<String, Source>,
}

/// Emits a service; `crate_name` is how examples name the crate.
#[must_use]
pub(crate) fn emit(service: &Service, crate_name: &str) -> Sources {
    let mut library = BTreeMap::from([
        ("mod.rs".to_owned(), root(service)),
        ("client.rs".to_owned(), client::client(service)),
        ("endpoint.rs".to_owned(), endpoint::endpoint(service)),
        ("error.rs".to_owned(), error::errors(service)),
        ("operation/mod.rs".to_owned(), operation::modules(service)),
    ]);
    for operation in &service.operations {
        let module = name::module_name(&operation.name);
        let path = format!("operation/{}.rs", file_stem(&module));
        library.insert(path, operation::operation(operation, crate_name));
    }
    library.extend(types(service));
    Sources {
        library,
        tests: tests(service),
    }
}

/// Returns the cases that the model carries, as tests of the crate; nothing if it carries none.
fn tests(service: &Service) -> BTreeMap<String, Source> {
    let modules = [
        ("endpoint", endpoint::tests(service)),
        ("request", case::request_tests(service)),
        ("response", case::response_tests(service)),
    ];
    let mut files = BTreeMap::new();
    let mut root = Source::new(format!(
        "The cases that the model of {} carries.",
        service.title
    ))
    .attributes(quote! {
        #![allow(
            clippy::all,
            clippy::pedantic,
            deprecated,
            reason = "names and values are those of the model"
        )]
    });
    for (module, source) in modules {
        if let Some(source) = source {
            let name = format_ident!("{module}");
            root = root.item(quote! { #[rustfmt::skip] mod #name; });
            files.insert(format!("{module}.rs"), source);
        }
    }
    if !files.is_empty() {
        files.insert("main.rs".to_owned(), root);
    }
    files
}

/// Returns the module that holds all others.
fn root(service: &Service) -> Source {
    let has_types = (!service.types.is_empty()).then(|| quote! { pub mod types; });
    let has_waiters = service.operations.iter().any(|it| !it.waiters.is_empty());
    let wait_error = has_waiters.then(|| quote! { , WaitError });
    let hidden = (!endpoint::has_parameters(service)).then(|| quote! { #[doc(hidden)] });
    Source::new(format!("The generated client for {}.", service.title))
        .attributes(quote! {
            #![allow(
                clippy::all,
                clippy::pedantic,
                deprecated,
                reason = "names and sentences are those of the model, and what it deprecates is served"
            )]
        })
        .item(quote! { mod client; })
        .item(quote! { #hidden pub mod endpoint; })
        .item(quote! { pub mod error; })
        .item(quote! { pub mod operation; })
        .items(has_types)
        .item(quote! { pub use client::{Call, Client, ClientBuilder}; })
        .item(quote! { pub use error::{Error, ErrorKind, ServiceError #wait_error}; })
        .item(quote! { pub use smithy_reqwest::operation::Request; })
        .item(quote! { pub use smithy_reqwest::pagination::{Paginated, PaginatedItems}; })
        .item(quote! { pub use smithy_reqwest::schema::ModeledError; })
        .item(quote! {
            pub use smithy_reqwest::{
                IntoBytes, IntoTimestamp, ResponseMetadata, With, WithoutSecrets,
            };
        })
}

/// Returns the types, a file for each.
fn types(service: &Service) -> BTreeMap<String, Source> {
    if service.types.is_empty() {
        return BTreeMap::new();
    }
    let modules = name::modules(service.types.iter().map(TypeItem::name));
    let exports = modules.iter().zip(&service.types).map(|(module, item)| {
        let required = match item {
            TypeItem::Structure(item) if item.usage.input => structure::required_name(item),
            _ => None,
        };
        let names = std::iter::once(item.name()).chain(required).cloned();
        (module.clone(), names.collect())
    });
    let root = Source::new("The types of requests and responses.").modules(exports.collect());
    let mut files = BTreeMap::from([("types/mod.rs".to_owned(), root)]);
    for (module, item) in modules.iter().zip(&service.types) {
        let source = Source::default();
        let source = match item {
            TypeItem::Structure(structure) => structure::structure(source, structure),
            TypeItem::Enumeration(enumeration) => enumeration::enumeration(source, enumeration),
            TypeItem::IntEnumeration(enumeration) => {
                enumeration::int_enumeration(source, enumeration)
            }
            TypeItem::Union(union) => union::union(source, union, service.protocol.has_documents()),
        };
        files.insert(format!("types/{}.rs", file_stem(module)), source);
    }
    files
}

/// Returns the name of a module's file.
fn file_stem(module: &Ident) -> String {
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

/// Returns the doc comments of an item that may have another name in the API. They start with that
/// name, which is also an alias for rustdoc.
fn docs_with_alias(alias: Option<&str>, markdown: &str, depth: usize) -> TokenStream {
    let Some(alias) = alias else {
        return docs(markdown, depth);
    };
    let first = format!("{} in the API", prose::code(alias));
    let docs = if markdown.starts_with(&first) {
        docs(markdown, depth)
    } else {
        docs(&format!("{first}.\n\n{markdown}"), depth)
    };
    quote! { #docs #[doc(alias = #alias)] }
}

/// Returns the Rust type of a value.
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
        Type::BigInteger => quote! { ::smithy_reqwest::BigInteger },
        Type::BigDecimal => quote! { ::smithy_reqwest::BigDecimal },
        Type::String => quote! { String },
        Type::Blob => quote! { ::smithy_reqwest::Bytes },
        Type::Stream { .. } => quote! { ::smithy_reqwest::Body },
        Type::Timestamp(_) => quote! { ::smithy_reqwest::Timestamp },
        Type::Document => quote! { ::smithy_reqwest::Document },
        Type::Enumeration(name)
        | Type::IntEnumeration(name)
        | Type::Structure { name, boxed: false } => quote! { crate::types::#name },
        Type::Structure { name, boxed: true } => quote! { Box<crate::types::#name> },
        Type::List { element, sparse } => {
            let element = optional(self::ty(element), *sparse);
            quote! { Vec<#element> }
        }
        Type::Map { key, value, sparse } => {
            let (key, value) = (self::ty(key), optional(self::ty(value), *sparse));
            quote! { ::std::collections::BTreeMap<#key, #value> }
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

/// Returns the type of an argument for a value of a type in a constructor or setter, and the
/// expression that converts it.
fn argument(ty: &Type, name: &Ident) -> (TokenStream, TokenStream) {
    let value = match ty {
        Type::Structure { boxed: true, .. } => quote! { Box::new(#name) },
        _ => converted(ty, &quote! { #name }),
    };
    (parameter_type(ty), value)
}

/// Returns the type of an argument, from which a value of a type is made.
fn parameter_type(ty: &Type) -> TokenStream {
    match ty {
        Type::Boolean | Type::Integer(_) | Type::Float(_) => self::ty(ty),
        Type::Structure { name, .. } => quote! { crate::types::#name },
        Type::Blob => quote! { impl ::smithy_reqwest::IntoBytes },
        Type::Timestamp(_) => quote! { impl ::smithy_reqwest::IntoTimestamp },
        Type::List { element, sparse } => {
            let element = if *sparse {
                optional(self::ty(element), true)
            } else {
                parameter_type(element)
            };
            quote! { impl IntoIterator<Item = #element> }
        }
        Type::Map { key, value, sparse } => {
            let key = parameter_type(key);
            let value = if *sparse {
                optional(self::ty(value), true)
            } else {
                parameter_type(value)
            };
            quote! { impl IntoIterator<Item = (#key, #value)> }
        }
        _ => {
            let ty = self::ty(ty);
            quote! { impl Into<#ty> }
        }
    }
}

/// Returns the expression that makes a value of a type of an argument.
fn converted(ty: &Type, argument: &TokenStream) -> TokenStream {
    match ty {
        Type::Boolean | Type::Integer(_) | Type::Float(_) | Type::Structure { .. } => {
            argument.clone()
        }
        Type::Blob => quote! { ::smithy_reqwest::IntoBytes::into_bytes(#argument) },
        Type::Timestamp(_) => {
            quote! { ::smithy_reqwest::IntoTimestamp::into_timestamp(#argument) }
        }
        Type::List { element, sparse } => {
            let item = quote! { item };
            let made = if *sparse {
                item.clone()
            } else {
                converted(element, &item)
            };
            match made.to_string().as_str() {
                "item" => quote! { #argument.into_iter().collect() },
                "item . into ()" => quote! { #argument.into_iter().map(Into::into).collect() },
                _ => quote! { #argument.into_iter().map(|item| #made).collect() },
            }
        }
        Type::Map { key, value, sparse } => {
            let made_key = converted(key, &quote! { key });
            let value_of = quote! { value };
            let made_value = if *sparse {
                value_of
            } else {
                converted(value, &value_of)
            };
            quote! {
                #argument.into_iter().map(|(key, value)| (#made_key, #made_value)).collect()
            }
        }
        _ => quote! { #argument.into() },
    }
}
