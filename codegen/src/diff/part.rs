//! The parts of a service that a change can be about.

use indexmap::IndexMap;
use proc_macro2::Ident;

use super::Subject;
use super::fact::{self, Fact, Nature, behaviour, documentation, hidden};
use crate::api::{Kind, Place};
use crate::ir::endpoint::{Giver, Parameter, ParameterPresence, ValueType};
use crate::ir::waiter::Waiter;
use crate::ir::{
    Deprecation, ErrorItem, Member, Operation, Pagination, Service, Structure, Type, TypeItem,
    Union,
};
use crate::name;

/// What tells a part from all others: what it is, as in `structure`, and its path.
pub(super) type Key = (&'static str, String);

/// A part of a service.
pub(super) struct Part {
    pub(super) subject: Subject,
    /// The part that has it.
    pub(super) parent: Option<Key>,
    /// The files that its code is in, and where there is one of it alone, that first.
    pub(super) files: Vec<String>,
    /// The items of the API that it decides about, alone or with others: a member is in its field, in
    /// its setter, and in functions that it is an argument of.
    pub(super) claims: Vec<Claim>,
    pub(super) facts: Vec<Fact>,
    /// Whether who makes the structure that has it has to give it.
    pub(super) is_argument: bool,
}

/// Items of the API: those of an owner, or those of a kind or a name among them.
#[derive(Clone)]
pub(super) struct Claim {
    owner: String,
    kind: Option<Kind>,
    name: Option<String>,
}

impl Claim {
    fn all(owner: impl Into<String>) -> Self {
        Self {
            owner: owner.into(),
            kind: None,
            name: None,
        }
    }

    fn of_kind(owner: impl Into<String>, kind: Kind) -> Self {
        Self {
            kind: Some(kind),
            ..Self::all(owner)
        }
    }

    fn one(owner: impl Into<String>, kind: Kind, name: impl ToString) -> Self {
        Self {
            name: Some(name.to_string()),
            ..Self::of_kind(owner, kind)
        }
    }

    pub(super) fn covers(&self, place: &Place) -> bool {
        self.owner == place.owner
            && self.kind.is_none_or(|kind| kind == place.kind)
            && self.name.as_ref().is_none_or(|name| *name == place.name)
    }
}

/// The parts of a service, in its order.
pub(super) fn parts(service: &Service) -> IndexMap<Key, Part> {
    let mut parts = Parts(IndexMap::new());
    parts.client(service);
    for operation in &service.operations {
        parts.operation(operation);
    }
    for item in &service.types {
        parts.type_item(item);
    }
    for error in &service.errors {
        parts.error(error);
    }
    parts.0
}

struct Parts(IndexMap<Key, Part>);

impl Parts {
    fn client(&mut self, service: &Service) {
        let credentials = if service.requires_credentials() {
            "required by every call"
        } else {
            ""
        };
        let left_out = service.skipped.iter();
        let left_out = left_out.map(|it| format!("{}: {}", it.operation, it.reason));
        let facts = vec![
            behaviour("its name in SDKs", fact::quoted(&service.sdk_id)),
            behaviour("its signing name", fact::quoted(&service.signing_name)),
            behaviour("the header of every request", headers(service)),
            behaviour("a credential", credentials),
            Fact {
                aspect: "the title of the service",
                value: service.title.clone(),
                nature: Nature::Documentation,
            },
            Fact {
                aspect: "the list of what is left out",
                value: left_out.collect::<Vec<_>>().join("\n"),
                nature: Nature::Documentation,
            },
        ];
        let own = vec![
            Claim::all("Client"),
            Claim::all("Call<R>"),
            Claim::one("", Kind::Struct, "Call"),
        ];
        let files = ["client.rs", "mod.rs", "operation/mod.rs"];
        self.add(
            ("client", "Client"),
            Subject::Client,
            None,
            &files,
            own,
            facts,
        );
        let own = vec![Claim::all("endpoint"), Claim::all("endpoint::Params")];
        let rules = vec![hidden("its rules", &service.endpoint.rules)];
        let key = ("endpoint", "endpoint::resolve".to_owned());
        let files = ["endpoint.rs"];
        self.add(key.clone(), Subject::Endpoint, None, &files, own, rules);
        for parameter in &service.endpoint.parameters {
            self.parameter(&key, parameter);
        }
    }

    fn parameter(&mut self, parent: &Key, parameter: &Parameter) {
        let Parameter { name, field, .. } = parameter;
        let owner = "endpoint::Params";
        let own = [Kind::Field, Kind::Function].map(|kind| Claim::one(owner, kind, field));
        let facts = vec![
            behaviour("its type", value_type(parameter.ty)),
            behaviour("it", parameter_presence(&parameter.presence)),
            behaviour("its name in the rules", fact::quoted(name)),
            hidden(
                "the setting that it takes its value from",
                &parameter.setting,
            ),
            behaviour("its value", giver(parameter.giver)),
            documentation(&parameter.docs),
        ];
        let path = ("endpoint parameter", format!("{owner}::{field}"));
        let files = ["endpoint.rs", "client.rs"];
        let parent = Some(parent.clone());
        self.add(path, Subject::Endpoint, parent, &files, own.to_vec(), facts);
    }

    fn operation(&mut self, operation: &Operation) {
        let (request, response) = (&operation.request.name, &operation.response.name);
        let (request_path, response_path) = (
            format!("operation::{request}"),
            format!("operation::{response}"),
        );
        let call = format!("Call<{request_path}>");
        let method = Claim::one("Client", Kind::Function, &operation.method);
        let own = vec![
            method.clone(),
            Claim::one("operation", Kind::Struct, request),
            Claim::one("operation", Kind::Struct, response),
            Claim::all(&request_path),
            Claim::all(&response_path),
            Claim::all(&call),
        ];
        let file = file_of("operation", &name::module_name(&operation.name));
        let files = [&*file, "operation/mod.rs", "client.rs", "mod.rs"];
        let mut facts = fact::of_operation(operation);
        facts.push(fact::secrecy(
            operation.request.sensitive || operation.response.sensitive,
        ));
        let key = ("operation", format!("Client::{}", operation.method));
        self.add(key.clone(), Subject::Operation, None, &files, own, facts);
        let has_pages = operation.pagination.is_some();
        for member in &operation.request.members {
            let setter = name::call_setter_name(&member.name, has_pages);
            let setter = Claim::one(&call, Kind::Function, setter);
            let taken = Some(method.clone());
            self.member(&key, &request_path, member, &file, setter, taken);
        }
        for member in &operation.response.members {
            let setter = Claim::one(&response_path, Kind::Function, &member.name);
            self.member(&key, &response_path, member, &file, setter, None);
        }
        if let Some(pagination) = &operation.pagination {
            self.pages(&key, request, pagination, &file);
        }
        for waiter in &operation.waiters {
            self.waiter(&key, &call, waiter, &file);
        }
    }

    fn pages(&mut self, parent: &Key, request: &Ident, pagination: &Pagination, file: &str) {
        let own = vec![
            Claim::one("Call<R>", Kind::Function, "pages"),
            Claim::one("Call<R>", Kind::Function, "items"),
            Claim::of_kind(format!("operation::{request}"), Kind::Implementation),
        ];
        let facts = vec![behaviour("the way through pages", fact::pages(pagination))];
        let key = ("pages", format!("Call<operation::{request}>::pages"));
        let files = [file, "client.rs"];
        let parent = Some(parent.clone());
        self.add(key, Subject::Operation, parent, &files, own, facts);
    }

    fn waiter(&mut self, parent: &Key, call: &str, waiter: &Waiter, file: &str) {
        let own = vec![
            Claim::one(call, Kind::Function, &waiter.method),
            Claim::one("error", Kind::Alias, "WaitError"),
            Claim::one("", Kind::Use, "WaitError"),
        ];
        let acceptors: Vec<_> = waiter.acceptors.iter().collect();
        let states = acceptors.iter().map(|it| (&it.matcher, it.state));
        let said: Vec<&str> = acceptors.iter().map(|it| &*it.docs).collect();
        let (least, most) = (waiter.min_delay, waiter.max_delay);
        let facts = vec![
            behaviour("its delay", format!("{least} to {most} seconds")),
            behaviour("its name in the model", fact::quoted(&waiter.name)),
            hidden("what it takes for the state", &states.collect::<Vec<_>>()),
            documentation(format!("{}\n{}", waiter.docs, said.join("\n"))),
        ];
        let key = ("waiter", format!("{call}::{}", waiter.method));
        let files = [file, "client.rs", "error.rs", "mod.rs"];
        let parent = Some(parent.clone());
        self.add(key, Subject::Operation, parent, &files, own, facts);
    }

    fn type_item(&mut self, item: &TypeItem) {
        let name = item.name();
        let path = format!("types::{name}");
        let file = file_of("types", &name::module_name(&name::first_word(name)));
        let own = vec![
            Claim::one("types", Kind::Struct, name),
            Claim::one("types", Kind::Enum, name),
            Claim::one("", Kind::Module, "types"),
            Claim::all(&path),
        ];
        let (noun, facts) = match item {
            TypeItem::Structure(it) => (
                "structure",
                vec![
                    fact::direction(it.usage),
                    fact::secrecy(it.sensitive),
                    documentation(&it.docs),
                ],
            ),
            TypeItem::Union(it) => (
                "union",
                vec![
                    fact::direction(it.usage),
                    fact::secrecy(it.sensitive),
                    documentation(&it.docs),
                ],
            ),
            TypeItem::Enumeration(it) => ("enum", vec![documentation(&it.docs)]),
            TypeItem::IntEnumeration(it) => ("integer enum", vec![documentation(&it.docs)]),
        };
        let key = (noun, path.clone());
        let files = [&*file, "types/mod.rs", "mod.rs"];
        self.add(key.clone(), Subject::Type, None, &files, own, facts);
        match item {
            TypeItem::Structure(it) => self.members(&key, &path, it, &file),
            TypeItem::Union(it) => self.variants(&key, &path, it, &file),
            TypeItem::Enumeration(it) => {
                for variant in &it.variants {
                    let (value, name) = (fact::quoted(&variant.value), &variant.name);
                    let deprecated = variant.deprecated.as_ref();
                    let docs = &variant.docs;
                    self.value(&key, name, value, docs, deprecated, &file);
                }
            }
            TypeItem::IntEnumeration(it) => {
                for variant in &it.variants {
                    let (value, name) = (variant.value.to_string(), &variant.name);
                    let deprecated = variant.deprecated.as_ref();
                    let docs = &variant.docs;
                    self.value(&key, name, value, docs, deprecated, &file);
                }
            }
        }
    }

    fn value(
        &mut self,
        parent: &Key,
        name: &Ident,
        value: String,
        docs: &str,
        deprecated: Option<&Deprecation>,
        file: &str,
    ) {
        let own = vec![Claim::one(&parent.1, Kind::Variant, name)];
        let mut facts = vec![behaviour("its value", value), documentation(docs)];
        facts.extend(fact::deprecation(deprecated));
        let key = ("value", format!("{}::{name}", parent.1));
        let parent = Some(parent.clone());
        self.add(key, Subject::EnumValue, parent, &[file], own, facts);
    }

    fn variants(&mut self, parent: &Key, path: &str, union: &Union, file: &str) {
        for variant in &union.variants {
            let own = vec![Claim::one(path, Kind::Variant, &variant.name)];
            let ty = variant.ty.as_ref().map(fact::ty);
            let mut facts = vec![
                behaviour("its type", ty.unwrap_or_default()),
                behaviour("its name in JSON", fact::quoted(&variant.json_name)),
                fact::secrecy(variant.sensitive),
                documentation(&variant.docs),
            ];
            facts.extend(fact::deprecation(variant.deprecated.as_ref()));
            let key = ("member", format!("{path}::{}", variant.name));
            let parent = Some(parent.clone());
            self.add(key, Subject::Member, parent, &[file], own, facts);
        }
    }

    fn error(&mut self, error: &ErrorItem) {
        let structure = &error.structure;
        let path = format!("error::{}", structure.name);
        let own = vec![
            Claim::one("error", Kind::Struct, &structure.name),
            Claim::one("error::ServiceError", Kind::Variant, &structure.name),
            Claim::all(&path),
        ];
        let facts = vec![
            behaviour("its code", fact::quoted(&error.code)),
            behaviour("its status", error.status.to_string()),
            fact::retry(error.retryable),
            fact::secrecy(structure.sensitive),
            documentation(&structure.docs),
        ];
        let key = ("error", path.clone());
        self.add(key.clone(), Subject::Error, None, &["error.rs"], own, facts);
        self.members(&key, &path, structure, "error.rs");
    }

    fn members(&mut self, parent: &Key, path: &str, structure: &Structure, file: &str) {
        for member in &structure.members {
            let setter = name::setter_name(&member.name);
            let setter = Claim::one(path, Kind::Function, setter);
            self.member(parent, path, member, file, setter, None);
        }
    }

    fn member(
        &mut self,
        parent: &Key,
        path: &str,
        member: &Member,
        file: &str,
        setter: Claim,
        taken: Option<Claim>,
    ) {
        let mut own = vec![Claim::one(path, Kind::Field, &member.name), setter];
        if member.is_argument() {
            own.push(Claim::one(path, Kind::Function, "new"));
            own.extend(taken);
        }
        // What is required takes `Default` away, and a stream more than that.
        if member.is_argument() || matches!(member.ty, Type::Stream { .. }) {
            own.push(Claim::of_kind(path, Kind::Implementation));
        }
        let key = ("member", format!("{path}::{}", member.name));
        let facts = fact::of_member(member);
        let parent = Some(parent.clone());
        self.add(key.clone(), Subject::Member, parent, &[file], own, facts);
        if let Some(part) = self.0.get_mut(&key) {
            part.is_argument = member.is_argument();
        }
    }

    fn add(
        &mut self,
        (noun, path): (&'static str, impl Into<String>),
        subject: Subject,
        parent: Option<Key>,
        files: &[&str],
        claims: Vec<Claim>,
        facts: Vec<Fact>,
    ) {
        let part = Part {
            subject,
            parent,
            files: files.iter().map(|&file| file.to_owned()).collect(),
            claims,
            facts,
            is_argument: false,
        };
        self.0.insert((noun, path.into()), part);
    }
}

fn file_of(folder: &str, module: &Ident) -> String {
    let module = module.to_string();
    format!("{folder}/{}.rs", module.trim_start_matches("r#"))
}

fn headers(service: &Service) -> String {
    let headers = service.headers.iter();
    let headers = headers.map(|(name, value)| format!("{name}: {value}"));
    headers.collect::<Vec<_>>().join(", ")
}

fn value_type(ty: ValueType) -> &'static str {
    match ty {
        ValueType::Boolean => "bool",
        ValueType::StringArray => "Vec<String>",
        _ => "String",
    }
}

fn parameter_presence(presence: &ParameterPresence) -> String {
    match presence {
        ParameterPresence::Optional => "optional".to_owned(),
        ParameterPresence::Required(_) => "required by the rules".to_owned(),
        ParameterPresence::Default(value) => format!("defaulted to {value:?}"),
    }
}

fn giver(giver: Option<Giver>) -> &'static str {
    match giver {
        None => "",
        Some(Giver::Client) => "given by who sets up a client",
        Some(Giver::Call) => "given by a call, or by who sets up a client",
    }
}
