//! The supported protocols, and the choice for a service.

use crate::diagnostic::Diagnostic;
use crate::model::Shape;
use crate::model::traits::Spoken;

/// A protocol: how operations become HTTP messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    RestJson1,
    AwsJson1_0,
    AwsJson1_1,
    RpcV2Cbor,
    RestXml,
    AwsQuery,
    Ec2Query,
}

impl Protocol {
    /// The supported protocols, the preferred one first.
    const ALL: [Self; 7] = [
        Self::RestJson1,
        Self::AwsJson1_0,
        Self::AwsJson1_1,
        Self::RpcV2Cbor,
        Self::RestXml,
        Self::AwsQuery,
        Self::Ec2Query,
    ];

    /// Returns the id of its trait.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::RestJson1 => "aws.protocols#restJson1",
            Self::AwsJson1_0 => "aws.protocols#awsJson1_0",
            Self::AwsJson1_1 => "aws.protocols#awsJson1_1",
            Self::RpcV2Cbor => "smithy.protocols#rpcv2Cbor",
            Self::RestXml => "aws.protocols#restXml",
            Self::AwsQuery => "aws.protocols#awsQuery",
            Self::Ec2Query => "aws.protocols#ec2Query",
        }
    }

    /// Returns its name, as in `awsJson1_0`.
    pub(crate) fn name(self) -> &'static str {
        let id = self.id();
        id.rsplit('#').next().unwrap_or(id)
    }

    /// Returns `true` if the HTTP traits of operations and members say where they are in a message.
    /// Otherwise an operation has the same URI as every other, and all members are in the body.
    pub(crate) fn has_http_bindings(self) -> bool {
        match self {
            Self::RestJson1 | Self::RestXml => true,
            Self::AwsJson1_0
            | Self::AwsJson1_1
            | Self::RpcV2Cbor
            | Self::AwsQuery
            | Self::Ec2Query => false,
        }
    }

    /// Returns `true` if members have other names in a body by the trait `smithy.api#jsonName`.
    pub(crate) fn has_json_names(self) -> bool {
        self == Self::RestJson1
    }

    /// Returns `true` if requests and responses can be streams of events.
    pub(crate) fn has_event_streams(self) -> bool {
        match self {
            Self::RestJson1
            | Self::AwsJson1_0
            | Self::AwsJson1_1
            | Self::RpcV2Cbor
            | Self::RestXml => true,
            Self::AwsQuery | Self::Ec2Query => false,
        }
    }

    /// Returns `true` if bodies are XML, or at least those of responses.
    pub(crate) fn has_xml(self) -> bool {
        match self {
            Self::RestJson1 | Self::AwsJson1_0 | Self::AwsJson1_1 | Self::RpcV2Cbor => false,
            Self::RestXml | Self::AwsQuery | Self::Ec2Query => true,
        }
    }

    /// Returns the protocol to speak to a service: the wanted one, by its name or the id of its
    /// trait, or else the preferred one of those that it speaks.
    ///
    /// # Errors
    ///
    /// A service that speaks none of the supported protocols, or not the wanted one.
    pub(crate) fn of(service: &Shape, wanted: Option<&str>) -> Result<Self, Diagnostic> {
        let spoken = &service.traits.protocols;
        let is_spoken = |protocol: &Self| spoken.iter().any(|it| it.id == protocol.id());
        let mut usable = Self::ALL.into_iter().filter(is_spoken);
        let Some(wanted) = wanted else {
            return usable.next().ok_or_else(|| unsupported(service));
        };
        let is_wanted = |protocol: &Self| [protocol.name(), protocol.id()].contains(&wanted);
        usable
            .clone()
            .find(is_wanted)
            .ok_or_else(|| match usable.next() {
                Some(first) => unavailable(service, wanted, [first].into_iter().chain(usable)),
                None => unsupported(service),
            })
    }
}

/// Returns the problem of a service without a supported protocol.
fn unsupported(service: &Shape) -> Diagnostic {
    let label = match service.traits.protocols.as_slice() {
        [] => "this service names no protocol".to_owned(),
        spoken => format!("this service speaks {}", ids(spoken)),
    };
    Diagnostic::new(
        format!("`{}` speaks no supported protocol", service.id),
        service.span.clone(),
        label,
        format!("choose a service with one of {}", names(Protocol::ALL)),
    )
}

/// Returns the problem of a service that does not speak the wanted protocol.
fn unavailable(
    service: &Shape,
    wanted: &str,
    usable: impl IntoIterator<Item = Protocol>,
) -> Diagnostic {
    Diagnostic::new(
        format!("`{}` cannot be called with `{wanted}`", service.id),
        service.span.clone(),
        format!("this service speaks {}", ids(&service.traits.protocols)),
        format!("choose one of {} with `--protocol`", names(usable)),
    )
    .of_argument()
}

fn ids(spoken: &[Spoken]) -> String {
    let ids: Vec<&str> = spoken.iter().map(|it| it.id.as_str()).collect();
    ids.join(", ")
}

fn names(protocols: impl IntoIterator<Item = Protocol>) -> String {
    let names = protocols.into_iter().map(|it| format!("`{}`", it.name()));
    names.collect::<Vec<_>>().join(", ")
}
