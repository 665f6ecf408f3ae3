//! Answers that say that something is wrong.

use super::case::{Case, Kind, try_all};
use super::response::{full, head};

#[tokio::test]
async fn redirects_are_reported_and_not_followed() {
    try_all((300..400).map(|status| {
        let headers = "location: /elsewhere\r\ncontent-length: 0\r\n";
        let line = "StartFlow: an error without a code (status 3";
        let case = Case::always(format!("{status}"), vec![head(status, headers)]);
        case.fails(1, Kind::Unmodeled, Some(status), line)
    }))
    .await;
}

#[tokio::test]
async fn the_errors_of_a_failing_server_are_retried_and_no_others() {
    try_all((400..600).map(|status| {
        let attempts = match status {
            500 | 502 | 503 | 504 => 3,
            _ => 1,
        };
        let answer = full(status, "content-type: text/html\r\n", "<h1>No</h1>");
        let line = "StartFlow: an error without a code (status ";
        let case = Case::always(format!("{status}"), answer);
        case.fails(attempts, Kind::Unmodeled, Some(status), line)
    }))
    .await;
}

#[tokio::test]
async fn a_status_that_nobody_knows_is_reported() {
    try_all([600, 999].map(|status| {
        let line = "StartFlow: an error without a code (status ";
        let case = Case::always(format!("{status}"), full(status, "", ""));
        case.fails(1, Kind::Unmodeled, Some(status), line)
    }))
    .await;
}

#[tokio::test]
async fn switching_protocols_is_no_answer_that_was_asked_for() {
    let answer = head(101, "connection: upgrade\r\nupgrade: websocket\r\n");
    let case = Case::always("101", vec![answer]);
    let line = "StartFlow: an error without a code (status 101)";
    try_all([case.fails(1, Kind::Unmodeled, Some(101), line)]).await;
}

#[tokio::test]
async fn throttling_is_waited_out() {
    let throttled = full(
        429,
        "",
        r#"{"__type":"ThrottlingException","message":"Slow down."}"#,
    );
    let slow_down = full(503, "x-amzn-errortype: SlowDown\r\n", "");
    let asked = |delay: &str| {
        let headers = format!("x-amz-retry-after: {delay}\r\n");
        full(503, &headers, "")
    };
    try_all([
        Case::first("once", [throttled.clone()]).starts(2),
        Case::first("twice", [throttled.clone(), throttled.clone()]).starts(3),
        Case::first("in two ways", [throttled.clone(), slow_down.clone()]).starts(3),
        Case::always("always", throttled)
            .fails(
                3,
                Kind::Service,
                Some(429),
                "StartFlow: ThrottlingException: Slow down. (",
            )
            .code("ThrottlingException"),
        Case::always("always, with another code", slow_down)
            .fails(
                3,
                Kind::Unmodeled,
                Some(503),
                "StartFlow: SlowDown (status 503, 3 attempts)",
            )
            .code("SlowDown"),
        Case::always("without a code", full(429, "", "{}")).fails(
            1,
            Kind::Unmodeled,
            Some(429),
            "an error without a code (status 429)",
        ),
        Case::first("with no delay", [asked("0")]).starts(2),
        Case::first("with a delay that is none", [asked("soon"), asked("-1")]).starts(3),
    ])
    .await;
}

#[tokio::test]
async fn an_error_that_stays_is_final() {
    let error = |status, body| full(status, "x-amzn-requestid: 0a1b\r\n", body);
    let gone = error(
        404,
        r#"{"code":"ResourceNotFoundException","message":"No flow."}"#,
    );
    let line = "StartFlow: ResourceNotFoundException: No flow. (status 404, request id 0a1b)";
    let odd = error(400, r#"{"__type":"x#Odd\n:y","message":["no","text"]}"#);
    try_all([
        Case::always("a modelled one", gone)
            .fails(1, Kind::Service, Some(404), line)
            .code("ResourceNotFoundException"),
        Case::always("an unknown one", odd)
            .fails(
                1,
                Kind::Unmodeled,
                Some(400),
                "StartFlow: Odd (status 400, request id 0a1b)",
            )
            .code("Odd"),
        Case::first("after one that passes", [full(500, "", "")]).starts(2),
    ])
    .await;
}
