//! What the clients of fixtures send and how they read: every binding to a place in a message.
//!
//! What is expected is what the Smithy reference, page "HTTP bindings", and the protocol tests of
//! restJson1 say.

mod argument;
mod auth;
mod aws_json;
mod broken_stream;
mod checksum;
mod compression;
mod customization;
mod error_binding;
mod event_stream;
mod query;
mod required;
mod rest_xml;
mod rpc_v2_cbor;
mod silence;
mod streaming;

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::fixture::*;
use smithy_reqwest::{Body, ClientBuilder, Credentials, GeneratedClient, Timestamp, http};

/// A request as it was sent.
struct Sent {
    parts: http::request::Parts,
    body: String,
}

impl Sent {
    fn header(&self, name: &str) -> Option<&str> {
        self.parts
            .headers
            .get(name)
            .map(|value| value.to_str().unwrap())
    }
}

type Recorder = Arc<Mutex<Vec<Sent>>>;

/// A client that is answered with these headers and this body, and what it sends.
fn client<C: GeneratedClient>(headers: &[(&str, &str)], body: &'static str) -> (C, Recorder) {
    client_with_status(201, headers, body)
}

fn client_with_status<C: GeneratedClient>(
    status: u16,
    headers: &[(&str, &str)],
    body: &'static str,
) -> (C, Recorder) {
    let recorder = Recorder::default();
    let sent = Arc::clone(&recorder);
    let headers: Vec<(String, String)> = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let transport = move |request: http::Request<Body>| {
        let (parts, content) = request.into_parts();
        let content = content.bytes().unwrap().to_vec();
        sent.lock().unwrap().push(Sent {
            parts,
            body: String::from_utf8(content).unwrap(),
        });
        let mut response = http::Response::builder().status(status);
        for (name, value) in &headers {
            response = response.header(name, value);
        }
        std::future::ready(Ok::<_, Infallible>(response.body(body).unwrap()))
    };
    let client = ClientBuilder::<C>::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_attempts(1)
        .transport(transport)
        .build();
    (client.unwrap_or_else(|error| panic!("{error}")), recorder)
}

fn only(recorder: &Recorder) -> Sent {
    let mut sent = recorder.lock().unwrap();
    assert_eq!(sent.len(), 1);
    sent.remove(0)
}

fn moment() -> Timestamp {
    Timestamp::from_second(1_576_540_098).unwrap()
}

