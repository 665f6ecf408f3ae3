//! Events of responses.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{HeaderValue, Message};
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _, stream};
use smithy_reqwest::event_stream::EventReceiver;
use smithy_reqwest::{Body, ClientBuilder, ErrorKind, GeneratedClient, Timestamp, http};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use workspace_tests::read_request;

use super::message::{all_written, event, exception, message, text, written};
use super::service::{
    Cbor, Choice, Chunk, Detail, Error, Event, Figure, Json, Line, Marks, RestJson, ServiceError,
    SubscribeRequest, Throttled, Token, WatchRequest, WatchResponse, Xml, builder,
};

/// A client whose one call is answered with this body.
fn answered<C: GeneratedClient>(builder: ClientBuilder<C>, body: Body) -> C {
    let body = Mutex::new(Some(body));
    let transport = move |_: http::Request<Body>| {
        let body = body.lock().unwrap().take().expect("one call");
        let response = http::Response::builder()
            .header("x-session", "s1")
            .header("x-amzn-requestid", "r1");
        std::future::ready(Ok::<_, Infallible>(response.body(body).unwrap()))
    };
    let client = builder.transport(transport).build();
    client.unwrap_or_else(|error| panic!("{error}"))
}

/// The response whose body comes in these pieces.
async fn watch(pieces: impl Stream<Item = Bytes> + Send + 'static) -> WatchResponse {
    let body = Body::wrap_stream(pieces.map(Ok::<_, Infallible>));
    let client = answered(builder::<RestJson>(), body);
    client.as_ref().send(WatchRequest::default()).await.unwrap()
}

/// The receiver of these messages.
async fn receiver(messages: &[Message]) -> EventReceiver<Event> {
    watch(stream::iter([all_written(messages)])).await.events
}

async fn all(mut events: EventReceiver<Event>) -> Result<Vec<Event>, Error> {
    let mut all = Vec::new();
    while let Some(event) = events.next().await? {
        all.push(event);
    }
    Ok(all)
}

fn token(index: i32) -> Event {
    Event::Token(Token {
        text: Some(format!("token {index}")),
        index: Some(index),
        ..Token::default()
    })
}

