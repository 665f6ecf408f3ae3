//! What is not the same for most operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{AuthScheme, Checksum, Encoding, Operation, PayloadSigning};

/// The calls, one behind the other, that make of an ordinary operation this one.
pub(super) fn facts(operation: &Operation) -> TokenStream {
    let auth = auth(&operation.auth);
    let unsigned = match operation.payload_signing {
        PayloadSigning::Signed => None,
        PayloadSigning::Unsigned => Some(quote! { .unsigned_payload() }),
    };
    let compression = operation.compression.map(|encoding| match encoding {
        Encoding::Gzip => quote! { .compression(&GZIP) },
    });
    let checksum = operation.checksum.map(|checksum| match checksum {
        Checksum::Md5 => quote! { .checksum(checksum::content_md5) },
        Checksum::Sha256TreeHash => quote! { .checksum(checksum::sha256_tree_hash) },
    });
    let streams = operation.response.streams();
    let streams = streams.then(|| quote! { .streaming() });
    quote! { #auth #unsigned #compression #checksum #streams }
}

fn auth(schemes: &[AuthScheme]) -> Option<TokenStream> {
    let names = schemes.iter().map(|scheme| match scheme {
        AuthScheme::SigV4 => quote! { Auth::SigV4 },
        AuthScheme::Bearer => quote! { Auth::Bearer },
        AuthScheme::None => quote! { Auth::None },
    });
    (*schemes != [AuthScheme::SigV4]).then(|| quote! { .auth(&[#(#names),*]) })
}
