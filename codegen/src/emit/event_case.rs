//! Cases of event streams, as tests of the crate.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::case::headers;
use super::value::{arguments, assignments, call_setters, of_field, owned};
use crate::format::{Source, comment};
use crate::ir::{EventCase, EventExchange, EventOutcome, Service, StructureValue};
use crate::name::{self, Ident, Scope};

/// Returns the cases of event streams.
pub(super) fn tests(service: &Service) -> Source {
    let mut scope = Scope::default();
    let cases = service.cases.events.iter();
    let tests = cases.map(|case| test(case, &mut scope));
    Source::new("Events on the wire.").items(tests)
}

fn test(case: &EventCase, scope: &mut Scope) -> TokenStream {
    let docs = comment(&case.docs);
    let name = scope.claim(name::member_name(&case.id));
    let method = &case.method;
    let arguments = arguments(&case.request, "operation");
    let setters = call_setters(&case.request, false);
    let (exchange, check) = match &case.exchange {
        EventExchange::Opened {
            http_method,
            path,
            headers: expected,
        } => {
            let expected = headers(expected).map(|expected| quote! { .headers(&#expected) });
            let check = quote! { .method(#http_method).path(#path) #expected };
            (
                quote! { default() },
                quote! { exchange.sent(&result) #check; },
            )
        }
        EventExchange::Sent(messages) => {
            let check = quote! { exchange.sent(&result).events(&[#(#messages),*]); };
            (quote! { default() }, check)
        }
        EventExchange::Received {
            status,
            headers: received,
            body,
            stream,
            outcome,
        } => {
            let status = Literal::u16_unsuffixed(*status);
            let received = headers(received).unwrap_or_else(|| quote! { [] });
            let body = Literal::byte_string(body);
            let exchange = quote! { answering(#status, &#received, #body.as_slice()) };
            (exchange, check(stream, outcome))
        }
    };
    quote! {
        #docs
        #[tokio::test]
        async fn #name() {
            let exchange = ::smithy_reqwest::protocol_test::Exchange::#exchange;
            let client: crate::Client = exchange.client();
            let result = client.#method(#(#arguments),*) #setters.send().await;
            #check
        }
    }
}

/// Compares what is read of a response with what a case expects.
fn check(stream: &Ident, outcome: &EventOutcome) -> TokenStream {
    match outcome {
        EventOutcome::Read { response, events } => {
            let fields = response.fields.iter().map(|field| {
                let (name, value) = (&field.name, of_field(field));
                quote! { ::smithy_reqwest::protocol_test::expect_same(&output.#name, &#value); }
            });
            let events = events.iter().map(|event| {
                let event = owned(event);
                quote! {
                    let event = output.#stream.next().await.unwrap_or_else(|error| panic!("{error}"));
                    ::smithy_reqwest::protocol_test::expect_same(&event, &Some(#event));
                }
            });
            quote! {
                let mut output = result.unwrap_or_else(|error| panic!("{error}"));
                #(#fields)*
                #(#events)*
                assert_eq!(output.#stream.next().await.unwrap_or_else(|error| panic!("{error}")), None);
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
        EventOutcome::Error(_, Some(members)) => failure(stream, &modeled_error(members)),
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

/// Compares the members that a case gives for a modeled error.
fn modeled_error(expected: &StructureValue) -> TokenStream {
    let name = &expected.name;
    let (statements, expected) = assignments(expected, "error", "expected");
    quote! {
        #statements
        let Some(crate::ServiceError::#name(error)) = error.service() else {
            panic!("{error:?}");
        };
        ::smithy_reqwest::protocol_test::expect_same(error, &#expected);
    }
}
