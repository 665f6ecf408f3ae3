//! Default values of members.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal;
use super::value::owned;
use crate::ir::{Fallback, Member, Presence, Type, Value};

/// Returns the value of a member where none is given; nothing if that is zero or nothing.
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
    let value = match fallback {
        Fallback::Standard => None,
        Fallback::Value(value) => Some(value),
    };
    Some(match (&member.ty, value) {
        (Type::Boolean, value) => {
            let value = value == Some(&Value::Boolean(true));
            format!("unsent_boolean({value})")
        }
        (_, Some(Value::Integer(value))) => {
            format!("unsent_integer({})", literal::integer(*value))
        }
        (_, Some(Value::Float(value, bits))) => {
            format!("unsent_float({})", literal::float(*value, *bits))
        }
        (Type::Float(_), _) => "unsent_float(0.0)".to_owned(),
        _ => "unsent_integer(0)".to_owned(),
    })
}

/// Returns a field with the value that it has where none is given.
pub(super) fn field(member: &Member) -> TokenStream {
    let name = &member.name;
    let value = match member.presence.fallback() {
        None => quote! { None },
        Some(Fallback::Standard) => standard(&member.ty),
        Some(Fallback::Value(value)) => owned(value),
    };
    quote! { #name: #value }
}

/// Returns the value of Rust's `Default`, as one writes it.
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
