//! Members that the service requires and the model lets clients leave out
//! (`smithy.api#clientOptional`), and idempotency tokens that are required.

use std::collections::BTreeMap;

use super::required_client::operation::SubmitJobRequest;
use super::required_client::types::{Container, Step};
use super::required_client::{Call, Client};
use super::{Recorder, client};

fn job(client: &Client) -> Call<SubmitJobRequest> {
    client.submit_job().job_name("nightly")
}

#[tokio::test]
async fn a_required_member_that_is_not_set_is_named_and_nothing_is_sent() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    let error = client.submit_job().send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "SubmitJob: `jobName` is required by the service: set it with `job_name`"
    );
    assert!(sent.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_required_member_that_is_missing_further_down_is_named_with_its_path() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    let (empty, full) = (Container::default(), Container::default().image("busybox"));
    let names = BTreeMap::from([("a".to_owned(), vec![full.clone(), empty.clone()])]);
    let steps = vec![
        Step::Container(full.clone()),
        Step::Container(empty.clone()),
    ];
    for (call, path) in [
        (job(&client).container(empty.clone()), "container.image"),
        (job(&client).steps(steps), "steps[1].container.image"),
        (job(&client).names(names), "names[*][1].image"),
    ] {
        let error = call.send().await.unwrap_err();
        assert!(
            error.to_string().contains(&format!("`{path}` is required")),
            "{error}"
        );
    }
    assert!(sent.lock().unwrap().is_empty());
    job(&client).container(full).send().await.unwrap();
    assert_eq!(sent.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_required_idempotency_token_is_filled_in_and_can_be_set() {
    let (client, sent): (Client, Recorder) = client(&[], "{}");
    job(&client).send().await.unwrap();
    job(&client).token("mine").send().await.unwrap();
    let sent = sent.lock().unwrap();
    let token = |index: usize| {
        let body: serde_json::Value = serde_json::from_str(&sent[index].body).unwrap();
        body["token"].as_str().unwrap().to_owned()
    };
    assert_eq!(token(0).len(), 36, "the length of a UUID");
    assert_eq!(token(1), "mine");
}

#[test]
fn a_request_that_is_not_complete_yet_is_read_with_serde() {
    let request: SubmitJobRequest = serde_json::from_str(r#"{"token":"mine"}"#).unwrap();
    assert_eq!(request.job_name, None);
}
