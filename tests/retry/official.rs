//! AWS's cases of the "standard" retry mode, revision 2.1.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use appflow_client::{Client, Error};
use serde::Deserialize;
use serde_json::Value;
use smithy_reqwest::retry::RetryQuota;
use smithy_reqwest::{Body, BoxError, http};
use tokio::time::{Instant, sleep_until};
use workspace_tests::shared;

use super::{FLOW, builder};

/// Cases that do not pass, and why. One that passes is taken off this list.
const EXCEPTIONS: [(&str, &str); 2] = [
    (
        "long-polling-backoff-after-transient-error-when-token-bucket-empty",
        LONG_POLLING,
    ),
    (
        "long-polling-backoff-after-throttling-error-when-token-bucket-empty",
        LONG_POLLING,
    ),
];
const LONG_POLLING: &str = "no service that speaks restJson1 has an operation that polls";

/// The order in which the two threads of the one case that has threads get their answers: the only
/// one that gives the quotas which the case expects.
const TURNS: [usize; 5] = [0, 0, 1, 1, 0];

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    given: Given,
    #[serde(default)]
    responses: Vec<Step>,
    #[serde(default)]
    threads: Vec<Vec<Step>>,
    expected_final_quota: Option<u32>,
}

#[derive(Deserialize)]
struct Given {
    max_attempts: Option<u32>,
    initial_retry_tokens: Option<u32>,
    max_backoff_time: Option<f64>,
}

#[derive(Clone, Deserialize)]
struct Step {
    response: Value,
    expected: Expected,
}

#[derive(Clone, Deserialize)]
struct Expected {
    outcome: String,
    retry_quota: Option<u32>,
    delay: Option<f64>,
}

/// What became of a response.
#[derive(Debug)]
struct Observed {
    outcome: &'static str,
    retry_quota: u32,
    delay: Duration,
}

impl Expected {
    /// Where the end of a call has no delay, it has to come at once.
    fn matches(&self, observed: &Observed) -> bool {
        let is_last = self.outcome != "retry_request";
        let delay = self.delay.or(is_last.then_some(0.0));
        self.outcome == observed.outcome
            && self.retry_quota.is_none_or(|it| it == observed.retry_quota)
            && delay.is_none_or(|it| Duration::from_secs_f64(it) == observed.delay)
    }
}

impl Given {
    fn quota(&self) -> RetryQuota {
        self.initial_retry_tokens
            .map_or_else(RetryQuota::default, RetryQuota::new)
    }

    fn builder(&self, quota: &RetryQuota) -> appflow_client::ClientBuilder {
        let mut builder = builder().retry_quota(quota.clone());
        if let Some(attempts) = self.max_attempts {
            builder = builder.max_attempts(attempts);
        }
        if let Some(delay) = self.max_backoff_time {
            builder = builder.max_backoff(Duration::from_secs_f64(delay));
        }
        builder
    }
}

fn answer(response: &Value) -> http::Response<String> {
    let mut answer = http::Response::builder();
    for (name, value) in response["headers"].as_object().into_iter().flatten() {
        answer = answer.header(name, value.as_str().unwrap());
    }
    let status = response["status_code"].as_u64().unwrap();
    let body = serde_json::json!({ "__type": response["error_code"] });
    let answer = answer.status(u16::try_from(status).unwrap());
    answer.body(body.to_string()).unwrap()
}

/// When a request came, and the quota of that moment.
type Arrivals = Arc<Mutex<Vec<(Instant, u32)>>>;

/// Gives one response after the other, and tells what became of each.
async fn run(case: &Case) -> Vec<Observed> {
    let quota = case.given.quota();
    let arrivals = Arrivals::default();
    let transport = {
        let (arrivals, quota) = (Arc::clone(&arrivals), quota.clone());
        let answers: Vec<_> = case
            .responses
            .iter()
            .map(|it| answer(&it.response))
            .collect();
        move |_: http::Request<Body>| {
            let mut arrivals = arrivals.lock().unwrap();
            let answer = answers[arrivals.len()].clone();
            arrivals.push((Instant::now(), quota.available()));
            std::future::ready(Ok::<_, BoxError>(answer))
        }
    };
    let builder = case.given.builder(&quota).transport(transport);
    let client = builder.build().unwrap();
    let max_attempts = case.given.max_attempts.unwrap_or(3);
    let mut observed = Vec::new();
    while observed.len() < case.responses.len() {
        let outcome = client.start_flow(FLOW).send().await;
        let arrivals = arrivals.lock().unwrap();
        let of_call = &arrivals[observed.len()..];
        let retries = of_call.windows(2).map(|pair| Observed {
            outcome: "retry_request",
            retry_quota: pair[1].1,
            delay: pair[1].0 - pair[0].0,
        });
        observed.extend(retries);
        observed.push(Observed {
            outcome: name(outcome.err().as_ref(), max_attempts),
            retry_quota: quota.available(),
            delay: of_call.last().unwrap().0.elapsed(),
        });
    }
    observed
}

