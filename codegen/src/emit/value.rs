//! Values, as expressions.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use serde_json::Value as Json;

use super::{literal, optional, ty};
use crate::ir::{Constructor, Field, FieldValue, StructureValue, Value};
use crate::name::{self, Ident};

/// Returns the expression of a value, as a field or a collection holds it.
pub(super) fn owned(value: &Value) -> TokenStream {
    match value {
        Value::Boolean(value) => quote! { #value },
        Value::Integer(value) => literal::integer(*value).into_token_stream(),
        Value::Float(value, bits) => float(*value, *bits),
        Value::BigNumber(ty, digits) => {
            if let Ok(integer) = digits.parse().map(literal::integer) {
                quote! { ::smithy_reqwest::#ty::from(#integer) }
            } else {
                // `check` has accepted the digits as a number.
                quote! { #digits.parse().unwrap_or_default() }
            }
        }
        Value::Text(text) if text.is_empty() => quote! { String::new() },
        Value::Text(text) => quote! { #text.to_owned() },
        Value::Bytes(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote! { ::smithy_reqwest::Bytes::from_static(#bytes) }
        }
        Value::Stream(_) => {
            let bytes = argument(value);
            quote! { ::smithy_reqwest::Body::from(#bytes) }
        }
        Value::Events { events, .. } if events.is_empty() => quote! { crate::Events::default() },
        Value::Events { events, .. } => {
            let events = events.iter().map(owned);
            quote! { crate::Events::from(vec![#(#events),*]) }
        }
        Value::Timestamp(seconds, nanoseconds) => {
            let seconds = literal::integer(*seconds);
            let nanoseconds = literal::integer((*nanoseconds).into());
            quote! { ::smithy_reqwest::Timestamp::constant(#seconds, #nanoseconds) }
        }
        Value::TimestampText(text) => {
            quote! { #text.parse::<::smithy_reqwest::Timestamp>().unwrap() }
        }
        Value::Document(json) => document(json),
        Value::Variant { name, variant } => quote! { crate::types::#name::#variant },
        Value::Unlisted { name, value } => {
            let value = argument(value);
            quote! { crate::types::#name::from(#value) }
        }
        Value::Structure(structure) if structure.has_setters => call(structure),
        Value::Structure(structure) => {
            let (statements, value) = assignments(structure, "types", "value");
            quote! { { #statements #value } }
        }
        Value::Member {
            name,
            variant,
            value,
        } => {
            let value = value.as_deref().map(owned).map(|value| quote! { (#value) });
            quote! { crate::types::#name::#variant #value }
        }
        Value::List {
            elements, sparse, ..
        } => {
            let elements = elements
                .iter()
                .map(|element| nullable(element.as_ref(), *sparse));
            quote! { vec![#(#elements),*] }
        }
        Value::Map {
            entries, sparse, ..
        } => {
            let entries = entries.iter().map(|entry| self::entry(entry, *sparse));
            quote! { ::std::collections::BTreeMap::from([#(#entries),*]) }
        }
        Value::Variable(name) => quote! { #name },
        Value::Boxed(value) => {
            let value = owned(value);
            quote! { Box::new(#value) }
        }
    }
}

/// Returns the expression of a value, as an argument of a constructor or a setter.
pub(super) fn argument(value: &Value) -> TokenStream {
    match value {
        Value::Text(text) => quote! { #text },
        Value::Bytes(bytes) | Value::Stream(bytes) => {
            if let Ok(text) = std::str::from_utf8(bytes) {
                quote! { #text }
            } else {
                let bytes = Literal::byte_string(bytes);
                quote! { ::smithy_reqwest::Bytes::from_static(#bytes) }
            }
        }
        // The compiler cannot infer the element type of an empty collection.
        Value::List {
            element,
            elements,
            sparse,
        } if elements.is_empty() => {
            let element = optional(ty(element), *sparse);
            quote! { Vec::<#element>::new() }
        }
        Value::Map {
            key,
            value,
            entries,
            sparse,
        } if entries.is_empty() => {
            let (key, value) = (ty(key), optional(ty(value), *sparse));
            quote! { ::std::collections::BTreeMap::<#key, #value>::new() }
        }
        Value::List {
            elements, sparse, ..
        } => {
            let elements = elements
                .iter()
                .map(|element| part(element.as_ref(), *sparse));
            quote! { [#(#elements),*] }
        }
        Value::Map {
            entries, sparse, ..
        } => {
            let entries = entries.iter().map(|(key, value)| {
                let (key, value) = (argument(key), part(value.as_ref(), *sparse));
                quote! { (#key, #value) }
            });
            quote! { [#(#entries),*] }
        }
        Value::Boxed(value) => argument(value),
        _ => owned(value),
    }
}

/// Returns an expression for a document. Non-empty lists and objects are parsed from JSON.
fn document(json: &Json) -> TokenStream {
    match json {
        Json::Null => quote! { ::smithy_reqwest::Document::Null },
        Json::Bool(value) => quote! { ::smithy_reqwest::Document::Bool(#value) },
        Json::String(text) => quote! { ::smithy_reqwest::Document::from(#text) },
        Json::Number(number) => {
            let number = match number.as_i64() {
                Some(integer) => literal::integer(integer),
                None => literal::float(number.as_f64().unwrap_or_default(), 64),
            };
            quote! { ::smithy_reqwest::Document::from(#number) }
        }
        Json::Array(values) if values.is_empty() => {
            quote! { ::smithy_reqwest::Document::Array(Vec::new()) }
        }
        Json::Object(members) if members.is_empty() => {
            quote! { ::smithy_reqwest::Document::Object(Default::default()) }
        }
        Json::Array(_) | Json::Object(_) => {
            let json = raw_text(&json.to_string());
            quote! { #json.parse::<::smithy_reqwest::Document>().unwrap() }
        }
    }
}

/// Returns an element of a collection that is an argument. Collections in collections are vectors
/// and maps: they must be of one type, whatever their lengths.
fn part(value: Option<&Value>, sparse: bool) -> TokenStream {
    match value {
        Some(value) if !sparse && !is_filled(value) => argument(value),
        value => nullable(value, sparse),
    }
}

/// Returns `true` if a value is a collection that is not empty.
fn is_filled(value: &Value) -> bool {
    match value {
        Value::List { elements, .. } => !elements.is_empty(),
        Value::Map { entries, .. } => !entries.is_empty(),
        _ => false,
    }
}

fn nullable(value: Option<&Value>, sparse: bool) -> TokenStream {
    match (value.map(owned), sparse) {
        (Some(value), false) => value,
        (Some(value), true) => quote! { Some(#value) },
        (None, true) => quote! { None },
        (None, false) => quote! { Default::default() },
    }
}

fn entry((key, value): &(Value, Option<Value>), sparse: bool) -> TokenStream {
    let (key, value) = (owned(key), nullable(value.as_ref(), sparse));
    quote! { (#key, #value) }
}

/// Returns a structure by its constructor and its setters.
fn call(structure: &StructureValue) -> TokenStream {
    let name = &structure.name;
    let (arguments, setters) = (
        arguments(structure, "types"),
        setters(structure, name::setter_name),
    );
    if arguments.is_empty() {
        quote! { crate::types::#name::default() #setters }
    } else {
        quote! { crate::types::#name::new(#(#arguments),*) #setters }
    }
}

/// Returns the call of an operation with a client, up to its response.
pub(super) fn request_call(
    method: &Ident,
    request: &StructureValue,
    has_pages: bool,
) -> TokenStream {
    let arguments = arguments(request, "operation");
    let setters = setters(request, |name| name::call_setter_name(name, has_pages));
    quote! { client.#method(#(#arguments),*) #setters.send().await }
}

/// Returns the values of required members, as arguments of the constructor of a structure of a
/// module.
fn arguments(structure: &StructureValue, module: &str) -> Vec<TokenStream> {
    let names = structure.constructor.members().iter();
    let values = names.filter_map(|name| {
        let mut fields = structure.fields.iter();
        fields.find(|field| field.name == *name)
    });
    let Constructor::Fields(name, _) = &structure.constructor else {
        return values.map(|field| argument(&field.value)).collect();
    };
    let module = format_ident!("{module}");
    let fields = values.map(|FieldValue { name, value, .. }| {
        let value = match value {
            // The fields of the constructor are not boxed.
            Value::Boxed(value) => owned(value),
            value => owned(value),
        };
        quote! { #name: #value }
    });
    vec![quote! { crate::#module::#name { #(#fields),* } }]
}

/// Returns the values of optional members, as calls of setters, which have these names.
fn setters(structure: &StructureValue, setter_name: impl Fn(&Ident) -> Ident) -> TokenStream {
    let optional = structure.fields.iter();
    let optional = optional.filter(|field| field.field != Field::Argument);
    let setters = optional.map(|field| {
        let (method, value) = (setter_name(&field.name), argument(&field.value));
        quote! { .#method(#value) }
    });
    quote! { #(#setters)* }
}

/// Returns statements that create a structure and set its fields, and an expression for it.
pub(super) fn assignments(
    structure: &StructureValue,
    module: &str,
    variable: &str,
) -> (TokenStream, TokenStream) {
    let (name, variable) = (&structure.name, format_ident!("{variable}"));
    let module = format_ident!("{module}");
    if structure.fields.is_empty() {
        return (
            TokenStream::new(),
            quote! { crate::#module::#name::default() },
        );
    }
    let fields = structure.fields.iter().map(|field| {
        let (name, value) = (&field.name, of_field(field));
        quote! { #variable.#name = #value; }
    });
    let statements = quote! {
        let mut #variable = crate::#module::#name::default();
        #(#fields)*
    };
    (statements, quote! { #variable })
}

/// Returns the expression of what a field holds.
pub(super) fn of_field(field: &FieldValue) -> TokenStream {
    nullable(Some(&field.value), field.field == Field::Optional)
}

fn float(value: f64, bits: u8) -> TokenStream {
    let ty = format_ident!("f{bits}");
    if value.is_nan() {
        quote! { #ty::NAN }
    } else if value == f64::INFINITY {
        quote! { #ty::INFINITY }
    } else if value == f64::NEG_INFINITY {
        quote! { #ty::NEG_INFINITY }
    } else {
        literal::float(value, bits).into_token_stream()
    }
}

/// Returns a string literal, raw if the text has quotes.
pub(super) fn raw_text(text: &str) -> Literal {
    let is_plain = |c: char| c != '\r' && !c.is_control();
    if text.contains('"') && text.chars().all(is_plain) {
        let runs = text.split(|c| c != '#').map(str::len);
        let hashes = "#".repeat(runs.max().unwrap_or_default() + 1);
        if let Ok(literal) = format!("r{hashes}\"{text}\"{hashes}").parse() {
            return literal;
        }
    }
    Literal::string(text)
}
