//! The protocol, with its data about the service.

use super::context::Context;
use crate::ir;
use crate::protocol::Protocol;

impl Context<'_> {
    /// Lowers the protocol.
    pub(super) fn protocol_of_client(&self) -> ir::Protocol {
        let service = self.selection.service.shape;
        let target = || ir::JsonTarget {
            service: service.id.name().to_owned(),
            is_query_compatible: service.traits.query_compatible,
        };
        let version = || self.selection.service.api.version.clone();
        match self.protocol() {
            Protocol::RestJson1 => ir::Protocol::RestJson1,
            Protocol::AwsJson1_0 => ir::Protocol::AwsJson1_0(target()),
            Protocol::AwsJson1_1 => ir::Protocol::AwsJson1_1(target()),
            Protocol::RpcV2Cbor => ir::Protocol::RpcV2Cbor {
                is_query_compatible: service.traits.query_compatible,
            },
            Protocol::RestXml => ir::Protocol::RestXml,
            Protocol::AwsQuery => ir::Protocol::AwsQuery { version: version() },
            Protocol::Ec2Query => ir::Protocol::Ec2Query { version: version() },
        }
    }
}
