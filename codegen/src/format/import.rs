//! The imports of a file: those that its items need, in the order that rustfmt has.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Item;

use super::fit;

/// What generated files import from elsewhere, by the name they use.
pub(super) const KNOWN: &[(&str, &str)] = &[
    ("As", "smithy_reqwest::wire::As"),
    ("Auth", "smithy_reqwest::operation::Auth"),
    ("BTreeMap", "std::collections::BTreeMap"),
    ("Base64", "smithy_reqwest::wire::Base64"),
    ("Body", "smithy_reqwest::Body"),
    ("BigDecimal", "smithy_reqwest::BigDecimal"),
    ("BigInteger", "smithy_reqwest::BigInteger"),
    ("Bytes", "smithy_reqwest::Bytes"),
    ("DateTime", "smithy_reqwest::wire::DateTime"),
    ("Deserialize", "serde::Deserialize"),
    ("Deserializer", "serde::Deserializer"),
    ("Document", "smithy_reqwest::Document"),
    ("EncodedText", "smithy_reqwest::wire::EncodedText"),
    ("EmptyObject", "smithy_reqwest::wire::EmptyObject"),
    (
        "EndpointParameter",
        "smithy_reqwest::endpoint::EndpointParameter",
    ),
    (
        "EndpointParameters",
        "smithy_reqwest::endpoint::EndpointParameters",
    ),
    (
        "check_not_blank",
        "smithy_reqwest::operation::check_not_blank",
    ),
    ("Endpoint", "smithy_reqwest::endpoint::Endpoint"),
    ("EndpointError", "smithy_reqwest::endpoint::EndpointError"),
    (
        "EndpointSettings",
        "smithy_reqwest::endpoint::EndpointSettings",
    ),
    ("EpochSeconds", "smithy_reqwest::wire::EpochSeconds"),
    ("Float", "smithy_reqwest::wire::Float"),
    ("GZIP", "smithy_reqwest::compression::GZIP"),
    ("GeneratedClient", "smithy_reqwest::GeneratedClient"),
    ("HttpDate", "smithy_reqwest::wire::HttpDate"),
    ("HttpRequest", "smithy_reqwest::operation::HttpRequest"),
    ("HttpResponse", "smithy_reqwest::operation::HttpResponse"),
    (
        "InvalidRequest",
        "smithy_reqwest::operation::InvalidRequest",
    ),
    (
        "InvalidResponse",
        "smithy_reqwest::operation::InvalidResponse",
    ),
    ("List", "smithy_reqwest::wire::List"),
    ("Map", "smithy_reqwest::wire::Map"),
    ("Method", "smithy_reqwest::http::Method"),
    ("ModelledError", "smithy_reqwest::operation::ModelledError"),
    ("NO_MATCH", "smithy_reqwest::endpoint::NO_MATCH"),
    ("Operation", "smithy_reqwest::operation::Operation"),
    ("Or", "smithy_reqwest::wire::Or"),
    ("Paginated", "smithy_reqwest::pagination::Paginated"),
    (
        "PaginatedItems",
        "smithy_reqwest::pagination::PaginatedItems",
    ),
    ("Plain", "smithy_reqwest::wire::Plain"),
    ("Properties", "smithy_reqwest::endpoint::Properties"),
    ("Redacted", "smithy_reqwest::wire::Redacted"),
    ("Request", "smithy_reqwest::operation::Request"),
    ("Required", "smithy_reqwest::wire::Required"),
    ("Retryable", "smithy_reqwest::retry::Retryable"),
    ("Serialize", "serde::Serialize"),
    ("Serializer", "serde::Serializer"),
    ("Service", "smithy_reqwest::operation::Service"),
    ("SparseList", "smithy_reqwest::wire::SparseList"),
    ("SparseMap", "smithy_reqwest::wire::SparseMap"),
    ("Timestamp", "smithy_reqwest::Timestamp"),
    ("check_length", "smithy_reqwest::operation::check_length"),
    ("checksum", "smithy_reqwest::checksum"),
    ("Duration", "std::time::Duration"),
    ("check_text", "smithy_reqwest::operation::check_text"),
    ("float", "smithy_reqwest::wire::float"),
    ("debug_member", "smithy_reqwest::wire::debug_member"),
    ("fmt", "std::fmt"),
    ("member_value", "smithy_reqwest::wire::member_value"),
    ("partition", "smithy_reqwest::endpoint::partition"),
    ("read_member", "smithy_reqwest::wire::read_member"),
    (
        "timestamp_text",
        "smithy_reqwest::operation::timestamp_text",
    ),
    ("refuse", "smithy_reqwest::endpoint::refuse"),
    ("waiter", "smithy_reqwest::waiter"),
    (
        "write_empty_member",
        "smithy_reqwest::wire::write_empty_member",
    ),
    ("write_member", "smithy_reqwest::wire::write_member"),
    ("AuthScheme", "smithy_reqwest::endpoint::AuthScheme"),
    ("element", "smithy_reqwest::endpoint::element"),
    (
        "is_valid_host_label",
        "smithy_reqwest::endpoint::is_valid_host_label",
    ),
    (
        "is_virtual_hostable_s3_bucket",
        "smithy_reqwest::endpoint::is_virtual_hostable_s3_bucket",
    ),
    ("parse_arn", "smithy_reqwest::endpoint::parse_arn"),
    ("parse_url", "smithy_reqwest::endpoint::parse_url"),
    ("split", "smithy_reqwest::endpoint::split"),
    ("substring", "smithy_reqwest::endpoint::substring"),
    ("uri_encode", "smithy_reqwest::endpoint::uri_encode"),
];

