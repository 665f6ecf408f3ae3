//! Unions: values that are one of several.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::structure::timestamp_format;
use super::{deprecation, docs_with_alias, ty, xml};
use crate::format::{Row, Source, Table, comment};
use crate::ir::{Binding, Exception, Union, UnionVariant};
use crate::name;

/// Adds a union and its table; `keeps_values` is `true` if unknown members keep their values.
pub(super) fn union(source: Source, union: &Union, keeps_values: bool) -> Source {
    let rows = union.variants.iter().map(|variant| row(variant, union));
    let source = source
        .item(definition(union, keeps_values))
        .table(Table::new("union", &union.name, rows));
    match &union.exceptions {
        Some(exceptions) => source.table(event_stream(union, exceptions)),
        None => source,
    }
}

/// Returns the table of the errors of an event stream.
fn event_stream(union: &Union, exceptions: &[Exception]) -> Table {
    let rows = exceptions.iter().map(|exception| {
        let name = Literal::string(&exception.name).to_string();
        Row::new(name, Literal::string(&exception.code))
    });
    Table {
        beside: Some(quote! { crate::ServiceError }),
        ..Table::new("event_stream", &union.name, rows)
    }
}

fn definition(union: &Union, keeps_values: bool) -> TokenStream {
    let name = &union.name;
    let docs_of_type = docs_with_alias(union.alias.as_deref(), &union.docs);
    let variants = union.variants.iter().map(|variant| {
        let name = &variant.name;
        let alias = name::alias(&variant.model_name, name);
        let docs = docs_with_alias(alias.as_deref(), &variant.docs);
        let value = variant.ty.as_ref().map(ty).map(|ty| quote! { (#ty) });
        let deprecated = deprecation::attribute(variant.deprecated.as_ref());
        quote! { #docs #deprecated #name #value, }
    });
    let unknown = if union.exceptions.is_some() {
        "An event that this version of the crate does not know: its name and its payload."
    } else if keeps_values {
        "A member that this version of the crate does not know: its name and its value."
    } else {
        "A member that this version of the crate does not know: its name, and null in place of its \
         value, whose type the protocol does not tell."
    };
    let docs_of_unknown = comment(unknown);
    quote! {
        #docs_of_type
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #docs_of_unknown
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
    let traits = [renamed, format, sensitive].into_iter().flatten();
    Row {
        traits: traits.chain(xml::traits(&variant.xml)).collect(),
        ..Row::new(format!("{name}{value}"), Literal::string(model_name))
    }
}
