//! The protocol of a client.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{JsonTarget, Protocol};

/// Returns the value of the runtime for a protocol.
pub(super) fn protocol(protocol: &Protocol) -> TokenStream {
    match protocol {
        Protocol::RestJson1 => quote! { ::smithy_reqwest::protocol::RestJson1 },
        Protocol::AwsJson1_0(target) => aws_json(target, &quote! { v1_0 }),
        Protocol::AwsJson1_1(target) => aws_json(target, &quote! { v1_1 }),
        Protocol::RpcV2Cbor {
            is_query_compatible,
        } => {
            let query_compatible = is_query_compatible.then(|| quote! { .query_compatible() });
            quote! { ::smithy_reqwest::protocol::RpcV2Cbor::new() #query_compatible }
        }
        Protocol::RestXml => quote! { ::smithy_reqwest::protocol::RestXml },
        Protocol::AwsQuery { version } => {
            quote! { ::smithy_reqwest::protocol::AwsQuery::new(#version) }
        }
        Protocol::Ec2Query { version } => {
            quote! { ::smithy_reqwest::protocol::Ec2Query::new(#version) }
        }
    }
}

fn aws_json(target: &JsonTarget, version: &TokenStream) -> TokenStream {
    let service = &target.service;
    let query_compatible = target
        .is_query_compatible
        .then(|| quote! { .query_compatible() });
    quote! { ::smithy_reqwest::protocol::AwsJson::#version(#service) #query_compatible }
}
