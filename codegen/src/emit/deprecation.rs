//! Items that should not be used any more, and the functions that have to.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Deprecation, Member, Service, Structure, TypeItem};

/// Rust's own attribute.
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

/// Lets the tests of a service use what is deprecated in it, where anything is.
pub(super) fn allowed_in_tests(service: &Service) -> Option<TokenStream> {
    let of_structure = |structure: &Structure| {
        structure
            .members
            .iter()
            .any(|member| member.deprecated.is_some())
    };
    let in_operations = service.operations.iter().any(|operation| {
        operation.deprecated.is_some()
            || of_structure(&operation.request)
            || of_structure(&operation.response)
    });
    let in_types = service.types.iter().any(|item| match item {
        TypeItem::Structure(structure) => of_structure(structure),
        TypeItem::Enumeration(item) => item.variants.iter().any(|it| it.deprecated.is_some()),
        TypeItem::IntEnumeration(item) => item.variants.iter().any(|it| it.deprecated.is_some()),
        TypeItem::Union(item) => item.variants.iter().any(|it| it.deprecated.is_some()),
    });
    (in_operations || in_types).then(|| {
        quote! { #[allow(deprecated, reason = "the model's cases may use it still")] }
    })
}

/// Lets a function touch members, of which any may be deprecated.
pub(super) fn touches<'m>(members: impl IntoIterator<Item = &'m Member>) -> Option<TokenStream> {
    expected(
        members
            .into_iter()
            .any(|member| member.deprecated.is_some()),
    )
}

/// Lets a function touch what is deprecated, where it does.
pub(super) fn expected(is_touched: bool) -> Option<TokenStream> {
    is_touched.then(|| quote! { #[expect(deprecated, reason = "it can be on the wire still")] })
}
