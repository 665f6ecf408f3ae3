//! Operations: for each a file with its method, its request and its response.

mod declaration;
mod example;
mod pagination;
mod parameter;
mod waiter;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::structure::{constructor, definition, parameter, setter, table};
use super::{deprecation, docs};
use crate::format::Source;
use crate::ir::{Member, Operation, Service};
use crate::name;
use crate::prose;

/// The module that holds the operations.
pub(super) fn modules(service: &Service) -> Source {
    let mut source = Source::new(modules_docs(service));
    let modules = service
        .operations
        .iter()
        .map(|operation| name::module_name(&operation.name));
    let modules: Vec<Ident> = modules.collect();
    for module in &modules {
        source = source.item(quote! { mod #module; });
    }
    for (module, operation) in modules.iter().zip(&service.operations) {
        let (request, response) = (&operation.request.name, &operation.response.name);
        source = source.item(quote! { pub use #module::{#request, #response}; });
    }
    source
}

fn modules_docs(service: &Service) -> String {
    let mut docs = "The requests and responses of the operations.".to_owned();
    if !service.skipped.is_empty() {
        docs.push_str("\n\nLeft out, since the generator does not support what they need:\n");
        for skipped in &service.skipped {
            let operation = prose::code(&skipped.operation);
            docs.push_str(&format!("\n- {operation}: {}.", skipped.reason));
        }
    }
    docs
}

/// The file of an operation.
pub(super) fn operation(operation: &Operation, crate_name: &str) -> Source {
    Source::default()
        .item(method(operation, crate_name))
        .item(definition(&operation.request))
        .items(request_methods(operation))
        .items(call_methods(operation))
        .table(table(&operation.request))
        .item(definition(&operation.response))
        .table(table(&operation.response))
        .item(declaration::declaration(operation))
        .items(pagination::contract(operation))
        .items(waiter::waiters(operation))
}

/// The method of the client.
fn method(operation: &Operation, crate_name: &str) -> TokenStream {
    let Operation {
        method, request, ..
    } = operation;
    let name = &request.name;
    let pages = operation.pagination.as_ref().map(pagination::docs);
    let waiters = waiter::paragraph(&operation.waiters);
    let paragraphs = [
        Some(operation.docs.clone()),
        pages,
        waiters,
        example::examples(operation, crate_name),
        Some("# Errors".to_owned()),
        Some(errors(operation)),
    ];
    let paragraphs: Vec<String> = paragraphs.into_iter().flatten().collect();
    let docs = docs(&paragraphs.join("\n\n"), 1);
    let required: Vec<&Member> = request
        .members
        .iter()
        .filter(|member| member.is_argument())
        .collect();
    let parameters = required.iter().map(|member| parameter(member).0);
    let arguments = required.iter().map(|member| &member.name);
    let deprecated = deprecation::attribute(operation.deprecated.as_ref());
    let value = if required.is_empty() {
        quote! { #name::default() }
    } else {
        quote! { #name::new(#(#arguments),*) }
    };
    quote! {
        impl crate::Client {
            #docs
            #deprecated
            pub fn #method(&self, #(#parameters),*) -> crate::Call<#name> {
                crate::Call::new(self, #value)
            }
        }
    }
}

/// What the documentation says of the errors.
fn errors(operation: &Operation) -> String {
    let common = "see [`Error`](crate::Error) for errors common to all operations.";
    let errors = operation
        .errors
        .iter()
        .map(|error| format!("[`{error}`](crate::error::{error})"));
    let errors: Vec<String> = errors.collect();
    if errors.is_empty() {
        format!("The model declares none for this operation; {common}")
    } else {
        format!("{}; {common}", errors.join(", "))
    }
}

fn request_methods(operation: &Operation) -> Option<TokenStream> {
    let name = &operation.request.name;
    let constructor = constructor(&operation.request)?;
    Some(quote! { impl #name { #constructor } })
}

/// The setters of a request builder.
fn call_methods(operation: &Operation) -> Option<TokenStream> {
    let name = &operation.request.name;
    let optional = operation
        .request
        .members
        .iter()
        .filter(|member| !member.is_argument());
    let setters: Vec<TokenStream> = optional
        .map(|member| {
            let method = name::call_setter_name(&member.name, operation.pagination.is_some());
            setter(member, &method, &quote! { self.request })
        })
        .collect();
    (!setters.is_empty()).then(|| quote! { impl crate::Call<#name> { #(#setters)* } })
}
