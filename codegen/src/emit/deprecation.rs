//! Deprecated items.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Deprecation;

pub(super) fn attribute(deprecation: Option<&Deprecation>) -> Option<TokenStream> {
    let Deprecation { since, note } = deprecation?;
    let since = since.as_ref().map(|since| quote! { since = #since });
    let note = note.as_ref().map(|note| quote! { note = #note });
    let details: Vec<TokenStream> = since.into_iter().chain(note).collect();
    Some(if details.is_empty() {
        quote! { #[deprecated] }
    } else {
        quote! { #[deprecated(#(#details),*)] }
    })
}
