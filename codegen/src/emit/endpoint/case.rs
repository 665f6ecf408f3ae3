//! The cases of a rule set, each as a test.

use proc_macro2::TokenStream;
use quote::quote;

use super::constant;
use super::expression::Emitter;
use crate::format::Source;
use crate::ir::Service;
use crate::ir::endpoint::{EndpointCase, Outcome, Parameter};
use crate::name::{self, Scope};

/// Returns the cases, each as a test.
pub(in crate::emit) fn tests(service: &Service) -> Source {
    let cases = &service.endpoint.cases;
    let expects = |wanted: fn(&Outcome) -> bool| cases.iter().any(|case| wanted(&case.expected));
    let mut source = Source::new("The endpoint cases.");
    if expects(|expected| matches!(expected, Outcome::Endpoint(_, items) if items.is_empty())) {
        source = source.item(quote! {
            fn expect_url(params: &crate::endpoint::Params, url: &str) {
                assert_eq!(crate::endpoint::resolve(params), Ok(::smithy_reqwest::endpoint::Endpoint::new(url)));
            }
        });
    }
    if expects(|expected| matches!(expected, Outcome::Endpoint(_, items) if !items.is_empty())) {
        source = source.item(quote! {
            fn expect_endpoint(params: &crate::endpoint::Params, endpoint: ::smithy_reqwest::endpoint::Endpoint) {
                assert_eq!(crate::endpoint::resolve(params), Ok(endpoint));
            }
        });
    }
    if expects(|expected| matches!(expected, Outcome::Error(_))) {
        source = source.item(quote! {
            fn expect_error(params: &crate::endpoint::Params, error: &str) {
                let found = crate::endpoint::resolve(params).map_err(|error| error.to_string());
                assert_eq!(found.err().as_deref(), Some(error));
            }
        });
    }
    let mut scope = Scope::default();
    for case in cases {
        source = source.item(test(case, &service.endpoint.parameters, &mut scope));
    }
    source
}

fn test(case: &EndpointCase, parameters: &[Parameter], scope: &mut Scope) -> TokenStream {
    let name = scope.claim(name::member_name(&case.documentation));
    let assignments = case.parameters.iter().map(|(field, value)| {
        let parameter = parameters.iter().find(|it| it.field == *field);
        let value = constant(value);
        if parameter.is_some_and(|it| it.default.is_none()) {
            quote! { params.#field = Some(#value); }
        } else {
            quote! { params.#field = #value; }
        }
    });
    let mutable = (!case.parameters.is_empty()).then(|| quote! { mut });
    let ignore = case.outdated.map(|reason| quote! { #[ignore = #reason] });
    let expect = expectation(&case.expected);
    quote! {
        #[test]
        #ignore
        fn #name() {
            let #mutable params = crate::endpoint::Params::default();
            #(#assignments)*
            #expect
        }
    }
}

fn expectation(expected: &Outcome) -> TokenStream {
    let mut emitter = Emitter::default();
    match expected {
        Outcome::Error(error) => {
            let error = emitter.value(error);
            quote! { expect_error(&params, #error); }
        }
        Outcome::Endpoint(url, items) if items.is_empty() => {
            let url = emitter.value(url);
            quote! { expect_url(&params, #url); }
        }
        Outcome::Endpoint(url, items) => {
            let endpoint = emitter.endpoint(url, items);
            quote! {
                let endpoint = #endpoint;
                expect_endpoint(&params, endpoint);
            }
        }
        Outcome::Rules(_) => TokenStream::new(),
    }
}
