//! Messages that are not HTTP, or are more of it than a client bargained for.

use std::time::Duration;

use super::case::{Case, Kind, try_all};
use super::response::{chunked, full, head, json, ok, send};
use super::server::{Step, Steps};

const BROKE_OFF: &str = "StartFlow: the request failed: ";
const BODY: &str = r#"{"executionId":"r"}"#;

#[tokio::test]
async fn what_is_not_http_is_no_answer() {
    let garbage: [&[u8]; 10] = [
        b"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        b"\xff\xfe\xfd\xfc\xfb\xfa\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"\x15\x03\x01\x00\x02\x02\x46",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"{\"executionId\":\"r\"}",
        b"HTTP/1.1 99 Too low\r\n\r\n",
        b"HTTP/1.1 2000 Too high\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: a\0b\r\ncontent-length: 2\r\n\r\n{}",
    ];
    try_all(garbage.map(|bytes| {
        let name = format!("{:?}", String::from_utf8_lossy(bytes));
        Case::always(name, vec![send(bytes), Step::Close]).gets_no_response(BROKE_OFF)
    }))
    .await;
}

#[tokio::test]
async fn a_head_without_an_end_is_no_answer() {
    let endless = |begin: &str, more: &str| -> Steps {
        let more = more.repeat(1_000).into_bytes();
        vec![send(begin), Step::SendEndlessly(more)]
    };
    let status = "HTTP/1.1 200 OK\r\n";
    try_all(
        [
            Case::always("headers without an end", endless(status, "x: y\r\n")),
            Case::always(
                "a header without an end",
                endless(&format!("{status}x: "), "y"),
            ),
            Case::always(
                "a status line without an end",
                endless("HTTP/1.1 200 ", "y"),
            ),
        ]
        .map(|case| case.gets_no_response(BROKE_OFF)),
    )
    .await;
}

#[tokio::test]
async fn a_body_without_an_end_is_too_long() {
    let endless = |headers: &str, more: &str| -> Steps {
        let more = more.repeat(1_000).into_bytes();
        vec![head(200, headers), Step::SendEndlessly(more)]
    };
    let chunks = "transfer-encoding: chunked\r\n";
    try_all(
        [
            Case::always("a body that ends with its connection", endless("", " ")),
            Case::always("chunks without an end", endless(chunks, "1\r\n \r\n")),
            Case::always(
                "a length of a terabyte",
                vec![head(200, "content-length: 1099511627776\r\n")],
            ),
            Case::always(
                "a length above the limit",
                endless("content-length: 20001\r\n", " "),
            ),
        ]
        .map(|case| {
            let line = "StartFlow: the body is longer than 20000 bytes, ";
            case.with(|it| it.max_response_size(20_000)).fails(
                1,
                Kind::InvalidResponse,
                Some(200),
                line,
            )
        }),
    )
    .await;
}

#[tokio::test]
async fn answers_before_the_answer_are_passed_over() {
    let before = |heads: &str| [vec![send(heads)], ok("r")].concat();
    let go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    let hints = "HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n";
    let processing = "HTTP/1.1 102 Processing\r\nx-amzn-requestid: 0\r\n\r\n";
    let mixed = [go_on, processing, hints].concat();
    try_all([
        Case::first("100", [before(go_on)]).starts_run("r"),
        Case::first("102", [before(processing)]).starts_run("r"),
        Case::first("103", [before(hints)]).starts_run("r"),
        Case::first("100, 102 and 103", [before(&mixed)]).starts_run("r"),
        Case::first("fifty times 100", [before(&go_on.repeat(50))]).starts_run("r"),
        Case::always("100 alone", vec![send(go_on), Step::Close]).gets_no_response(BROKE_OFF),
        Case::always("100 every second", vec![Step::Drip(go_on.into())])
            .with(|it| it.attempt_timeout(Duration::from_secs(5)))
            .gets_no_response("StartFlow: timed out: "),
    ])
    .await;
}

