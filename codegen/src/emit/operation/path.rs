//! The path of a request, and what stands before its host.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::query::{self, Place};
use crate::ir::{Member, PathPart};

/// Adds a part to the path.
pub(super) fn path_part(part: &PathPart, members: &[Member]) -> TokenStream {
    let (method, name) = match part {
        PathPart::Literal(text) => return quote! { http.path(#text); },
        PathPart::LabelOr(name, text) => {
            let model_name = model_name(name, members);
            return quote! { http.label_or(#model_name, self.#name.as_deref(), #text)?; };
        }
        PathPart::Label(name) => (Ident::new("label", Span::call_site()), name),
        PathPart::GreedyLabel(name) => (Ident::new("greedy_label", Span::call_site()), name),
    };
    let model_name = model_name(name, members);
    let place = Place::Field(name);
    let value = member(name, members).map_or(place.by_reference(), |member| {
        query::text(&member.ty, &place, &member.model_name)
    });
    quote! { http.#method(#model_name, #value)?; }
}

/// Puts a part before the host.
pub(super) fn host_part(part: &PathPart, members: &[Member]) -> TokenStream {
    match part {
        PathPart::Literal(text) => quote! { http.host_prefix(#text); },
        PathPart::Label(name) | PathPart::LabelOr(name, _) | PathPart::GreedyLabel(name) => {
            let model_name = model_name(name, members);
            quote! { http.host_label(#model_name, &self.#name)?; }
        }
    }
}

fn member<'m>(name: &Ident, members: &'m [Member]) -> Option<&'m Member> {
    members.iter().find(|member| member.name == *name)
}

fn model_name<'m>(name: &Ident, members: &'m [Member]) -> &'m str {
    member(name, members).map_or("", |member| &member.model_name)
}
