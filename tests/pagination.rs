//! Where a model can put the tokens and the items of pages: what the fixture `pagination` makes of
//! it.

use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use crate::fixture::pagination_client;
use pagination_client::Client;
use serde_json::{Value, json};
use smithy_reqwest::{Body, Bytes, ClientBuilder, Credentials, http};

/// The targets and the bodies of the requests so far.
type Sent = Arc<Mutex<Vec<(String, Value)>>>;

/// A client that is given these answers, and what it sends.
fn answered<const N: usize>(answers: [Value; N]) -> (Client, Sent) {
    let sent = Sent::default();
    let (requests, answers) = (Arc::clone(&sent), Mutex::new(VecDeque::from(answers)));
    let transport = move |request: http::Request<Body>| {
        let target = request.uri().path_and_query().unwrap().to_string();
        let body = request.body().bytes().map_or(&[][..], |bytes| bytes);
        let body = serde_json::from_slice(body).unwrap_or_default();
        requests.lock().unwrap().push((target, body));
        let answer = answers.lock().unwrap().pop_front().unwrap();
        let answer = http::Response::new(Bytes::from(answer.to_string()));
        std::future::ready(Ok::<_, Infallible>(answer))
    };
    let client = ClientBuilder::<Client>::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport)
        .build()
        .unwrap();
    (client, sent)
}

#[tokio::test]
async fn what_the_operation_leaves_out_is_as_the_service_has_it() {
    let (client, sent) = answered([
        json!({ "books": [{ "title": "a" }], "authors": ["x"], "nextToken": "t 1" }),
        json!({ "books": [{ "title": "b" }], "authors": ["y"] }),
    ]);
    let books = client.list_books("s").max_results(1).items_(true).items();
    let books: Vec<_> = books.try_collect().await.unwrap();
    let titles: Vec<_> = books.iter().map(|book| book.title.as_deref()).collect();
    assert_eq!(titles, [Some("a"), Some("b")]);
    let sent = sent.lock().unwrap();
    let targets: Vec<_> = sent.iter().map(|(target, _)| target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "/rooms/s/books?max-results=1&items=true",
            "/rooms/s/books?next-token=t%201&max-results=1&items=true",
        ]
    );
}

#[tokio::test]
async fn tokens_and_a_map_of_items_may_be_inside_structures() {
    let loans = |name: &str, next: &str| {
        json!({ "result": {
            "page": { "NextMarker": next },
            "loans": { name: { "title": name } },
        } })
    };
    let (client, sent) = answered([loans("a", "m1"), loans("b", "m2"), json!({})]);
    let loans: BTreeMap<_, _> = client.list_loans().items().try_collect().await.unwrap();
    assert_eq!(loans.keys().collect::<Vec<_>>(), ["a", "b"]);
    let sent = sent.lock().unwrap();
    let bodies: Vec<&Value> = sent.iter().map(|(_, body)| body).collect();
    let markers: Vec<_> = bodies.iter().map(|body| body.get("Marker")).collect();
    assert_eq!(markers, [None, Some(&json!("m1")), Some(&json!("m2"))]);
    // Each page is a call of its own, so it has an idempotency token of its own.
    assert_ne!(bodies[0]["clientToken"], bodies[1]["clientToken"]);
}

#[tokio::test]
async fn an_idempotency_token_of_the_caller_goes_with_every_page() {
    let first = json!({ "result": { "page": { "NextMarker": "m1" } } });
    let (client, sent) = answered([first, json!({})]);
    let pages = client.list_loans().client_token("mine").pages();
    assert_eq!(pages.try_collect::<Vec<_>>().await.unwrap().len(), 2);
    for (_, body) in sent.lock().unwrap().iter() {
        assert_eq!(body["clientToken"], "mine");
    }
}

#[tokio::test]
async fn the_only_list_of_a_response_is_its_items() {
    let (client, _) = answered([json!({ "readers": ["a", null] })]);
    let readers: Vec<_> = client.list_readers().items().try_collect().await.unwrap();
    assert_eq!(readers, [Some("a".to_owned()), None]);
}

#[tokio::test]
async fn a_map_is_a_token_too_and_an_empty_one_ends_the_pages() {
    let (client, sent) = answered([
        json!({ "shelves": ["a"], "next": { "room": "1", "row": "2" } }),
        json!({ "shelves": ["b"], "next": {} }),
    ]);
    let shelves: Vec<_> = client.list_shelves().items().try_collect().await.unwrap();
    assert_eq!(shelves, ["a", "b"]);
    let sent = sent.lock().unwrap();
    let bodies: Vec<&Value> = sent.iter().map(|(_, body)| body).collect();
    let second = json!({ "start": { "room": "1", "row": "2" } });
    assert_eq!(bodies, [&json!({}), &second]);
}
