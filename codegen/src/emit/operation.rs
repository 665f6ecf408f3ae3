//! Operations: a file for each, with its method, request and response.

mod declaration;
mod event;
mod example;
mod pagination;
mod parameter;
mod waiter;

use proc_macro2::TokenStream;
use quote::quote;

use super::deprecation;
use super::structure::{
    constructor, definition, parameter, required, required_name, setter, table,
};
use crate::format::{Source, comment};
use crate::ir::{Constructor, Operation, Service};
use crate::name;
use crate::prose;

pub(super) fn modules(service: &Service) -> Source {
    let exports = service.operations.iter().map(|operation| {
        let (request, response) = (&operation.request, &operation.response);
        let required = required_name(request);
        let names = std::iter::once(&request.name).chain(required);
        let names = names.chain([&response.name]).cloned();
        (name::module_name(&operation.name), names.collect())
    });
    Source::new(modules_docs(service)).modules(exports.collect())
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

/// Returns the file of an operation.
pub(super) fn operation(operation: &Operation, crate_name: &str) -> Source {
    Source::default()
        .item(method(operation, crate_name))
        .item(definition(&operation.request))
        .items(request_methods(operation))
        .items(call_methods(operation))
        .items(required(&operation.request))
        .table(table(&operation.request))
        .item(definition(&operation.response))
        .table(table(&operation.response))
        .item(declaration::declaration(operation))
        .items(pagination::contract(operation))
        .items(waiter::waiters(operation))
}

/// Returns the method of the client.
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
        event::events(operation, crate_name),
        example::examples(operation, crate_name),
        Some("# Errors".to_owned()),
        Some(errors(operation)),
    ];
    let paragraphs: Vec<String> = paragraphs.into_iter().flatten().collect();
    let docs = comment(&paragraphs.join("\n\n"));
    let deprecated = deprecation::attribute(operation.deprecated.as_ref());
    let (parameters, value) = match &request.constructor {
        Constructor::Default => (Vec::new(), quote! { #name::default() }),
        Constructor::Arguments(names) => {
            let parameters = request.arguments().map(|member| parameter(member).0);
            (parameters.collect(), quote! { #name::new(#(#names),*) })
        }
        Constructor::Fields(required, _) => (
            vec![quote! { required: #required }],
            quote! { #name::new(required) },
        ),
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

/// Returns the documentation of the errors.
fn errors(operation: &Operation) -> String {
    let common = "see [`Error`](crate::Error) for errors common to all operations.";
    let errors = operation
        .errors
        .iter()
        .map(|error| format!("[`{error}`](crate::error::{error})"));
    let errors: Vec<String> = errors.collect();
    if errors.is_empty() {
        format!("The model declares no errors for this operation; {common}")
    } else {
        format!("{}; {common}", errors.join(", "))
    }
}

fn request_methods(operation: &Operation) -> Option<TokenStream> {
    let name = &operation.request.name;
    let constructor = constructor(&operation.request)?;
    Some(quote! { impl #name { #constructor } })
}

/// Returns the setters of a request builder.
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
