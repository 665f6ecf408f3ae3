//! Reads a list of 1,000 flows and writes a request of 200 tasks, and prints how many MB a second:
//! read by tables of members, read by serde's derives, then written by each.

mod client;
mod peer;

use std::hint::black_box;

use client::{Creation, Exchange};
use driver::codec::{Work, creation, flows, print_speeds};

fn main() {
    let (list, request) = (flows(), creation());
    let reader = Exchange::new(list.clone());
    let writer = Exchange::new("{}".to_owned());
    let flow = serde_json::from_str(&request).expect("the request is JSON");
    let ours = Creation { flow };
    let theirs: peer::Creation = serde_json::from_str(&request).expect("the request is JSON");
    let read: peer::Flows = serde_json::from_str(&list).expect("the list is JSON");
    assert_eq!(reader.read().flows.len(), read.flows.len());
    assert_eq!(writer.write(ours.clone()).len(), request.len());
    assert_eq!(
        serde_json::to_vec(&theirs).expect("it is JSON").len(),
        request.len()
    );

    print_speeds(&[
        Work {
            length: list.len(),
            run: &|| drop(black_box(reader.read())),
        },
        Work {
            length: list.len(),
            run: &|| {
                let read: peer::Flows = serde_json::from_slice(list.as_bytes()).expect("JSON");
                drop(black_box(read));
            },
        },
        // A request is moved into its call, so both make a copy of it.
        Work {
            length: request.len(),
            run: &|| drop(black_box(writer.write(ours.clone()))),
        },
        Work {
            length: request.len(),
            run: &|| {
                drop(black_box(
                    serde_json::to_vec(&theirs.clone()).expect("JSON"),
                ))
            },
        },
    ]);
}
