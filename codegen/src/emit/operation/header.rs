//! Members that are in headers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Binding, Member, Type};

/// Adds a member to the headers of a request.
pub(super) fn write(member: &Member) -> Option<TokenStream> {
    let Member {
        name,
        model_name,
        ty,
        ..
    } = member;
    let (method, header) = match (&member.binding, ty) {
        (Binding::Header { name, encoded }, Type::List { element, .. }) => {
            let format = format(element, *encoded);
            (quote! { header_list::<#format, _> }, name)
        }
        (Binding::Header { name, encoded }, ty) => {
            let format = format(ty, *encoded);
            (quote! { header::<#format, _> }, name)
        }
        (Binding::PrefixHeaders(prefix), _) => (quote! { prefixed_headers }, prefix),
        _ => return None,
    };
    let add = |value: TokenStream| quote! { http.#method(#model_name, #header, #value)?; };
    Some(if member.is_always_there() {
        add(quote! { &self.#name })
    } else {
        let add = add(quote! { value });
        quote! { if let Some(value) = &self.#name { #add } }
    })
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
