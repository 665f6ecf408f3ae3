//! The choice of a service's protocol.

use crate::diagnostic::Diagnostic;
use crate::ir::Protocol;
use crate::model::Shape;
use crate::model::traits::Spoken;

/// The supported protocols, the preferred one first.
const SUPPORTED: [Protocol; 7] = [
    Protocol::RestJson1,
    Protocol::AwsJson1_0,
    Protocol::AwsJson1_1,
    Protocol::RpcV2Cbor,
    Protocol::RestXml,
    Protocol::AwsQuery,
    Protocol::Ec2Query,
];

/// Returns the protocol of a client: the wanted one, by its name or the id of its trait, or else
/// the preferred one of those that the service speaks.
///
/// # Errors
///
/// A service that speaks none of the supported protocols, or not the wanted one.
pub(crate) fn choose(service: &Shape, wanted: Option<&str>) -> Result<Protocol, Diagnostic> {
    let spoken = &service.traits.protocols;
    let is_spoken = |protocol: &Protocol| spoken.iter().any(|it| it.id == protocol.id());
    let mut usable = SUPPORTED.into_iter().filter(is_spoken);
    let Some(wanted) = wanted else {
        return usable.next().ok_or_else(|| unsupported(service));
    };
    let is_wanted = |protocol: &Protocol| [protocol.name(), protocol.id()].contains(&wanted);
    usable
        .clone()
        .find(is_wanted)
        .ok_or_else(|| match usable.next() {
            Some(first) => unavailable(service, wanted, [first].into_iter().chain(usable)),
            None => unsupported(service),
        })
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
        format!("choose a service with one of {}", names(SUPPORTED)),
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
