//! The protocol of a client.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Protocol, Service};

/// Returns an expression for the runtime's type of the protocol.
pub(super) fn protocol(service: &Service) -> TokenStream {
    let Service {
        shape_name,
        version,
        ..
    } = service;
    let compatible = service.is_query_compatible;
    let compatible = compatible.then(|| quote! { .query_compatible() });
    let protocol = match service.protocol {
        Protocol::RestJson1 => quote! { RestJson1 },
        Protocol::AwsJson1_0 => quote! { AwsJson::v1_0(#shape_name) #compatible },
        Protocol::AwsJson1_1 => quote! { AwsJson::v1_1(#shape_name) #compatible },
        Protocol::RpcV2Cbor => quote! { RpcV2Cbor::new() #compatible },
        Protocol::RestXml => quote! { RestXml },
        Protocol::AwsQuery => quote! { AwsQuery::new(#version) },
        Protocol::Ec2Query => quote! { Ec2Query::new(#version) },
    };
    quote! { ::smithy_reqwest::protocol::#protocol }
}
