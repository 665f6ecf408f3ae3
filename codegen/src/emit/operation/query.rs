//! Members that are in the query, and values as text.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::ir::{Member, Type};

/// Where a value is: in a field, or behind a reference of this name.
pub(super) enum Place<'a> {
    Field(&'a Ident),
    Reference(&'a Ident),
}

impl Place<'_> {
    pub(super) fn by_reference(&self) -> TokenStream {
        match self {
            Self::Field(name) => quote! { &self.#name },
            Self::Reference(name) => quote! { #name },
        }
    }

    fn by_value(&self) -> TokenStream {
        match self {
            Self::Field(name) => quote! { self.#name },
            Self::Reference(name) => quote! { *#name },
        }
    }
}

/// Adds a member to the query: a list with a parameter for each element.
pub(super) fn query(member: &Member, parameter: &str) -> TokenStream {
    let name = &member.name;
    // Not the name of the member, which may be that of something else here.
    let value = Ident::new("value", Span::call_site());
    let add = |ty: &Type, place: &Place<'_>| {
        let text = text(ty, place, &member.model_name);
        quote! { http.query(#parameter, #text); }
    };
    match (&member.ty, member.is_always_there()) {
        (Type::List { element, .. }, required) => {
            let add = add(element, &Place::Reference(&value));
            let list = if required {
                quote! { &self.#name }
            } else {
                quote! { self.#name.iter().flatten() }
            };
            quote! { for value in #list { #add } }
        }
        (ty, true) => add(ty, &Place::Field(name)),
        (ty, false) => {
            let add = add(ty, &Place::Reference(&value));
            quote! { if let Some(value) = &self.#name { #add } }
        }
    }
}

/// Adds the entries of a map to the query.
pub(super) fn query_params(member: &Member) -> TokenStream {
    let name = &member.name;
    if member.is_always_there() {
        quote! { http.query_params(&self.#name); }
    } else {
        quote! { http.query_params(self.#name.iter().flatten()); }
    }
}

/// A reference to the text of a value of a member of this name.
pub(super) fn text(ty: &Type, place: &Place<'_>, model_name: &str) -> TokenStream {
    let value = place.by_value();
    match ty {
        Type::Timestamp(format) => {
            let (format, value) = (format.name(), place.by_reference());
            quote! { &timestamp_text::<#format>(#model_name, #value)? }
        }
        Type::Float(_) => quote! { &float(#value) },
        _ => place.by_reference(),
    }
}
