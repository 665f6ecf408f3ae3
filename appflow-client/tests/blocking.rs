//! Blocking calls over the stand-in, without a runtime and inside one.

#![cfg(test)]

use std::time::Duration;

use appflow_client::run::{Cancellation, Outcome};
use appflow_client::stand_in::{Flow, StandIn};
use appflow_client::{Client, ErrorKind};

fn ready() -> (StandIn, Client) {
    let appflow = StandIn::new();
    for number in 0..5 {
        appflow.add_flow(Flow::on_demand(format!("flow-{number}")));
    }
    let client = appflow.client().unwrap();
    (appflow, client)
}

#[test]
fn a_call_blocks_the_thread_outside_of_a_runtime() {
    let (appflow, client) = ready();
    let started = client.start_flow("flow-0").send_blocking().unwrap();
    assert!(started.execution_id.is_some());
    assert_eq!(appflow.starts(), ["flow-0"]);
}

#[test]
fn calls_of_several_threads_are_made_side_by_side() {
    let (appflow, client) = ready();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| client.start_flow("flow-0").send_blocking().unwrap());
        }
    });
    assert_eq!(appflow.starts().len(), 8);
}

#[test]
fn pages_and_items_are_iterators() {
    let (_appflow, client) = ready();
    let pages = client.list_flows().max_results(2).pages_blocking();
    let lengths = pages.map(|page| page.unwrap().flows.unwrap().len());
    assert_eq!(lengths.collect::<Vec<_>>(), [2, 2, 1]);
    let items = client.list_flows().max_results(2).items_blocking();
    let flows: Vec<_> = items.collect::<Result<_, _>>().unwrap();
    assert_eq!(flows.len(), 5);
}

#[test]
fn a_run_is_waited_for_and_canceled() {
    let (appflow, client) = ready();
    let run = client.run_flow("flow-0").start_blocking().unwrap();
    appflow.advance(Duration::from_secs(10));
    assert!(run.wait_blocking().unwrap().is_successful());

    let run = client.run_flow("flow-0").start_blocking().unwrap();
    assert_eq!(run.cancel_blocking().unwrap(), Cancellation::Accepted);
    appflow.advance(Duration::from_secs(2));
    let wait = run.wait().timeout(Duration::from_secs(60));
    assert_eq!(wait.end_blocking().unwrap().outcome(), &Outcome::Canceled);
}

#[tokio::test]
async fn inside_a_runtime_each_is_an_error_that_says_what_to_do() {
    let (appflow, client) = ready();
    let run = client.flow_run("flow-0", "run-1");
    let wait = run.wait_blocking().unwrap_err();
    let start = client.run_flow("flow-0").start_blocking().unwrap_err();
    let mut items = client.list_flows().items_blocking();
    let errors = [
        client.start_flow("flow-0").send_blocking().unwrap_err(),
        run.cancel_blocking().unwrap_err(),
        Client::from_env_blocking().unwrap_err(),
        client
            .list_flows()
            .pages_blocking()
            .next()
            .unwrap()
            .unwrap_err(),
        items.next().unwrap().unwrap_err(),
    ];
    let of_runs = [wait.call().unwrap(), start.call().unwrap()];
    for error in errors.iter().chain(of_runs) {
        assert!(matches!(error.kind(), ErrorKind::Configuration), "{error}");
        assert!(error.to_string().ends_with("use `.await` there"), "{error}");
    }
    assert!(items.next().is_none(), "an error is the last");
    assert!(appflow.starts().is_empty());
}
