//! Instances whose metadata service is down or has only expired credentials, and credentials of an
//! instance that a service refuses.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use appflow_client::Client;
use smithy_reqwest::{Body, Timestamp, TransportError};
use tracing::Level;
use tracing::subscriber::set_default;
use workspace_tests::{Recorder, settle};

use super::{NOW, Reply, Sent, Wire, builder, reply, time};

const REGION: (&str, &str) = ("AWS_REGION", "us-east-1");

/// The documents of an instance whose credentials end at a time, in seconds from now.
fn document(end: i64) -> String {
    let end = Timestamp::from_second(NOW.cast_signed() + end).unwrap();
    format!(
        r#"{{"Code":"Success","AccessKeyId":"ASIA{}","SecretAccessKey":"s","Token":"t","Expiration":"{end}"}}"#,
        end.as_second()
    )
}

/// An instance that is up or down, and whose credentials end at a time.
#[derive(Clone)]
struct Metadata {
    clock: Arc<AtomicI64>,
    end: Arc<Mutex<Option<i64>>>,
}

impl Metadata {
    fn new() -> Self {
        Self {
            clock: Arc::default(),
            end: Arc::new(Mutex::new(Some(HOUR))),
        }
    }

    fn answer(&self, sent: &Sent) -> Option<Reply> {
        let end = (*self.end.lock().unwrap())?;
        Some(match sent.head.uri.path() {
            "/latest/api/token" => reply(200, "token"),
            "/latest/meta-data/iam/security-credentials/" => reply(200, "role"),
            _ => reply(200, document(end)),
        })
    }

    /// A client whose random numbers are the least.
    async fn client(&self, wire: &Wire) -> Client {
        self.client_of(wire, 0.0).await
    }

    /// A client whose random numbers are this one.
    async fn client_of(&self, wire: &Wire, random: f64) -> Client {
        let (clock, metadata) = (Arc::clone(&self.clock), self.clone());
        let now =
            move || time(NOW) + Duration::from_secs(clock.load(Ordering::Relaxed).unsigned_abs());
        let settings = builder([REGION])
            .time_source(now)
            .random_source(move || random);
        let client = wire.client(settings, move |sent| metadata.answer(sent));
        client.await.unwrap()
    }
}

const HOUR: i64 = 3_600;

/// Makes ten calls at a time, and returns how many requests for credentials there were.
async fn ten_calls(client: &Client, metadata: &Metadata, wire: &Wire, second: i64) -> usize {
    metadata.clock.store(second, Ordering::Relaxed);
    let before = wire.asked().len();
    for _ in 0..10 {
        client.start_flow("orders-to-s3").send().await.unwrap();
        settle().await;
    }
    wire.asked().len() - before
}

#[tokio::test(start_paused = true)]
async fn while_the_service_is_down_expired_credentials_serve_on_with_one_warning_each_time() {
    let recorder = Recorder::new(Level::WARN);
    let _guard = set_default(recorder.clone());
    let (metadata, wire) = (Metadata::new(), Wire::default());
    let client = metadata.client(&wire).await;
    assert_eq!(ten_calls(&client, &metadata, &wire, 0).await, 3);
    *metadata.end.lock().unwrap() = None;
    // Nobody listens at that address; one connection is tried, and the next five minutes later.
    let expired = HOUR + 60;
    assert_eq!(ten_calls(&client, &metadata, &wire, expired).await, 1);
    assert_eq!(ten_calls(&client, &metadata, &wire, expired + 299).await, 0);
    assert_eq!(ten_calls(&client, &metadata, &wire, expired + 300).await, 1);
    let warning = "0 WARN smithy_reqwest: credentials have expired and could not be renewed; they \
        are used until their source has new ones";
    assert_eq!(recorder.events(), [warning]);
    // It is up again.
    *metadata.end.lock().unwrap() = Some(5 * HOUR);
    assert_eq!(ten_calls(&client, &metadata, &wire, expired + 600).await, 3);
    let call = wire.last_call();
    let signed = call.header("authorization").unwrap();
    let key = format!("Credential=ASIA{}/", NOW.cast_signed() + 5 * HOUR);
    assert!(signed.contains(&key), "{signed}");
    // It is down once more.
    *metadata.end.lock().unwrap() = None;
    let expired = 5 * HOUR + 60;
    assert_eq!(ten_calls(&client, &metadata, &wire, expired).await, 1);
    assert_eq!(recorder.events(), [warning, warning]);
}

#[tokio::test(start_paused = true)]
async fn expired_credentials_of_the_service_serve_and_are_asked_for_every_few_minutes() {
    // A fleet does not ask all at once: the minutes are random.
    for (random, seconds) in [(0.0, 300), (0.5, 450), (1.0, 600)] {
        let (metadata, wire) = (Metadata::new(), Wire::default());
        *metadata.end.lock().unwrap() = Some(-HOUR);
        let client = metadata.client_of(&wire, random).await;
        assert_eq!(ten_calls(&client, &metadata, &wire, 0).await, 3);
        assert_eq!(ten_calls(&client, &metadata, &wire, seconds - 1).await, 0);
        assert_eq!(ten_calls(&client, &metadata, &wire, seconds).await, 3);
    }
}

#[tokio::test(start_paused = true)]
async fn credentials_of_an_instance_that_are_refused_are_fetched_anew() {
    let (metadata, wire) = (Metadata::new(), Wire::default());
    let answers = metadata.clone();
    let calls = Arc::new(AtomicI64::new(0));
    let sent = wire.clone();
    let transport = move |request: http::Request<Body>| {
        let (head, body) = request.into_parts();
        let body = body.bytes().cloned().unwrap_or_default();
        let request = Sent { head, body };
        let is_call = request.is_call();
        let answer = if !is_call {
            answers.answer(&request)
        } else if calls.fetch_add(1, Ordering::Relaxed) == 0 {
            *answers.end.lock().unwrap() = Some(2 * HOUR);
            Some(reply(403, r#"{"code":"ExpiredTokenException"}"#))
        } else {
            Some(reply(200, "{}"))
        };
        sent.sent.lock().unwrap().push(request);
        std::future::ready(answer.ok_or_else(|| TransportError::connect("down")))
    };
    let client = builder([REGION])
        .transport(transport)
        .build_from_env()
        .await;
    client
        .unwrap()
        .start_flow("orders-to-s3")
        .send()
        .await
        .unwrap();
    assert_eq!((wire.asked().len(), wire.sent().len()), (6, 8));
    let call = wire.last_call();
    let signed = call.header("authorization").unwrap();
    let key = format!("Credential=ASIA{}/", NOW.cast_signed() + 2 * HOUR);
    assert!(signed.contains(&key), "{signed}");
}

#[tokio::test(start_paused = true)]
async fn credentials_that_will_expire_and_cannot_be_replaced_are_one_warning() {
    let recorder = Recorder::new(Level::WARN);
    let _guard = set_default(recorder.clone());
    let (metadata, wire) = (Metadata::new(), Wire::default());
    let client = metadata.client(&wire).await;
    ten_calls(&client, &metadata, &wire, 0).await;
    *metadata.end.lock().unwrap() = None;
    // They are asked for every half minute.
    for second in [HOUR - 300, HOUR - 270] {
        assert_eq!(ten_calls(&client, &metadata, &wire, second).await, 1);
    }
    assert_eq!(ten_calls(&client, &metadata, &wire, HOUR - 60).await, 1);
    assert_eq!(
        recorder.events(),
        ["0 WARN smithy_reqwest: credentials will expire soon and could not be renewed"]
    );
}
