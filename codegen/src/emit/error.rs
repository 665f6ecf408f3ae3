//! The modelled errors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, structure};
use crate::format::Source;
use crate::ir::{ErrorItem, Member, Service};
use crate::prose;

pub(super) fn errors(service: &Service) -> Source {
    let mut source = Source::new(format!("What {} answers when a call fails.", service.title))
        .item(quote! {
            /// Why a call, or the making of a client, failed.
            ///
            /// `Display` says it in one line. [`Error::service`] gives the modelled error, where
            /// the service answered with one; [`Error::code`] gives the code of any answer.
            pub type Error = smithy_reqwest::Error<ServiceError>;
        })
        .item(quote! {
            /// What kind of failure an [`Error`] tells of.
            pub type ErrorKind = smithy_reqwest::ErrorKind<ServiceError>;
        });
    let names: Vec<&Ident> = service
        .errors
        .iter()
        .map(|error| &error.structure.name)
        .collect();
    let codes: Vec<&str> = service
        .errors
        .iter()
        .map(|error| error.code.as_str())
        .collect();
    source = source.items([
        definition(&service.errors),
        display(&names),
        read(&names, &codes),
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

fn read(names: &[&Ident], codes: &[&str]) -> TokenStream {
    if names.is_empty() {
        return quote! {
            impl ModelledError for ServiceError {
                fn read(_: &str, _: &HttpResponse) -> Option<Self> {
                    None
                }
            }
        };
    }
    quote! {
        impl ModelledError for ServiceError {
            fn read(code: &str, http: &HttpResponse) -> Option<Self> {
                let error = match code {
                    #(#codes => Self::#names(http.error()),)*
                    _ => return None,
                };
                Some(error)
            }
        }
    }
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
    items.push(quote! {
        impl fmt::Display for #name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                #write
            }
        }
    });
    items.push(quote! { impl std::error::Error for #name {} });
    items
}

/// Writes the code of an error and its message.
fn write_message(code: &str, message: &Member) -> TokenStream {
    let field = &message.name;
    if message.required {
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
