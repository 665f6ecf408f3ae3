//! Enumerations of strings and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{deprecation, docs_with_alias};
use crate::format::{Row, Source, Table};
use crate::ir::{Deprecation, Enumeration, IntEnumeration};
use crate::name::{self, Ident};

/// Adds an enumeration of text.
pub(super) fn enumeration(source: Source, enumeration: &Enumeration) -> Source {
    let Enumeration { name, variants, .. } = enumeration;
    let docs_of_type = docs_with_alias(enumeration.alias.as_deref(), &enumeration.docs);
    let listed = variants.iter().map(|it| {
        let alias = name::alias(&it.value, &it.name);
        variant(&it.name, alias.as_deref(), &it.docs, it.deprecated.as_ref())
    });
    let rows = variants
        .iter()
        .map(|it| Row::new(it.name.to_string(), Literal::string(&it.value)));
    source
        .item(quote! {
            #docs_of_type
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#listed)*
                /// A value that this version of the crate does not know.
                Unknown(::smithy_reqwest::schema::UnknownValue),
            }
        })
        .table(Table::new("string_enum", name, rows))
}

/// Adds an enumeration of integers.
pub(super) fn int_enumeration(source: Source, enumeration: &IntEnumeration) -> Source {
    let IntEnumeration { name, variants, .. } = enumeration;
    let docs_of_type = docs_with_alias(enumeration.alias.as_deref(), &enumeration.docs);
    let listed = variants.iter().map(|it| {
        variant(
            &it.name,
            it.alias.as_deref(),
            &it.docs,
            it.deprecated.as_ref(),
        )
    });
    let rows = variants.iter().map(|it| {
        Row::new(
            it.name.to_string(),
            super::literal::integer(it.value.into()),
        )
    });
    source
        .item(quote! {
            #docs_of_type
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#listed)*
                /// A number that this version of the crate does not know.
                Unknown(::smithy_reqwest::schema::UnknownValue<i32>),
            }
        })
        .table(Table::new("int_enum", name, rows))
}

fn variant(
    name: &Ident,
    alias: Option<&str>,
    markdown: &str,
    deprecation: Option<&Deprecation>,
) -> TokenStream {
    let docs = docs_with_alias(alias, markdown);
    let deprecated = deprecation::attribute(deprecation);
    quote! { #docs #deprecated #name, }
}
