//! Runs over the stand-in. The clock is tokio's own, paused, and the stand-in follows it, so no time
//! passes.

#![cfg(test)]

use std::time::Duration;

use appflow_client::run::{Cancellation, Outcome, Run, RunError, Started};
use appflow_client::stand_in::{Flow, MockError, RecordOrder, StandIn};
use appflow_client::types::ExecutionStatus;
use appflow_client::{
    CancelFlowExecutionsRequest, Client, DescribeFlowExecutionRecordsRequest, ServiceError,
};
use tokio::time::Instant;

const FLOW: &str = "orders-to-s3";

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A stand-in with one flow, and a client of it.
fn with(flow: Flow) -> (StandIn, Client) {
    let appflow = StandIn::new();
    appflow.add_flow(flow);
    let client = appflow.client().unwrap();
    (appflow, client)
}

/// A run that was just started.
async fn started(flow: Flow) -> (StandIn, Run) {
    let (appflow, client) = with(flow);
    let run = client.run_flow(FLOW).start().await.unwrap();
    (appflow, run)
}

fn on_demand() -> Flow {
    Flow::on_demand(FLOW)
        .lasting(seconds(100))
        .records(500)
        .bytes(9_000)
}

#[tokio::test(start_paused = true)]
async fn a_run_that_succeeds_ends_with_its_figures() {
    let (_appflow, run) = started(on_demand()).await;
    let ended = run.wait().await.unwrap().into_success().unwrap();
    assert!(ended.is_successful());
    assert_eq!(ended.outcome(), &Outcome::Successful);
    assert_eq!(
        (ended.flow_name(), ended.execution_id()),
        (FLOW, run.execution_id())
    );
    assert_eq!(ended.records_processed(), 500);
    assert_eq!(ended.bytes_processed(), 9_000);
    assert_eq!(ended.bytes_written(), 9_000);
    assert_eq!(ended.put_failures(), 0);
    assert_eq!(ended.duration(), Some(seconds(100)));
}

