//! The supported protocols.

/// A protocol: how operations become HTTP messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    RestJson1,
    AwsJson1_0,
    AwsJson1_1,
    RpcV2Cbor,
    RestXml,
    AwsQuery,
    Ec2Query,
}

impl Protocol {
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

    /// Returns `true` if HTTP binding traits place members in a message. Otherwise the protocol
    /// determines the URI, and all members are in the body.
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

    /// Returns `true` if values of any form can be read, as in JSON.
    pub fn has_documents(self) -> bool {
        match self {
            Self::RestJson1 | Self::AwsJson1_0 | Self::AwsJson1_1 => true,
            Self::RpcV2Cbor | Self::RestXml | Self::AwsQuery | Self::Ec2Query => false,
        }
    }

    /// Returns the feature of the runtime that it needs, if it needs one.
    pub fn runtime_feature(self) -> Option<&'static str> {
        match self {
            Self::RestJson1 | Self::AwsJson1_0 | Self::AwsJson1_1 => None,
            Self::RpcV2Cbor => Some("cbor"),
            Self::RestXml => Some("xml"),
            Self::AwsQuery | Self::Ec2Query => Some("query"),
        }
    }
}
