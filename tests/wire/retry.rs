//! A call that is made again, over real HTTP.

use workspace_tests::{Answer, Server};

use super::{FLOW, builder};

#[tokio::test]
async fn a_call_gets_its_answer_after_an_error_and_a_connection_that_breaks() {
    let server = Server::scripted([
        Answer::new(503),
        Answer::json(200, r#"{"executionId":"#).cut_off(),
        Answer::json(200, r#"{"executionId":"e-1"}"#),
    ]);
    let server = server.await.unwrap();
    let client = builder(&server.url()).build().unwrap();
    let started = client.start_flow(FLOW).send().await.unwrap();
    assert_eq!(started.execution_id.as_deref(), Some("e-1"));

    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for (request, attempt) in requests.iter().zip(1..) {
        let number = format!("attempt={attempt}; max=3");
        assert_eq!(request.header("amz-sdk-request"), Some(&*number));
        let id = request.header("amz-sdk-invocation-id");
        assert_eq!(id, requests[0].header("amz-sdk-invocation-id"));
        assert_eq!(request.body, requests[0].body);
    }
}
