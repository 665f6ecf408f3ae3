//! Types and errors, with their members and values.

use proc_macro2::Ident;

use super::{Key, Owner, Part, Parts, add_member, file_of};
use crate::api::Kind;
use crate::diff::Subject;
use crate::diff::claim::Claim;
use crate::diff::fact::{self, Fact, behaviour, documentation};
use crate::diff::value::quoted;
use crate::ir::{Enumeration, ErrorItem, IntEnumeration, Structure, TypeItem, Union, UnionVariant};
use crate::name;

const ENUM: &str = "an enum";
const INTEGER_ENUM: &str = "an integer enum";

/// Whether a kind of type is one of values, whose order is nothing but that of `Ord`.
pub(in crate::diff) fn is_of_values(kind: &str) -> bool {
    matches!(kind, ENUM | INTEGER_ENUM)
}

/// Adds a type.
pub(super) fn add(item: &TypeItem, parts: &mut Parts) {
    let name = item.name();
    let path = format!("types::{name}");
    let file = file_of("types", &name::module_name(&name.to_string()));
    let claims = vec![
        Claim::one("types", Kind::Struct, name),
        Claim::one("types", Kind::Enum, name),
        Claim::one("", Kind::Module, "types"),
        Claim::all(&path),
    ];
    let (kind, facts) = facts(item);
    let key = ("type", path);
    let files = [&*file, "types/mod.rs", "mod.rs"];
    let mut part = Part::new(Subject::Type, &files, claims, facts);
    part.kind = Some(kind);
    parts.insert(key.clone(), part);
    match item {
        TypeItem::Structure(it) => add_members(&key, it, &file, parts),
        TypeItem::Union(it) => {
            for variant in &it.variants {
                add_variant(&key, variant, &file, parts);
            }
        }
        TypeItem::Enumeration(it) => {
            for variant in &it.variants {
                let (value, deprecated) = (quoted(&variant.value), variant.deprecated.as_ref());
                let facts = fact::of_value(value, &variant.docs, deprecated);
                add_value(&key, &variant.name, facts, &file, parts);
            }
        }
        TypeItem::IntEnumeration(it) => {
            for variant in &it.variants {
                let (value, deprecated) = (variant.value.to_string(), variant.deprecated.as_ref());
                let facts = fact::of_value(value, &variant.docs, deprecated);
                add_value(&key, &variant.name, facts, &file, parts);
            }
        }
    }
}

/// What a type is, and what there is to say of it; the compiler asks for every field.
fn facts(item: &TypeItem) -> (&'static str, Vec<Fact>) {
    let of_travelling = |usage, sensitive, docs: &str| {
        vec![
            fact::direction(usage),
            fact::secrecy("its value", sensitive),
            documentation(docs),
        ]
    };
    match item {
        TypeItem::Structure(Structure {
            docs,
            usage,
            sensitive,
            name: _,
            members: _,
        }) => ("a structure", of_travelling(*usage, *sensitive, docs)),
        TypeItem::Union(Union {
            docs,
            usage,
            sensitive,
            name: _,
            variants: _,
        }) => ("a union", of_travelling(*usage, *sensitive, docs)),
        TypeItem::Enumeration(Enumeration {
            docs,
            name: _,
            variants: _,
        }) => (ENUM, vec![documentation(docs)]),
        TypeItem::IntEnumeration(IntEnumeration {
            docs,
            name: _,
            variants: _,
        }) => (INTEGER_ENUM, vec![documentation(docs)]),
    }
}

fn add_value(enumeration: &Key, name: &Ident, facts: Vec<Fact>, file: &str, parts: &mut Parts) {
    let path = &enumeration.1;
    let claims = vec![Claim::one(path, Kind::Variant, name)];
    let part = Part::new(Subject::EnumValue, &[file], claims, facts).of(enumeration);
    parts.insert(("value", format!("{path}::{name}")), part);
}

fn add_variant(union: &Key, variant: &UnionVariant, file: &str, parts: &mut Parts) {
    let (path, name) = (&union.1, &variant.name);
    let claims = vec![Claim::one(path, Kind::Variant, name)];
    let facts = fact::of_union_variant(variant);
    let part = Part::new(Subject::Member, &[file], claims, facts).of(union);
    parts.insert(("member", format!("{path}::{name}")), part);
}

/// Adds an error.
pub(super) fn add_error(error: &ErrorItem, parts: &mut Parts) {
    let ErrorItem {
        code,
        status,
        retryable,
        structure,
    } = error;
    let Structure {
        name,
        docs,
        sensitive,
        // These are parts of their own.
        members: _,
        // An error is received.
        usage: _,
    } = structure;
    let path = format!("error::{name}");
    let claims = vec![
        Claim::one("error", Kind::Struct, name),
        Claim::one("error::ServiceError", Kind::Variant, name),
        Claim::all(&path),
    ];
    let facts = vec![
        behaviour("its code", quoted(code)),
        behaviour("its status", status.to_string()),
        fact::retry(*retryable),
        fact::secrecy("its value", *sensitive),
        documentation(docs),
    ];
    let key = ("error", path);
    let part = Part::new(Subject::Error, &["error.rs"], claims, facts);
    parts.insert(key.clone(), part);
    add_members(&key, structure, "error.rs", parts);
}

fn add_members(key: &Key, structure: &Structure, file: &str, parts: &mut Parts) {
    let path = &*key.1;
    let owner = Owner {
        key,
        path,
        file,
        method: None,
    };
    for member in &structure.members {
        let setter = name::setter_name(&member.name);
        let setter = Claim::one(path, Kind::Function, &setter);
        add_member(&owner, member, setter, parts);
    }
}
