//! Pagination: the locations of tokens and items.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::ty;
use crate::ir::{Operation, Pagination, Step};
use crate::prose;

pub(super) fn docs(pagination: &Pagination) -> String {
    let items = pagination.items.as_ref().map(|(path, _)| {
        let names: Vec<&str> = path.iter().map(|step| step.model_name.as_str()).collect();
        let path = prose::code(&names.join("."));
        format!(", and [`items`](crate::Call::items) the items of {path}")
    });
    format!(
        "The response is paginated. [`pages`](crate::Call::pages) streams pages{}.",
        items.unwrap_or_default()
    )
}

/// Returns the implementations of `Paginated` and `PaginatedItems`; none if the operation is not
/// paginated.
pub(super) fn contract(operation: &Operation) -> Vec<TokenStream> {
    let Some(pagination) = &operation.pagination else {
        return Vec::new();
    };
    let request = &operation.request.name;
    let input_token = &pagination.input_token;
    let next_token = value(&pagination.output_token, true);
    let token = ty(&pagination.token);
    let mut items = vec![quote! {
        impl ::smithy_reqwest::pagination::Paginated for #request {
            type Token = #token;

            fn set_token(&mut self, token: Self::Token) -> Option<Self::Token> {
                self.#input_token.replace(token)
            }

            fn next_token(page: &Self::Response) -> Option<&Self::Token> {
                #next_token
            }
        }
    }];
    if let Some((path, item_type)) = &pagination.items {
        let (item_type, value) = (ty(item_type), value(path, false));
        items.push(quote! {
            impl ::smithy_reqwest::pagination::PaginatedItems for #request {
                type Items = #item_type;

                fn items(page: Self::Response) -> Option<Self::Items> {
                    #value
                }
            }
        });
    }
    items
}

/// Returns the value at a path in a page, borrowed or moved out of it.
fn value(path: &[Step], is_borrowed: bool) -> TokenStream {
    let reference = is_borrowed.then(|| quote! { & });
    let as_ref = is_borrowed.then(|| quote! { .as_ref() });
    let mut place = quote! { page };
    for (index, Step { name, required, .. }) in path.iter().enumerate() {
        let is_last = index + 1 == path.len();
        place = match (is_last, required) {
            (false, true) => quote! { #place.#name },
            (false, false) => quote! { #place.#name #as_ref? },
            (true, true) => quote! { Some(#reference #place.#name) },
            (true, false) => quote! { #place.#name #as_ref },
        };
    }
    place
}
