//! Cases of event streams, as tests of the crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::case::{answering, error_check, expected_headers, field_checks, test};
use super::value::owned;
use crate::format::Source;
use crate::ir::{EventCase, EventExchange, EventOutcome, Service};
use crate::name::{Ident, Scope};

/// Returns the cases of event streams.
pub(super) fn event_tests(service: &Service) -> Source {
    let mut scope = Scope::default();
    let cases = service.cases.events.iter();
    let tests = cases.map(|case| event_test(case, &mut scope));
    Source::new("Events on the wire.").items(tests)
}

fn event_test(case: &EventCase, scope: &mut Scope) -> TokenStream {
    let (exchange, check) = match &case.exchange {
        EventExchange::Opened {
            http_method,
            path,
            headers,
        } => {
            let headers = expected_headers(headers);
            let request = quote! { .method(#http_method).path(#path) #headers };
            let check = quote! { exchange.sent(&result) #request; };
            (quote! { default() }, check)
        }
        EventExchange::Sent(messages) => {
            let check = quote! { exchange.sent(&result).events(&[#(#messages),*]); };
            (quote! { default() }, check)
        }
        EventExchange::Received {
            status,
            headers,
            body,
            stream,
            outcome,
        } => (answering(*status, headers, body), check(stream, outcome)),
    };
    test(&case.call, &exchange, &check, scope)
}

/// Compares what is read of a response with what a case expects.
fn check(stream: &Ident, outcome: &EventOutcome) -> TokenStream {
    match outcome {
        EventOutcome::Read { response, events } => {
            let fields = field_checks(response);
            let events = events
                .iter()
                .map(owned)
                .map(|event| quote! { Some(#event) });
            let events = events.chain([quote! { None }]);
            quote! {
                let mut output = result.unwrap_or_else(|error| panic!("{error}"));
                #fields
                #(
                    let event = output.#stream.next().await.unwrap_or_else(|error| panic!("{error}"));
                    ::smithy_reqwest::protocol_test::expect_same(&event, &#events);
                )*
            }
        }
        EventOutcome::Failure => failure(
            stream,
            &quote! { assert!(error.service().is_none(), "{error:?}"); },
        ),
        EventOutcome::Error(name, None) => {
            let modeled = quote! { matches!(error.service(), Some(crate::ServiceError::#name(_))) };
            failure(stream, &quote! { assert!(#modeled, "{error:?}"); })
        }
        EventOutcome::Error(_, Some(members)) => failure(stream, &error_check(members)),
    }
}

/// Finds the error of a call or of its stream, and checks it.
fn failure(stream: &Ident, check: &TokenStream) -> TokenStream {
    quote! {
        let error = match result {
            Ok(mut output) => output.#stream.next().await.expect_err("the stream fails"),
            Err(error) => error,
        };
        #check
    }
}
