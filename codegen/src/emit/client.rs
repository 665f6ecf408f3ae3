//! The client: the declaration of the service. The rest is the same for every service.

use proc_macro2::TokenStream;
use quote::quote;

use super::protocol::protocol;
use crate::format::Source;
use crate::ir::Service;
use crate::ir::endpoint::SetBy;

pub(super) fn client(service: &Service) -> Source {
    let title = &service.title;
    Source::new(format!("The client for {title}."))
        .item(declaration(service))
        .item(
            quote! { smithy_reqwest::service_client!(#title, SERVICE, crate::Error, crate::ServiceError); },
        )
}

fn declaration(service: &Service) -> TokenStream {
    let Service {
        sdk_id,
        signing_name,
        ..
    } = service;
    let headers = service
        .headers
        .iter()
        .map(|(name, value)| quote! { (#name, #value) });
    let protocol = protocol(service);
    let requires_credentials = service.requires_credentials();
    let parameters = service.endpoint.parameters.iter().filter_map(|parameter| {
        let name = &parameter.name;
        Some(match parameter.set_by? {
            SetBy::Client => {
                quote! { ::smithy_reqwest::endpoint::EndpointParameter::of_client(#name) }
            }
            SetBy::Call => {
                quote! { ::smithy_reqwest::endpoint::EndpointParameter::of_call(#name) }
            }
        })
    });
    quote! {
        static SERVICE: ::smithy_reqwest::operation::Service = ::smithy_reqwest::operation::Service {
            sdk_id: #sdk_id,
            signing_name: #signing_name,
            protocol: &#protocol,
            product: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            requires_credentials: #requires_credentials,
            headers: &[#(#headers),*],
            endpoint_parameters: &[#(#parameters),*],
            resolve_endpoint: crate::endpoint::from_settings,
        };
    }
}