#[tokio::test(start_paused = true)]
async fn a_run_that_fails_is_an_outcome_and_an_error_where_that_is_wanted() {
    let (_appflow, run) = started(on_demand().failing("The bucket is gone.", 17)).await;
    let ended = run.wait().await.unwrap();
    let expected = Outcome::Failed {
        message: Some("The bucket is gone.".to_owned()),
        put_failures: 17,
    };
    assert_eq!(ended.outcome(), &expected);
    assert_eq!(ended.put_failures(), 17);
    let error = ended.into_success().unwrap_err();
    assert!(error.is_failed());
    let text = error.to_string();
    assert!(
        text.ends_with("failed: The bucket is gone. (put failures: 17)"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn progress_is_streamed_until_the_end() {
    let (_appflow, run) = started(on_demand()).await;
    let mut wait = run.wait();
    let (mut records, mut elapsed, mut count) = (0, Duration::ZERO, 0);
    let ended = loop {
        let progress = wait.next().await.unwrap().unwrap();
        assert!(progress.records_processed() >= records && progress.elapsed() >= elapsed);
        (records, elapsed) = (progress.records_processed(), progress.elapsed());
        count += 1;
        match progress.ended() {
            Some(ended) => break ended.clone(),
            None => assert_eq!(progress.status(), Some(&ExecutionStatus::InProgress)),
        }
    };
    assert_eq!(ended.records_processed(), 500);
    assert!(
        elapsed >= seconds(100) && elapsed <= seconds(120),
        "{elapsed:?}"
    );
    // 0, then after 2 to 4, 4 to 8 and 8 to 16 seconds, and then after 10 to 20.
    assert!((7..=14).contains(&count), "{count} polls");
    assert!(wait.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn an_interval_is_kept_and_its_pauses_are_the_longest_that_double() {
    let (appflow, run) = started(on_demand()).await;
    run.wait().interval(seconds(30)).await.unwrap();
    // At 0, 30, 60, 90 and 120 seconds.
    assert_eq!(
        appflow.calls::<DescribeFlowExecutionRecordsRequest>().len(),
        5
    );
}

#[tokio::test(start_paused = true)]
async fn a_record_that_is_not_there_yet_is_waited_for() {
    let (appflow, run) = started(on_demand()).await;
    appflow.hide_records(seconds(45));
    let mut wait = run.wait();
    let progress = wait.next().await.unwrap().unwrap();
    assert_eq!(progress.status(), None);
    assert!(progress.record().is_none());
    assert!(wait.await.unwrap().is_successful());
}

#[tokio::test(start_paused = true)]
async fn a_record_that_does_not_come_is_an_error_of_its_own_after_60_seconds() {
    let (appflow, run) = started(on_demand()).await;
    appflow.hide_records(seconds(1_000));
    let start = Instant::now();
    match run.wait().await {
        Err(RunError::NotListed { run, waited }) => {
            assert_eq!(run.flow_name(), FLOW);
            assert_eq!(waited, seconds(60));
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(start.elapsed(), seconds(60));
    let error = run.wait().listed_within(seconds(5)).await.unwrap_err();
    assert_eq!(start.elapsed(), seconds(65));
    let text = error.to_string();
    assert!(
        text.contains("is not in the history of the flow after 5s"),
        "{text}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_is_found_by_its_id_on_the_last_of_many_pages_of_100() {
    let (appflow, client) = with(on_demand());
    let first = client.run_flow(FLOW).start().await.unwrap();
    for _ in 1..1_000 {
        client.run_flow(FLOW).start().await.unwrap();
    }
    appflow.advance(seconds(100));
    let ended = first.wait().await.unwrap();
    assert_eq!(ended.execution_id(), first.execution_id());
    let calls = appflow.calls::<DescribeFlowExecutionRecordsRequest>();
    assert_eq!(calls.len(), 10);
    assert!(calls.iter().all(|call| call.max_results == Some(100)));
}

#[tokio::test(start_paused = true)]
async fn the_order_of_the_records_does_not_matter() {
    let orders = [
        RecordOrder::NewestFirst,
        RecordOrder::OldestFirst,
        RecordOrder::Shuffled,
    ];
    for order in orders {
        let (appflow, client) = with(on_demand());
        appflow.order_records(order);
        let mut runs = Vec::new();
        for _ in 0..250 {
            runs.push(client.run_flow(FLOW).start().await.unwrap());
        }
        appflow.advance(seconds(100));
        for run in [&runs[0], &runs[125], &runs[249]] {
            let ended = run.wait().await.unwrap();
            assert_eq!(ended.execution_id(), run.execution_id(), "{order:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_status_that_is_not_known_means_that_the_run_goes_on() {
    let unknown: ExecutionStatus = serde_json::from_str(r#""Paused""#).unwrap();
    let (_appflow, run) = started(on_demand().reporting(unknown.clone())).await;
    let mut wait = run.wait();
    let progress = wait.next().await.unwrap().unwrap();
    assert_eq!(progress.status(), Some(&unknown));
    assert!(progress.ended().is_none());
    assert!(wait.await.unwrap().is_successful());
}

#[tokio::test(start_paused = true)]
async fn a_throttle_storm_and_broken_connections_are_borne() {
    let (appflow, run) = started(on_demand()).await;
    // Each call is three attempts.
    appflow.throttle(8);
    appflow.break_connections(5);
    appflow.fail_calls(
        4,
        &MockError::new(500, "InternalServerException", "try again"),
    );
    assert!(run.wait().await.unwrap().is_successful());
}

#[tokio::test(start_paused = true)]
async fn failures_that_do_not_pass_within_the_budget_end_the_wait() {
    let (appflow, run) = started(on_demand()).await;
    appflow.throttle(10_000);
    let start = Instant::now();
    let error = run.wait().failure_budget(seconds(90)).await.unwrap_err();
    let call = error.call().unwrap();
    assert!(call.is_throttling(), "{call}");
    let elapsed = start.elapsed();
    assert!(
        elapsed >= seconds(90) && elapsed < seconds(130),
        "{elapsed:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_failure_that_cannot_pass_ends_the_wait_at_once() {
    let (appflow, run) = started(on_demand()).await;
    appflow.fail_calls(
        1,
        &MockError::new(403, "AccessDeniedException", "not yours"),
    );
    let start = Instant::now();
    let error = run.wait().await.unwrap_err();
    let service = error.call().and_then(|error| error.service());
    assert!(
        matches!(service, Some(ServiceError::AccessDeniedException(_))),
        "{error}"
    );
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_timeout_carries_the_run_which_goes_on() {
    let (_appflow, run) = started(on_demand()).await;
    let start = Instant::now();
    let error = run.wait().timeout(seconds(33)).await.unwrap_err();
    assert_eq!(start.elapsed(), seconds(33));
    assert!(error.is_timeout());
    assert!(
        error
            .to_string()
            .ends_with("did not end within 33s; it continues"),
        "{error}"
    );
    let RunError::TimedOut { run, progress, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(progress.unwrap().records_processed(), 165);
    assert!(run.wait().await.unwrap().is_successful());
}

#[tokio::test(start_paused = true)]
async fn a_run_that_ends_when_the_time_is_over_is_seen() {
    let (_appflow, run) = started(on_demand()).await;
    let ended = run.wait().timeout(seconds(100)).await.unwrap();
    assert!(ended.is_successful());
}

#[tokio::test(start_paused = true)]
async fn a_run_is_resumed_by_its_name_and_id() {
    let (appflow, run) = started(on_demand()).await;
    let other_process = appflow.client().unwrap();
    let resumed = other_process.flow_run(FLOW, run.execution_id());
    let ended = resumed.wait().await.unwrap();
    assert_eq!(ended.execution_id(), run.execution_id());
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_that_is_accepted_ends_the_run_and_no_other() {
    let (appflow, client) = with(on_demand());
    let run = client.run_flow(FLOW).start().await.unwrap();
    let other = client.run_flow(FLOW).start().await.unwrap();
    appflow.advance(seconds(10));
    assert_eq!(run.cancel().await.unwrap(), Cancellation::Accepted);
    let calls = appflow.calls::<CancelFlowExecutionsRequest>();
    let ids = vec![run.execution_id().to_owned()];
    assert_eq!(calls[0].execution_ids, Some(ids));

    // `CancelStarted` is not an end.
    let mut wait = run.wait();
    let progress = wait.next().await.unwrap().unwrap();
    assert_eq!(progress.status(), Some(&ExecutionStatus::CancelStarted));
    assert!(progress.ended().is_none());
    let ended = wait.await.unwrap();
    assert_eq!(ended.outcome(), &Outcome::Canceled);
    assert!(ended.into_success().unwrap_err().is_canceled());
    assert!(other.wait().await.unwrap().is_successful());
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_that_is_refused_is_told() {
    let (appflow, run) = started(on_demand()).await;
    appflow.refuse_cancellations(1);
    assert_eq!(run.cancel().await.unwrap(), Cancellation::Refused);
    assert!(run.wait().await.unwrap().is_successful());
}

#[tokio::test(start_paused = true)]
async fn a_cancellation_that_comes_too_late_is_refused() {
    let (_appflow, run) = started(on_demand()).await;
    run.wait().await.unwrap();
    assert_eq!(run.cancel().await.unwrap(), Cancellation::Refused);
}

#[tokio::test(start_paused = true)]
async fn a_flow_that_is_activated_has_no_run_to_wait_for() {
    for flow in [Flow::scheduled(FLOW), Flow::event_triggered(FLOW)] {
        let (appflow, client) = with(flow);
        let error = client.run_flow(FLOW).start().await.unwrap_err();
        assert!(
            matches!(&error, RunError::Activated(it) if it.flow_name() == FLOW),
            "{error}"
        );
        match client.run_flow(FLOW).start_or_activate().await.unwrap() {
            Started::Activated(activation) => {
                assert_eq!(activation.flow_status().unwrap().as_str(), "Active");
            }
            Started::Run(run) => panic!("{run:?}"),
        }
        assert_eq!(appflow.starts().len(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_used_twice_is_one_run() {
    let (appflow, client) = with(on_demand());
    let first = client.run_flow(FLOW).client_token("nightly").await.unwrap();
    let second = client.run_flow(FLOW).client_token("nightly").await.unwrap();
    assert_eq!(first.execution_id(), second.execution_id());
    assert_eq!(appflow.starts(), [FLOW]);
}

#[tokio::test(start_paused = true)]
async fn a_start_that_fails_is_the_error_of_the_call() {
    let (_appflow, client) = with(on_demand());
    let error = client.run_flow("no-such-flow").start().await.unwrap_err();
    let service = error.call().and_then(|error| error.service());
    assert!(
        matches!(service, Some(ServiceError::ResourceNotFoundException(_))),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn to_drop_the_future_of_a_progress_loses_nothing() {
    let (_appflow, run) = started(on_demand()).await;
    let mut wait = run.wait();
    wait.next().await.unwrap().unwrap();
    let start = Instant::now();
    for _ in 0..3 {
        let given_up = tokio::time::timeout(Duration::from_millis(500), wait.next()).await;
        assert!(given_up.is_err());
    }
    wait.next().await.unwrap().unwrap();
    assert!((seconds(2)..=seconds(4)).contains(&start.elapsed()));
}
