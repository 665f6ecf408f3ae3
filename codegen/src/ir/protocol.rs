//! Protocols, with their data about a service.

/// A protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protocol {
    /// restJson1.
    RestJson1,
    /// awsJson1_0.
    AwsJson1_0(JsonTarget),
    /// awsJson1_1.
    AwsJson1_1(JsonTarget),
    /// rpcv2Cbor.
    RpcV2Cbor {
        /// Is `true` if errors keep the codes of awsQuery.
        is_query_compatible: bool,
    },
    /// restXml.
    RestXml,
    /// awsQuery.
    AwsQuery {
        /// The version of the API.
        version: String,
    },
    /// ec2Query.
    Ec2Query {
        /// The version of the API.
        version: String,
    },
}

impl Protocol {
    /// Returns `true` if values of any form can be read, as in JSON.
    #[must_use]
    pub fn has_documents(&self) -> bool {
        match self {
            Self::RestJson1 | Self::AwsJson1_0(_) | Self::AwsJson1_1(_) => true,
            Self::RpcV2Cbor { .. }
            | Self::RestXml
            | Self::AwsQuery { .. }
            | Self::Ec2Query { .. } => false,
        }
    }

    /// Returns the feature of the runtime that it needs, if it needs one.
    #[must_use]
    pub fn runtime_feature(&self) -> Option<&'static str> {
        match self {
            Self::RestJson1 | Self::AwsJson1_0(_) | Self::AwsJson1_1(_) => None,
            Self::RpcV2Cbor { .. } => Some("cbor"),
            Self::RestXml => Some("xml"),
            Self::AwsQuery { .. } | Self::Ec2Query { .. } => Some("query"),
        }
    }
}

/// The facts of a service that awsJson requests contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonTarget {
    /// The name of the service in the header `x-amz-target`.
    pub service: String,
    /// Is `true` if errors keep the codes of awsQuery.
    pub is_query_compatible: bool,
}
