//! Protocols, with what their messages have of a service.

/// A protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Protocol {
    /// restJson1.
    RestJson1,
    /// awsJson1_0.
    AwsJson1_0(JsonTarget),
    /// awsJson1_1.
    AwsJson1_1(JsonTarget),
}

/// What requests of awsJson have of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonTarget {
    /// The name of the service in the header `x-amz-target`.
    pub service: String,
    /// Whether errors have the codes that they had in awsQuery.
    pub is_query_compatible: bool,
}
