//! Protocol cases, as tests of the crate.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::value::{arguments, assignments, call_setters, of_field, raw_text};
use crate::format::{Source, comment};
use crate::ir::{CaseBody, RequestCase, ResponseCase, Service, StructureValue, Value};
use crate::name::{self, Ident, Scope};

/// Returns the cases of requests.
pub(super) fn request_tests(service: &Service) -> Source {
    let mut scope = Scope::default();
    let cases = service.cases.requests.iter();
    let tests = cases.map(|case| request_test(case, &mut scope));
    Source::new("Requests on the wire.").items(tests)
}

/// Returns the cases of responses.
pub(super) fn response_tests(service: &Service) -> Source {
    let mut scope = Scope::default();
    let cases = service.cases.responses.iter();
    let tests = cases.map(|case| response_test(case, &mut scope));
    Source::new("Outputs read from responses.").items(tests)
}

fn request_test(case: &RequestCase, scope: &mut Scope) -> TokenStream {
    let docs = comment(&case.docs);
    let name = scope.claim(name::member_name(&case.id));
    let method = &case.method;
    let arguments = arguments(&case.request, "operation");
    let setters = call_setters(&case.request, case.has_pages);
    let host = case.host.as_ref().map(|host| quote! { .host(#host) });
    let expectations = expectations(case);
    quote! {
        #docs
        #[tokio::test]
        async fn #name() {
            let exchange = ::smithy_reqwest::protocol_test::Exchange::default() #host;
            let client: crate::Client = exchange.client();
            let result = client.#method(#(#arguments),*) #setters.send().await;
            exchange.sent(&result) #expectations;
        }
    }
}

fn expectations(case: &RequestCase) -> TokenStream {
    let list = |method: &str, values: &[String]| {
        let method = Ident::new(method);
        (!values.is_empty()).then(|| quote! { .#method(&[#(#values),*]) })
    };
    let (http_method, path) = (&case.http_method, &case.path);
    let host = case
        .resolved_host
        .as_ref()
        .map(|host| quote! { .host(#host) });
    let query = list("query", &case.query);
    let query_names = list("query_names", &case.required_query);
    let no_query_names = list("no_query_names", &case.forbidden_query);
    let headers = headers(&case.headers).map(|headers| quote! { .headers(&#headers) });
    let header_names = list("header_names", &case.required_headers);
    let no_header_names = list("no_header_names", &case.forbidden_headers);
    let body = case.body.as_ref().map(|body| match body {
        CaseBody::Json(json) => {
            let json = raw_text(json);
            quote! { .json(#json) }
        }
        CaseBody::Xml(xml) => {
            let xml = raw_text(xml);
            quote! { .xml(#xml) }
        }
        CaseBody::Cbor(bytes) => {
            let bytes = Literal::byte_string(bytes);
            quote! { .cbor(#bytes) }
        }
        CaseBody::Bytes(bytes) => {
            let bytes = text_or_bytes(bytes);
            quote! { .body(#bytes) }
        }
    });
    quote! {
        .method(#http_method) #host .path(#path) #query #query_names #no_query_names
        #headers #header_names #no_header_names #body
    }
}

fn response_test(case: &ResponseCase, scope: &mut Scope) -> TokenStream {
    let docs = comment(&case.docs);
    let name = scope.claim(name::member_name(&case.id));
    let (status, method) = (Literal::u16_unsuffixed(case.status), &case.method);
    let headers = headers(&case.headers).unwrap_or_else(|| quote! { [] });
    let body = text_or_bytes(&case.body);
    // Bytes are made of slices, and not of arrays.
    let is_text = std::str::from_utf8(&case.body).is_ok();
    let as_slice = (!is_text).then(|| quote! { .as_slice() });
    let arguments = arguments(&case.request, "operation");
    let module = if case.error.is_some() {
        "error"
    } else {
        "operation"
    };
    let (statements, expected) = assignments(&case.expected, module, "expected");
    let check = match &case.error {
        None if case.streams => stream_check(&case.expected),
        None => quote! {
            #statements
            let output = result.unwrap_or_else(|error| panic!("{error}"));
            ::smithy_reqwest::protocol_test::expect_same(&output, &#expected);
        },
        Some(error) => quote! {
            #statements
            let error = result.expect_err("the response is an error");
            let Some(crate::ServiceError::#error(error)) = error.service() else {
                panic!("{error:?}");
            };
            ::smithy_reqwest::protocol_test::expect_same(error, &#expected);
        },
    };
    quote! {
        #docs
        #[tokio::test]
        async fn #name() {
            let exchange = ::smithy_reqwest::protocol_test::Exchange::answering(#status, &#headers, #body #as_slice);
            let client: crate::Client = exchange.client();
            let result = client.#method(#(#arguments),*).send().await;
            #check
        }
    }
}

/// Compares what can be compared of a response whose body is read as it comes.
fn stream_check(expected: &StructureValue) -> TokenStream {
    let checks = expected.fields.iter().map(|field| {
        let name = &field.name;
        if let Value::Stream(bytes) = &field.value {
            let bytes = text_or_bytes(bytes);
            quote! { ::smithy_reqwest::protocol_test::expect_body(output.#name, #bytes).await; }
        } else {
            let value = of_field(field);
            quote! { ::smithy_reqwest::protocol_test::expect_same(&output.#name, &#value); }
        }
    });
    quote! {
        let output = result.unwrap_or_else(|error| panic!("{error}"));
        #(#checks)*
    }
}

pub(super) fn headers(headers: &[(String, String)]) -> Option<TokenStream> {
    let headers = headers.iter();
    let headers: Vec<TokenStream> = headers
        .map(|(name, value)| quote! { (#name, #value) })
        .collect();
    (!headers.is_empty()).then(|| quote! { [#(#headers),*] })
}

fn text_or_bytes(bytes: &[u8]) -> Literal {
    std::str::from_utf8(bytes).map_or_else(|_| Literal::byte_string(bytes), raw_text)
}
