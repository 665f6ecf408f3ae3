//! Members that are in headers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Binding, Member, Type};

/// Adds a member to the headers of a request.
pub(super) fn write(member: &Member) -> Option<TokenStream> {
    let Member {
        name, model_name, ..
    } = member;
    let add = match &member.binding {
        Binding::Header {
            name: header,
            encoded,
        } => {
            let (method, format) = match &member.ty {
                Type::List { element, .. } => ("header_list", format(element, *encoded)),
                ty => ("header", format(ty, *encoded)),
            };
            let method = Ident::new(method, Span::call_site());
            Add::Header {
                method,
                format,
                header,
            }
        }
        Binding::PrefixHeaders(prefix) => Add::Prefixed { prefix },
        _ => return None,
    };
    let call = |value: TokenStream| match &add {
        Add::Header {
            method,
            format,
            header,
        } => {
            quote! { http.#method::<#format, _>(#model_name, #header, #value)?; }
        }
        Add::Prefixed { prefix } => {
            quote! { http.prefixed_headers(#model_name, #prefix, #value)?; }
        }
    };
    Some(if member.required {
        call(quote! { &self.#name })
    } else {
        let call = call(quote! { #name });
        quote! { if let Some(#name) = &self.#name { #call } }
    })
}

/// How a member is added.
enum Add<'m> {
    Header {
        method: Ident,
        format: Ident,
        header: &'m str,
    },
    Prefixed {
        prefix: &'m str,
    },
}

/// Reads a member from a header of a response: a `Result` of an `Option`.
pub(in crate::emit) fn read(member: &Member) -> TokenStream {
    let Binding::Header { name, encoded } = &member.binding else {
        return TokenStream::new();
    };
    match &member.ty {
        Type::List { element, .. } => {
            let format = format(element, *encoded);
            quote! { http.parse_header_list::<#format, _>(#name) }
        }
        ty => {
            let format = format(ty, *encoded);
            quote! { http.parse_header::<#format, _>(#name) }
        }
    }
}

/// The format of a value in a header, which names it in the runtime.
fn format(ty: &Type, encoded: bool) -> Ident {
    let name = match ty {
        Type::Timestamp(format) => return format.name(),
        Type::Float(_) => "Float",
        Type::String if encoded => "EncodedText",
        _ => "Plain",
    };
    Ident::new(name, Span::call_site())
}
