//! Events of requests.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials as OfficialCredentials;
use aws_sigv4::event_stream::{sign_empty_message, sign_message};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_types::DateTime;
use aws_smithy_types::event_stream::{HeaderValue, Message};
use bytes::Bytes;
use futures_util::stream;
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use smithy_reqwest::event_stream::{Events, FrameDecoder, StreamClosed};
use smithy_reqwest::operation::Request;
use smithy_reqwest::{Body, Client, ClientBuilder, GeneratedClient, Timestamp, http};
use tokio::net::TcpListener;

use super::message::{all_read, event, exception, header, message, text};
use super::service::{
    CallRequest, Choice, Chunk, Detail, DictateRequest, Error, Event, Figure, Json, Line, Marks,
    RestJson, ServiceError, TalkRequest, Throttled, Token, WatchRequest, WatchResponse, builder,
};

/// The moment of every signature, with a fraction that signatures do not have.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(1_795_309_323_500)
}

/// A request as it was sent, and its body up to an error.
struct Sent {
    head: http::request::Parts,
    body: Result<Bytes, String>,
}

impl Sent {
    fn header(&self, name: &str) -> &str {
        self.head.headers[name].to_str().unwrap()
    }

    /// The messages in the signed ones.
    fn messages(&self) -> Vec<Message> {
        let signed = all_read(self.body.clone().unwrap());
        let payloads = signed.into_iter().map(|it| it.payload().clone());
        payloads.flat_map(all_read).collect()
    }
}

/// The requests of a call that is not answered.
async fn sent<C: GeneratedClient + AsRef<Client>, R: Request>(
    builder: ClientBuilder<C>,
    request: R,
) -> Vec<Sent> {
    sent_at(now, builder, request).await
}

async fn sent_at<C: GeneratedClient + AsRef<Client>, R: Request>(
    clock: impl Fn() -> SystemTime + Send + Sync + 'static,
    builder: ClientBuilder<C>,
    request: R,
) -> Vec<Sent> {
    let sent = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        let recorder = Arc::clone(&recorder);
        async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await.map_err(|error| error.to_string());
            recorder.lock().unwrap().push(Sent { head, body });
            Err::<http::Response<Body>, _>("no service")
        }
    };
    let client = builder
        .time_source(clock)
        .random_source(|| 0.0)
        .transport(transport)
        .build();
    let client = client.unwrap_or_else(|error| panic!("{error}"));
    assert!(client.as_ref().send(request).await.is_err());
    std::mem::take(&mut *sent.lock().unwrap())
}

fn line(text: &str) -> Event {
    Event::Line(Line {
        text: Some(text.to_owned()),
    })
}

/// A line as a message.
fn line_message(line: &str) -> Message {
    with_type(event("line", line.to_owned()), "text/plain")
}

/// A message with its media type before the headers of its members.
fn with_type(message: Message, media_type: &str) -> Message {
    let header = aws_smithy_types::event_stream::Header::new(":content-type", text(media_type));
    message.add_header(header)
}

async fn talked(events: impl Into<Events<Event>>) -> Sent {
    talked_at(now, events).await
}

async fn talked_at(
    clock: impl Fn() -> SystemTime + Send + Sync + 'static,
    events: impl Into<Events<Event>>,
) -> Sent {
    let request = TalkRequest {
        language: Some("de".to_owned()),
        events: events.into(),
    };
    let mut sent = sent_at(clock, builder::<RestJson>(), request).await;
    assert_eq!(sent.len(), 1);
    sent.remove(0)
}

