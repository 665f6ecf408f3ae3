//! Operations: for each a file with its method, its request and its response.

mod example;
mod fact;
pub(super) mod header;
mod pagination;
mod parameter;
mod path;
mod payload;
mod query;
pub(super) mod response;
mod waiter;

use std::collections::BTreeSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::serde_attribute::{Case, borrowed_field_attributes};
use super::structure::{constructor, definition, many_arguments, parameter, setter};
use super::{deprecation, docs, long, optional, path_of, ty};
use crate::format::Source;
use crate::ir::{Binding, Body, HttpMethod, Member, Operation, Service, types_referred_to};
use crate::name;

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
    let mut docs = "The operations: what each sends and what it returns.".to_owned();
    if !service.skipped.is_empty() {
        docs.push_str("\n\nLeft out, since the generator does not support what they need:\n");
        for skipped in &service.skipped {
            docs.push_str(&format!("\n- `{}`: {}.", skipped.operation, skipped.reason));
        }
    }
    docs
}

/// The file of an operation.
pub(super) fn operation(
    operation: &Operation,
    crate_name: &Ident,
    errors: &BTreeSet<String>,
) -> Source {
    let docs = format!("`{}`: what it sends and what it returns.", operation.name);
    let mut source = Source::new(docs)
        .item(method(operation, crate_name))
        .items(definition(&operation.request))
        .items(request_methods(operation))
        .items(call_methods(operation))
        .items(definition(&operation.response))
        .item(contract(operation))
        .items(pagination::contract(operation))
        .items(waiter::waiters(operation));
    let unions = parameter::unions(operation);
    for name in types_of(operation).into_iter().chain(unions) {
        let path = path_of(&name, errors, "super::super::types", "super::super");
        source = source.import_if_used(&name, &path);
    }
    source
        .import_if_used("Call", "super::super::client::Call")
        .import_if_used("Client", "super::super::client::Client")
        .import_if_used("WaitError", "super::super::error::WaitError")
        .import_if_used("ServiceError", "super::super::error::ServiceError")
}

