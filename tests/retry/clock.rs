//! Clocks that are wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use appflow_client::Client;
use smithy_reqwest::TimestampFormat;
use smithy_reqwest::retry::RetryQuota;
use smithy_reqwest::{ClientBuilder, Timestamp, http};
use tokio::time::sleep;

use super::script::{Reply, Script};
use super::{FLOW, builder};

/// 2026-11-22 01:02:03 UTC.
const NOW: u64 = 1_795_309_323;

fn at(now: u64) -> ClientBuilder<Client> {
    builder().time_source(move || SystemTime::UNIX_EPOCH + Duration::from_secs(now))
}

/// A refusal by a service whose clock is so many seconds ahead.
fn refusal(code: &str, ahead: i64) -> Reply {
    let date = Timestamp::from_second(NOW.cast_signed() + ahead).unwrap();
    dated(code, &date.format(TimestampFormat::HttpDate).unwrap())
}

fn dated(code: &str, date: &str) -> Reply {
    let mut reply = Reply::answer(403, "date", date);
    if let Reply::Answer(answer) = &mut reply {
        let code = http::HeaderValue::from_str(code).unwrap();
        answer.headers_mut().insert("x-amzn-errortype", code);
    }
    reply
}

/// How often a request is sent that is refused so at first.
async fn attempts(refusal: Reply) -> usize {
    let script = Script::new([refusal, Reply::status(200)]);
    let client: Client = script.client(at(NOW));
    let outcome = client.start_flow(FLOW).send().await;
    assert_eq!(outcome.is_ok(), script.count() == 2, "{outcome:?}");
    script.count()
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_the_time_is_worth_another_signature() {
    for code in [
        "RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed",
    ] {
        assert_eq!(attempts(refusal(code, 3_600)).await, 2, "{code}");
        assert_eq!(attempts(refusal(code, 10)).await, 2, "{code}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_signature_is_worth_another_where_the_clocks_differ_by_four_minutes() {
    for code in [
        "AuthFailure",
        "InvalidSignatureException",
        "SignatureDoesNotMatch",
    ] {
        for (ahead, expected) in [(239, 1), (240, 2), (-239, 1), (-240, 2), (0, 1)] {
            let attempts = attempts(refusal(code, ahead)).await;
            assert_eq!(attempts, expected, "{code} {ahead}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_is_about_something_else_or_tells_no_time_is_final() {
    assert_eq!(attempts(refusal("AccessDeniedException", 3_600)).await, 1);
    for date in ["yesterday", "", "Sun, 32 Nov 2026 01:02:03 GMT"] {
        assert_eq!(attempts(dated("RequestTimeTooSkewed", date)).await, 1);
    }
    let undated = Reply::code(403, "RequestTimeTooSkewed");
    assert_eq!(attempts(undated).await, 1);
}

#[tokio::test(start_paused = true)]
async fn a_correction_is_an_attempt_and_lasts_without_one_too() {
    let quota = RetryQuota::default();
    let script = Script::new([refusal("RequestTimeTooSkewed", 3_600), Reply::status(200)]);
    let client: Client = script.client(at(NOW).max_attempts(1).retry_quota(quota.clone()));
    let error = client.start_flow(FLOW).send().await.unwrap_err();
    assert_eq!((error.attempts(), quota.available()), (1, 500));
    assert!(error.is_retryable());
    client.clone().start_flow(FLOW).send().await.unwrap();
    let dates = script.headers("x-amz-date");
    assert_eq!(dates, ["20261122T010203Z", "20261122T020203Z"]);
}

/// The clock is right, but the process was suspended between signing and sending.
#[tokio::test(start_paused = true)]
async fn a_signature_that_expired_before_it_was_sent_is_worth_another() {
    for (code, frozen, expected) in [
        ("InvalidSignatureException", 600, 2),
        ("SignatureDoesNotMatch", 600, 2),
        ("RequestExpired", 600, 2),
        ("InvalidSignatureException", 239, 1),
        ("AccessDeniedException", 600, 1),
    ] {
        let script = Script::new([refusal(code, frozen), Reply::status(200)]);
        let now = Arc::new(AtomicU64::new(NOW));
        let (clock, replies) = (Arc::clone(&now), script.clone());
        let transport = move |request| {
            let later = NOW + frozen.cast_unsigned();
            now.store(later, Ordering::Relaxed);
            std::future::ready(replies.reply(request))
        };
        let builder = builder::<Client>().time_source(move || {
            SystemTime::UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::Relaxed))
        });
        let client = builder.transport(transport).build().unwrap();
        let outcome = client.start_flow(FLOW).send().await;
        assert_eq!(script.count(), expected, "{code} {frozen}");
        assert_eq!(outcome.is_ok(), expected == 2, "{outcome:?}");
        if expected == 2 {
            let dates = script.headers("x-amz-date");
            assert_eq!(dates, ["20261122T010203Z", "20261122T011203Z"], "{code}");
        }
    }
}

/// Two calls are signed with the wrong time before either is refused.
#[tokio::test(start_paused = true)]
async fn calls_side_by_side_are_all_corrected() {
    let refusals = [(); 2].map(|()| refusal("SignatureDoesNotMatch", 3_600));
    let script = Script::new(refusals.into_iter().chain([200, 200].map(Reply::status)));
    let replies = script.clone();
    let transport = move |request| {
        let reply = replies.reply(request);
        async move {
            sleep(Duration::from_secs(1)).await;
            reply
        }
    };
    let client = at(NOW).transport(transport).build().unwrap();
    let (one, two) = tokio::join!(
        client.start_flow(FLOW).send(),
        client.start_flow(FLOW).send()
    );
    assert!(one.is_ok() && two.is_ok());
    // The second refusal is of a signature from before the correction, and corrects nothing more.
    assert_eq!(
        script.headers("x-amz-date"),
        [
            "20261122T010203Z", "20261122T010203Z", "20261122T020203Z", "20261122T020203Z"
        ]
    );
}

/// The caller's clock goes on, and what is ahead of it by as much is later than any time there is.
#[tokio::test(start_paused = true)]
async fn a_clock_at_the_end_of_time_ends_no_call() {
    let end = dated("RequestTimeTooSkewed", "Fri, 31 Dec 9999 22:00:00 GMT");
    let script = Script::new([end, Reply::status(200)]);
    let hours = AtomicU32::new(0);
    let client: Client = script.client(builder().time_source(move || {
        let hours = hours.fetch_add(5, Ordering::Relaxed);
        SystemTime::UNIX_EPOCH + Duration::from_secs(3_600) * hours
    }));
    client.start_flow(FLOW).send().await.unwrap();
    let dates = script.headers("x-amz-date");
    assert_eq!(dates, ["19700101T000000Z", "19700101T100000Z"]);
}
