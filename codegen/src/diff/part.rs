//! The parts of a service that a change can be about, with the fields that the IR has for them.

use std::collections::BTreeMap;
use std::fmt::Debug;

use indexmap::IndexMap;

use super::Subject;
use crate::ir::{
    Constructor, EnumKind, ErrorItem, Operation, Protocol, Service, Structure, TypeItem,
};
use crate::name;

/// Fields that are about documentation alone.
const DOCUMENTATION: [&str; 8] = [
    "deprecated", "docs", "errors", "event_example", "examples", "skipped", "title", "version",
];

const ENUM: &str = "an enum";
const INTEGER_ENUM: &str = "an integer enum";

/// A part of a service, such as an operation, a type or a member.
pub(super) struct Part {
    pub(super) subject: Subject,
    /// The kind of a type, as in `a structure`.
    pub(super) kind: &'static str,
    /// The path of the part that contains it.
    pub(super) owner: Option<String>,
    pub(super) fields: Vec<Field>,
    /// Its type, if the constructors or the traits of its owner depend on it.
    pub(super) argument: Option<String>,
    /// The file that shows the fields whose values are too long for a report.
    pub(super) file: Option<String>,
}

impl Part {
    fn new(subject: Subject, owner: Option<&str>, fields: Vec<Field>) -> Self {
        Self {
            subject,
            kind: "",
            owner: owner.map(str::to_owned),
            fields,
            argument: None,
            file: None,
        }
    }

    /// Returns `true` if it is an enum. The order of its values is that of `Ord` alone.
    pub(super) fn is_enum(&self) -> bool {
        matches!(self.kind, ENUM | INTEGER_ENUM)
    }
}

/// A field of the IR, with its value as `Debug` prints it.
#[derive(PartialEq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) value: String,
}

impl Field {
    fn new(name: &str, value: &dyn Debug) -> Self {
        Self {
            name: name.to_owned(),
            value: format!("{value:?}"),
        }
    }

    pub(super) fn is_documentation(&self) -> bool {
        DOCUMENTATION.iter().any(|name| self.name.ends_with(name))
    }

    /// Returns its name in words.
    pub(super) fn words(&self) -> String {
        let name = self.name.replace("docs", "documentation");
        let name = if name == "ty" { "type" } else { &name };
        name.replace('_', " ")
    }

    /// Returns its value without the line breaks of `Debug`.
    pub(super) fn display(&self) -> String {
        let mut value = self.value.trim_end_matches(',').to_owned();
        for (loose, tight) in [
            ("( ", "("),
            ("[ ", "["),
            (", )", ")"),
            (", ]", "]"),
            (", }", " }"),
        ] {
            value = value.replace(loose, tight);
        }
        let some = value
            .strip_prefix("Some(")
            .and_then(|it| it.strip_suffix(')'));
        some.map_or(value.clone(), str::to_owned)
    }
}

/// Returns the fields of an item, without those that are parts themselves.
///
/// They are read from its derived `Debug`, which has each on a line with one level of indent. So a
/// new field of the IR is compared without a change here.
fn fields(item: &dyn Debug, parts: &[&str]) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let debug = format!("{item:#?}");
    for line in debug.trim_end_matches("\n}").lines() {
        let field = line.strip_prefix("    ").unwrap_or_default();
        let begins = field.starts_with(|first: char| first.is_ascii_alphabetic());
        match (field.split_once(": ").filter(|_| begins), fields.last_mut()) {
            (Some((name, value)), _) => fields.push(Field {
                name: name.to_owned(),
                value: value.to_owned(),
            }),
            (None, Some(last)) => last.value.extend([" ", line.trim_start()]),
            (None, None) => {}
        }
    }
    fields.retain(|field| !parts.contains(&field.name.as_str()));
    fields
}

/// Returns the protocol, with the facts of the service that it uses.
fn protocol_fields(service: &Service) -> Vec<Field> {
    let (name, version, is_query_compatible) = match service.protocol {
        Protocol::RestJson1 | Protocol::RestXml => (None, None, false),
        Protocol::AwsJson1_0 | Protocol::AwsJson1_1 => {
            let name = Some(&service.shape_name);
            (name, None, service.is_query_compatible)
        }
        Protocol::RpcV2Cbor => (None, None, service.is_query_compatible),
        Protocol::AwsQuery | Protocol::Ec2Query => (None, Some(&service.version), false),
    };
    vec![
        Field::new("protocol", &service.protocol),
        Field::new("name_in_requests", &name),
        Field::new("version_in_requests", &version),
        Field::new("is_query_compatible", &is_query_compatible),
    ]
}

/// The parts of a service, by path.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) by_path: IndexMap<String, Part>,
    /// Other paths of parts: the messages of an operation, and the variant of an error.
    pub(super) aliases: BTreeMap<String, String>,
    /// The paths of structures, by those of the structures with their required members.
    pub(super) required: BTreeMap<String, String>,
}

impl Parts {
    pub(super) fn of(service: &Service) -> Self {
        let mut parts = Self::default();
        parts.add_client(service);
        for operation in &service.operations {
            parts.add_operation(operation);
        }
        for item in &service.types {
            parts.add_type(item);
        }
        for error in &service.errors {
            parts.add_error(error);
        }
        parts
    }

    fn add(&mut self, path: impl Into<String>, part: Part) {
        self.by_path.insert(path.into(), part);
    }

