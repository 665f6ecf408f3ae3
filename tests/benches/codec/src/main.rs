//! Reads and writes a list of 1,000 flows and writes a request of 200 tasks, and prints how many MB a
//! second: the list read by tables of members and by serde's derives, the list written by each, and the
//! request written by each.

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
    let flows = reader.read();
    let written = writer.write(flows.clone()).len();
    assert_eq!(
        serde_json::to_vec(&read).expect("it is JSON").len(),
        written
    );
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
        // A request is moved into its call, so all make a copy of it.
        Work {
            length: written,
            run: &|| drop(black_box(writer.write(flows.clone()))),
        },
        Work {
            length: written,
            run: &|| drop(black_box(serde_json::to_vec(&read.clone()).expect("JSON"))),
        },
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
