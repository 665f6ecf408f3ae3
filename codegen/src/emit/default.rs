//! Default values of members.

use proc_macro2::TokenStream;
use quote::quote;

use super::value::owned;
use crate::ir::{Fallback, Member, Presence, Type};

/// Returns the default of a member; `None` without a default, or with that of Rust's `Default`.
pub(super) fn value(member: &Member) -> Option<TokenStream> {
    match member.presence.fallback() {
        Some(Fallback::Value(value)) => Some(owned(value)),
        _ => None,
    }
}

/// Returns the trait of a member that is left out of requests if it has its default.
pub(super) fn unsent(member: &Member) -> Option<String> {
    let Presence::Unsent(fallback) = &member.presence else {
        return None;
    };
    let kind = match member.ty {
        Type::Boolean => "boolean",
        Type::Float(_) => "float",
        _ => "integer",
    };
    // The sign of a number is a separate token.
    let value = absent(fallback, &member.ty).to_string().replace(' ', "");
    Some(format!("unsent_{kind}({value})"))
}

/// Returns a field with the value that it has where none is given.
pub(super) fn field(member: &Member) -> TokenStream {
    let name = &member.name;
    let value = match member.presence.fallback() {
        None => quote! { None },
        Some(fallback) => absent(fallback, &member.ty),
    };
    quote! { #name: #value }
}

/// Returns the value of an absent member. Common types have a literal instead of
/// `Default::default()`.
fn absent(fallback: &Fallback, ty: &Type) -> TokenStream {
    if let Fallback::Value(value) = fallback {
        return owned(value);
    }
    match ty {
        Type::Boolean => quote! { false },
        Type::Integer(_) => quote! { 0 },
        Type::Float(_) => quote! { 0.0 },
        Type::String => quote! { String::new() },
        Type::Document => quote! { ::smithy_reqwest::Document::Null },
        Type::List { .. } => quote! { Vec::new() },
        _ => quote! { Default::default() },
    }
}
