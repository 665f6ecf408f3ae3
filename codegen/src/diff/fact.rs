//! What there is to say of a part, in words that two models can be compared by.

use super::value;
use crate::ir::{Deprecation, Member, Operation, Retryable, UnionVariant, Usage};
use crate::prose;

/// The width at which documentation is compared: any will do.
const WIDTH: usize = 100;

/// Something that is so in a model, and may be otherwise in another.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fact {
    /// What it is, as in `its name in JSON`: the subject of a sentence with `is`.
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
    /// What is said about it, in a value that people can read.
    ShownDocumentation,
    /// What is said about its deprecation, where it is deprecated.
    Note,
}

impl Nature {
    pub(super) fn is_behaviour(self) -> bool {
        matches!(self, Self::Behaviour | Self::HiddenBehaviour)
    }

    pub(super) fn is_shown(self) -> bool {
        matches!(self, Self::Behaviour | Self::ShownDocumentation)
    }
}

/// Something that the client does.
pub(super) fn behaviour(aspect: &'static str, value: impl Into<String>) -> Fact {
    Fact {
        aspect,
        value: value.into(),
        nature: Nature::Behaviour,
    }
}

/// The same where it takes code to say it.
pub(super) fn hidden(aspect: &'static str, value: &impl std::fmt::Debug) -> Fact {
    Fact {
        aspect,
        value: format!("{value:?}"),
        nature: Nature::HiddenBehaviour,
    }
}

/// Something that documentation has beside prose.
pub(super) fn said(aspect: &'static str, value: impl Into<String>) -> Fact {
    Fact {
        aspect,
        value: value.into(),
        nature: Nature::Documentation,
    }
}

/// What a model says of something, as it is written into files.
pub(super) fn documentation(markdown: &str) -> Fact {
    said(
        "its documentation",
        prose::lines(markdown, WIDTH).join("\n"),
    )
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

/// What is to be said of an operation. The compiler asks here for every field that operations get.
pub(super) fn of_operation(operation: &Operation) -> Vec<Fact> {
    let Operation {
        name,
        docs,
        deprecated,
        request,
        response,
        errors,
        host_prefix,
        auth,
        payload_signing,
        compression,
        checksum,
        examples,
        parameters,
        // These are in its key and in its request line, or are parts of their own.
        method: _,
        http_method: _,
        uri: _,
        pagination: _,
        waiters: _,
    } = operation;
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    let auth: Vec<&str> = auth.iter().map(|scheme| value::auth(*scheme)).collect();
    let mut facts = vec![
        behaviour("its name in the model", value::quoted(name)),
        behaviour("its request", value::request_line(operation)),
        behaviour("its host prefix", host_prefix.clone()),
        behaviour("its authentication", auth.join(", ")),
        behaviour("its body", value::payload_signing(*payload_signing)),
        behaviour("its compression", value::compression(*compression)),
        behaviour("its checksum", value::checksum(*checksum)),
        hidden("what it gives to the endpoint rules", parameters),
        secrecy("the whole of its request", request.sensitive),
        secrecy("the whole of its response", response.sensitive),
        documentation(docs),
        said("the documentation of its request", &*request.docs),
        said("the documentation of its response", &*response.docs),
        Fact {
            aspect: "the list of its errors",
            value: errors.join(", "),
            nature: Nature::ShownDocumentation,
        },
        said("its examples", format!("{examples:?}")),
    ];
    facts.extend(deprecation(deprecated.as_ref()));
    facts
}

/// What is to be said of a member; the compiler asks for every field.
pub(super) fn of_member(member: &Member) -> Vec<Fact> {
    let Member {
        name: _,
        model_name,
        json_name,
        docs,
        deprecated,
        ty,
        presence,
        idempotency_token,
        binding,
        default_label,
        checked,
        sensitive,
    } = member;
    let token = if *idempotency_token {
        "filled in where it is absent"
    } else {
        ""
    };
    let checked = if *checked {
        "refused where it is empty or has control characters"
    } else {
        ""
    };
    let mut facts = vec![
        behaviour("its type", value::ty(ty)),
        behaviour("it", value::presence(presence)),
        behaviour("its text where it is absent", default_label.clone().unwrap_or_default()),
        behaviour("its name in the model", value::quoted(model_name)),
        behaviour("its place", value::binding(binding, json_name)),
        behaviour("it", token),
        behaviour("its text", checked),
        secrecy("its value", *sensitive),
        documentation(docs),
    ];
    facts.extend(deprecation(deprecated.as_ref()));
    facts
}

/// What is to be said of a member of a union; the compiler asks for every field.
pub(super) fn of_union_variant(variant: &UnionVariant) -> Vec<Fact> {
    let UnionVariant {
        name: _,
        model_name,
        json_name,
        docs,
        deprecated,
        ty,
        sensitive,
    } = variant;
    let ty = ty.as_ref().map(value::ty);
    let mut facts = vec![
        behaviour("its type", ty.unwrap_or_default()),
        behaviour("its name in JSON", value::quoted(json_name)),
        behaviour("its name in the model", value::quoted(model_name)),
        secrecy("its value", *sensitive),
        documentation(docs),
    ];
    facts.extend(deprecation(deprecated.as_ref()));
    facts
}

/// What is to be said of a value of an enumeration.
pub(super) fn of_value(value: String, docs: &str, deprecated: Option<&Deprecation>) -> Vec<Fact> {
    let mut facts = vec![behaviour("its value", value), documentation(docs)];
    facts.extend(deprecation(deprecated));
    facts
}

/// Whether something stays out of logs.
pub(super) fn secrecy(aspect: &'static str, sensitive: bool) -> Fact {
    let value = if sensitive { "kept out of `Debug`" } else { "" };
    behaviour(aspect, value)
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

/// What an error means for its call.
pub(super) fn retry(retryable: Option<Retryable>) -> Fact {
    let value = match retryable {
        None => "",
        Some(Retryable::Transient) => "tried again",
        Some(Retryable::Throttling) => "tried again, after the longer delay of throttling",
    };
    behaviour("its call", value)
}