/// The method of the client.
fn method(operation: &Operation, crate_name: &Ident) -> TokenStream {
    let Operation {
        method, request, ..
    } = operation;
    let name = &request.name;
    let errors = operation
        .errors
        .iter()
        .map(|error| format!("[`{error}`](super::super::error::{error})"));
    let errors: Vec<String> = errors.collect();
    let errors = if errors.is_empty() {
        "Those of every call, which [`Error`](super::super::error::Error) tells of; the model declares \
         none for this operation.".to_owned()
    } else {
        format!(
            "{}; and those of every call, which \
             [`Error`](super::super::error::Error) tells of.",
            errors.join(", ")
        )
    };
    let pages = operation.pagination.as_ref().map(pagination::docs);
    let waiters = waiter::paragraph(&operation.waiters);
    let paragraphs = [
        Some(operation.docs.clone()),
        pages,
        waiters,
        example::examples(operation, crate_name),
        Some("# Errors".to_owned()),
        Some(errors),
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
    let many = many_arguments(required.len() + 1);
    let deprecated = deprecation::attribute(operation.deprecated.as_ref());
    let value = if required.is_empty() {
        quote! { #name::default() }
    } else {
        quote! { #name::new(#(#arguments),*) }
    };
    quote! {
        impl Client {
            #docs
            #deprecated
            #many
            pub fn #method(&self, #(#parameters),*) -> Call<#name> {
                let request = #value;
                Call::new(self, request)
            }
        }
    }
}

fn request_methods(operation: &Operation) -> Option<TokenStream> {
    let name = &operation.request.name;
    let constructor = constructor(&operation.request)?;
    Some(quote! { impl #name { #constructor } })
}

/// The setters of a call.
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
            setter(member, &method, &quote! { self.request }, false)
        })
        .collect();
    (!setters.is_empty()).then(|| quote! { impl Call<#name> { #(#setters)* } })
}

/// The implementation of the runtime's contract.
fn contract(operation: &Operation) -> TokenStream {
    let Operation {
        name,
        request,
        response,
        ..
    } = operation;
    let (request, response) = (&request.name, &response.name);
    let http_method = http_method(operation.http_method);
    let facts = fact::facts(operation);
    let fill_tokens = fill_tokens(operation);
    let endpoint_parameters = parameter::endpoint_parameters(operation);
    let write = write(operation);
    let read = response::read(operation);
    quote! {
        impl Request for #request {
            type Response = #response;
            type Error = ServiceError;

            const OPERATION: &'static Operation =
                &Operation::new(#name, Method::#http_method) #facts;

            #fill_tokens
            #endpoint_parameters
            #write
            #read
        }
    }
}

fn http_method(method: HttpMethod) -> Ident {
    let name = match method {
        HttpMethod::Delete => "DELETE",
        HttpMethod::Get => "GET",
        HttpMethod::Head => "HEAD",
        HttpMethod::Options => "OPTIONS",
        HttpMethod::Patch => "PATCH",
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
    };
    Ident::new(name, Span::call_site())
}

fn fill_tokens(operation: &Operation) -> Option<TokenStream> {
    let members = operation.request.members.iter();
    let tokens = members.filter(|member| member.idempotency_token && !member.is_always_there());
    let touches = deprecation::touches(tokens.clone());
    let names: Vec<&Ident> = tokens.map(|member| &member.name).collect();
    (!names.is_empty()).then(|| {
        quote! {
            #touches
            fn fill_tokens(&mut self, next: &dyn Fn() -> String) {
                #(self.#names.get_or_insert_with(next);)*
            }
        }
    })
}

fn write(operation: &Operation) -> TokenStream {
    let members = &operation.request.members;
    let checks = members.iter().filter(|member| member.checked).map(check);
    let host = operation
        .host_prefix
        .iter()
        .map(|part| path::host_part(part, members));
    let path = operation
        .path
        .iter()
        .map(|part| path::path_part(part, members));
    let constants = operation
        .query
        .as_ref()
        .map(|query| quote! { http.constant_query(#query); });
    let query = members.iter().filter_map(|member| match &member.binding {
        Binding::Query(name) => Some(query::query(member, name)),
        _ => None,
    });
    // The entries of a map come last: parameters that are there already win over them.
    let query_params = members
        .iter()
        .filter(|member| member.binding == Binding::QueryParams)
        .map(query::query_params);
    let headers = members.iter().filter_map(header::write);
    let (body_type, body) = match operation.request_body {
        Body::Empty => (None, quote! { Ok(()) }),
        Body::All => (None, quote! { http.json(&self) }),
        Body::Payload => (None, payload::write(members)),
        Body::Unbound => {
            let (body_type, body) = partial_body(operation);
            (Some(body_type), body)
        }
    };
    let touches = deprecation::touches(members.iter().filter(|member| {
        let is_written = operation.request_body == Body::Unbound || member.binding != Binding::Body;
        is_written || member.checked
    }));
    let function = quote! {
        fn write(self, http: &mut HttpRequest) -> Result<(), InvalidRequest> {
            #body_type
            #(#checks)*
            #(#host)*
            #(#path)*
            #constants
            #(#query)*
            #(#query_params)*
            #(#headers)*
            #body
        }
    };
    let long = long(&function, members.len());
    quote! { #touches #long #function }
}

/// Refuses text that no service accepts.
fn check(member: &Member) -> TokenStream {
    let (name, model_name) = (&member.name, &member.model_name);
    if member.is_always_there() {
        quote! { check_text(#model_name, &self.#name)?; }
    } else {
        quote! {
            if let Some(value) = &self.#name {
                check_text(#model_name, value)?;
            }
        }
    }
}

/// A body of those members that are not bound elsewhere: its type, and how it is written.
fn partial_body(operation: &Operation) -> (TokenStream, TokenStream) {
    let request = &operation.request;
    let members = request
        .members
        .iter()
        .filter(|member| member.binding == Binding::Body);
    let members: Vec<Member> = members.cloned().collect();
    let case = Case::of(&members);
    let attribute = case.attribute();
    let fields = members.iter().map(|member| {
        let (name, ty) = (
            &member.name,
            optional(ty(&member.ty), !member.is_always_there()),
        );
        let attributes = borrowed_field_attributes(member, case);
        quote! { #(#attributes)* #name: &'a #ty, }
    });
    let names = members.iter().map(|member| &member.name);
    let body_type = quote! {
        #[derive(Serialize)]
        #attribute
        struct Unbound<'a> { #(#fields)* }
    };
    let body = quote! {
        let body = Unbound { #(#names: &self.#names),* };
        http.json(&body)
    };
    (body_type, body)
}

/// The names of the types that the members refer to.
fn types_of(operation: &Operation) -> BTreeSet<String> {
    let requests = operation.request.members.iter();
    let members = requests.chain(&operation.response.members);
    let pagination = operation.pagination.as_ref();
    let items = pagination.and_then(|pagination| pagination.items.as_ref());
    types_referred_to(
        members
            .map(|member| &member.ty)
            .chain(items.map(|(_, ty)| ty)),
    )
}
