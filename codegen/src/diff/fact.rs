//! What there is to say of a part, in words that two models can be compared by.

use crate::ir::{
    AuthScheme, Binding, Body, Checksum, Deprecation, Encoding, Fallback, Member, Operation,
    Pagination, PathPart, PayloadSigning, Presence, Retryable, Step, TimestampFormat, Type, Usage,
    Value,
};

/// Something that is so in a model, and may be otherwise in another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    /// What it is, as in `the name in JSON`.
    pub(super) aspect: &'static str,
    /// How it is. Empty where there is no such thing.
    pub(super) value: String,
    pub(super) nature: Nature,
}

/// What a fact is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nature {
    /// What the client does, in a value that people can read.
    Behaviour,
    /// What the client does, in a value that is too long to be shown.
    HiddenBehaviour,
    /// What is said about it.
    Documentation,
    /// What is said about its deprecation, where it is deprecated.
    Note,
}

impl Nature {
    pub(super) fn is_behaviour(self) -> bool {
        matches!(self, Self::Behaviour | Self::HiddenBehaviour)
    }
}

pub(super) fn behaviour(aspect: &'static str, value: impl Into<String>) -> Fact {
    Fact {
        aspect,
        value: value.into(),
        nature: Nature::Behaviour,
    }
}

pub(super) fn hidden(aspect: &'static str, value: &impl std::fmt::Debug) -> Fact {
    Fact {
        aspect,
        value: format!("{value:?}"),
        nature: Nature::HiddenBehaviour,
    }
}

pub(super) fn documentation(value: impl Into<String>) -> Fact {
    Fact {
        aspect: "its documentation",
        value: value.into(),
        nature: Nature::Documentation,
    }
}

/// Whether something is deprecated, and what is said of that.
pub(super) fn deprecation(deprecation: Option<&Deprecation>) -> [Fact; 2] {
    let state = if deprecation.is_some() {
        "deprecated"
    } else {
        ""
    };
    let said = deprecation.map(|it| format!("{:?} {:?}", it.since, it.note));
    [
        behaviour("it", state),
        Fact {
            aspect: "what is said of its deprecation",
            value: said.unwrap_or_default(),
            nature: Nature::Note,
        },
    ]
}

/// What the path of a call has to know of an operation.
pub(super) fn of_operation(operation: &Operation) -> Vec<Fact> {
    let errors: Vec<String> = operation.errors.iter().map(ToString::to_string).collect();
    let auth: Vec<&str> = operation.auth.iter().map(|it| auth(*it)).collect();
    let signing = match operation.payload_signing {
        PayloadSigning::Signed => "signed",
        PayloadSigning::Unsigned => "not signed",
    };
    let compression = operation.compression.map(|Encoding::Gzip| "gzip");
    let checksum = operation.checksum.map(|checksum| match checksum {
        Checksum::Md5 => "Content-MD5",
        Checksum::Sha256TreeHash => "SHA-256 with its tree hash",
    });
    let mut facts = vec![
        behaviour("its request", request_line(operation)),
        behaviour("its host prefix", path(&operation.host_prefix)),
        behaviour("the body of its request", body(operation.request_body)),
        behaviour("the body of its response", body(operation.response_body)),
        behaviour("its authentication", auth.join(", ")),
        behaviour("its body", signing),
        behaviour("its compression", compression.unwrap_or_default()),
        behaviour("its checksum", checksum.unwrap_or_default()),
        hidden("what it gives to the endpoint rules", &operation.parameters),
        documentation(&operation.docs),
        Fact {
            aspect: "the documentation of its request or response",
            value: format!("{}\n{}", operation.request.docs, operation.response.docs),
            nature: Nature::Documentation,
        },
        Fact {
            aspect: "the list of its errors",
            value: errors.join(", "),
            nature: Nature::Documentation,
        },
        Fact {
            aspect: "its examples",
            value: format!("{:?}", operation.examples),
            nature: Nature::Documentation,
        },
    ];
    facts.extend(deprecation(operation.deprecated.as_ref()));
    facts
}

/// What is to be said of a member.
pub(super) fn of_member(member: &Member) -> Vec<Fact> {
    let token = if member.idempotency_token {
        "filled in where it is absent"
    } else {
        ""
    };
    let checked = if member.checked {
        "refused where it is empty or has control characters"
    } else {
        ""
    };
    let mut facts = vec![
        behaviour("its type", ty(&member.ty)),
        behaviour("it", presence(&member.presence)),
        behaviour("its name in JSON", quoted(&member.json_name)),
        behaviour("its name in the model", quoted(&member.model_name)),
        behaviour("its place", binding(&member.binding)),
        behaviour("it", token),
        behaviour("its text", checked),
        secrecy(member.sensitive),
        documentation(&member.docs),
    ];
    facts.extend(deprecation(member.deprecated.as_ref()));
    facts
}

/// Whether something stays out of logs.
pub(super) fn secrecy(sensitive: bool) -> Fact {
    let value = if sensitive { "kept out of `Debug`" } else { "" };
    behaviour("its value", value)
}

/// In which direction a type travels.
pub(super) fn direction(usage: Usage) -> Fact {
    let value = match (usage.input, usage.output) {
        (true, true) => "sent and received",
        (true, false) => "sent",
        (false, true) => "received",
        (false, false) => "",
    };
    behaviour("it", value)
}

