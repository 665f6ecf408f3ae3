//! Reading the response of an operation.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::default::or_fallback;
use super::super::deprecation;
use super::{header, payload};
use crate::ir::{Binding, Body, Member, Operation, Type};

/// The function that reads the response.
pub(super) fn read(operation: &Operation) -> TokenStream {
    let response = &operation.response;
    let bound: Vec<(&Ident, TokenStream)> = response
        .members
        .iter()
        .filter_map(|member| Some((&member.name, bound_value(member)?)))
        .collect();
    let (names, values): (Vec<_>, Vec<_>) = bound.into_iter().unzip();
    let (http, body) = match (operation.response_body, names.is_empty()) {
        (Body::Empty, true) => (quote! { _ }, quote! { Ok(Self::Response::default()) }),
        (Body::Empty | Body::Payload, _) => {
            let name = &response.name;
            (
                quote! { http },
                quote! { Ok(#name { #(#names: #values),* }) },
            )
        }
        (Body::All | Body::Unbound, true) => (quote! { http }, quote! { http.json() }),
        (Body::All | Body::Unbound, false) => {
            let read = quote! {
                let mut output: Self::Response = http.json()?;
                #(output.#names = #values;)*
                Ok(output)
            };
            (quote! { http }, read)
        }
    };
    let members = response.members.iter();
    let touches = deprecation::touches(members.filter(|member| bound_value(member).is_some()));
    quote! {
        #touches
        fn read(#http: &mut HttpResponse) -> Result<Self::Response, InvalidResponse> {
            #body
        }
    }
}

/// The value of a member that is not in the JSON body.
fn bound_value(member: &Member) -> Option<TokenStream> {
    let value = match &member.binding {
        Binding::Header { .. } => {
            let header = header::read(member);
            quote! { #header? }
        }
        Binding::PrefixHeaders(prefix) => quote! { http.prefixed_headers(#prefix) },
        Binding::Payload { .. } => payload::read(member),
        Binding::ResponseCode => return Some(status(member)),
        Binding::Body | Binding::Label | Binding::Query(_) | Binding::QueryParams => return None,
    };
    let may_be_absent = !matches!(member.ty, Type::Stream { .. });
    Some(if may_be_absent {
        or_fallback(member, value)
    } else {
        value
    })
}

/// The value of a member that is the status of the response, which there always is.
pub(in crate::emit) fn status(member: &Member) -> TokenStream {
    let status = quote! { i32::from(http.status.as_u16()) };
    if member.is_always_there() {
        status
    } else {
        quote! { Some(#status) }
    }
}
