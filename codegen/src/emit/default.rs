//! Values of members that a message lacks.

use proc_macro2::TokenStream;
use quote::quote;

use super::value::owned;
use super::{deprecation, ty};
use crate::ir::{Fallback, Member, Structure, Type};

/// Whether a member has another value than that of Rust's `Default`.
pub(super) fn has_values(members: &[Member]) -> bool {
    members
        .iter()
        .any(|member| matches!(member.presence.fallback(), Some(Fallback::Value { .. })))
}

/// A field with the value that it has where none is given.
pub(super) fn field(member: &Member) -> TokenStream {
    let name = &member.name;
    let value = match member.presence.fallback() {
        None => quote! { None },
        Some(Fallback::Standard) => standard(&member.ty),
        Some(Fallback::Value { name, .. }) => quote! { #name::value() },
    };
    quote! { #name: #value }
}

/// The value of an `Option`, and else that of a member that a message lacks.
pub(super) fn or_fallback(member: &Member, option: TokenStream) -> TokenStream {
    match member.presence.fallback() {
        None => option,
        Some(Fallback::Standard) => quote! { #option.unwrap_or_default() },
        Some(Fallback::Value { name, .. }) => quote! { #option.unwrap_or_else(#name::value) },
    }
}

/// A `Default` that cannot be derived.
pub(super) fn implementation(structure: &Structure) -> TokenStream {
    let name = &structure.name;
    let fields = structure.members.iter().map(field);
    let touches = deprecation::touches(&structure.members);
    quote! {
        impl Default for #name {
            #touches
            fn default() -> Self {
                Self { #(#fields),* }
            }
        }
    }
}

/// The values that serde attributes refer to, each as a type.
pub(super) fn values(members: &[Member]) -> Vec<TokenStream> {
    let values = members.iter().filter_map(|member| {
        let Some(Fallback::Value { value, name }) = member.presence.fallback() else {
            return None;
        };
        let (ty, value) = (ty(&member.ty), owned(value));
        Some(quote! { smithy_reqwest::default_value!(#name: #ty = #value); })
    });
    values.collect()
}

/// The value of Rust's `Default`, as one writes it.
fn standard(ty: &Type) -> TokenStream {
    match ty {
        Type::Boolean => quote! { false },
        Type::Integer(_) => quote! { 0 },
        Type::Float(_) => quote! { 0.0 },
        Type::BigInteger => quote! { BigInteger::default() },
        Type::BigDecimal => quote! { BigDecimal::default() },
        Type::String => quote! { String::new() },
        Type::Blob => quote! { Bytes::new() },
        Type::Stream { .. } => quote! { Body::default() },
        Type::Timestamp(_) => quote! { Timestamp::UNIX_EPOCH },
        Type::Document => quote! { Document::Null },
        Type::List { .. } => quote! { Vec::new() },
        Type::Map { .. } => quote! { BTreeMap::new() },
        Type::Enumeration(name)
        | Type::IntEnumeration(name)
        | Type::Structure { name, boxed: false } => quote! { #name::default() },
        Type::Structure { boxed: true, .. } => quote! { Box::default() },
    }
}
