//! Waiters: what ends the waiting, how long it takes, and where paths lead. The clock is tokio's
//! own, paused, so no time passes.
//!
//! What is expected is what the Smithy reference says on its page "Waiters", and what the JMESPath
//! specification says of expressions.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Mutex;
use std::time::Duration;

use crate::fixture::waiter_client;
use crate::fixture::waiter_path_client;
use serde_json::{Value, json};
use smithy_reqwest::waiter::{Comparator, Literal, Path};
use smithy_reqwest::{
    Bytes, ClientBuilder, Credentials, CredentialsError, CredentialsFuture, GeneratedClient,
    ProvideCredentials, http,
};
use tokio::time::{Instant, sleep};
use waiter_client::{Client, WaitError};

const LONG: Duration = Duration::from_secs(1_000);

/// A client that is given these answers, by status, and the last of them again and again. Its
/// delays are the longest there can be.
fn answered<C: GeneratedClient>(answers: impl IntoIterator<Item = (u16, Value)>) -> C {
    let answers: Mutex<VecDeque<(u16, Value)>> = Mutex::new(answers.into_iter().collect());
    let transport = move |_| {
        let mut answers = answers.lock().unwrap();
        let (status, body) = answers.pop_front().unwrap();
        if answers.is_empty() {
            answers.push_back((status, body.clone()));
        }
        let mut answer = http::Response::new(Bytes::from(body.to_string()));
        *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
        std::future::ready(Ok::<_, Infallible>(answer))
    };
    let client = builder::<C>().transport(transport).build();
    client.unwrap_or_else(|error| panic!("{error}"))
}

fn builder<C: GeneratedClient>() -> ClientBuilder<C> {
    ClientBuilder::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .random_source(|| 0.999_999)
}

fn status(status: &str) -> (u16, Value) {
    (200, json!({ "status": status }))
}

fn refusal(code: &str) -> (u16, Value) {
    (404, json!({ "code": code }))
}

#[tokio::test(start_paused = true)]
async fn a_state_is_waited_for_with_delays_that_double_up_to_the_longest() {
    let start = Instant::now();
    let states = ["NEW", "NEW", "NEW", "NEW", "NEW", "READY"];
    let client: Client = answered(states.map(status));
    let thing = client.get_thing("t").wait_until_thing_ready(LONG).await;
    assert_eq!(thing.unwrap().status.as_deref(), Some("READY"));
    // The model says from 1 to 10 seconds.
    assert_eq!(start.elapsed(), Duration::from_secs(1 + 2 + 4 + 8 + 10));
}

#[tokio::test(start_paused = true)]
async fn a_state_that_nothing_leads_out_of_ends_the_waiting() {
    let client: Client = answered(["NEW", "BROKEN"].map(status));
    let error = client.get_thing("t").wait_until_thing_ready(LONG).await;
    let error = error.unwrap_err();
    let expected = "ThingReady: will not be reached, for it is `BROKEN`";
    assert_eq!(error.to_string(), expected);
    assert!(matches!(
        error,
        WaitError::Failed {
            seen: Some("BROKEN"),
            error: None,
            ..
        }
    ));
}

#[tokio::test(start_paused = true)]
async fn an_error_ends_the_waiting_unless_the_waiter_expects_it() {
    let client: Client = answered([refusal("NotFound"), status("READY")]);
    let thing = client.get_thing("t").wait_until_thing_ready(LONG).await;
    assert_eq!(thing.unwrap().status.as_deref(), Some("READY"));

    let client: Client = answered([refusal("Unheard"), status("READY")]);
    let error = client.get_thing("t").wait_until_thing_ready(LONG).await;
    let error = error.unwrap_err();
    assert_eq!(error.to_string(), "GetThing: Unheard (status 404)");
    assert!(matches!(error, WaitError::Call(error) if error.code() == Some("Unheard")));
}

#[tokio::test(start_paused = true)]
async fn an_error_can_be_what_is_waited_for() {
    let client: Client = answered([status("NEW"), refusal("NotFound")]);
    let thing = client.get_thing("t").wait_until_thing_gone(LONG).await;
    assert_eq!(thing.unwrap(), None);

    let client: Client = answered([refusal("Unheard")]);
    let error = client.get_thing("t").wait_until_thing_gone(LONG).await;
    let error = error.unwrap_err();
    let expected = "ThingGone: will not be reached: GetThing: Unheard (status 404)";
    assert_eq!(error.to_string(), expected);

    let client: Client = answered([refusal("NotFound"), status("NEW")]);
    let thing = client.get_thing("t").wait_until_thing_seen(LONG).await;
    assert_eq!(thing.unwrap().status.as_deref(), Some("NEW"));
}

#[derive(Debug)]
struct NoCredentials;

