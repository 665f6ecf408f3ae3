//! What there is to say of a part, in words that two models can be compared by.

use super::wording;
use crate::ir::{
    Checksum, Deprecation, Encoding, Member, Operation, PayloadSigning, Retryable, Usage,
};
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
    /// What is said about its deprecation, where it is deprecated.
    Note,
}

impl Nature {
    pub(super) fn is_behaviour(self) -> bool {
        matches!(self, Self::Behaviour | Self::HiddenBehaviour)
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

/// What the path of a call has to know of an operation.
pub(super) fn of_operation(operation: &Operation) -> Vec<Fact> {
    let errors: Vec<String> = operation.errors.iter().map(ToString::to_string).collect();
    let auth: Vec<&str> = operation.auth.iter().map(|it| wording::auth(*it)).collect();
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
        behaviour("its request", wording::request_line(operation)),
        behaviour("its host prefix", wording::path(&operation.host_prefix)),
        behaviour(
            "the body of its request",
            wording::body(operation.request_body),
        ),
        behaviour(
            "the body of its response",
            wording::body(operation.response_body),
        ),
        behaviour("its authentication", auth.join(", ")),
        behaviour("its body", signing),
        behaviour("its compression", compression.unwrap_or_default()),
        behaviour("its checksum", checksum.unwrap_or_default()),
        hidden("what it gives to the endpoint rules", &operation.parameters),
        secrecy(operation.request.sensitive || operation.response.sensitive),
        documentation(&operation.docs),
        said("the documentation of its request", &*operation.request.docs),
        said(
            "the documentation of its response",
            &*operation.response.docs,
        ),
        said("the list of its errors", errors.join(", ")),
        said("its examples", format!("{:?}", operation.examples)),
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
        behaviour("its type", wording::ty(&member.ty)),
        behaviour("it", wording::presence(&member.presence)),
        behaviour("its name in JSON", wording::quoted(&member.json_name)),
        behaviour("its name in the model", wording::quoted(&member.model_name)),
        behaviour("its place", wording::binding(&member.binding)),
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
        Some(Retryable::Throttling) => "tried again, after the longer delay of throttling",
    };
    behaviour("its call", value)
}
