//! Streams of events: what generated clients read and send.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use smithy_reqwest::event_stream::{Frame, FrameDecoder, HeaderValue};
use smithy_reqwest::protocol_test::Exchange;
use smithy_reqwest::{
    Body, Bytes, ClientBuilder, Credentials, ErrorKind, GeneratedClient, Timestamp, http,
};

use crate::fixture::event_stream_client::error::Broken;
use crate::fixture::event_stream_client::types::{Noise, Samples, Story, Title};
use crate::fixture::event_stream_client::{Client, Events, ServiceError};

/// A frame with headers of text, and others.
fn frame(headers: &[(&str, HeaderValue<'_>)], payload: &'static [u8]) -> Bytes {
    let mut frame = Frame::new(payload);
    for (name, value) in headers {
        frame = frame.with_header(name, *value).unwrap();
    }
    frame.encode().unwrap()
}

fn event(name: &str, more: &[(&str, HeaderValue<'_>)], payload: &'static [u8]) -> Bytes {
    let kind = [
        (":message-type", HeaderValue::String("event")),
        (":event-type", HeaderValue::String(name)),
    ];
    frame(&[&kind, more].concat(), payload)
}

fn exception(name: &str, payload: &'static [u8]) -> Bytes {
    let headers = [
        (":message-type", HeaderValue::String("exception")),
        (":exception-type", HeaderValue::String(name)),
    ];
    frame(&headers, payload)
}

/// A client that gets these frames.
fn client(headers: &[(&str, &str)], frames: &[Bytes]) -> Client {
    Exchange::answering(200, headers, frames.concat()).client()
}

const OPENED: [(&str, &str); 1] = [("x-story-id", "s-1")];

#[tokio::test]
async fn members_of_events_are_read_from_headers_and_payloads() {
    let picture = [
        ("type", HeaderValue::String("image/png")),
        ("width", HeaderValue::Short(640)),
        ("height", HeaderValue::Integer(480)),
        ("taken", HeaderValue::Timestamp(1_500)),
    ];
    let chapter = [("number", HeaderValue::Byte(2))];
    let frames = [
        event("word", &[], br#"{"text":"once","next":2}"#),
        event("picture", &picture, b"\x89PNG"),
        event("chapter", &chapter, br#"{"main":"The end"}"#),
        event("unknown", &[], b""),
        event("interlude", &[], br#"{"minutes":20}"#),
    ];
    let mut response = client(&OPENED, &frames).tell("ann").send().await.unwrap();
    assert_eq!(response.story_id, "s-1");
    let mut events = Vec::new();
    while let Some(event) = response.stream.next().await.unwrap() {
        events.push(event);
    }
    let [
        Story::Word(word),
        Story::Picture(picture),
        Story::Chapter(chapter),
        rest @ ..,
    ] = events.as_slice()
    else {
        panic!("{events:?}");
    };
    assert_eq!((word.text.as_str(), word.next), ("once", Some(2)));
    assert_eq!(picture.r#type.as_deref(), Some("image/png"));
    assert_eq!((picture.width, picture.height), (Some(640), Some(480)));
    assert_eq!(picture.taken.map(Timestamp::as_millisecond), Some(1_500));
    assert_eq!(picture.data.as_deref(), Some(b"\x89PNG".as_slice()));
    assert_eq!(chapter.number, 2);
    let title = chapter
        .title
        .as_ref()
        .and_then(|title: &Title| title.main.as_deref());
    assert_eq!(title, Some("The end"));
    let [Story::UnknownValue, Story::Unknown(name, payload)] = rest else {
        panic!("{rest:?}");
    };
    assert_eq!(
        (name.as_str(), payload.to_string()),
        ("interlude", r#"{"minutes":20}"#.to_owned())
    );
}

#[tokio::test]
async fn an_exception_of_the_stream_is_a_modeled_error_and_the_last_of_it() {
    let frames = [
        event("word", &[], br#"{"text":"once"}"#),
        exception("lostThread", br#"{"message":"hm","words":1}"#),
        event("word", &[], br#"{"text":"more"}"#),
    ];
    let mut response = client(&OPENED, &frames).tell("ann").send().await.unwrap();
    response.stream.next().await.unwrap();
    let error = response.stream.next().await.unwrap_err();
    let Some(ServiceError::LostThread(lost)) = error.service() else {
        panic!("{error:?}");
    };
    assert_eq!((lost.message.as_deref(), lost.words), (Some("hm"), Some(1)));
    assert_eq!(error.operation(), Some("Tell"));
    assert!(response.stream.next().await.unwrap().is_none());

    // What the model says about an error holds for an exception too.
    let frames = [exception("busy", br#"{"message":"later"}"#)];
    let mut response = client(&OPENED, &frames).tell("ann").send().await.unwrap();
    let error = response.stream.next().await.unwrap_err();
    assert!(
        matches!(error.service(), Some(ServiceError::Busy(_))),
        "{error:?}"
    );
    assert!(error.is_throttling());
}

#[tokio::test]
async fn a_stream_that_opens_without_a_required_header_fails() {
    let error = client(&[], &[]).tell("ann").send().await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::InvalidResponse),
        "{error:?}"
    );
    assert!(error.to_string().contains("x-story-id"), "{error}");
}

/// A client that sends requests, and the body of the last of them.
fn recording<C: GeneratedClient>() -> (C, Arc<Mutex<Vec<u8>>>) {
    let sent: Arc<Mutex<Vec<u8>>> = Arc::default();
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        let recorder = Arc::clone(&recorder);
        async move {
            assert_eq!(
                request.headers()["content-type"],
                "application/vnd.amazon.eventstream"
            );
            let body = request.into_body().collect().await.unwrap();
            *recorder.lock().unwrap() = body.to_vec();
            Ok::<_, Infallible>(http::Response::new(""))
        }
    };
    let client = ClientBuilder::<C>::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build();
    (client.unwrap(), sent)
}

/// The messages in signed ones, each with its type and its payload; the last is empty.
fn messages(body: &[u8]) -> Vec<(String, Bytes)> {
    let mut outer = FrameDecoder::default();
    outer.push(Bytes::copy_from_slice(body));
    let mut found = Vec::new();
    while let Some(signed) = outer.next_frame().unwrap() {
        assert!(signed.header(":chunk-signature").is_some());
        let mut inner = FrameDecoder::default();
        inner.push(signed.payload().clone());
        let Some(message) = inner.next_frame().unwrap() else {
            found.push((String::new(), Bytes::new()));
            continue;
        };
        let names = [":event-type", ":exception-type"];
        let name = names.iter().find_map(|name| match message.header(name) {
            Some(HeaderValue::String(name)) => Some(name.to_owned()),
            _ => None,
        });
        found.push((name.unwrap(), message.payload().clone()));
    }
    found
}

#[tokio::test]
async fn events_of_a_channel_are_sent_signed_and_an_error_as_an_exception() {
    let (client, sent) = recording::<Client>();
    let (sender, events) = Events::channel();
    let samples = Noise::Samples(Samples::default().data("abc"));
    sender.send(samples).await.unwrap();
    let message = Some("rain".to_owned());
    let broken = Broken { message };
    sender.send(Noise::Broken(broken)).await.unwrap();
    drop(sender);
    client.listen(events).rate(8_000).send().await.unwrap();
    let expected = [
        ("samples".to_owned(), Bytes::from("abc")),
        ("broken".to_owned(), Bytes::from(r#"{"message":"rain"}"#)),
        (String::new(), Bytes::new()),
    ];
    assert_eq!(messages(&sent.lock().unwrap()), expected);
}

#[tokio::test]
async fn members_beside_a_stream_are_in_its_first_message_without_http_bindings() {
    use crate::fixture::event_stream_rpc_client::Client;
    use crate::fixture::event_stream_rpc_client::types::{Word, Words};

    let (client, sent) = recording::<Client>();
    let events = vec![Words::Word(Word::default().text("why"))];
    client.chat("rain", events).send().await.unwrap();
    let expected = [
        (
            "initial-request".to_owned(),
            Bytes::from(r#"{"topic":"rain"}"#),
        ),
        ("word".to_owned(), Bytes::from(r#"{"text":"why"}"#)),
        (String::new(), Bytes::new()),
    ];
    assert_eq!(messages(&sent.lock().unwrap()), expected);

    let frames = [
        event("initial-response", &[], br#"{"chatId":"c-1"}"#),
        event("word", &[], br#"{"text":"clouds"}"#),
    ];
    let exchange = Exchange::answering(200, &[], frames.concat());
    let client: Client = exchange.client();
    let mut response = client.chat("rain", Vec::new()).send().await.unwrap();
    assert_eq!(response.chat_id.as_deref(), Some("c-1"));
    let answered = response.answered.next().await.unwrap();
    assert_eq!(answered, Some(Words::Word(Word::default().text("clouds"))));
}
