//! Bodies that are not what the model says.

use super::case::{Case, Kind, try_all};
use super::response::{full, json};

const NOT_THE_MODEL: &str = "StartFlow: the body does not match the model: ";

#[tokio::test]
async fn what_is_not_json_cannot_be_read() {
    let bodies: [&[u8]; 10] = [
        b"<html><body>Welcome to the hotel</body></html>",
        b"{\"executionId\":\"r",
        b"{\"executionId\":\"r\"",
        b"{\"executionId\":\"\xff\xfe\"}",
        b"{\"executionId\":\"\xed\xa0\x80\"}",
        b"{\"executionId\":\"a\nb\"}",
        b"{\"executionId\":NaN}",
        b"{} {}",
        b"{\0}\0",
        b"\0\0\0\0",
    ];
    try_all(bodies.map(|body| {
        let name = format!("{:?}", String::from_utf8_lossy(body));
        Case::always(name, json(body)).cannot_be_read(200, NOT_THE_MODEL)
    }))
    .await;
}

#[tokio::test]
async fn a_value_of_another_type_cannot_be_read() {
    let bodies = [
        r#"{"executionId":7}"#,
        r#"{"executionId":1e999999}"#,
        r#"{"executionId":["r"]}"#,
        r#"{"executionId":{"r":"r"}}"#,
        r#"{"flowStatus":true}"#,
        r#""r""#,
        "7",
        "[]",
    ];
    try_all(bodies.map(|body| {
        let case = Case::always(body, json(body));
        case.cannot_be_read(200, NOT_THE_MODEL)
    }))
    .await;
}

#[tokio::test]
async fn of_a_value_twice_the_last_counts() {
    let twice = r#"{"executionId":"a","executionId":"b"}"#;
    let unknown = r#"{"executionId":"r","x":1,"x":2}"#;
    try_all([
        Case::first("of a member", [json(twice)]).starts_run("b"),
        Case::first("of an unknown member", [json(unknown)]).starts_run("r"),
    ])
    .await;
}

#[tokio::test]
async fn ten_thousand_levels_do_no_harm() {
    let lists = ["[".repeat(10_000), "]".repeat(10_000)].concat();
    let objects = [
        r#"{"x":"#.repeat(10_000),
        "1".to_owned(),
        "}".repeat(10_000),
    ]
    .concat();
    let member = |name: &str, value: &str| format!(r#"{{"executionId":"r","{name}":{value}}}"#);
    try_all([
        Case::always("lists", json(&lists)).cannot_be_read(200, NOT_THE_MODEL),
        Case::always("lists that do not end", json("[".repeat(10_000)))
            .cannot_be_read(200, NOT_THE_MODEL),
        Case::always("in a member", json(member("flowArn", &lists)))
            .cannot_be_read(200, NOT_THE_MODEL),
        // What nobody reads may be as deep as it likes.
        Case::first("objects", [json(&objects)]).starts_run(None),
        Case::first("in an unknown member", [json(member("x", &objects))]).starts_run("r"),
        Case::always("in an error", full(400, "", member("message", &objects))).fails(
            1,
            Kind::Unmodeled,
            Some(400),
            "an error without a code (status 400)",
        ),
    ])
    .await;
}

#[tokio::test]
async fn a_body_of_nothing_is_an_answer_without_members() {
    try_all(["", "{}", " {\r\n\t} "].map(|body| {
        let case = Case::first(format!("{body:?}"), [json(body)]);
        case.starts_run(None)
    }))
    .await;
}

#[tokio::test]
async fn a_compressed_body_is_called_so() {
    // An empty object, as gzip and as zlib write it.
    let gzip =
        b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xab\xae\x05\x00\x43\xbf\xa6\xa3\x02\x00\x00\x00";
    let zlib = b"\x78\x9c\xab\xae\x05\x00\x01\x75\x00\xf9";
    let line =
        "StartFlow: the body is compressed with `gzip`, which was not requested (status 200)";
    let cases: [(&str, &[u8], &str); 3] = [
        ("gzip", gzip, line),
        (
            "deflate",
            zlib,
            "compressed with `deflate`, which was not requested",
        ),
        (
            "br, gzip",
            gzip,
            "compressed with `br, gzip`, which was not requested",
        ),
    ];
    try_all(cases.map(|(encoding, body, line)| {
        let headers = format!("content-encoding: {encoding}\r\n");
        Case::always(encoding, full(200, &headers, body)).cannot_be_read(200, line)
    }))
    .await;
    // Without a header that says so it is just no JSON.
    let case = Case::always("gzip, and nothing says so", json(gzip));
    try_all([case.cannot_be_read(200, NOT_THE_MODEL)]).await;
}
