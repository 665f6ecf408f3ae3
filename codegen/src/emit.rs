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
mod event_case;
mod literal;
mod operation;
mod protocol;
mod structure;
mod union;
mod value;
mod xml;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, format_ident, quote};

use crate::format::{Source, comment};
use crate::ir::{Service, Type, TypeItem};
use crate::name::{self, Ident};
use crate::prose;

/// A file to emit. [`source`](Self::source) runs later, on any thread, because tokens cannot be
/// sent to another thread.
pub(crate) struct File<'s> {
    /// The folder that it belongs to.
    pub(crate) folder: Folder,
    /// Its path in that folder.
    pub(crate) path: String,
    emit: Box<dyn Fn() -> Source + Send + Sync + 's>,
}

/// A folder of generated files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Folder {
    /// `src/generated`, which has the client.
    Library,
    /// `tests/generated`, which has its tests.
    Tests,
}

impl<'s> File<'s> {
    fn new(
        folder: Folder,
        path: impl Into<String>,
        emit: impl Fn() -> Source + Send + Sync + 's,
    ) -> Self {
        let (path, emit) = (path.into(), Box::new(emit));
        Self { folder, path, emit }
    }

    /// Emits the file.
    pub(crate) fn source(&self) -> Source {
        (self.emit)()
    }
}

/// Returns the files of a service; `crate_name` is how examples name the crate.
#[must_use]
pub(crate) fn files<'s>(service: &'s Service, crate_name: &'s str) -> Vec<File<'s>> {
    let library = |path: &str, emit: fn(&Service) -> Source| {
        File::new(Folder::Library, path, move || emit(service))
    };
    // The largest ones are first, so that no thread begins with one when the others are done.
    let mut files = tests(service);
    files.extend([
        library("endpoint.rs", endpoint::endpoint),
        library("error.rs", error::errors),
        library("client.rs", client::client),
        library("mod.rs", root),
        library("operation/mod.rs", operation::modules),
    ]);
    files.extend(service.operations.iter().map(|operation| {
        let module = name::module_name(&operation.name);
        let path = format!("operation/{}.rs", file_stem(&module));
        File::new(Folder::Library, path, || {
            operation::operation(operation, crate_name)
        })
    }));
    files.extend(types(service));
    files
}

/// An emitter of a file about the whole service.
type Emit = fn(&Service) -> Source;

/// Returns the cases that the model carries, as tests of the crate; nothing if it carries none.
fn tests(service: &Service) -> Vec<File<'_>> {
    let cases = &service.cases;
    let no_endpoints = service.endpoint.cases.is_empty();
    let modules: [(&str, bool, Emit); 4] = [
        ("endpoint", no_endpoints, endpoint::tests),
        ("event", cases.events.is_empty(), event_case::event_tests),
        ("request", cases.requests.is_empty(), case::request_tests),
        ("response", cases.responses.is_empty(), case::response_tests),
    ];
    let (mut names, mut files) = (Vec::new(), Vec::new());
    for (module, is_empty, emit) in modules {
        if !is_empty {
            names.push(Ident::new(module));
            let path = format!("{module}.rs");
            files.push(File::new(Folder::Tests, path, move || emit(service)));
        }
    }
    if !files.is_empty() {
        files.push(File::new(Folder::Tests, "main.rs", move || {
            tests_root(service, &names)
        }));
    }
    files
}

fn tests_root(service: &Service, modules: &[Ident]) -> Source {
    let title = &service.title;
    let modules = modules.iter();
    Source::new(format!("The cases that the model of {title} carries."))
        .attributes(quote! {
            #![allow(
                clippy::all,
                clippy::pedantic,
                deprecated,
                reason = "names and values are those of the model"
            )]
        })
        .items(modules.map(|name| quote! { #[rustfmt::skip] mod #name; }))
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
        .items(event_types(service))
        .item(quote! { pub use smithy_reqwest::operation::Request; })
        .item(quote! { pub use smithy_reqwest::pagination::{Paginated, PaginatedItems}; })
        .item(quote! { pub use smithy_reqwest::schema::ModeledError; })
        .item(quote! {
            pub use smithy_reqwest::{
                IntoBytes, IntoTimestamp, ResponseMetadata, With, WithoutSecrets,
            };
        })
}

/// Returns the types of the runtime that send and receive events; `None` for a service without
/// events.
fn event_types(service: &Service) -> Option<TokenStream> {
    let operations = service.operations.iter();
    let receives = operations.clone().any(|it| it.response.has_events());
    let sends = operations.clone().any(|it| it.request.has_events());
    let for_responses = receives.then(|| quote! { EventReceiver, });
    let for_requests = sends.then(|| quote! { EventSender, Events, StreamClosed, });
    (receives || sends).then(
        || quote! { pub use smithy_reqwest::event_stream::{Event, #for_responses #for_requests}; },
    )
}

/// Returns the types, a file for each.
fn types(service: &Service) -> Vec<File<'_>> {
    if service.types.is_empty() {
        return Vec::new();
    }
    let modules = name::modules(service.types.iter().map(TypeItem::name));
    let files = modules.iter().zip(&service.types).map(|(module, item)| {
        let path = format!("types/{}.rs", file_stem(module));
        File::new(Folder::Library, path, || type_item(item, service))
    });
    let mut files: Vec<File<'_>> = files.collect();
    files.push(File::new(Folder::Library, "types/mod.rs", move || {
        types_root(service, &modules)
    }));
    files
}

fn types_root(service: &Service, modules: &[Ident]) -> Source {
    let exports = modules.iter().zip(&service.types).map(|(module, item)| {
        let required = match item {
            TypeItem::Structure(item) => structure::required_name(item),
            _ => None,
        };
        let names = std::iter::once(item.name()).chain(required).cloned();
        (module.clone(), names.collect())
    });
    Source::new("The types of requests and responses.").modules(exports.collect())
}

fn type_item(item: &TypeItem, service: &Service) -> Source {
    let source = Source::default();
    match item {
        TypeItem::Structure(structure) => structure::structure(source, structure),
        TypeItem::Enumeration(enumeration) => enumeration::enumeration(source, enumeration),
        TypeItem::Union(union) => union::union(source, union, service.protocol.has_documents()),
    }
}

fn file_stem(module: &Ident) -> String {
    module.to_string().trim_start_matches("r#").to_owned()
}

/// Returns the doc comments of an item that may have another name in the API. They start with that
/// name, which is also an alias for rustdoc.
fn docs_with_alias(alias: Option<&str>, markdown: &str) -> TokenStream {
    let Some(alias) = alias else {
        return comment(markdown).into_token_stream();
    };
    let first = format!("{} in the API", prose::code(alias));
    let docs = if markdown.starts_with(&first) {
        comment(markdown)
    } else {
        comment(&format!("{first}.\n\n{markdown}"))
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
        Type::EventReceiver(name) => {
            quote! { ::smithy_reqwest::event_stream::EventReceiver<crate::types::#name> }
        }
        Type::EventSender(name) => {
            quote! { ::smithy_reqwest::event_stream::Events<crate::types::#name> }
        }
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

/// Returns the type of an argument that is converted to a type.
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

/// Returns an expression that converts an argument to a type.
fn converted(ty: &Type, argument: &TokenStream) -> TokenStream {
    match ty {
        Type::Boolean
        | Type::Integer(_)
        | Type::Float(_)
        | Type::Structure { boxed: false, .. } => argument.clone(),
        Type::Structure { boxed: true, .. } => quote! { Box::new(#argument) },
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