#[tokio::test]
async fn a_length_that_is_wrong_spoils_no_other_call() {
    let length = |headers: &str, body: &str| vec![head(200, headers), send(body)];
    let another = "HTTP/1.1 200 OK\r\ncontent-length: 21\r\n\r\n{\"executionId\":\"bad\"}";
    let and_another = [
        vec![head(200, "content-length: 19\r\n"), send(BODY)],
        vec![send(another)],
    ];
    let too_long = [length("content-length: 20\r\n", BODY), vec![Step::Close]].concat();
    try_all([
        Case::always("too long", too_long).breaks_off(200, BROKE_OFF),
        Case::always("too short", length("content-length: 15\r\n", BODY)).cannot_be_read(
            200,
            "the body does not match the model: executionId: invalid JSON at byte 15: unexpected end",
        ),
        Case::first(
            "rest after the answer",
            [length("content-length: 19\r\n", &format!("{BODY}}}"))],
        )
        .starts_run("r"),
        Case::first("another answer after the answer", [and_another.concat()]).starts_run("r"),
        Case::always("negative", length("content-length: -1\r\n", BODY))
            .gets_no_response(BROKE_OFF),
        Case::always("no number", length("content-length: long\r\n", BODY))
            .gets_no_response(BROKE_OFF),
        Case::always(
            "two",
            length("content-length: 19\r\ncontent-length: 18\r\n", BODY),
        )
        .gets_no_response(BROKE_OFF),
        Case::first(
            "the same twice",
            [length("content-length: 19\r\ncontent-length: 19\r\n", BODY)],
        )
        .starts_run("r"),
        Case::first("none", [[length("", BODY), vec![Step::Close]].concat()]).starts_run("r"),
    ])
    .await;
}

#[tokio::test]
async fn chunks_that_are_broken_are_no_body() {
    let close = |chunks: &str| [chunked(chunks), vec![Step::Close]].concat();
    try_all([
        Case::first(
            "good ones",
            [chunked(
                "8\r\n{\"execut\r\nb;x=y\r\nionId\":\"r\"}\r\n0\r\nx: y\r\n\r\n",
            )],
        )
        .starts_run("r"),
        Case::always("no size", chunked("size\r\n")).breaks_off(200, BROKE_OFF),
        Case::always("a negative size", chunked("-1\r\n{}\r\n")).breaks_off(200, BROKE_OFF),
        Case::always("a size of 80 bits", chunked("fffffffffffffffffffff\r\n"))
            .breaks_off(200, BROKE_OFF),
        Case::always("a size that is too small", chunked("1\r\n{}\r\n0\r\n\r\n"))
            .breaks_off(200, BROKE_OFF),
        Case::always("a size that is too big", close("9\r\n{}\r\n0\r\n\r\n"))
            .breaks_off(200, BROKE_OFF),
        Case::always("no last chunk", close("2\r\n{}\r\n")).breaks_off(200, BROKE_OFF),
        Case::always("half a last chunk", close("2\r\n{}\r\n0\r\n")).breaks_off(200, BROKE_OFF),
        Case::always("a trailer without an end", {
            let more = Step::SendEndlessly(b"x: y\r\n".repeat(1_000));
            [chunked("2\r\n{}\r\n0\r\n"), vec![more]].concat()
        })
        .breaks_off(200, BROKE_OFF),
    ])
    .await;
}

#[tokio::test]
async fn older_and_odder_ways_to_answer_are_understood() {
    let old = send(format!("HTTP/1.0 200 OK\r\n\r\n{BODY}"));
    let bare = send(format!("HTTP/1.1 200\r\ncontent-length: 19\r\n\r\n{BODY}"));
    try_all([
        Case::first("HTTP/1.0", [vec![old, Step::Close]]).starts_run("r"),
        Case::first("no reason", [vec![bare]]).starts_run("r"),
        Case::first("no type", [json(BODY)]).starts_run("r"),
        Case::first(
            "another type",
            [full(200, "content-type: text/html\r\n", BODY)],
        )
        .starts_run("r"),
        Case::first(
            "the end of the connection",
            [{ [full(200, "connection: close\r\n", BODY), vec![Step::Close]].concat() }],
        )
        .starts_run("r"),
    ])
    .await;
}