/// The imports, those of the standard library first, then other crates', then our own.
pub(super) fn push_imports(text: &mut String, paths: &[&str]) {
    let group = |path: &str| match path.split("::").next() {
        Some("std") => 0,
        Some("super" | "crate" | "self") => 2,
        _ => 1,
    };
    for wanted in 0..3 {
        let mut by_parent: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for path in paths.iter().filter(|path| group(path) == wanted) {
            let (parent, name) = path.rsplit_once("::").unwrap_or(("", path));
            by_parent.entry(parent).or_default().insert(name);
        }
        if !by_parent.is_empty() {
            text.push('\n');
        }
        let mut imports: Vec<(&str, Vec<&str>)> = by_parent
            .into_iter()
            .map(|(parent, names)| (parent, names.into_iter().collect()))
            .collect();
        imports.sort_by_key(|(parent, names)| sort_key(parent, names));
        for (parent, names) in imports {
            push_import(text, parent, &names);
        }
    }
}

/// The order of imports is that of their segments: items, then modules, then lists.
fn sort_key<'p>(parent: &'p str, names: &[&'p str]) -> Vec<(u8, &'p str)> {
    let last = if let [name] = names { *name } else { "{" };
    let class = |segment: &str| match segment.chars().next() {
        Some('{') => 2,
        Some(first) if first.is_lowercase() => 1,
        _ => 0,
    };
    parent
        .split("::")
        .chain([last])
        .map(|segment| (class(segment), segment))
        .collect()
}

/// One `use`, over several lines where it is too long for one.
pub(super) fn push_import(text: &mut String, parent: &str, names: &[&str]) {
    if let [name] = names {
        text.push_str(&format!("use {parent}::{name};\n"));
        return;
    }
    let line = format!("use {parent}::{{{}}};\n", names.join(", "));
    if line.chars().count() <= 99 {
        text.push_str(&line);
        return;
    }
    text.push_str(&fit::import_list(&format!("use {parent}"), names));
    text.push('\n');
}

/// The names that items use from outside, those in formats of serde attributes included.
pub(super) fn used_names(items: &[Item]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in items {
        match item {
            // What an item takes from elsewhere it has, and needs no import of.
            Item::Use(_) => {}
            // The name of a variant is no use of what has the same name elsewhere.
            Item::Enum(item) => {
                for attribute in item
                    .attrs
                    .iter()
                    .chain(item.variants.iter().flat_map(|v| &v.attrs))
                {
                    add_names(attribute.to_token_stream(), &mut names);
                }
                for variant in &item.variants {
                    add_names(variant.fields.to_token_stream(), &mut names);
                }
            }
            item => add_names(item.to_token_stream(), &mut names),
        }
    }
    names
}

/// What stands before a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The first of two colons, or a colon before a type.
    Colon,
    /// What makes a name no use of an import: a path, a receiver, `fn`.
    Owner,
    Other,
}

/// Adds the names of tokens: of a path the first one, of functions those that are called.
fn add_names(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut before = Before::Other;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        before = match tree {
            TokenTree::Group(group) => {
                add_names(group.stream(), names);
                Before::Other
            }
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let is_function = name == "fn";
                let is_path = matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':' && next.spacing() == Spacing::Joint);
                let is_called = is_path || matches!(tokens.peek(), Some(TokenTree::Group(_)));
                if before != Before::Owner && (is_called || name.starts_with(char::is_uppercase)) {
                    names.insert(name);
                }
                if is_function {
                    Before::Owner
                } else {
                    Before::Other
                }
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if text.starts_with("\"As::<") {
                    let words = text.split(|c: char| !c.is_alphanumeric());
                    names.extend(words.map(str::to_owned));
                }
                Before::Other
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                // One colon stands before a type, two before the rest of a path.
                ':' if before != Before::Colon => match punct.spacing() {
                    Spacing::Joint => Before::Colon,
                    Spacing::Alone => Before::Other,
                },
                ':' | '.' => Before::Owner,
                _ => Before::Other,
            },
        };
    }
}

/// The name that an item defines.
pub(super) fn defined_name(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Enum(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Mod(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}