/// Checks that these messages are signed as by the official crate, each for the time that it says,
/// and that an empty one ends them. Returns the days of their times.
fn check_signed(sent: &Sent, messages: impl IntoIterator<Item = Message>) -> Vec<i64> {
    let identity = OfficialCredentials::new(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        None,
        None,
        "test",
    );
    let identity = identity.into();
    let authorization = sent.header("authorization");
    let last = authorization.rsplit_once("Signature=").unwrap().1;
    let mut last = last.to_owned();
    let mut messages = messages.into_iter();
    let mut days = Vec::new();
    for found in all_read(sent.body.clone().unwrap()) {
        let HeaderValue::Timestamp(date) = header(&found, ":date") else {
            panic!("{found:?}")
        };
        days.push(date.secs() / (24 * 60 * 60));
        let params = SigningParams::builder()
            .identity(&identity)
            .region("us-east-1")
            .name("events")
            .time(SystemTime::try_from(*date).unwrap())
            .settings(())
            .build()
            .unwrap();
        let signed = match messages.next() {
            Some(message) => sign_message(&message, &last, &params).unwrap(),
            None => sign_empty_message(&last, &params).unwrap(),
        };
        let (expected, signature) = signed.into_parts();
        assert_eq!(found, expected);
        last = signature;
    }
    assert!(messages.next().is_none());
    days
}

#[tokio::test]
async fn events_are_signed_as_by_aws_sigv4_each_by_its_predecessor_and_an_empty_one_ends_them() {
    let sent = talked(vec![line("a"), Event::Tick, line("b")]).await;
    assert_eq!(
        sent.header("content-type"),
        "application/vnd.amazon.eventstream"
    );
    assert_eq!(
        sent.header("x-amz-content-sha256"),
        "STREAMING-AWS4-HMAC-SHA256-EVENTS"
    );
    assert_eq!(sent.header("x-language"), "de");
    assert!(!sent.head.headers.contains_key("content-length"));
    let messages = [line_message("a"), event("tick", ""), line_message("b")];
    let day = Timestamp::try_from(now()).unwrap().as_second() / (24 * 60 * 60);
    assert_eq!(check_signed(&sent, messages), [day; 4]);
}

/// A call may last longer than a day, and each day has a key of its own.
#[tokio::test]
async fn events_after_midnight_are_signed_with_the_key_of_their_day() {
    let half_days = AtomicU32::new(0);
    let clock =
        move || now() + Duration::from_secs(43_200) * half_days.fetch_add(1, Ordering::Relaxed);
    let texts = ["a", "b", "c", "d", "e"];
    let sent = talked_at(clock, texts.map(line).to_vec()).await;
    let mut days = check_signed(&sent, texts.map(line_message));
    assert_eq!(days.len(), 6);
    days.dedup();
    assert!((3..6).contains(&days.len()), "{days:?}");
}

