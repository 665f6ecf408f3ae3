//! Protocol cases, as tests of the crate.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::value::{assignments, of_field, raw_text, request_call};
use crate::format::{Source, comment};
use crate::ir::{CaseBody, CaseCall, RequestCase, ResponseCase, Service, StructureValue, Value};
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

/// Returns the test of a case: a call over an exchange, and a check of its `result`.
pub(super) fn test(
    call: &CaseCall,
    exchange: &TokenStream,
    check: &TokenStream,
    scope: &mut Scope,
) -> TokenStream {
    let docs = comment(&call.docs);
    let name = scope.claim(name::member_name(&call.id));
    let call = request_call(&call.method, &call.request, call.has_pages);
    quote! {
        #docs
        #[tokio::test]
        async fn #name() {
            let exchange = ::smithy_reqwest::protocol_test::Exchange::#exchange;
            let client: crate::Client = exchange.client();
            let result = #call;
            #check
        }
    }
}

fn request_test(case: &RequestCase, scope: &mut Scope) -> TokenStream {
    let host = case.host.as_ref().map(|host| quote! { .host(#host) });
    let expectations = expectations(case);
    test(
        &case.call,
        &quote! { default() #host },
        &quote! { exchange.sent(&result) #expectations; },
        scope,
    )
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
    let headers = expected_headers(&case.headers);
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
    let exchange = answering(case.status, &case.headers, &case.body);
    let check = if case.is_error {
        let check = error_check(&case.expected);
        quote! {
            let error = result.expect_err("the response is an error");
            #check
        }
    } else if case.streams {
        let checks = field_checks(&case.expected);
        quote! {
            let output = result.unwrap_or_else(|error| panic!("{error}"));
            #checks
        }
    } else {
        let (statements, expected) = assignments(&case.expected, "operation", "expected");
        quote! {
            #statements
            let output = result.unwrap_or_else(|error| panic!("{error}"));
            ::smithy_reqwest::protocol_test::expect_same(&output, &#expected);
        }
    };
    test(&case.call, &exchange, &check, scope)
}

/// Returns the constructor of an exchange with a response.
pub(super) fn answering(status: u16, headers: &[(String, String)], body: &[u8]) -> TokenStream {
    let status = Literal::u16_unsuffixed(status);
    let headers = pairs(headers);
    // `Bytes` converts from slices, not from arrays.
    let is_text = std::str::from_utf8(body).is_ok();
    let as_slice = (!is_text).then(|| quote! { .as_slice() });
    let body = text_or_bytes(body);
    quote! { answering(#status, &#headers, #body #as_slice) }
}

/// Returns statements that compare `error` with a modeled error.
pub(super) fn error_check(expected: &StructureValue) -> TokenStream {
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

/// Returns statements that compare the fields of `output` one by one: it has a stream, so it does
/// not implement `PartialEq`.
pub(super) fn field_checks(expected: &StructureValue) -> TokenStream {
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
    quote! { #(#checks)* }
}

/// Returns the expectation of headers, if there are any.
pub(super) fn expected_headers(headers: &[(String, String)]) -> Option<TokenStream> {
    let pairs = pairs(headers);
    (!headers.is_empty()).then(|| quote! { .headers(&#pairs) })
}

fn pairs(headers: &[(String, String)]) -> TokenStream {
    let pairs = headers
        .iter()
        .map(|(name, value)| quote! { (#name, #value) });
    quote! { [#(#pairs),*] }
}

fn text_or_bytes(bytes: &[u8]) -> Literal {
    std::str::from_utf8(bytes).map_or_else(|_| Literal::byte_string(bytes), raw_text)
}
