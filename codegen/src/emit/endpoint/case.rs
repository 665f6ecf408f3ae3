//! The cases of a rule set, each as a test.

use proc_macro2::TokenStream;
use quote::quote;

use super::expression::{Names, value};
use super::rule::Parts;
use crate::format::Source;
use crate::ir::Service;
use crate::ir::endpoint::{EndpointCase, Literal, Outcome};
use crate::name::{self, Scope};

/// The tests.
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
        source = source.item(test(case, &mut scope));
    }
    source
}

fn test(case: &EndpointCase, scope: &mut Scope) -> TokenStream {
    let name = scope.claim(name::member_name(&case.documentation));
    let setters = case.parameters.iter().map(|(field, value)| match value {
        Literal::StringArray(values) if values.is_empty() => {
            quote! { .#field(Vec::<String>::new()) }
        }
        Literal::StringArray(values) => quote! { .#field([#(#values),*]) },
        Literal::Boolean(value) => quote! { .#field(#value) },
        Literal::String(value) => quote! { .#field(#value) },
        Literal::Integer(value) => quote! { .#field(#value) },
    });
    let ignore = case.outdated.map(|reason| quote! { #[ignore = #reason] });
    let expect = expectation(&case.expected);
    quote! {
        #[test]
        #ignore
        fn #name() {
            let params = crate::endpoint::Params::default() #(#setters)*;
            #expect
        }
    }
}

fn expectation(expected: &Outcome) -> TokenStream {
    match expected {
        Outcome::Error(error) => {
            let error = value(error);
            quote! { expect_error(&params, #error); }
        }
        Outcome::Endpoint(url, items) => {
            let url = value(url);
            let mut parts = Parts {
                names: Names::default(),
                bindings: TokenStream::new(),
            };
            let items: Vec<TokenStream> = items.iter().map(|item| parts.item(item)).collect();
            let bindings = parts.bindings;
            if items.is_empty() {
                return quote! { expect_url(&params, #url); };
            }
            quote! {
                #bindings
                let url = #url;
                let endpoint = ::smithy_reqwest::endpoint::Endpoint::new(url) #(#items)*;
                expect_endpoint(&params, endpoint);
            }
        }
        Outcome::Rules(_) => TokenStream::new(),
    }
}