    fn add_client(&mut self, service: &Service) {
        let mut fields_of_client = protocol_fields(service);
        fields_of_client.extend([
            Field::new("sdk_id", &service.sdk_id),
            Field::new("signing_name", &service.signing_name),
            Field::new("headers", &service.headers),
            Field::new("requires_credentials", &service.requires_credentials()),
            Field::new("title", &service.title),
            Field::new("version", &service.version),
            Field::new("docs", &service.docs),
            Field::new("skipped", &service.skipped),
        ]);
        self.add("Client", Part::new(Subject::Client, None, fields_of_client));
        let endpoint = "endpoint::resolve";
        let rules = vec![Field::new("rules", &service.endpoint.rules)];
        let rules = Part {
            file: Some("endpoint.rs".to_owned()),
            ..Part::new(Subject::Endpoint, None, rules)
        };
        self.add(endpoint, rules);
        for parameter in &service.endpoint.parameters {
            let fields = fields(parameter, &["field"]);
            let path = format!("endpoint::Params::{}", parameter.field);
            self.add(path, Part::new(Subject::Endpoint, Some(endpoint), fields));
        }
    }

    fn add_operation(&mut self, operation: &Operation) {
        let owner = format!("Client::{}", operation.method);
        let module = name::module_name(&operation.name).to_string();
        let file = format!("operation/{}.rs", module.trim_start_matches("r#"));
        let parts = ["method", "request", "response", "pagination", "waiters"];
        let mut fields_of_operation = fields(operation, &parts);
        let messages = [&operation.request, &operation.response];
        for (structure, message) in messages.into_iter().zip(["request", "response"]) {
            let of_message = fields(structure, &["members", "usage", "constructor"]);
            fields_of_operation.extend(of_message.into_iter().map(|field| Field {
                name: format!("{message}_{}", field.name),
                ..field
            }));
        }
        let part = Part {
            file: Some(file.clone()),
            ..Part::new(Subject::Operation, None, fields_of_operation)
        };
        self.add(&owner, part);
        for structure in messages {
            let path = format!("operation::{}", structure.name);
            self.add_members(&path, &owner, structure);
            self.aliases.insert(path, owner.clone());
        }
        let call = format!("Call<{}>", operation.request.name);
        if let Some(pagination) = &operation.pagination {
            let pages = Part {
                argument: Some(format!("{:?}", pagination.items)),
                ..Part::new(Subject::Operation, Some(&owner), fields(pagination, &[]))
            };
            self.add(format!("{call}::pages"), pages);
        }
        for waiter in &operation.waiters {
            let fields = fields(waiter, &["method", "item"]);
            let part = Part {
                file: Some(file.clone()),
                ..Part::new(Subject::Operation, Some(&owner), fields)
            };
            self.add(format!("{call}::{}", waiter.method), part);
        }
    }

    fn add_type(&mut self, item: &TypeItem) {
        let path = format!("types::{}", item.name());
        let (kind, item_fields, values): (_, _, Vec<_>) = match item {
            TypeItem::Structure(item) => (
                "a structure",
                fields(item, &["members", "constructor"]),
                Vec::new(),
            ),
            TypeItem::Union(item) => {
                let variants = item.variants.iter().map(|it| (&it.name, fields(it, &[])));
                ("a union", fields(item, &["variants"]), variants.collect())
            }
            TypeItem::Enumeration(item) => {
                let kind = match item.kind {
                    EnumKind::Text => ENUM,
                    EnumKind::Integer => INTEGER_ENUM,
                };
                // The alias of a variant repeats its value or its name.
                let variants = item.variants.iter();
                let variants = variants.map(|it| (&it.name, fields(it, &["alias"])));
                (
                    kind,
                    fields(item, &["kind", "variants"]),
                    variants.collect(),
                )
            }
        };
        let part = Part {
            kind,
            ..Part::new(Subject::Type, None, item_fields)
        };
        let subject = if part.is_enum() {
            Subject::EnumValue
        } else {
            Subject::Member
        };
        self.add(&path, part);
        if let TypeItem::Structure(structure) = item {
            self.add_members(&path, &path, structure);
        }
        for (name, fields) in values {
            let value = Part::new(subject, Some(&path), fields);
            self.add(format!("{path}::{name}"), value);
        }
    }

    fn add_error(&mut self, error: &ErrorItem) {
        let structure = &error.structure;
        let path = format!("error::{}", structure.name);
        let mut fields_of_error = fields(error, &["structure"]);
        fields_of_error.extend(fields(structure, &["members", "usage", "constructor"]));
        self.add(&path, Part::new(Subject::Error, None, fields_of_error));
        self.add_members(&path, &path, structure);
        let variant = format!("error::ServiceError::{}", structure.name);
        self.aliases.insert(variant, path);
    }

    fn add_members(&mut self, path: &str, owner: &str, structure: &Structure) {
        if let (Some((module, _)), Constructor::Fields(name, _)) =
            (path.split_once("::"), &structure.constructor)
        {
            let required = format!("{module}::{name}");
            self.required.insert(required, path.to_owned());
        }
        for member in &structure.members {
            // A required member removes `Default` from its owner, and a stream removes other
            // traits.
            let is_argument = member.is_argument() || member.ty.is_stream();
            let part = Part {
                argument: is_argument.then(|| format!("{:?}", member.ty)),
                ..Part::new(Subject::Member, Some(owner), fields(member, &[]))
            };
            self.add(format!("{path}::{}", member.name), part);
        }
    }
}