impl ProvideCredentials for NoCredentials {
    fn provide_credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async { Err(CredentialsError::new("none are left")) })
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_that_is_no_answer_shows_no_state() {
    let lost = |_| std::future::ready(Err::<http::Response<Bytes>, _>("the wire is cut"));
    let unreadable = |_| std::future::ready(Ok::<_, Infallible>(http::Response::new("{")));
    let good = |_| std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")));
    let clients: [Client; 3] = [
        builder().transport(lost).build().unwrap(),
        builder().transport(unreadable).build().unwrap(),
        builder()
            .transport(good)
            .credentials(NoCredentials)
            .build()
            .unwrap(),
    ];
    for client in clients {
        // For one of these waiters any error is the end, and for the other it is a reason to go on.
        let gone = client.get_thing("t").wait_until_thing_gone(LONG).await;
        assert!(matches!(gone, Err(WaitError::Call(_))), "{gone:?}");
        let seen = client.get_thing("t").wait_until_thing_seen(LONG).await;
        assert!(matches!(seen, Err(WaitError::Call(_))), "{seen:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_call_is_made_when_the_time_is_over() {
    let start = Instant::now();
    let client: Client = answered([status("NEW")]);
    let call = client.get_thing("t");
    let error = call.wait_until_thing_ready(Duration::from_secs(10)).await;
    let error = error.unwrap_err();
    // After 0, 1, 3 and 7 seconds, and then not after 15 but after 10.
    let expected = "ThingReady: not reached in time, after 5 calls";
    assert_eq!(error.to_string(), expected);
    assert!(matches!(error, WaitError::TimedOut { calls: 5, .. }));
    assert_eq!(start.elapsed(), Duration::from_secs(10));
}

#[tokio::test(start_paused = true)]
async fn without_time_to_wait_there_is_one_call_that_is_not_given_up() {
    let start = Instant::now();
    let called = |state: &'static str| {
        let slow = move |_| async move {
            sleep(Duration::from_secs(2)).await;
            let body = Bytes::from(status(state).1.to_string());
            Ok::<_, Infallible>(http::Response::new(body))
        };
        let client: Client = builder().transport(slow).build().unwrap();
        client.get_thing("t").wait_until_thing_ready(Duration::ZERO)
    };
    let thing = called("READY").await.unwrap();
    assert_eq!(thing.status.as_deref(), Some("READY"));
    let error = called("NEW").await.unwrap_err();
    assert!(matches!(error, WaitError::TimedOut { calls: 1, .. }));
    assert_eq!(start.elapsed(), Duration::from_secs(4));
}

#[tokio::test(start_paused = true)]
async fn the_time_that_calls_take_is_a_part_of_the_waiting() {
    let start = Instant::now();
    let slow = |_| async {
        sleep(Duration::from_secs(2)).await;
        Ok::<_, Infallible>(http::Response::new(r#"{"status":"NEW"}"#))
    };
    let client: Client = builder().transport(slow).build().unwrap();
    let call = client.get_thing("t");
    let error = call.wait_until_thing_ready(Duration::from_secs(10)).await;
    // Calls begin after 0, 3 and 7 seconds, and the last after 10.
    assert!(matches!(
        error.unwrap_err(),
        WaitError::TimedOut { calls: 4, .. }
    ));
    assert_eq!(start.elapsed(), Duration::from_secs(12));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_takes_too_long_is_given_up() {
    let start = Instant::now();
    let never = |_| std::future::pending::<Result<http::Response<Bytes>, Infallible>>();
    let client: Client = builder().transport(never).build().unwrap();
    let call = client.get_thing("t");
    let error = call.wait_until_thing_ready(Duration::from_secs(5)).await;
    assert!(matches!(
        error.unwrap_err(),
        WaitError::TimedOut { calls: 1, .. }
    ));
    assert_eq!(start.elapsed(), Duration::from_secs(5));
}

#[tokio::test(start_paused = true)]
async fn all_of_a_list_or_any_of_it_can_be_what_tells() {
    let parts = |states: &[&str]| {
        let parts: Vec<Value> = states
            .iter()
            .map(|state| json!({ "state": state }))
            .collect();
        (200, json!({ "parts": parts }))
    };
    let start = Instant::now();
    let client: Client = answered([
        parts(&[]),
        parts(&["READY", "NEW"]),
        parts(&["READY", "READY"]),
    ]);
    let thing = client.get_thing("t").wait_until_parts_ready(LONG).await;
    assert_eq!(thing.unwrap().parts().len(), 2);
    // The model says nothing of delays, so they are from 2 to 120 seconds.
    assert_eq!(start.elapsed(), Duration::from_secs(2 + 4));
    let client: Client = answered([parts(&["READY", "BROKEN"])]);
    let error = client.get_thing("t").wait_until_parts_ready(LONG).await;
    assert!(matches!(error.unwrap_err(), WaitError::Failed { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_path_can_compare_the_answer_with_the_request() {
    let start = Instant::now();
    let parts = |count: usize| (200, json!({ "parts": vec![json!({}); count] }));
    let client: Client = answered([parts(1), parts(2)]);
    let call = client.get_thing("t").count(2);
    let thing = call.wait_until_thing_complete(LONG).await.unwrap();
    assert_eq!(thing.parts().len(), 2);
    assert_eq!(start.elapsed(), Duration::from_secs(2));
}

/// Whether a waiter of the fixture `waiter_path` is content with an answer.
macro_rules! holds {
    ($method:ident, $answer:expr) => {{
        let client: waiter_path_client::Client = answered([(200, $answer)]);
        let call = client.get_thing("t");
        match call.$method(Duration::from_secs(1)).await {
            Ok(_) => true,
            Err(waiter_path_client::WaitError::TimedOut { .. }) => false,
            Err(error) => panic!("{error}"),
        }
    }};
}

#[tokio::test(start_paused = true)]
async fn paths_lead_where_jmespath_says() {
    let parts = json!({ "parts": [
        { "name": "a", "state": "READY", "count": 2 },
        { "name": "b", "state": "NEW" },
    ] });
    let turned = json!({ "parts": [{ "state": "NEW" }, { "state": "READY", "count": 3 }] });
    let nothing = json!({});
    assert!(holds!(wait_until_index, turned.clone()));
    assert!(!holds!(wait_until_index, parts.clone()));
    assert!(!holds!(wait_until_index, nothing.clone()));

    assert!(holds!(wait_until_star, parts.clone()));
    assert!(!holds!(
        wait_until_star,
        json!({ "parts": [{ "state": "a" }, {}] })
    ));
    assert!(!holds!(wait_until_star, nothing.clone()));

    assert!(holds!(
        wait_until_flat,
        json!({ "groups": [{}, parts.clone()] })
    ));
    assert!(!holds!(wait_until_flat, json!({ "groups": [{}] })));

    assert!(holds!(wait_until_kept, turned.clone()));
    assert!(!holds!(wait_until_kept, parts.clone()));

    assert!(holds!(
        wait_until_keys,
        json!({ "labels": { "ready": "no" } })
    ));
    assert!(!holds!(
        wait_until_keys,
        json!({ "labels": { "no": "ready" } })
    ));

    assert!(holds!(
        wait_until_values,
        json!({ "labels": { "a": "no", "b": "yes" } })
    ));
    assert!(!holds!(
        wait_until_values,
        json!({ "labels": { "yes": "no" } })
    ));

    assert!(holds!(wait_until_listed, parts.clone()));
    assert!(!holds!(
        wait_until_listed,
        json!({ "parts": [{ "name": "b" }] })
    ));

    assert!(holds!(wait_until_piped, parts));
    assert!(!holds!(wait_until_piped, turned));

    // A member has its own name in the expression, and another one on the wire.
    assert!(holds!(wait_until_named, json!({ "onTheWire": "READY" })));
    assert!(!holds!(wait_until_named, json!({ "other-name": "READY" })));
}

/// The values that each function and operator tells apart, of every type.
#[test]
fn expressions_have_the_values_that_jmespath_says() {
    use Path::{Compare, Contains, Current, Fields, Length, List, Literal as Constant, Not};

    const A: Path = Fields(&["a"]);
    const B: Path = Fields(&["b"]);
    let different = || Compare(&A, Comparator::NotEqual, &B);
    let has_b = || Contains(&A, &B);
    let cases = [
        (
            "a != b",
            different(),
            json!({ "a": 1, "b": 2 }),
            json!(true),
        ),
        (
            "a != b",
            different(),
            json!({ "a": 1, "b": 1 }),
            json!(false),
        ),
        ("length(@)", Length(&Current), json!("höher"), json!(5)),
        ("length(@)", Length(&Current), json!([1, 2, 3]), json!(3)),
        (
            "length(@)",
            Length(&Current),
            json!({ "a": 1, "b": 2 }),
            json!(2),
        ),
        (
            "contains(a, b)",
            has_b(),
            json!({ "a": "hoho", "b": "oh" }),
            json!(true),
        ),
        (
            "contains(a, b)",
            has_b(),
            json!({ "a": "hoho", "b": "x" }),
            json!(false),
        ),
        (
            "contains(a, b)",
            has_b(),
            json!({ "a": "1", "b": 1 }),
            json!(false),
        ),
        (
            "contains(@, null)",
            Contains(&Current, &Constant(Literal::Null)),
            json!([null]),
            json!(true),
        ),
        ("!@", Not(&Current), json!(null), json!(true)),
        ("!@", Not(&Current), json!(0), json!(false)),
        ("!@", Not(&Current), json!(""), json!(true)),
        ("!@", Not(&Current), json!("a"), json!(false)),
        ("!@", Not(&Current), json!([]), json!(true)),
        ("!@", Not(&Current), json!([0]), json!(false)),
        ("!@", Not(&Current), json!({}), json!(true)),
        ("!@", Not(&Current), json!({ "a": null }), json!(false)),
        ("[a, b]", List(&[A, B]), json!({ "a": 1 }), json!([1, null])),
        ("[a, b]", List(&[A, B]), json!(null), json!(null)),
    ];
    for (expression, path, value, expected) in cases {
        assert_eq!(path.evaluate(&value), expected, "{expression} of {value}");
    }
}
