//! Unions: values that are one of several.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::structure::timestamp_format;
use super::{deprecation, docs, ty, xml};
use crate::format::{Row, Source, Table};
use crate::ir::{Binding, Union, UnionVariant};

/// Adds a union and its table.
pub(super) fn union(source: Source, union: &Union) -> Source {
    let rows = union.variants.iter().map(|variant| row(variant, union));
    source.item(definition(union)).table(Table {
        name: "union",
        item: union.name.clone(),
        kinds: Vec::new(),
        rows: rows.collect(),
    })
}

fn definition(union: &Union) -> TokenStream {
    let name = &union.name;
    let docs_of_type = docs(&union.docs, 0);
    let variants = union.variants.iter().map(|variant| {
        let (name, docs) = (&variant.name, docs(&variant.docs, 1));
        let value = variant.ty.as_ref().map(ty).map(|ty| quote! { (#ty) });
        let deprecated = deprecation::attribute(variant.deprecated.as_ref());
        quote! { #docs #deprecated #name #value, }
    });
    quote! {
        #docs_of_type
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A member that this version of the crate does not know: its name and its value.
            Unknown(String, ::smithy_reqwest::Document),
        }
    }
}

fn row(variant: &UnionVariant, union: &Union) -> Row {
    let UnionVariant {
        name,
        model_name,
        json_name,
        ty,
        ..
    } = variant;
    let renamed =
        (json_name != model_name).then(|| format!("json_name({})", Literal::string(json_name)));
    let format = ty
        .as_ref()
        .and_then(|ty| timestamp_format(ty, &Binding::Body));
    let is_sensitive = union.sensitive || variant.sensitive;
    let sensitive = is_sensitive.then(|| "sensitive".to_owned());
    let value = if ty.is_some() { "(value)" } else { "" };
    Row {
        key: format!("{name}{value}"),
        name: Literal::string(model_name),
        slice: None,
        traits: [renamed, format, sensitive]
            .into_iter()
            .flatten()
            .chain(xml::traits(&variant.xml))
            .collect(),
        value: None,
    }
}
