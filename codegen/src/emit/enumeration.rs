//! Enumerations of strings and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{deprecation, docs_with_alias, literal};
use crate::format::{Row, Source, Table, comment};
use crate::ir::{EnumKind, EnumValue, Enumeration, Variant};

/// Adds an enumeration and its table.
pub(super) fn enumeration(source: Source, enumeration: &Enumeration) -> Source {
    let Enumeration { name, variants, .. } = enumeration;
    let macro_name = match enumeration.kind {
        EnumKind::Text => "string_enum",
        EnumKind::Integer => "int_enum",
    };
    let table = Table::new(macro_name, name, variants.iter().map(row));
    source.item(definition(enumeration)).table(table)
}

fn definition(enumeration: &Enumeration) -> TokenStream {
    let name = &enumeration.name;
    let docs = docs_with_alias(enumeration.alias.as_deref(), &enumeration.docs);
    let variants = enumeration.variants.iter().map(|variant| {
        let name = &variant.name;
        let docs = docs_with_alias(variant.alias.as_deref(), &variant.docs);
        let deprecated = deprecation::attribute(variant.deprecated.as_ref());
        quote! { #docs #deprecated #name, }
    });
    let (copy, of_number, value) = match enumeration.kind {
        EnumKind::Text => (None, None, "value"),
        EnumKind::Integer => (Some(quote! { Copy, }), Some(quote! { <i32> }), "number"),
    };
    let unknown = comment(&format!(
        "A {value} that this version of the crate does not know."
    ));
    quote! {
        #docs
        #[derive(Clone, #copy PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unknown
            Unknown(::smithy_reqwest::schema::UnknownValue #of_number),
        }
    }
}

fn row(variant: &Variant) -> Row {
    let value = match &variant.value {
        EnumValue::Text(text) => Literal::string(text),
        EnumValue::Integer(number) => literal::integer((*number).into()),
    };
    Row::new(variant.name.to_string(), value)
}
