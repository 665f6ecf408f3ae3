//! Makes calls of AppFlow without a network, and prints what they cost: `tests/size` compares that with
//! its record, and runs this under valgrind where that is installed.
//!
//! The argument is the number of calls. Each line of the output is a number and what it counts.

use std::alloc::System;
use std::convert::Infallible;
use std::error::Error;
use std::future::ready;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use appflow_client::{Client, Credentials};
use smithy_reqwest::{Body, http};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::Builder;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

const STARTED: &str = r#"{"flowArn":"arn:aws:appflow:us-east-1:123456789012:flow/orders-to-s3","flowStatus":"Active","executionId":"e8ec0de5-0000-4000-8000-000000000001"}"#;

fn main() -> Result<(), Box<dyn Error>> {
    let calls = std::env::args().nth(1).ok_or("no number of calls")?;
    let calls: usize = calls.parse()?;
    let runtime = Builder::new_current_thread().enable_time().build()?;
    let (client, sent) = client(STARTED.to_owned())?;
    let start = || runtime.block_on(client.start_flow("orders-to-s3").send());
    // What is set up once, for the first call, is not counted.
    start()?;
    let region = Region::new(ALLOCATOR);
    for _ in 0..calls {
        start()?;
    }
    print("a call", &region, calls);
    println!("{} bytes of a request", sent.load(Ordering::Relaxed));

    let (client, _) = client_of_flows()?;
    let list = || runtime.block_on(client.list_flows().send());
    list()?;
    let region = Region::new(ALLOCATOR);
    list()?;
    print("a list of 100 flows", &region, 1);
    Ok(())
}

fn print(what: &str, region: &Region<'_, System>, calls: usize) {
    let change = region.change();
    let allocations = (change.allocations + change.reallocations) / calls;
    println!("{allocations} allocations of {what}");
    println!(
        "{} bytes allocated by {what}",
        change.bytes_allocated / calls
    );
}

type Counted = (Client, Arc<AtomicUsize>);

/// A client that gets this body as each response, and the bytes of its last request.
fn client(body: String) -> Result<Counted, Box<dyn Error>> {
    let sent = Arc::new(AtomicUsize::new(0));
    let last = Arc::clone(&sent);
    let body = bytes::Bytes::from(body);
    let transport = move |request: http::Request<Body>| {
        last.store(length(&request), Ordering::Relaxed);
        ready(Ok::<_, Infallible>(http::Response::new(body.clone())))
    };
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build()?;
    Ok((client, sent))
}

fn client_of_flows() -> Result<Counted, Box<dyn Error>> {
    let flow = |number: u32| {
        format!(
            r#"{{"flowArn":"arn:aws:appflow:us-east-1:123456789012:flow/orders-{number}","flowName":"orders-{number}","flowStatus":"Active","sourceConnectorType":"Salesforce","destinationConnectorType":"S3","triggerType":"Scheduled","createdAt":1700000000.25,"tags":{{"team":"sales"}},"lastRunExecutionDetails":{{"mostRecentExecutionMessage":"{number} records","mostRecentExecutionStatus":"Successful"}}}}"#
        )
    };
    let flows: Vec<String> = (100..200).map(flow).collect();
    client(format!(r#"{{"flows":[{}]}}"#, flows.join(",")))
}

/// The bytes of a request: its path, its headers and its body.
fn length(request: &http::Request<Body>) -> usize {
    let headers = request.headers().iter();
    let headers: usize = headers
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    let body = request.body().bytes().map_or(0, bytes::Bytes::len);
    request.uri().path().len() + headers + body
}