/// What the cases call the end of a call.
fn name(error: Option<&Error>, max_attempts: u32) -> &'static str {
    match error {
        None => "success",
        Some(error) if !error.is_retryable() => "fail_request",
        Some(error) if error.attempts() == max_attempts => "max_attempts_exceeded",
        Some(_) => "retry_quota_exceeded",
    }
}

/// Runs the calls of several threads side by side: the answer of turn `n` comes at second `n`, far
/// from all delays. The result is the quota that each turn leaves.
async fn run_threads(case: &Case) -> Vec<u32> {
    let start = Instant::now();
    let second = move |turn: usize| start + Duration::from_secs(1) * u32::try_from(turn).unwrap();
    let quota = case.given.quota();
    let asked: Vec<_> = case.threads.iter().map(|_| AtomicUsize::new(0)).collect();
    let threads: Vec<Vec<Step>> = case.threads.clone();
    let transport = move |request: http::Request<Body>| {
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
        let thread: usize = body["flowName"].as_str().unwrap().parse().unwrap();
        let number = asked[thread].fetch_add(1, Ordering::Relaxed);
        let mut turns = TURNS.iter().enumerate().filter(|(_, it)| **it == thread);
        let (turn, _) = turns.nth(number).unwrap();
        let answer = answer(&threads[thread][number].response);
        async move {
            sleep_until(second(turn)).await;
            Ok::<_, BoxError>(answer)
        }
    };
    let client: Client = case
        .given
        .builder(&quota)
        .transport(transport)
        .build()
        .unwrap();
    let call = |thread: usize| tokio::spawn(client.start_flow(thread.to_string()).send());
    let calls: Vec<_> = (0..case.threads.len()).map(call).collect();
    let mut quotas = Vec::new();
    for turn in 0..TURNS.len() {
        sleep_until(second(turn) + Duration::from_millis(500)).await;
        quotas.push(quota.available());
    }
    for call in calls {
        call.await.unwrap().unwrap();
    }
    quotas
}

fn cases() -> Option<Vec<Case>> {
    let path = shared("conformance/retry/standard-2.1.json")?;
    let cases: Cases = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(cases.cases.len(), 19);
    for (id, _) in EXCEPTIONS {
        assert!(cases.cases.iter().any(|case| case.id == id), "{id}");
    }
    Some(cases.cases)
}

#[tokio::test(start_paused = true)]
async fn the_official_cases_pass() {
    let Some(cases) = cases() else { return };
    let cases: Vec<_> = cases.iter().filter(|it| it.threads.is_empty()).collect();
    assert_eq!(cases.len(), 18);
    for case in cases {
        let observed = run(case).await;
        let passes = observed.len() == case.responses.len()
            && case
                .responses
                .iter()
                .zip(&observed)
                .all(|(step, observed)| step.expected.matches(observed));
        let exception = EXCEPTIONS.iter().find(|(id, _)| *id == case.id);
        match exception {
            None => assert!(passes, "{}: {observed:#?}", case.id),
            Some((id, reason)) => assert!(!passes, "{id} passes, though {reason}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_official_case_with_threads_passes() {
    let Some(cases) = cases() else { return };
    let cases: Vec<_> = cases.iter().filter(|it| !it.threads.is_empty()).collect();
    assert_eq!(cases.len(), 1);
    for case in cases {
        let mut steps: Vec<_> = case.threads.iter().map(|it| it.iter()).collect();
        let expected = TURNS.map(|thread| steps[thread].next().unwrap().expected.retry_quota);
        let quotas: Vec<_> = run_threads(case).await.into_iter().map(Some).collect();
        assert_eq!(quotas, expected, "{}", case.id);
        assert_eq!(quotas.last(), Some(&case.expected_final_quota));
    }
}
