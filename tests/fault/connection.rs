//! Connections that are not made, break, or go silent.

use std::time::Duration;

use super::case::{Case, Kind, try_all};
use super::response::{head, ok, send};
use super::server::Step;

const BROKE_OFF: &str = "StartFlow: the request failed: ";
const LENGTH: &str = "content-length: 24\r\n";
const HALF: &str = "{\"executionId\":";

#[tokio::test]
async fn a_connection_that_is_not_made_is_tried_again() {
    let case = Case::refused("nobody listens");
    try_all([case.gets_no_response("StartFlow: could not connect: ")]).await;
}

#[tokio::test]
async fn a_connection_that_breaks_is_made_again() {
    let half_a_head = send("HTTP/1.1 200 OK\r\ncontent-le");
    let head = head(200, LENGTH);
    let ends = [("is closed", Step::Close), ("is reset", Step::Reset)];
    for (end, last) in ends {
        let name = |place: &str| format!("the connection {end} {place}");
        let no_head = vec![last.clone()];
        let in_head = vec![half_a_head.clone(), last.clone()];
        let no_body = vec![head.clone(), last.clone()];
        let half_a_body = vec![head.clone(), send(HALF), last.clone()];
        try_all([
            Case::always(name("before the head"), no_head.clone()).gets_no_response(BROKE_OFF),
            Case::always(name("in the head"), in_head.clone()).gets_no_response(BROKE_OFF),
            Case::always(name("before the body"), no_body).breaks_off(200, BROKE_OFF),
            Case::always(name("in the body"), half_a_body.clone()).breaks_off(200, BROKE_OFF),
            Case::first(name("in the body, once"), [half_a_body.clone()]).starts(2),
            Case::first(name("in a head and in a body"), [in_head, half_a_body]).starts(3),
            Case::first(
                name("after the answer"),
                [[ok("r"), vec![Step::LetRead], no_head].concat()],
            )
            .starts_run("r"),
        ])
        .await;
    }
}

#[tokio::test]
async fn a_broken_error_answer_keeps_what_its_head_says() {
    let broken = |status, headers: &str| {
        let head = head(status, &format!("{headers}{LENGTH}"));
        vec![head, send(HALF), Step::Close]
    };
    let denied = "x-amzn-errortype: AccessDeniedException\r\nx-amzn-requestid: 0a1b\r\n";
    let slow = "x-amzn-errortype: ThrottlingException\r\n";
    try_all([
        Case::always("a code that is final", broken(403, denied))
            .fails(1, Kind::Service, Some(403), "(status 403, request id 0a1b)")
            .code("AccessDeniedException"),
        Case::always("a code of throttling", broken(429, slow))
            .fails(
                3,
                Kind::Service,
                Some(429),
                "StartFlow: ThrottlingException ",
            )
            .code("ThrottlingException"),
        // The code would have been in the body, so it may be one that is worth another attempt.
        Case::always("a final status without a code", broken(400, "")).breaks_off(400, BROKE_OFF),
        Case::always("a failing service", broken(503, "")).fails(
            3,
            Kind::Unmodeled,
            Some(503),
            "StartFlow: an error without a code (status 503, 3 attempts)",
        ),
        Case::always("a service that cannot do it", broken(501, "")).fails(
            1,
            Kind::Unmodeled,
            Some(501),
            "StartFlow: an error without a code (status 501)",
        ),
    ])
    .await;
}

#[tokio::test]
async fn silence_ends_an_attempt() {
    const LIMIT: Duration = Duration::from_secs(5);
    let begin = [head(200, LENGTH), send(HALF), Step::LetRead];
    let in_body = [begin.to_vec(), vec![Step::Silence(LIMIT)]].concat();
    let drip_in_head = vec![send("HTTP/1.1 200 OK\r\nx: "), Step::Drip(b"x".to_vec())];
    let drip_in_body = vec![head(200, LENGTH), Step::Drip(b" ".to_vec())];
    let late = "StartFlow: timed out: the attempt took longer than 5s";
    try_all([
        Case::always(
            "no answer within the time of an attempt",
            vec![Step::Silence(LIMIT)],
        )
        .with(|it| it.attempt_timeout(LIMIT))
        .gets_no_response(late),
        Case::always(
            "no answer within the time of silence",
            vec![Step::Silence(LIMIT)],
        )
        .with(|it| it.read_timeout(LIMIT))
        .gets_no_response("StartFlow: timed out: "),
        Case::always("no end within the time of an attempt", in_body.clone())
            .with(|it| it.attempt_timeout(LIMIT))
            .gets_no_response(late),
        Case::always("no end within the time of silence", in_body.clone())
            .with(|it| it.read_timeout(LIMIT))
            .breaks_off(200, "StartFlow: timed out: "),
        Case::first("silence, once", [in_body])
            .with(|it| it.read_timeout(LIMIT))
            .starts(2),
        Case::always("a head that comes byte by byte", drip_in_head)
            .with(|it| it.attempt_timeout(LIMIT))
            .gets_no_response(late),
        Case::always("a body that comes byte by byte", drip_in_body)
            .with(|it| it.attempt_timeout(LIMIT))
            .gets_no_response(late),
    ])
    .await;
}