pub(super) fn retry(retryable: Option<Retryable>) -> Fact {
    let value = match retryable {
        None => "",
        Some(Retryable::Transient) => "tried again",
        Some(Retryable::Throttling) => "tried again, later as too many calls are",
    };
    behaviour("its call", value)
}

pub(super) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

fn request_line(operation: &Operation) -> String {
    let method = format!("{:?}", operation.http_method).to_uppercase();
    let query = operation.query.as_ref().map(|query| format!("?{query}"));
    let path = path(&operation.path);
    format!("{method} {path}{}", query.unwrap_or_default())
}

/// A path as it is written in models, with Rust names.
fn path(parts: &[PathPart]) -> String {
    let part = |part: &PathPart| match part {
        PathPart::Literal(text) => text.clone(),
        PathPart::Label(name) => format!("{{{name}}}"),
        PathPart::LabelOr(name, otherwise) => format!("{{{name} or {otherwise}}}"),
        PathPart::GreedyLabel(name) => format!("{{{name}+}}"),
    };
    parts.iter().map(part).collect()
}

fn body(body: Body) -> &'static str {
    match body {
        Body::Empty => "empty",
        Body::All => "all members",
        Body::Unbound => "the members that are nowhere else",
        Body::Payload => "one member",
    }
}

fn auth(scheme: AuthScheme) -> &'static str {
    match scheme {
        AuthScheme::SigV4 => "a signature",
        AuthScheme::Bearer => "a bearer token",
        AuthScheme::None => "none",
    }
}

/// How answers come in pages.
pub(super) fn pages(pagination: &Pagination) -> String {
    let way = |steps: &[Step]| {
        let names: Vec<String> = steps.iter().map(|step| step.name.to_string()).collect();
        names.join(".")
    };
    let items = pagination.items.as_ref().map(|(steps, of)| {
        let (way, of) = (way(steps), ty(of));
        format!(", items in {way}: {of}")
    });
    let (input, output) = (&pagination.input_token, way(&pagination.output_token));
    format!("{output} to {input}{}", items.unwrap_or_default())
}

fn presence(presence: &Presence) -> String {
    match presence {
        Presence::Optional => "optional".to_owned(),
        Presence::Required(Fallback::Standard) => "required".to_owned(),
        Presence::Required(Fallback::Value { value, .. }) => {
            format!("required, and {} where it is absent", self::value(value))
        }
        Presence::Default(Fallback::Standard) => "defaulted".to_owned(),
        Presence::Default(Fallback::Value { value, .. }) => {
            format!("defaulted to {}", self::value(value))
        }
    }
}

/// A value as a model writes it, as far as it is a plain one.
fn value(value: &Value) -> String {
    match value {
        Value::Boolean(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Float(value, _) => value.to_string(),
        Value::BigNumber(_, digits) => digits.clone(),
        Value::Text(text) | Value::TimestampText(text) => quoted(text),
        Value::Variant { variant, .. } => variant.to_string(),
        Value::Unlisted { value, .. } | Value::Boxed(value) => self::value(value),
        Value::Document(value) => value.to_string(),
        other => format!("{other:?}"),
    }
}

fn binding(binding: &Binding) -> String {
    match binding {
        Binding::Body => "the body".to_owned(),
        Binding::Label => "the path".to_owned(),
        Binding::Query(name) => format!("the query, as {}", quoted(name)),
        Binding::QueryParams => "the query, an entry a parameter".to_owned(),
        Binding::Header { name, encoded } => {
            let encoded = if *encoded { ", in base64" } else { "" };
            format!("the header {name}{encoded}")
        }
        Binding::PrefixHeaders(prefix) => format!("the headers {prefix}…"),
        Binding::Payload {
            media_type,
            empty_object,
        } => {
            let empty = if *empty_object {
                ", an empty object where it is absent"
            } else {
                ""
            };
            format!("the whole body, as {media_type}{empty}")
        }
        Binding::ResponseCode => "the status".to_owned(),
    }
}

/// A type as it is in Rust and on the wire.
pub(super) fn ty(ty: &Type) -> String {
    let element = |ty: &Type, sparse: &bool| {
        let element = self::ty(ty);
        if *sparse {
            format!("Option<{element}>")
        } else {
            element
        }
    };
    match ty {
        Type::Boolean => "bool".to_owned(),
        Type::Integer(bits) => format!("i{bits}"),
        Type::Float(bits) => format!("f{bits}"),
        Type::BigInteger => "BigInteger".to_owned(),
        Type::BigDecimal => "BigDecimal".to_owned(),
        Type::String => "String".to_owned(),
        Type::Blob => "Bytes".to_owned(),
        Type::Stream { requires_length } => {
            let length = if *requires_length {
                " of a known length"
            } else {
                ""
            };
            format!("Body{length}")
        }
        Type::Timestamp(format) => {
            let format = match format {
                TimestampFormat::EpochSeconds => "in seconds since 1970",
                TimestampFormat::DateTime => "as in RFC 3339",
                TimestampFormat::HttpDate => "as in HTTP's headers",
            };
            format!("Timestamp {format}")
        }
        Type::Document => "Document".to_owned(),
        Type::Enumeration(name) | Type::IntEnumeration(name) => name.to_string(),
        Type::Structure { name, boxed: false } => name.to_string(),
        Type::Structure { name, boxed: true } => format!("Box<{name}>"),
        Type::List {
            element: of,
            sparse,
        } => format!("Vec<{}>", element(of, sparse)),
        Type::Map { key, value, sparse } => {
            format!("BTreeMap<{}, {}>", self::ty(key), element(value, sparse))
        }
    }
}
