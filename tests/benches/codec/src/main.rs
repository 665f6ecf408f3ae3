//! Reads and writes a list of 1,000 flows, and prints how many MB a second: with tables of members
//! and with serde's derives, first reading, then writing. Each figure is the best of some rounds, of
//! which those of both take turns.

mod client;
mod peer;

use std::hint::black_box;
use std::time::Instant;

use client::{Exchange, Flows};

const FLOWS: usize = 1_000;
const ROUNDS: usize = 30;
const REPEATED: usize = 5;

fn main() {
    let body = body();
    let exchange = Exchange::new(body.clone());
    let flows: Flows = exchange.read();
    let peers: peer::Flows = serde_json::from_str(&body).expect("the body is JSON");
    assert_eq!(flows.flows.len(), peers.flows.len());
    let written = exchange.write(flows.clone());
    let length = written.len();
    assert_eq!(
        length,
        serde_json::to_vec(&peers).expect("it is JSON").len()
    );

    let mut best = [f64::MAX; 4];
    for _ in 0..ROUNDS {
        let times = [
            time(|| drop(black_box(exchange.read()))),
            time(|| {
                let read: peer::Flows = serde_json::from_slice(body.as_bytes()).expect("JSON");
                drop(black_box(read));
            }),
            // A request is moved, so both make a copy of it.
            time(|| drop(black_box(exchange.write(flows.clone())))),
            time(|| drop(black_box(serde_json::to_vec(&peers.clone()).expect("JSON")))),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = best.min(time);
        }
    }
    let [read, peer_read, written, peer_written] = best;
    let speed = |length: usize, time: f64| length as f64 / 1e6 / time;
    println!(
        "{} {} {} {}",
        speed(body.len(), read),
        speed(body.len(), peer_read),
        speed(length, written),
        speed(length, peer_written),
    );
}

/// The seconds that one of several repetitions takes.
fn time(run: impl Fn()) -> f64 {
    let start = Instant::now();
    (0..REPEATED).for_each(|_| run());
    start.elapsed().as_secs_f64() / REPEATED as f64
}

/// A list of flows as AppFlow writes it.
fn body() -> String {
    let flow = |index: usize| {
        let second = 1_700_000_000 + index;
        format!(
            r#"{{"flowArn":"arn:aws:appflow:us-east-1:123456789012:flow/orders-to-s3-{index}","description":"Copies the orders of region {index} \u00e0 la carte","flowName":"orders-to-s3-{index}","flowStatus":"Active","sourceConnectorType":"Salesforce","sourceConnectorLabel":"Salesforce","destinationConnectorType":"S3","destinationConnectorLabel":"Amazon S3","triggerType":"Scheduled","createdAt":{second}.25,"lastUpdatedAt":{second},"createdBy":"arn:aws:iam::123456789012:user/ann","lastUpdatedBy":"arn:aws:iam::123456789012:user/bob","tags":{{"cost-center":"{index}","team":"sales"}},"lastRunExecutionDetails":{{"mostRecentExecutionMessage":"Successful, {index} records","mostRecentExecutionTime":{second}.5,"mostRecentExecutionStatus":"Successful"}}}}"#
        )
    };
    let flows: Vec<String> = (0..FLOWS).map(flow).collect();
    format!(r#"{{"flows":[{}]}}"#, flows.join(","))
}
