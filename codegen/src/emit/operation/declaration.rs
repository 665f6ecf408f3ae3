//! The declaration of an operation: the implementation of the runtime's `Request`.

use proc_macro2::TokenStream;
use quote::quote;

use super::parameter;
use crate::ir::xml::Namespace;
use crate::ir::{AuthScheme, Checksum, Encoding, HttpMethod, Operation, PayloadSigning};

/// Returns the implementation of `Request`.
pub(super) fn declaration(operation: &Operation) -> TokenStream {
    let Operation { name, uri, .. } = operation;
    let (request, response) = (&operation.request.name, &operation.response.name);
    let http_method = http_method(operation.http_method);
    let properties = properties(operation);
    let endpoint_parameters = parameter::endpoint_parameters(operation);
    quote! {
        impl ::smithy_reqwest::operation::Request for #request {
            type Response = #response;
            type Error = crate::ServiceError;

            const OPERATION: &::smithy_reqwest::operation::Operation =
                &::smithy_reqwest::operation::Operation::new(#name, #http_method, #uri) #properties;

            #endpoint_parameters
        }
    }
}

fn http_method(method: HttpMethod) -> &'static str {
    match method {
        HttpMethod::Delete => "DELETE",
        HttpMethod::Get => "GET",
        HttpMethod::Head => "HEAD",
        HttpMethod::Options => "OPTIONS",
        HttpMethod::Patch => "PATCH",
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
    }
}

/// Emits the optional settings of an operation, as chained calls.
fn properties(operation: &Operation) -> TokenStream {
    let host_prefix = &operation.host_prefix;
    let host_prefix = (!host_prefix.is_empty()).then(|| quote! { .host_prefix(#host_prefix) });
    let xml_root = operation.xml_root.as_ref().map(|(name, namespace)| {
        let namespace = namespace.as_ref().map(|namespace| {
            let Namespace { uri, prefix } = namespace;
            quote! { .xml_namespace(#uri, #prefix) }
        });
        quote! { .xml_root(#name) #namespace }
    });
    let no_input = (!operation.has_input).then(|| quote! { .no_input() });
    let auth = auth(&operation.auth);
    let unsigned = match operation.payload_signing {
        PayloadSigning::Signed => None,
        PayloadSigning::Unsigned => Some(quote! { .unsigned_payload() }),
    };
    let compression = operation.compression.map(|encoding| match encoding {
        Encoding::Gzip => quote! { .compression(&::smithy_reqwest::compression::GZIP) },
    });
    let checksum = operation.checksum.map(|checksum| match checksum {
        Checksum::Md5 => quote! { .checksum(::smithy_reqwest::checksum::content_md5) },
        Checksum::Sha256TreeHash => {
            quote! { .checksum(::smithy_reqwest::checksum::sha256_tree_hash) }
        }
    });
    let streams = operation.response.streams();
    let streams = streams.then(|| quote! { .streaming() });
    let http2 = operation.requires_http2.then(|| quote! { .http2() });
    quote! {
        #host_prefix #xml_root #no_input #auth #unsigned #compression #checksum #streams #http2
    }
}

fn auth(schemes: &[AuthScheme]) -> Option<TokenStream> {
    let names = schemes.iter().map(|scheme| match scheme {
        AuthScheme::SigV4 => quote! { ::smithy_reqwest::operation::Auth::SigV4 },
        AuthScheme::Bearer => quote! { ::smithy_reqwest::operation::Auth::Bearer },
        AuthScheme::None => quote! { ::smithy_reqwest::operation::Auth::None },
    });
    (*schemes != [AuthScheme::SigV4]).then(|| quote! { .auth(&[#(#names),*]) })
}
