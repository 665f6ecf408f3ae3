//! Enumerations of strings and of integers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{deprecation, docs, literal, long};
use crate::ir::{Enumeration, IntEnumeration};

pub(super) fn enumeration(enumeration: &Enumeration) -> Vec<TokenStream> {
    let Enumeration { name, variants, .. } = enumeration;
    let docs_of_type = docs(&enumeration.docs, 0);
    let docs_of_variants = variants.iter().map(|variant| {
        let deprecated = deprecation::attribute(variant.deprecated.as_ref());
        let docs = docs(&variant.docs, 1);
        quote! { #docs #deprecated }
    });
    let touches =
        deprecation::expected(variants.iter().any(|variant| variant.deprecated.is_some()));
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    let values: Vec<_> = variants.iter().map(|variant| &variant.value).collect();
    let from = quote! {
        fn from(value: &str) -> Self {
            match value {
                #(#values => Self::#names,)*
                unknown => Self::Unknown(unknown.to_owned()),
            }
        }
    };
    let long = long(&from, variants.len());
    vec![
        quote! {
            #docs_of_type
            #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#docs_of_variants #names,)*
                /// A value that this version of the crate does not know, as it came.
                Unknown(String),
            }
        },
        quote! {
            impl #name {
                /// The value as it is written in JSON.
                #[must_use]
                #touches
                #long
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#names => #values,)*
                        Self::Unknown(value) => value,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for #name {
                #touches
                #long
                #from
            }
        },
        quote! { smithy_reqwest::string_enum!(#name); },
    ]
}

pub(super) fn int_enumeration(enumeration: &IntEnumeration) -> Vec<TokenStream> {
    let IntEnumeration { name, variants, .. } = enumeration;
    let docs_of_type = docs(&enumeration.docs, 0);
    let docs_of_variants = variants.iter().map(|variant| {
        let deprecated = deprecation::attribute(variant.deprecated.as_ref());
        let docs = docs(&variant.docs, 1);
        quote! { #docs #deprecated }
    });
    let touches =
        deprecation::expected(variants.iter().any(|variant| variant.deprecated.is_some()));
    let names: Vec<_> = variants.iter().map(|variant| &variant.name).collect();
    let values: Vec<_> = variants
        .iter()
        .map(|variant| literal::integer(variant.value.into()))
        .collect();
    let from = quote! {
        fn from(value: i32) -> Self {
            match value {
                #(#values => Self::#names,)*
                unknown => Self::Unknown(unknown),
            }
        }
    };
    let long = long(&from, variants.len());
    vec![
        quote! {
            #docs_of_type
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #name {
                #(#docs_of_variants #names,)*
                /// A number that this version of the crate does not know, as it came.
                Unknown(i32),
            }
        },
        quote! {
            impl #name {
                /// The number as it is written in JSON.
                #[must_use]
                #touches
                #long
                pub fn as_i32(self) -> i32 {
                    match self {
                        #(Self::#names => #values,)*
                        Self::Unknown(value) => value,
                    }
                }
            }
        },
        quote! {
            impl From<i32> for #name {
                #touches
                #long
                #from
            }
        },
        quote! { smithy_reqwest::int_enum!(#name); },
    ]
}
