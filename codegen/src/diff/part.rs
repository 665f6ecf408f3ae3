//! The parts of a service that a change can be about.

mod client;
mod operation;
mod type_item;

use indexmap::IndexMap;
use proc_macro2::Ident;

use super::Subject;
use super::claim::Claim;
use super::fact::{self, Fact};
use super::value;
use crate::api::Kind;
use crate::ir::{Member, Service, Type};

pub(super) use self::type_item::is_of_values;

/// What tells a part from all others: what it is, as in `structure`, and its path.
pub(super) type Key = (&'static str, String);

/// Parts, in the order of the service.
pub(super) type Parts = IndexMap<Key, Part>;

/// A part of a service.
pub(super) struct Part {
    pub(super) subject: Subject,
    /// What it is, as in `a structure`, where it may become something else under its name.
    pub(super) kind: Option<&'static str>,
    /// The part that has it.
    pub(super) parent: Option<Key>,
    /// The files that its code is in; that in which most of it is comes first.
    pub(super) files: Vec<String>,
    /// The items of the API that are its own: a member has its field and its setter.
    pub(super) claims: Vec<Claim>,
    /// The items that it decides about together with others: functions that it is an argument of, and
    /// traits that it may take away.
    pub(super) shared: Vec<Claim>,
    /// What it has to do with those: the type of an argument, mostly. They are not because of it where
    /// this is the same, and it is an argument as before.
    pub(super) share: Option<String>,
    pub(super) facts: Vec<Fact>,
    /// Whether who makes the structure that has it has to give it.
    pub(super) is_argument: bool,
}

impl Part {
    /// A part that no other has.
    fn new(subject: Subject, files: &[&str], claims: Vec<Claim>, facts: Vec<Fact>) -> Self {
        Self {
            subject,
            kind: None,
            parent: None,
            files: files.iter().map(|&file| file.to_owned()).collect(),
            claims,
            shared: Vec::new(),
            share: None,
            facts,
            is_argument: false,
        }
    }

    /// The same as a part of another one.
    fn of(self, parent: &Key) -> Self {
        Self {
            parent: Some(parent.clone()),
            ..self
        }
    }
}

/// The parts of a service.
pub(super) fn parts(service: &Service) -> Parts {
    let mut parts = Parts::new();
    client::add(service, &mut parts);
    for operation in &service.operations {
        operation::add(operation, &mut parts);
    }
    for item in &service.types {
        type_item::add(item, &mut parts);
    }
    for error in &service.errors {
        type_item::add_error(error, &mut parts);
    }
    parts
}

/// What a member of a structure belongs to.
struct Owner<'o> {
    key: &'o Key,
    /// The path of the structure.
    path: &'o str,
    file: &'o str,
    /// The method that takes what the structure requires.
    method: Option<&'o Claim>,
}

/// Adds a member, which is set by this function.
fn add_member(owner: &Owner, member: &Member, setter: Claim, parts: &mut Parts) {
    let path = owner.path;
    let claims = vec![Claim::one(path, Kind::Field, &member.name), setter];
    let facts = fact::of_member(member);
    let mut part = Part::new(Subject::Member, &[owner.file], claims, facts).of(owner.key);
    part.is_argument = member.is_argument();
    if part.is_argument {
        part.shared.push(Claim::one(path, Kind::Function, "new"));
        part.shared.extend(owner.method.cloned());
    }
    // What is required takes `Default` away, and a stream more than that.
    if part.is_argument || matches!(member.ty, Type::Stream { .. }) {
        part.shared.push(Claim::of_kind(path, Kind::Implementation));
        part.share = Some(value::rust_type(&member.ty));
    }
    parts.insert(("member", format!("{path}::{}", member.name)), part);
}

/// The path of the file of a module.
fn file_of(folder: &str, module: &Ident) -> String {
    let module = module.to_string();
    format!("{folder}/{}.rs", module.trim_start_matches("r#"))
}
