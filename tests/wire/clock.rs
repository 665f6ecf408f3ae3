//! Servers whose clocks are not the caller's, over real HTTP.

use workspace_tests::{RecordedRequest, Reply, Server};

use super::{FLOW, builder};

/// A server that takes signatures of its own time alone, which is given as it stands in `date` and
/// as it stands in `x-amz-date`.
async fn server(date: &'static str, signed_at: &'static str, code: &'static str) -> Server {
    let server = Server::answering(move |request: &RecordedRequest| {
        if request.header("x-amz-date") == Some(signed_at) {
            return Reply::json(200, "{}");
        }
        Reply::new(403)
            .header("date", date)
            .header("x-amzn-errortype", code)
    });
    server.await.unwrap()
}

#[tokio::test]
async fn a_server_an_hour_ahead_and_one_a_day_behind_are_called_by_their_own_time() {
    for (date, signed_at, code) in [
        (
            "Sun, 22 Nov 2026 02:02:03 GMT",
            "20261122T020203Z",
            "InvalidSignatureException",
        ),
        (
            "Sat, 21 Nov 2026 01:02:03 GMT",
            "20261121T010203Z",
            "RequestTimeTooSkewed",
        ),
    ] {
        let server = server(date, signed_at, code).await;
        let client = builder(&server.url()).build().unwrap();
        client.start_flow(FLOW).send().await.unwrap();
        assert_eq!(server.requests().len(), 2);
        // The next calls are right from the start, those of clones too.
        client.clone().start_flow(FLOW).send().await.unwrap();
        assert_eq!(server.requests().len(), 3);
    }
}
