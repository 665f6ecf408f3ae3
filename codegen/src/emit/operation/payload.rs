//! A member that is the whole body.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Binding, Member, Type};

/// Makes the member the body of a request. This ends the function that writes the request.
pub(super) fn write(members: &[Member]) -> TokenStream {
    let payload = members.iter().find_map(|member| match &member.binding {
        Binding::Payload {
            media_type,
            empty_object,
        } => Some((member, media_type, *empty_object)),
        _ => None,
    });
    let Some((member, media_type, empty_object)) = payload else {
        return quote! { Ok(()) };
    };
    let (name, model_name) = (&member.name, &member.model_name);
    let set = |value: TokenStream| match &member.ty {
        Type::Blob | Type::String => quote! { http.payload(#media_type, #value); },
        Type::Stream { requires_length } => {
            let check = requires_length.then(|| quote! { check_length(#model_name, &#value)?; });
            quote! { #check http.payload(#media_type, #value); }
        }
        Type::Enumeration(_) => quote! { http.payload(#media_type, #value.to_string()); },
        _ => quote! { http.json(&#value)?; },
    };
    if member.is_always_there() {
        let set = set(quote! { self.#name });
        return quote! { #set Ok(()) };
    }
    let set = set(quote! { value });
    if empty_object {
        quote! {
            match self.#name {
                Some(value) => http.json(&value),
                None => http.json(&EmptyObject {}),
            }
        }
    } else {
        quote! {
            if let Some(value) = self.#name { #set }
            Ok(())
        }
    }
}

/// Reads the member from the body of a response: an `Option`, but of a stream.
pub(super) fn read(member: &Member) -> TokenStream {
    match &member.ty {
        Type::Blob => quote! { http.payload() },
        Type::Stream { .. } => quote! { http.stream() },
        Type::String => quote! { http.text_payload()? },
        Type::Enumeration(_) => quote! { http.text_payload()?.map(Into::into) },
        _ => quote! { http.json_payload()? },
    }
}
