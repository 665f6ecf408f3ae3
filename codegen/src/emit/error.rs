//! The modelled errors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::default::or_fallback;
use super::operation::header;
use super::operation::response::status;
use super::{deprecation, docs, structure};
use crate::format::Source;
use crate::ir::{
    Binding, ErrorItem, Member, Retryable, Service, Structure, Type, types_referred_to,
};
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
    let members = service.errors.iter();
    let members = members.flat_map(|error| &error.structure.members);
    for name in types_referred_to(members.map(|member| &member.ty)) {
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
                fn read(_: &str, _: &mut HttpResponse) -> Option<Self> {
                    None
                }
            }
        };
    }
    let (retryable, secret) = (retryable(errors), secret(errors));
    let arms = errors.iter().map(
        |ErrorItem {
             code, structure, ..
         }| {
            let name = &structure.name;
            let value = if structure.members.iter().any(is_bound) {
                quote! { #name::read(http) }
            } else {
                quote! { http.error() }
            };
            quote! { #code => Self::#name(#value), }
        },
    );
    quote! {
        impl ModelledError for ServiceError {
            #retryable
            #secret

            fn read(code: &str, http: &mut HttpResponse) -> Option<Self> {
                let error = match code {
                    #(#arms)*
                    _ => return None,
                };
                Some(error)
            }
        }
    }
}

/// The errors that are worth another attempt, where there are such.
fn retryable(errors: &[ErrorItem]) -> Option<TokenStream> {
    let mut marked = errors
        .iter()
        .filter_map(|error| {
            let code = &error.code;
            Some(match error.retryable? {
                Retryable::Transient => quote! { (#code, Retryable::Transient) },
                Retryable::Throttling => quote! { (#code, Retryable::Throttling) },
            })
        })
        .peekable();
    marked.peek()?;
    Some(quote! {
        const RETRYABLE: &'static [(&'static str, Retryable)] = &[#(#marked),*];
    })
}

/// The errors whose messages must stay out of logs, where there are such.
fn secret(errors: &[ErrorItem]) -> Option<TokenStream> {
    let is_secret = |error: &&ErrorItem| {
        let message = message(&error.structure);
        message.is_some_and(|message| message.sensitive || error.structure.sensitive)
    };
    let codes: Vec<&String> = errors
        .iter()
        .filter(is_secret)
        .map(|error| &error.code)
        .collect();
    (!codes.is_empty()).then(|| quote! { const SECRET: &'static [&'static str] = &[#(#codes),*]; })
}

fn message(structure: &Structure) -> Option<&Member> {
    let mut members = structure.members.iter();
    members.find(|member| member.model_name.eq_ignore_ascii_case("message"))
}

/// Whether a member is elsewhere than in the JSON body.
fn is_bound(member: &Member) -> bool {
    bound_value(member).is_some()
}

/// Reads an error whose members are partly or all elsewhere than in the JSON body.
fn read_bound(structure: &Structure) -> Option<TokenStream> {
    let members = structure.members.iter();
    let bound: Vec<(&Ident, TokenStream)> = members
        .filter_map(|member| Some((&member.name, bound_value(member)?)))
        .collect();
    if bound.is_empty() {
        return None;
    }
    let (names, values): (Vec<_>, Vec<_>) = bound.into_iter().unzip();
    let is_payload = |member: &Member| matches!(member.binding, Binding::Payload { .. });
    let body = if structure.members.iter().any(is_payload) {
        quote! { Self { #(#names: #values),* } }
    } else {
        quote! {
            let mut error: Self = http.error();
            #(error.#names = #values;)*
            error
        }
    };
    let name = &structure.name;
    let touches = deprecation::touches(structure.members.iter().filter(|member| is_bound(member)));
    Some(quote! {
        impl #name {
            #touches
            fn read(http: &mut HttpResponse) -> Self {
                #body
            }
        }
    })
}

/// The value of a member that is not in the JSON body. What is not as the model says is left out:
/// it must not hide the error.
fn bound_value(member: &Member) -> Option<TokenStream> {
    let value = match &member.binding {
        Binding::Header { .. } => {
            let header = header::read(member);
            quote! { #header.unwrap_or_default() }
        }
        Binding::PrefixHeaders(prefix) => quote! { http.prefixed_headers(#prefix) },
        Binding::Payload { .. } => match &member.ty {
            Type::Blob => quote! { http.payload() },
            Type::String => quote! { http.text_payload().unwrap_or_default() },
            Type::Enumeration(_) => {
                quote! { http.text_payload().unwrap_or_default().map(Into::into) }
            }
            _ => quote! { http.json_payload().unwrap_or_default() },
        },
        Binding::ResponseCode => return Some(status(member)),
        Binding::Body | Binding::Label | Binding::Query(_) | Binding::QueryParams => return None,
    };
    Some(or_fallback(member, value))
}

fn of_error(error: &ErrorItem) -> Vec<TokenStream> {
    let name = &error.structure.name;
    let code = &error.code;
    let message = message(&error.structure)
        .filter(|message| !message.sensitive && !error.structure.sensitive);
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
    items.extend(read_bound(&error.structure));
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