#[tokio::test]
async fn members_are_written_into_headers_in_the_format_of_each() {
    let (client, recorder) = client::<header_client::Client>(&[], "{}");
    client
        .post()
        .text("foo")
        .flag(true)
        .number(-3)
        .ratio(f32::NEG_INFINITY)
        .at(moment())
        .epoch(moment())
        .color("RED")
        .names(["b,c", "\"def\"", "a"].map(str::to_owned))
        .moments([moment(), moment()])
        .json("true")
        .meta([
            ("one".to_owned(), "1".to_owned()),
            ("two".to_owned(), String::new()),
        ])
        .body("x")
        .send()
        .await
        .unwrap();
    let sent = only(&recorder);
    for (name, value) in [
        ("x-text", "foo"),
        ("x-flag", "true"),
        ("x-number", "-3"),
        ("x-ratio", "-Infinity"),
        ("x-at", "Mon, 16 Dec 2019 23:48:18 GMT"),
        ("x-epoch", "1576540098"),
        ("x-color", "RED"),
        ("x-names", r#""b,c", "\"def\"", a"#),
        (
            "x-moments",
            "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT",
        ),
        ("x-json", "dHJ1ZQ=="),
        ("x-meta-one", "1"),
        ("x-meta-two", ""),
        ("content-type", "application/json"),
    ] {
        assert_eq!(sent.header(name), Some(value), "{name}");
    }
    assert_eq!(sent.body, r#"{"body":"x"}"#);
}

#[tokio::test]
async fn absent_members_have_no_header_and_empty_ones_an_empty_header() {
    let (client, recorder) = client::<header_client::Client>(&[], "{}");
    client
        .post()
        .text("")
        .names(Vec::<String>::new())
        .send()
        .await
        .unwrap();
    let sent = only(&recorder);
    assert_eq!(
        (sent.header("x-text"), sent.header("x-names")),
        (Some(""), Some(""))
    );
    assert_eq!((sent.header("x-flag"), sent.header("x-json")), (None, None));
    assert_eq!(sent.body, "{}");
}

#[tokio::test]
async fn a_value_that_no_header_can_carry_is_refused_by_name() {
    let (client, recorder) = client::<header_client::Client>(&[], "{}");
    let error = client
        .post()
        .text("a\r\nx-evil: 1")
        .send()
        .await
        .unwrap_err();
    let expected = "Post: `text` has a character in its value that no HTTP header can carry";
    assert_eq!(error.to_string(), expected);
    let meta = [("a b".to_owned(), "1".to_owned())];
    let error = client.post().meta(meta).send().await.unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("Post: `meta` has a character in its name"),
        "{error}"
    );
    assert!(recorder.lock().unwrap().is_empty());
}

#[tokio::test]
async fn members_are_read_from_headers_and_from_the_status() {
    let headers = [
        ("X-Text", "foo"),
        ("X-Ratio", "NaN"),
        ("X-Names", r#""b,c", "\"def\"", a"#),
        (
            "X-Moments",
            "Mon, 16 Dec 2019 23:48:18 GMT, Mon, 16 Dec 2019 23:48:18 GMT",
        ),
        ("X-Json", "dHJ1ZQ=="),
        ("X-Meta-One", "1"),
    ];
    let (client, _) = client::<header_client::Client>(&headers, r#"{"body":"x"}"#);
    let output = client.post().send().await.unwrap();
    assert_eq!(output.text.as_deref(), Some("foo"));
    assert!(output.ratio.unwrap().is_nan());
    assert_eq!(output.names.unwrap(), ["b,c", "\"def\"", "a"]);
    assert_eq!(output.moments.unwrap(), [moment(), moment()]);
    assert_eq!(output.json.as_deref(), Some("true"));
    assert_eq!(output.meta.unwrap()["one"], "1");
    assert_eq!(
        (output.body.as_deref(), output.status, output.count),
        (Some("x"), Some(201), 0)
    );
}

#[tokio::test]
async fn a_header_of_another_format_is_an_invalid_response() {
    let (client, _) = client::<header_client::Client>(&[("x-count", "many")], "{}");
    let error = client.post().send().await.unwrap_err();
    let expected = "Post: the header `x-count` does not match the model (status 201)";
    assert_eq!(error.to_string(), expected);
}

/// A client that gets this header in every response, and the number of its requests.
fn client_of_header(
    name: &'static str,
    value: &'static [u8],
) -> (header_client::Client, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let requests = Arc::clone(&count);
    let transport = move |_: http::Request<Body>| {
        requests.fetch_add(1, Ordering::Relaxed);
        let response = http::Response::builder().header(name, value);
        std::future::ready(Ok::<_, Infallible>(response.body("{}").unwrap()))
    };
    let client = ClientBuilder::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build();
    (client.unwrap_or_else(|error| panic!("{error}")), count)
}

#[tokio::test]
async fn headers_are_read_as_utf8_and_others_are_an_error_that_is_not_retried() {
    let post = async |name, value: &'static str| {
        let (client, _) = client_of_header(name, value.as_bytes());
        client.post().send().await.unwrap()
    };
    assert_eq!(post("x-text", "café").await.text.unwrap(), "café");
    let names = post("x-names", r#"é, "ü,ö", 日本"#).await.names;
    assert_eq!(names.unwrap(), ["é", "ü,ö", "日本"]);
    // A quote that does not begin an element is a part of it.
    let names = post("x-names", r#"5" nails, 6", a\b"#).await.names;
    assert_eq!(names.unwrap(), ["5\" nails", "6\"", "a\\b"]);
    assert_eq!(post("x-meta-one", "ñ").await.meta.unwrap()["one"], "ñ");

    for (header, named) in [
        ("x-text", "x-text"),
        ("x-names", "x-names"),
        ("x-meta-one", "x-meta-"),
    ] {
        let (client, count) = client_of_header(header, b"caf\xe9");
        let error = client.post().send().await.unwrap_err();
        let expected = format!("Post: the header `{named}` does not match the model (status 200)");
        assert_eq!(error.to_string(), expected);
        assert!(!error.is_retryable());
        assert_eq!(count.load(Ordering::Relaxed), 1, "{header}");
    }
}

#[tokio::test]
async fn bytes_are_the_body_with_their_media_type_unless_a_member_gives_another() {
    let (client, recorder) = client::<payload_client::Client>(&[("etag", "\"1\"")], "png");
    let output = client.put_blob().data("png").send().await.unwrap();
    assert_eq!(
        (&*output.data, output.tag.as_deref()),
        (&b"png"[..], Some("\"1\""))
    );
    let sent = only(&recorder);
    assert_eq!(
        (&*sent.body, sent.header("content-type")),
        ("png", Some("image/png"))
    );

    client
        .put_blob()
        .data("gif")
        .kind("image/gif")
        .send()
        .await
        .unwrap();
    assert_eq!(only(&recorder).header("content-type"), Some("image/gif"));
    client.put_blob().send().await.unwrap();
    let sent = only(&recorder);
    assert_eq!((&*sent.body, sent.header("content-type")), ("", None));
}

/// RFC 9110, section 8.6: the length of nothing is sent only where the method expects a body.
#[tokio::test]
async fn the_length_of_a_body_is_sent_and_of_none_where_the_method_expects_one() {
    let (client, recorder) = client::<payload_client::Client>(&[], "");
    let length = || only(&recorder).header("content-length").map(str::to_owned);
    client.put_text("hello").send().await.unwrap();
    assert_eq!(length().as_deref(), Some("5"));
    client.put_figure().send().await.unwrap();
    assert_eq!(length().as_deref(), Some("0"));
    client.drop_box().reason("full").send().await.unwrap();
    assert_eq!(length().as_deref(), Some("4"));
    client.drop_box().send().await.unwrap();
    assert_eq!(length(), None);
}

#[tokio::test]
async fn text_and_enumerations_are_bodies_as_they_are() {
    let (client, recorder) = client::<payload_client::Client>(&[], "RED");
    let output = client.put_text("hello").send().await.unwrap();
    assert_eq!(output.color, Some(payload_client::types::Color::Red));
    let sent = only(&recorder);
    assert_eq!(
        (&*sent.body, sent.header("content-type")),
        ("hello", Some("text/plain"))
    );
}

#[tokio::test]
async fn an_absent_structure_is_an_empty_object_and_an_absent_union_is_nothing() {
    use payload_client::types::Figure;

    let (empty, _) = client::<payload_client::Client>(&[], "");
    assert_eq!(empty.put_box().send().await.unwrap().figure, None);
    let (client, recorder) = client::<payload_client::Client>(&[], r#"{"circle":3}"#);
    let output = client.put_box().send().await.unwrap();
    assert_eq!(output.figure, Some(Figure::Circle(3)));
    let sent = only(&recorder);
    assert_eq!(
        (&*sent.body, sent.header("content-type")),
        ("{}", Some("application/json"))
    );
    client.put_figure().send().await.unwrap();
    assert_eq!(only(&recorder).body, "");
    client
        .put_figure()
        .figure(Figure::Circle(1))
        .send()
        .await
        .unwrap();
    assert_eq!(only(&recorder).body, r#"{"circle":1}"#);
}

#[tokio::test]
async fn labels_queries_and_the_host_are_encoded_for_their_place() {
    let (client, recorder) = client::<place_client::Client>(&[], "");
    let others = [
        ("limit".to_owned(), vec!["9".to_owned()]),
        ("a b".to_owned(), vec!["1&2".to_owned(), "ü".to_owned()]),
    ];
    client
        .fetch("one/t w?o/%2F", "acme-1")
        .limit(5)
        .others(others)
        .send()
        .await
        .unwrap();
    let sent = only(&recorder);
    assert_eq!(
        sent.parts.uri.to_string(),
        "https://data-acme-1.fixture.example.com/fetch/one/t%20w%3Fo/%252F\
         ?limit=5&a%20b=1%262&a%20b=%C3%BC"
    );
    assert_eq!(sent.header("host"), Some("data-acme-1.fixture.example.com"));
}

#[tokio::test]
async fn a_host_prefix_can_be_disabled_and_is_on_a_loopback_host() {
    for (endpoint, disable, expected) in [
        (None, None, "data-acme.fixture.example.com"),
        (None, Some(true), "fixture.example.com"),
        (
            Some("https://behind.example"),
            None,
            "data-acme.behind.example",
        ),
        (Some("https://behind.example"), Some(true), "behind.example"),
        (Some("http://localhost:8080"), None, "localhost:8080"),
        (
            Some("http://localhost:8080"),
            Some(false),
            "data-acme.localhost:8080",
        ),
        (Some("http://127.0.0.1:8080"), Some(false), "127.0.0.1:8080"),
    ] {
        let hosts = Arc::new(Mutex::new(Vec::new()));
        let sent = Arc::clone(&hosts);
        let transport = move |request: http::Request<Body>| {
            let host = request.headers()["host"].to_str().unwrap();
            sent.lock().unwrap().push(host.to_owned());
            assert_eq!(request.uri().authority().unwrap(), host);
            std::future::ready(Ok::<_, Infallible>(http::Response::new("")))
        };
        let mut builder = ClientBuilder::<place_client::Client>::default()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .transport(transport);
        if let Some(url) = endpoint {
            builder = builder.endpoint_url(url);
        }
        if let Some(disable) = disable {
            builder = builder.disable_host_prefix(disable);
        }
        let client = builder.build().unwrap();
        client.fetch("k", "acme").send().await.unwrap();
        assert_eq!(
            *hosts.lock().unwrap(),
            [expected],
            "{endpoint:?} {disable:?}"
        );
    }
}

#[tokio::test]
async fn a_value_cannot_lead_to_another_path_or_another_host() {
    let (client, recorder) = client::<place_client::Client>(&[], "");
    for (key, account, member) in [
        ("", "acme", "key"),
        ("a//b", "acme", "key"),
        ("../secret", "acme", "key"),
        ("a/./b", "acme", "key"),
        ("a", "", "account"),
        ("a", "evil.example/", "account"),
        ("a", "a.b", "account"),
    ] {
        let error = client.fetch(key, account).send().await.unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with(&format!("Fetch: `{member}` ")),
            "{error}"
        );
    }
    assert!(recorder.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_message_of_a_sensitive_error_is_not_in_what_is_printed() {
    let headers = [("x-amzn-errortype", "Denied")];
    let (client, _) = client_with_status(403, &headers, r#"{"message":"hunter2"}"#);
    let client: sensitive_client::Client = client;
    let error = client.log_in("p").send().await.unwrap_err();
    let denied = error.service().unwrap();
    for text in [error.to_string(), format!("{error:?}"), denied.to_string()] {
        assert!(
            text.contains("Denied") && !text.contains("hunter2"),
            "{text}"
        );
    }
    assert_eq!((error.code(), error.message()), (Some("Denied"), None));
    assert_eq!(error.body_start(), Some(&b""[..]));
}

#[tokio::test]
async fn every_operation_knows_an_error_that_only_the_service_lists() {
    let headers = [("x-amzn-errortype", "Closed")];
    let (client, _) = client_with_status(400, &headers, r#"{"message":"It is late."}"#);
    let client: error_client::Client = client;
    let error = client.r#try().send().await.unwrap_err();
    let modeled = error.service().map(ToString::to_string);
    assert_eq!(modeled.as_deref(), Some("Closed: It is late."));
}

#[tokio::test]
async fn an_error_has_members_in_headers_and_a_wrong_one_does_not_hide_it() {
    use error_client::ServiceError;

    for (value, expected) in [("7", Some(7)), ("soon", None)] {
        let headers = [("x-amzn-errortype", "Gone"), ("retry-after", value)];
        let (client, _) = client_with_status(410, &headers, r#"{"message":"It left."}"#);
        let client: error_client::Client = client;
        let error = client.r#try().send().await.unwrap_err();
        let Some(ServiceError::Gone(gone)) = error.service() else {
            panic!("{error}")
        };
        assert_eq!(
            (gone.message.as_deref(), gone.retry_after),
            (Some("It left."), expected)
        );
    }
}