#[tokio::test]
async fn members_are_written_in_headers_in_the_payload_or_as_the_payload() {
    let time = Timestamp::from_millisecond(1_730_384_114_250).unwrap();
    let marks = Event::Marks(Marks {
        flag: Some(false),
        byte: Some(-1),
        short: Some(-300),
        integer: Some(70_000),
        long: Some(1 << 40),
        blob: Some(Bytes::from_static(&[0, 255])),
        text: Some("höher".to_owned()),
        time: Some(time),
    });
    let token = Token {
        source: Some("model".to_owned()),
        text: Some("a".to_owned()),
        index: Some(1),
    };
    let detail = Detail {
        token: Some(Token {
            source: None,
            ..token.clone()
        }),
    };
    let throttled = Throttled {
        message: Some("Slow down.".to_owned()),
        delay: None,
    };
    let sent = talked(vec![
        marks,
        Event::Marks(Marks::default()),
        Event::Chunk(Chunk {
            bytes: Some(Bytes::from_static(&[0, 255])),
        }),
        Event::Chunk(Chunk::default()),
        line("höher"),
        Event::Token(token),
        Event::Detail(detail),
        Event::Choice(Choice {
            figure: Some(Figure::Circle(3)),
        }),
        Event::Throttled(throttled),
    ])
    .await;
    let headers = [
        (":message-type", text("event")),
        (":event-type", text("marks")),
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
    ];
    let source = [
        (":message-type", text("event")),
        (":event-type", text("token")),
        (":content-type", text("application/json")),
        ("source", text("model")),
    ];
    let json = "application/json";
    let expected = [
        message(headers, ""),
        event("marks", ""),
        with_type(event("chunk", vec![0, 255]), "application/octet-stream"),
        event("chunk", ""),
        line_message("höher"),
        message(source, r#"{"text":"a","index":1}"#),
        with_type(event("detail", r#"{"text":"a","index":1}"#), json),
        with_type(event("choice", r#"{"circle":3}"#), json),
        with_type(exception("throttled", r#"{"message":"Slow down."}"#), json),
    ];
    assert_eq!(sent.messages(), expected);
}

#[tokio::test]
async fn members_beside_the_stream_are_in_the_first_message_of_an_rpc_protocol() {
    let request = DictateRequest {
        language: Some("de".to_owned()),
        events: vec![line("a")].into(),
    };
    let sent = sent(builder::<Json>(), request).await;
    assert_eq!(
        sent[0].header("content-type"),
        "application/vnd.amazon.eventstream"
    );
    assert_eq!(sent[0].header("x-amz-target"), "Events.Dictate");
    let first = event("initial-request", r#"{"language":"de"}"#);
    let expected = [with_type(first, "application/json"), line_message("a")];
    assert_eq!(sent[0].messages(), expected);
    // The first message is signed, too.
    let signed = all_read(sent[0].body.clone().unwrap());
    assert!(matches!(
        header(&signed[0], ":chunk-signature"),
        HeaderValue::ByteArray(_)
    ));
}

#[tokio::test]
async fn no_events_are_an_end_alone() {
    let sent = talked(Events::default()).await;
    assert_eq!(sent.messages(), []);
    assert_eq!(all_read(sent.body.unwrap()).len(), 1);
}

#[tokio::test]
async fn an_error_of_the_stream_and_an_event_that_cannot_be_sent_break_the_request_off() {
    let broken = stream::iter([Ok(line("a")), Err("the microphone is gone")]);
    let sent = talked(Events::wrap_stream(broken)).await;
    assert_eq!(sent.body, Err("the microphone is gone".to_owned()));

    let unknown = Event::Unknown("moon".to_owned(), serde_json::Value::Null);
    let empty = Event::Line(Line::default());
    for (event, error) in [
        (unknown, "`event` is an event that the model does not have"),
        (
            empty,
            "`text` is required by the service: set it with `text`",
        ),
    ] {
        let sent = talked(vec![line("a"), event]).await;
        assert_eq!(sent.body, Err(error.to_owned()));
    }
}

#[tokio::test]
async fn a_call_that_sends_events_is_not_retried() {
    let request = TalkRequest {
        language: None,
        events: vec![line("a")].into(),
    };
    assert_eq!(
        sent(builder::<RestJson>().max_attempts(3), request)
            .await
            .len(),
        1
    );
    let request = WatchRequest::default();
    assert_eq!(
        sent(builder::<RestJson>().max_attempts(3), request)
            .await
            .len(),
        3
    );
}

#[tokio::test]
async fn a_sender_waits_while_nothing_is_taken_and_fails_when_the_request_has_ended() {
    let (body, taken) = (Arc::new(Mutex::new(None)), Arc::default());
    let (slot, count) = (Arc::clone(&body), Arc::clone(&taken));
    let transport = move |request: http::Request<Body>| {
        *slot.lock().unwrap() = Some(request.into_body());
        AtomicUsize::fetch_add(&count, 1, Ordering::Relaxed);
        std::future::ready(Ok::<_, Infallible>(http::Response::new(Body::default())))
    };
    let client = builder::<RestJson>().transport(transport).build().unwrap();
    let (sender, events) = Events::channel();
    client
        .as_ref()
        .send(TalkRequest {
            language: None,
            events,
        })
        .await
        .unwrap();
    assert_eq!(taken.load(Ordering::Relaxed), 1);

    let mut context = Context::from_waker(Waker::noop());
    let mut waiting = 0;
    while pin!(sender.send(line("a"))).poll(&mut context) == Poll::Ready(Ok(())) {
        waiting += 1;
        assert!(waiting < 100, "nothing holds the sender back");
    }
    let mut body = body.lock().unwrap().take().unwrap();
    assert!(body.chunk().await.unwrap().is_some());
    assert_eq!(
        pin!(sender.send(line("b"))).poll(&mut context),
        Poll::Ready(Ok(()))
    );
    assert!(!sender.is_closed());
    assert!(pin!(sender.closed()).poll(&mut context).is_pending());
    drop(body);
    sender.closed().await;
    assert_eq!(sender.send(line("c")).await, Err(StreamClosed));
}

/// Sends the messages in the signed ones back, as they come.
async fn echo(
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<impl hyper::body::Body<Data = Bytes, Error = hyper::Error>>, Infallible>
{
    assert_eq!(
        request.headers()["x-amz-content-sha256"],
        "STREAMING-AWS4-HMAC-SHA256-EVENTS"
    );
    let has_host = request.headers().contains_key("host");
    assert_ne!(has_host, request.version() == http::Version::HTTP_2);
    assert!(has_host || request.uri().authority().is_some());
    let mut decoder = FrameDecoder::new();
    let body = request.into_body().map_frame(move |frame| {
        frame.map_data(|bytes| {
            decoder.push(bytes);
            let mut messages = Vec::new();
            while let Some(frame) = decoder.next_frame().unwrap() {
                messages.extend_from_slice(frame.payload());
            }
            Bytes::from(messages)
        })
    });
    Ok(hyper::Response::new(body))
}

/// Talks with a service that responds to each event before the next is sent.
async fn talk<R: Request<Response = WatchResponse, Error = ServiceError>>(
    request: impl FnOnce(Events<Event>) -> R,
    speaks_http2: bool,
) -> Result<(), Error> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let connection = TokioIo::new(listener.accept().await.unwrap().0);
        if speaks_http2 {
            let server = http2::Builder::new(TokioExecutor::new());
            server.serve_connection(connection, service_fn(echo)).await
        } else {
            let server = http1::Builder::new();
            server.serve_connection(connection, service_fn(echo)).await
        }
    });
    let client = builder::<RestJson>().endpoint_url(url).build()?;
    let (sender, events) = Events::channel();
    let mut received = client.as_ref().send(request(events)).await?.events;
    for index in 0..100 {
        let event = line(&index.to_string());
        sender.send(event.clone()).await.unwrap();
        assert_eq!(received.next().await?, Some(event));
    }
    drop(sender);
    assert_eq!(received.next().await?, None);
    drop((received, client));
    served.await.unwrap().unwrap();
    Ok(())
}

#[tokio::test]
async fn events_go_in_both_directions_at_once_over_http_1_1() {
    let request = |events| TalkRequest {
        language: None,
        events,
    };
    talk(request, false).await.unwrap();
}

#[tokio::test]
async fn an_operation_that_requires_http_2_uses_it() {
    talk(|events| CallRequest { events }, true).await.unwrap();
}

#[tokio::test]
async fn a_transport_is_told_the_version_of_http() {
    let requests = sent(
        builder::<RestJson>(),
        CallRequest {
            events: Events::default(),
        },
    )
    .await;
    assert_eq!(requests[0].head.version, http::Version::HTTP_2);
    let requests = sent(builder::<RestJson>(), WatchRequest::default()).await;
    assert_eq!(requests[0].head.version, http::Version::HTTP_11);
}

#[tokio::test]
async fn a_service_that_refuses_the_request_ends_its_events() {
    let transport = |request: http::Request<Body>| {
        drop(request);
        let response = http::Response::builder()
            .status(400)
            .header("x-amzn-errortype", "ThrottlingException");
        std::future::ready(Ok::<_, Infallible>(response.body("{}").unwrap()))
    };
    let client = builder::<RestJson>().transport(transport).build().unwrap();
    let (sender, events) = Events::channel();
    let error = client
        .as_ref()
        .send(TalkRequest {
            language: None,
            events,
        })
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("ThrottlingException"));
    assert!(sender.is_closed());
    assert_eq!(sender.send(line("a")).await, Err(StreamClosed));
}

#[test]
fn what_is_printed_of_events_has_no_contents() {
    let request = TalkRequest {
        language: None,
        events: vec![line("hunter2")].into(),
    };
    assert_eq!(format!("{request:?}"), "TalkRequest { events: Events }");
    let (sender, events) = Events::<Event>::channel();
    assert_eq!(
        format!("{sender:?}"),
        "EventSender { is_closed: false, .. }"
    );
    assert_eq!(format!("{events:?}"), "Events { .. }");
}
