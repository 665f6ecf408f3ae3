//! The client as a whole, and its endpoint.

use super::{Key, Part, Parts};
use crate::api::Kind;
use crate::diff::Subject;
use crate::diff::claim::Claim;
use crate::diff::fact::{behaviour, documentation, hidden, said};
use crate::diff::value::{literal, quoted};
use crate::ir::Service;
use crate::ir::endpoint::{Giver, Parameter, ParameterPresence, ValueType};

/// Adds what is there once.
pub(super) fn add(service: &Service, parts: &mut Parts) {
    let credentials = if service.requires_credentials() {
        "required by every call"
    } else {
        ""
    };
    let Service {
        title,
        sdk_id,
        signing_name,
        headers,
        skipped,
        // These are parts of their own.
        operations: _,
        types: _,
        errors: _,
        endpoint: _,
        // These are in documentation and in tests alone.
        version: _,
        docs: _,
        cases: _,
    } = service;
    let left_out = skipped.iter();
    let left_out = left_out.map(|it| format!("{}: {}", it.operation, it.reason));
    let left_out: Vec<String> = left_out.collect();
    let facts = vec![
        behaviour("its name in SDKs", quoted(sdk_id)),
        behaviour("its signing name", quoted(signing_name)),
        behaviour("the header of every request", self::headers(headers)),
        behaviour("a credential", credentials),
        said("the title of the service", &**title),
        said("the list of what is left out", left_out.join("\n")),
    ];
    let claims = vec![
        Claim::all("Client"),
        Claim::all("Call<R>"),
        Claim::one("", Kind::Struct, "Call"),
    ];
    let files = ["client.rs", "mod.rs", "operation/mod.rs"];
    let client = Part::new(Subject::Client, &files, claims, facts);
    parts.insert(("client", "Client".to_owned()), client);
    add_endpoint(service, parts);
}

fn add_endpoint(service: &Service, parts: &mut Parts) {
    let claims = vec![
        Claim::one("", Kind::Module, "endpoint"),
        Claim::all("endpoint"),
        Claim::all("endpoint::Params"),
    ];
    let facts = vec![hidden("its rules", &service.endpoint.rules)];
    let key = ("endpoint", "endpoint::resolve".to_owned());
    let endpoint = Part::new(Subject::Endpoint, &["endpoint.rs", "mod.rs"], claims, facts);
    parts.insert(key.clone(), endpoint);
    for parameter in &service.endpoint.parameters {
        add_parameter(&key, parameter, parts);
    }
}

fn add_parameter(endpoint: &Key, parameter: &Parameter, parts: &mut Parts) {
    let owner = "endpoint::Params";
    let field = &parameter.field;
    let claims = [Kind::Field, Kind::Function].map(|kind| Claim::one(owner, kind, field));
    let facts = vec![
        behaviour("its type", value_type(parameter.ty)),
        behaviour("it", presence(&parameter.presence)),
        behaviour("its name in the rules", quoted(&parameter.name)),
        hidden(
            "the setting that it takes its value from",
            &parameter.setting,
        ),
        behaviour("its value", giver(parameter.giver)),
        documentation(&parameter.docs),
    ];
    let files = ["endpoint.rs", "client.rs"];
    let part = Part::new(Subject::Endpoint, &files, claims.to_vec(), facts).of(endpoint);
    parts.insert(("endpoint parameter", format!("{owner}::{field}")), part);
}

fn headers(headers: &[(&'static str, String)]) -> String {
    let headers = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}"));
    headers.collect::<Vec<_>>().join(", ")
}

fn value_type(ty: ValueType) -> &'static str {
    match ty {
        ValueType::Boolean => "bool",
        ValueType::StringArray => "Vec<String>",
        _ => "String",
    }
}

fn presence(presence: &ParameterPresence) -> String {
    match presence {
        ParameterPresence::Optional => "optional".to_owned(),
        ParameterPresence::Required(_) => "required by the rules".to_owned(),
        ParameterPresence::Default(value) => format!("defaulted to {}", literal(value)),
    }
}

fn giver(giver: Option<Giver>) -> &'static str {
    match giver {
        None => "",
        Some(Giver::Client) => "given by who sets up a client",
        Some(Giver::Call) => "given by a call, or by who sets up a client",
    }
}
