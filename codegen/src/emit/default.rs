//! Values of members where none is given.

use proc_macro2::TokenStream;
use quote::quote;

use super::value::owned;
use crate::ir::{Fallback, Member, Type};

/// The value of a member where none is given; nothing where that is zero or nothing.
pub(super) fn value(member: &Member) -> Option<TokenStream> {
    match member.presence.fallback() {
        Some(Fallback::Value(value)) => Some(owned(value)),
        _ => None,
    }
}

/// A field with the value that it has where none is given.
pub(super) fn field(member: &Member) -> TokenStream {
    let name = &member.name;
    let value = match member.presence.fallback() {
        None => quote! { None },
        Some(Fallback::Standard) => standard(&member.ty),
        Some(Fallback::Value(value)) => owned(value),
    };
    quote! { #name: #value }
}

/// The value of Rust's `Default`, as one writes it.
fn standard(ty: &Type) -> TokenStream {
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
