//! Pages of flows, as botocore's paginators and the Smithy reference, page "Behavior traits", have
//! them: what is asked for, what ends them, and what an error leaves.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use appflow_client::{Client, Error, ErrorKind};
use futures_util::{StreamExt as _, TryStreamExt as _};
use serde_json::{Value, json};
use workspace_tests::{Reply, Server};

use super::{builder, expect_error};

/// A page with flows of these names, and the token of the next one.
fn page(flows: &[&str], next: Option<&str>) -> Reply {
    let flows: Vec<Value> = flows
        .iter()
        .map(|name| json!({ "flowName": name }))
        .collect();
    let body = json!({ "flows": flows, "nextToken": next });
    Reply::json(200, body.to_string())
}

async fn serving(pages: impl IntoIterator<Item = Reply>) -> (Server, Client) {
    let server = Server::scripted(pages).await.unwrap();
    let client = builder(&server.url()).build().unwrap();
    (server, client)
}

fn bodies(server: &Server) -> Vec<Value> {
    let requests = server.requests();
    let bodies = requests
        .iter()
        .map(|request| serde_json::from_slice(&request.body).unwrap());
    bodies.collect()
}

/// The names of all flows, or the error that ended them.
async fn names(client: &Client) -> Result<Vec<String>, Error> {
    let mut items = client.list_flows().items();
    let mut names = Vec::new();
    while let Some(flow) = items.next().await {
        names.push(flow?.flow_name.unwrap());
    }
    assert!(items.next().await.is_none());
    Ok(names)
}

#[tokio::test]
async fn pages_follow_one_another_with_their_tokens_and_keep_the_page_size() {
    let (server, client) = serving([
        page(&["a", "b"], Some("t1")),
        page(&["c", "d"], Some("t2")),
        page(&["e"], None),
    ])
    .await;
    let mut pages = client.list_flows().max_results(2).pages();
    let mut lengths = Vec::new();
    while let Some(page) = pages.next().await {
        lengths.push(page.unwrap().flows.unwrap().len());
    }
    assert_eq!(lengths, [2, 2, 1]);
    assert!(pages.next().await.is_none());
    assert_eq!(
        bodies(&server),
        [
            json!({ "maxResults": 2 }),
            json!({ "maxResults": 2, "nextToken": "t1" }),
            json!({ "maxResults": 2, "nextToken": "t2" }),
        ]
    );
}

#[tokio::test]
async fn every_page_is_a_call_of_its_own() {
    let (server, client) = serving([page(&[], Some("t1")), page(&[], None)]).await;
    let pages: Vec<_> = client.list_flows().pages().try_collect().await.unwrap();
    assert_eq!(pages.len(), 2);
    let requests = server.requests();
    let invocations: Vec<_> = requests
        .iter()
        .map(|request| request.header("amz-sdk-invocation-id").unwrap())
        .collect();
    assert_ne!(invocations[0], invocations[1]);
}

#[tokio::test]
async fn a_page_without_items_is_not_the_last() {
    let no_flows = Reply::json(200, json!({ "nextToken": "t2" }).to_string());
    let (server, client) = serving([
        page(&["a"], Some("t1")),
        no_flows,
        page(&[], Some("t3")),
        page(&["b"], None),
    ])
    .await;
    assert_eq!(names(&client).await.unwrap(), ["a", "b"]);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn an_absent_a_null_and_an_empty_token_end_the_pages() {
    for last in ["{}", r#"{"nextToken":null}"#, r#"{"nextToken":""}"#] {
        let (server, client) = serving([page(&["a"], Some("t1")), Reply::json(200, last)]).await;
        assert_eq!(names(&client).await.unwrap(), ["a"]);
        assert_eq!(server.requests().len(), 2, "{last}");
    }
}

#[tokio::test]
async fn the_token_of_the_caller_names_the_first_page() {
    let (server, client) = serving([page(&["c"], None)]).await;
    let call = client.list_flows().next_token("t2");
    let flows: Vec<_> = call.items().try_collect().await.unwrap();
    assert_eq!(flows.len(), 1);
    assert_eq!(bodies(&server), [json!({ "nextToken": "t2" })]);
}

#[tokio::test]
async fn a_token_that_repeats_ends_the_pages_with_an_error() {
    let (server, client) = serving([page(&["a"], Some("t1")), page(&["b"], Some("t1"))]).await;
    let mut items = client.list_flows().items();
    for name in ["a", "b"] {
        let flow = items.next().await.unwrap().unwrap();
        assert_eq!(flow.flow_name.as_deref(), Some(name));
    }
    let error = expect_error(items.next().await.unwrap());
    let expected = "ListFlows: the response repeats the pagination token of the request, so \
                    pagination would never end";
    assert_eq!(error.to_string(), expected);
    assert!(matches!(error.kind(), ErrorKind::InvalidResponse));
    assert!(!error.is_retryable());
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_page_that_repeats_the_token_of_the_caller_is_the_last_too() {
    let (server, client) = serving([page(&["a"], Some("t1"))]).await;
    let mut pages = client.list_flows().next_token("t1").pages();
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.unwrap().is_err());
    assert!(pages.next().await.is_none());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn an_error_ends_the_pages_after_those_before_it() {
    let refused = Reply::json(400, r#"{"code":"ValidationException"}"#);
    let (server, client) = serving([page(&["a"], Some("t1")), refused]).await;
    let mut items = client.list_flows().items();
    assert!(items.next().await.unwrap().is_ok());
    let error = expect_error(items.next().await.unwrap());
    assert_eq!(error.code(), Some("ValidationException"));
    assert!(items.next().await.is_none());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn no_page_is_read_before_it_is_asked_for() {
    let (server, client) = serving([page(&["a", "b"], Some("t1"))]).await;
    drop(client.list_flows().pages());
    let mut items = client.list_flows().items();
    assert_eq!(server.requests().len(), 0);
    for _ in 0..2 {
        assert!(items.next().await.unwrap().is_ok());
    }
    drop(items);
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_future_that_is_dropped_on_the_way_loses_no_page() {
    let (server, client) = serving([page(&["a"], Some("t1")), page(&["b"], None)]).await;
    let mut pages = client.list_flows().pages();
    {
        let mut next = pin!(pages.next());
        let is_pending = poll_fn(|cx| Poll::Ready(next.as_mut().poll(cx).is_pending())).await;
        assert!(is_pending);
    }
    let rest: Vec<_> = pages.try_collect().await.unwrap();
    assert_eq!(rest.len(), 2);
    assert_eq!(bodies(&server), [json!({}), json!({ "nextToken": "t1" })]);
}

#[tokio::test]
async fn the_streams_work_with_the_futures_crate_and_on_other_tasks() {
    let script = || [page(&["a", "b"], Some("t1")), page(&["c"], None)];
    let (_server, client) = serving(script().into_iter().chain(script())).await;
    let all = client.list_flows().items();
    let names = tokio::spawn(async move {
        let names = all.map_ok(|flow| flow.flow_name.unwrap());
        names.try_collect::<Vec<String>>().await.unwrap()
    });
    assert_eq!(names.await.unwrap(), ["a", "b", "c"]);
    let pages = client.list_flows().pages().map(Result::unwrap);
    let lengths = pages.map(|page| page.flows.unwrap().len());
    assert_eq!(lengths.collect::<Vec<_>>().await, [2, 1]);
}
