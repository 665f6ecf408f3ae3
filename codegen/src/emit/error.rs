//! The modelled errors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::default::or_fallback;
use super::operation::header;
use super::{deprecation, docs, structure};
use crate::format::Source;
use crate::ir::{Binding, ErrorItem, Member, Service, Structure};
use crate::prose;

pub(super) fn errors(service: &Service) -> Source {
    let mut source = Source::new(format!("What {} answers when a call fails.", service.title))
        .item(quote! {
            /// Why a call, or the making of a client, failed.
            ///
            /// `Display` says it in one line. [`Error::service`] gives the modelled error, where the
            /// service answered with one; [`Error::code`] gives the code of any answer.
            pub type Error = smithy_reqwest::Error<ServiceError>;
        })
        .item(quote! {
            /// What kind of failure an [`Error`] is.
            pub type ErrorKind = smithy_reqwest::ErrorKind<ServiceError>;
        });
    if service.operations.iter().any(|it| !it.waiters.is_empty()) {
        source = source.item(quote! {
            /// Why a resource did not come into the state that was waited for.
            pub type WaitError = smithy_reqwest::waiter::WaitError<ServiceError>;
        });
    }
    let names: Vec<&Ident> = service
        .errors
        .iter()
        .map(|error| &error.structure.name)
        .collect();
    source = source.items([
        definition(&service.errors),
        display(&names),
        read(&service.errors),
    ]);
    for error in &service.errors {
        source = source.items(of_error(error));
    }
    for name in service.types.iter().map(|item| item.name().to_string()) {
        source = source.import_if_used(&name, &format!("super::types::{name}"));
    }
    source
}

fn definition(errors: &[ErrorItem]) -> TokenStream {
    let names = errors.iter().map(|error| &error.structure.name);
    let docs_of_variants = errors.iter().map(|error| {
        let summary = prose::summary(&error.structure.docs);
        docs(&format!("Status {}. {summary}", error.status), 1)
    });
    quote! {
        /// The errors that the model declares. Others keep their code: see [`Error::code`].
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum ServiceError {
            #(#docs_of_variants #names(#names),)*
        }
    }
}

fn display(names: &[&Ident]) -> TokenStream {
    let body = if names.is_empty() {
        quote! { match *self {} }
    } else {
        quote! { match self { #(Self::#names(error) => error.fmt(f),)* } }
    };
    let f = if names.is_empty() {
        quote! { _ }
    } else {
        quote! { f }
    };
    quote! {
        impl fmt::Display for ServiceError {
            fn fmt(&self, #f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #body
            }
        }

        impl std::error::Error for ServiceError {}
    }
}

fn read(errors: &[ErrorItem]) -> TokenStream {
    if errors.is_empty() {
        return quote! {
            impl ModelledError for ServiceError {
                fn read(_: &str, _: &HttpResponse) -> Option<Self> {
                    None
                }
            }
        };
    }
    let arms = errors.iter().map(
        |ErrorItem {
             code, structure, ..
         }| {
            let name = &structure.name;
            let value = if headers(structure).next().is_some() {
                quote! { #name::read(http) }
            } else {
                quote! { http.error() }
            };
            quote! { #code => Self::#name(#value), }
        },
    );
    quote! {
        impl ModelledError for ServiceError {
            fn read(code: &str, http: &HttpResponse) -> Option<Self> {
                let error = match code {
                    #(#arms)*
                    _ => return None,
                };
                Some(error)
            }
        }
    }
}

/// The members of an error that are in headers.
fn headers(structure: &Structure) -> impl Iterator<Item = &Member> {
    structure
        .members
        .iter()
        .filter(|member| matches!(member.binding, Binding::Header { .. }))
}

/// Reads an error whose members are partly in headers. What is not as the model says is left out:
/// it must not hide the error.
fn read_with_headers(structure: &Structure) -> Option<TokenStream> {
    let fields: Vec<TokenStream> = headers(structure)
        .map(|member| {
            let (name, header) = (&member.name, header::read(member));
            let value = or_fallback(member, quote! { #header.unwrap_or_default() });
            quote! { error.#name = #value; }
        })
        .collect();
    let name = &structure.name;
    let touches = deprecation::touches(headers(structure));
    (!fields.is_empty()).then(|| {
        quote! {
            impl #name {
                #touches
                fn read(http: &HttpResponse) -> Self {
                    let mut error: Self = http.error();
                    #(#fields)*
                    error
                }
            }
        }
    })
}

fn of_error(error: &ErrorItem) -> Vec<TokenStream> {
    let name = &error.structure.name;
    let code = &error.code;
    let message = error
        .structure
        .members
        .iter()
        .find(|member| member.model_name.eq_ignore_ascii_case("message") && !member.sensitive);
    let write = message.map_or_else(
        || quote! { f.write_str(#code) },
        |message| write_message(code, message),
    );
    let mut items = structure::definition(&error.structure);
    let touches = deprecation::touches(message);
    items.push(quote! {
        impl fmt::Display for #name {
            #touches
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #write
            }
        }
    });
    items.push(quote! { impl std::error::Error for #name {} });
    items.extend(read_with_headers(&error.structure));
    items
}

/// Writes the code of an error and its message.
fn write_message(code: &str, message: &Member) -> TokenStream {
    let field = &message.name;
    if message.is_always_there() {
        let format = format!("{code}: {{}}");
        return quote! { write!(f, #format, self.#field) };
    }
    let format = format!("{code}: {{message}}");
    quote! {
        match &self.#field {
            Some(message) => write!(f, #format),
            None => f.write_str(#code),
        }
    }
}