fn token_message(index: i32) -> Message {
    event(
        "token",
        format!(r#"{{"text":"token {index}","index":{index}}}"#),
    )
}

#[tokio::test]
async fn events_have_members_in_headers_in_the_payload_or_as_the_payload() {
    let name = |name| {
        [
            (":message-type", text("event")),
            (":event-type", text(name)),
        ]
    };
    let marks = name("marks").into_iter().chain([
        ("flag", HeaderValue::Bool(false)),
        ("byte", HeaderValue::Byte(-1)),
        ("short", HeaderValue::Int16(-300)),
        ("integer", HeaderValue::Int32(70_000)),
        ("long", HeaderValue::Int64(1 << 40)),
        (
            "blob",
            HeaderValue::ByteArray(Bytes::from_static(&[0, 255])),
        ),
        ("text", text("höher")),
        (
            "time",
            HeaderValue::Timestamp(DateTime::from_millis(1_730_384_114_250)),
        ),
    ]);
    let source = name("token").into_iter().chain([("source", text("model"))]);
    let events = [
        message(marks, ""),
        event("chunk", vec![0, 255]),
        event("line", "höher"),
        message(source, r#"{"text":"a","index":1}"#),
        event("detail", r#"{"text":"b"}"#),
        event("choice", r#"{"circle":3}"#),
        event("tick", ""),
    ];
    let expected = [
        Event::Marks(Marks {
            flag: Some(false),
            byte: Some(-1),
            short: Some(-300),
            integer: Some(70_000),
            long: Some(1 << 40),
            blob: Some(Bytes::from_static(&[0, 255])),
            text: Some("höher".to_owned()),
            time: Some(Timestamp::from_millisecond(1_730_384_114_250).unwrap()),
        }),
        Event::Chunk(Chunk {
            bytes: Some(Bytes::from_static(&[0, 255])),
        }),
        Event::Line(Line {
            text: Some("höher".to_owned()),
        }),
        Event::Token(Token {
            source: Some("model".to_owned()),
            text: Some("a".to_owned()),
            index: Some(1),
        }),
        Event::Detail(Detail {
            token: Some(Token {
                text: Some("b".to_owned()),
                ..Token::default()
            }),
        }),
        Event::Choice(Choice {
            figure: Some(Figure::Circle(3)),
        }),
        Event::Tick,
    ];
    let received: Vec<_> = receiver(&events).await.map(Result::unwrap).collect().await;
    assert_eq!(received, expected);
}

#[tokio::test]
async fn a_payload_that_is_empty_leaves_its_member_absent() {
    let events = ["detail", "choice", "token"].map(|name| event(name, ""));
    let expected = [
        Event::Detail(Detail::default()),
        Event::Choice(Choice::default()),
        Event::Token(Token::default()),
    ];
    assert_eq!(all(receiver(&events).await).await.unwrap(), expected);
}

#[tokio::test]
async fn an_event_that_the_model_does_not_have_is_kept() {
    let events = [
        event("moon", r#"{"phase":[1,null]}"#),
        event("sun", "bright"),
        event("star", vec![0xff]),
        event("void", ""),
    ];
    let events = all(receiver(&events).await).await.unwrap();
    let expected = [
        ("moon", serde_json::json!({ "phase": [1, null] })),
        ("sun", "bright".into()),
        ("star", "/w==".into()),
        ("void", serde_json::Value::Null),
    ];
    let expected = expected.map(|(name, value)| Event::Unknown(name.to_owned(), value));
    assert_eq!(events, expected);
}

#[tokio::test]
async fn members_beside_the_stream_are_in_headers_or_in_the_first_message() {
    let response = watch(stream::empty()).await;
    assert_eq!(response.session.as_deref(), Some("s1"));
    assert_eq!(all(response.events).await.unwrap(), []);

    let first = event("initial-response", r#"{"session":"s2"}"#);
    let body = all_written(&[first, token_message(1)]);
    let client = answered(builder::<Json>(), body.into());
    let response = client
        .as_ref()
        .send(SubscribeRequest::default())
        .await
        .unwrap();
    assert_eq!(response.session.as_deref(), Some("s2"));
    assert_eq!(all(response.events).await.unwrap(), [token(1)]);

    let token_in_xml = "<token><text>token 1</text><index>1</index></token>";
    let body = all_written(&[event("token", token_in_xml)]);
    let client = answered(builder::<Xml>(), body.into());
    let response = client.as_ref().send(WatchRequest::default()).await.unwrap();
    assert_eq!(response.session.as_deref(), Some("s1"));
    assert_eq!(all(response.events).await.unwrap(), [token(1)]);

    // {"session": "s3"} and {"text": "token 1", "index": 1}
    let first = event("initial-response", &b"\xa1\x67session\x62s3"[..]);
    let second = event("token", &b"\xa2\x64text\x67token 1\x65index\x01"[..]);
    let client = answered(builder::<Cbor>(), all_written(&[first, second]).into());
    let response = client
        .as_ref()
        .send(SubscribeRequest::default())
        .await
        .unwrap();
    assert_eq!(response.session.as_deref(), Some("s3"));
    assert_eq!(all(response.events).await.unwrap(), [token(1)]);
}

#[tokio::test]
async fn a_first_message_without_members_is_skipped_where_the_protocol_has_it() {
    let first = event("initial-response", "{}");
    let body = all_written(&[first, token_message(1)]);
    let client = answered(builder::<Json>(), body.clone().into());
    let response = client.as_ref().send(WatchRequest::default()).await.unwrap();
    assert_eq!(all(response.events).await.unwrap(), [token(1)]);

    // Elsewhere it is an event of this name.
    let response = watch(stream::iter([body])).await;
    let empty = Event::Unknown("initial-response".to_owned(), serde_json::json!({}));
    assert_eq!(all(response.events).await.unwrap(), [empty, token(1)]);
}

#[tokio::test]
async fn a_first_message_that_is_missing_leaves_its_members_absent() {
    let body = all_written(&[token_message(1), token_message(2)]);
    let client = answered(builder::<Json>(), body.into());
    let response = client
        .as_ref()
        .send(SubscribeRequest::default())
        .await
        .unwrap();
    assert_eq!(response.session, None);
    assert_eq!(all(response.events).await.unwrap(), [token(1), token(2)]);
}

#[tokio::test]
async fn an_exception_is_a_modeled_error_and_ends_the_stream() {
    let thrown = exception("throttled", r#"{"message":"Slow down.","delay":3}"#);
    let mut events = receiver(&[token_message(1), thrown, token_message(2)]).await;
    assert_eq!(events.next().await.unwrap(), Some(token(1)));
    let error = events.next().await.unwrap_err();
    let expected = Throttled {
        message: Some("Slow down.".to_owned()),
        delay: Some(3),
    };
    assert_eq!(error.service(), Some(&ServiceError::Throttled(expected)));
    assert_eq!(
        error.to_string(),
        "Watch: ThrottlingException: Slow down. (status 200, request id r1)"
    );
    assert!(error.is_throttling() && error.is_retryable());
    assert_eq!(events.next().await.unwrap(), None);
}

#[tokio::test]
async fn an_exception_or_error_that_the_model_does_not_have_has_its_code_and_message() {
    let thrown = exception("overheated", r#"{"message":"Too hot."}"#);
    let error = all(receiver(&[thrown]).await).await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unmodeled));
    assert_eq!(
        (error.code(), error.message()),
        (Some("overheated"), Some("Too hot."))
    );

    let headers = [
        (":message-type", text("error")),
        (":error-code", text("InternalFailure")),
        (":error-message", text("It broke.")),
    ];
    let mut events = receiver(&[message(headers, ""), token_message(1)]).await;
    let error = events.next().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Unmodeled));
    assert_eq!(
        (error.code(), error.message()),
        (Some("InternalFailure"), Some("It broke."))
    );
    assert_eq!(events.next().await.unwrap(), None);
}

#[tokio::test]
async fn an_event_that_does_not_match_the_model_is_an_error_and_the_next_is_read() {
    let cases = [
        (
            event("token", r#"{"text":"#),
            "the payload does not match the model",
        ),
        (event("line", vec![0xff]), "not UTF-8"),
        (
            message([(":event-type", text("token"))], ""),
            "without the header `:message-type`",
        ),
        (
            message([(":message-type", text("event"))], ""),
            "without the header `:event-type`",
        ),
        (
            message([(":message-type", HeaderValue::Bool(true))], ""),
            "is not text",
        ),
        (
            message([(":message-type", text("letter"))], ""),
            "`:message-type`",
        ),
        (
            message(
                [
                    (":message-type", text("event")),
                    (":event-type", text("marks")),
                    ("flag", text("true")),
                ],
                "",
            ),
            "the header `flag` does not match the model",
        ),
    ];
    for (event, problem) in cases {
        let mut events = receiver(&[event, token_message(1)]).await;
        let error = events.next().await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::InvalidResponse),
            "{error}"
        );
        assert!(error.to_string().contains(problem), "{error}");
        assert!(!error.is_retryable());
        assert_eq!(events.next().await.unwrap(), Some(token(1)));
    }
}

#[tokio::test]
async fn a_stream_that_ends_within_an_event_is_an_error() {
    let bytes = all_written(&[token_message(1), token_message(2)]);
    let first = written(&token_message(1)).len();
    for end in [first + 1, first + 11, first + 12, bytes.len() - 1] {
        let mut events = watch(stream::iter([bytes.slice(..end)])).await.events;
        assert_eq!(events.next().await.unwrap(), Some(token(1)));
        let error = events.next().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "Watch: the request failed: the stream ended within a frame (status 200, request \
             id r1)"
        );
        assert!(error.is_retryable());
        assert_eq!(events.next().await.unwrap(), None);
    }
}

#[tokio::test]
async fn bytes_that_are_not_frames_end_the_stream_with_an_error() {
    let mut bytes = all_written(&[token_message(1), token_message(2)]).to_vec();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let mut events = watch(stream::iter([bytes.into()])).await.events;
    assert_eq!(events.next().await.unwrap(), Some(token(1)));
    let error = events.next().await.unwrap_err();
    assert!(
        error
            .to_string()
            .contains("the checksum of a frame does not match"),
        "{error}"
    );
    assert_eq!(events.next().await.unwrap(), None);
}

#[tokio::test]
async fn a_frame_that_is_longer_than_the_response_may_be_is_refused_by_its_prelude() {
    let bytes = written(&event("chunk", vec![0; 5_000]));
    let body = Body::wrap_stream(stream::iter([Ok::<_, Infallible>(bytes.slice(..12))]));
    let client = answered(builder::<RestJson>().max_response_size(4_096), body);
    let response = client.as_ref().send(WatchRequest::default()).await.unwrap();
    let error = all(response.events).await.unwrap_err();
    assert!(error.to_string().contains("`max_response_size`"), "{error}");
}

#[tokio::test]
async fn a_frame_may_be_as_long_as_the_response() {
    let bytes = written(&event("chunk", vec![0; 5_000]));
    for (limit, is_read) in [(bytes.len(), true), (bytes.len() - 1, false)] {
        let body = Body::wrap_stream(stream::iter([Ok::<_, Infallible>(bytes.clone())]));
        let client = answered(builder::<RestJson>().max_response_size(limit), body);
        let response = client.as_ref().send(WatchRequest::default()).await.unwrap();
        let events = all(response.events).await;
        assert_eq!(events.map(|events| events.len()).ok(), is_read.then_some(1));
    }
}

/// Messages and their bytes, cut in pieces of these lengths over and over. The count of pieces that
/// were asked for is kept.
fn cut(
    count: i32,
    lengths: &'static [usize],
    asked: &Arc<AtomicUsize>,
) -> impl Stream<Item = Bytes> + use<> {
    let mut messages = (0..count).map(|index| written(&token_message(index)));
    let (mut rest, mut lengths) = (BytesMut::new(), lengths.iter().cycle());
    let asked = Arc::clone(asked);
    stream::iter(std::iter::from_fn(move || {
        let length = *lengths.next().unwrap();
        while rest.len() < length
            && let Some(message) = messages.next()
        {
            rest.extend_from_slice(&message);
        }
        let length = length.min(rest.len());
        asked.fetch_add(length, Ordering::Relaxed);
        (length > 0).then(|| rest.split_to(length).freeze())
    }))
}

#[tokio::test]
async fn a_hundred_thousand_events_come_in_order_and_none_is_read_ahead() {
    for (count, lengths) in [
        (100_000, &[1, 300, 12, 97, 5_000][..]),
        (10_000, &[16_384]),
        (10_000, &[113, 111]),
        (1_000, &[1]),
    ] {
        let asked = Arc::default();
        let mut events = watch(cut(count, lengths, &asked)).await.events;
        let mut length = 0;
        for index in 0..count {
            assert_eq!(events.next().await.unwrap(), Some(token(index)));
            length += written(&token_message(index)).len();
            // No more than the piece with the end of the event was asked for.
            let ahead = asked.load(Ordering::Relaxed) - length;
            assert!(
                ahead < *lengths.iter().max().unwrap(),
                "{ahead} bytes ahead"
            );
        }
        assert_eq!(events.next().await.unwrap(), None);
    }
}

/// A connection on which a call was answered with the head of a stream, and the receiver of it.
async fn connected(read_timeout: Duration) -> (TcpStream, EventReceiver<Event>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = builder::<RestJson>()
        .endpoint_url(format!("http://{}", listener.local_addr().unwrap()))
        .read_timeout(read_timeout)
        .build()
        .unwrap();
    let accept = async {
        let (mut connection, _) = listener.accept().await.unwrap();
        connection.set_nodelay(true).unwrap();
        read_request(&mut connection, &mut BytesMut::new())
            .await
            .unwrap();
        let head = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        connection.write_all(head).await.unwrap();
        connection
    };
    let (connection, response) =
        tokio::join!(accept, client.as_ref().send(WatchRequest::default()));
    (connection, response.unwrap().events)
}

async fn write_chunk(connection: &mut TcpStream, bytes: &[u8]) {
    let chunk = [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    connection.write_all(&chunk).await.unwrap();
}

#[tokio::test]
async fn events_are_received_while_the_response_goes_on_and_dropping_them_closes_the_connection() {
    let (mut connection, mut events) = connected(Duration::from_secs(60)).await;
    for index in 0..3 {
        write_chunk(&mut connection, &written(&token_message(index))).await;
        assert_eq!(events.next().await.unwrap(), Some(token(index)));
    }
    drop(events);
    assert_eq!(connection.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error_also_between_two_events() {
    let (mut connection, mut events) = connected(Duration::from_secs(60)).await;
    write_chunk(&mut connection, &written(&token_message(1))).await;
    drop(connection);
    assert_eq!(events.next().await.unwrap(), Some(token(1)));
    let error = events.next().await.unwrap_err();
    assert!(error.is_retryable() && !error.is_timeout(), "{error}");
    assert_eq!(error.operation(), Some("Watch"));
    assert_eq!(events.next().await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn the_read_timeout_applies_between_events() {
    let limit = Duration::from_secs(7);
    // The clock does not jump to the next limit while a blocking task is under way.
    let (end, ended) = mpsc::channel::<Infallible>();
    let stands_still = tokio::task::spawn_blocking(move || ended.recv());
    let (mut connection, mut events) = connected(limit).await;
    for index in 0..3 {
        // Nobody waits now, so this is no silence.
        tokio::time::advance(limit * 2).await;
        write_chunk(&mut connection, &written(&token_message(index))).await;
        assert_eq!(events.next().await.unwrap(), Some(token(index)));
    }
    drop(end);
    let _ = stands_still.await;
    let before = tokio::time::Instant::now();
    let error = events.next().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(before.elapsed(), limit);
    assert_eq!(connection.read(&mut [0]).await.unwrap(), 0);
}

#[tokio::test]
async fn what_is_printed_of_a_stream_has_no_contents() {
    let response = watch(stream::iter([written(&event("line", "hunter2"))])).await;
    let shown = format!("{response:?}");
    assert_eq!(shown, r#"WatchResponse { session: "s1", events: Events }"#);
    let mut events = response.events;
    assert_eq!(
        format!("{events:?}"),
        "EventReceiver { has_ended: false, .. }"
    );
    events.next().await.unwrap();
    assert_eq!(events.next().await.unwrap(), None);
    assert_eq!(
        format!("{events:?}"),
        "EventReceiver { has_ended: true, .. }"
    );
}
