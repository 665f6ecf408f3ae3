//! JSON. The expected texts are what RFC 8259 and the Smithy reference, page "AWS restJson1
//! protocol", say.

use std::collections::BTreeMap;

use smithy_reqwest::Document;

use super::service::{Choice, Json, assert_refused, read, record, sent};

#[tokio::test]
async fn floats_that_json_does_not_have_are_texts() {
    for (record, body) in [
        (
            record(|it| {
                it.ratio = Some(f32::INFINITY);
                it.exact = Some(f64::NEG_INFINITY);
            }),
            r#"{"ratio":"Infinity","exact":"-Infinity"}"#,
        ),
        (
            record(|it| {
                it.ratio = Some(0.1);
                it.exact = Some(-0.1);
            }),
            r#"{"ratio":0.1,"exact":-0.1}"#,
        ),
    ] {
        assert_eq!(read::<Json>(body).await.unwrap(), record);
        assert_eq!(sent::<Json>(record).await.unwrap().1, body);
    }
    let record = record(|it| {
        it.ratio = Some(f32::NAN);
        it.exact = Some(f64::NAN);
    });
    let body = r#"{"ratio":"NaN","exact":"NaN"}"#;
    assert_eq!(sent::<Json>(record).await.unwrap().1, body);
    let record = read::<Json>(body).await.unwrap();
    assert!(record.ratio.unwrap().is_nan() && record.exact.unwrap().is_nan());
}

#[tokio::test]
async fn characters_are_escaped_as_the_standard_has_it() {
    let text = "\"\\/\u{8}\u{c}\n\r\t\u{1}\u{1f}\u{7f}é";
    let record = record(|it| it.text = Some(text.to_owned()));
    let body = sent::<Json>(record.clone()).await.unwrap().1;
    let expected = r#"{"text":"\"\\/\b\f\n\r\t\u0001\u001f"#;
    assert_eq!(body, format!("{expected}\u{7f}é\"}}"));
    assert_eq!(read::<Json>(body).await.unwrap(), record);
    let body = r#"{"text":"\"\\\/\b\f\n\r\t\u0001\u001F\u007f\u00e9"}"#;
    assert_eq!(read::<Json>(body).await.unwrap(), record);
}

#[tokio::test]
async fn members_are_read_in_any_order_and_unknown_ones_are_skipped() {
    let unknown = [
        "true",
        "false",
        "null",
        "-1.5e3",
        r#""a""#,
        "[]",
        "{}",
        r#"[{"b":[true,{}]},"c"]"#,
    ];
    for value in unknown {
        let body = format!(r#"{{"tag":"no","other":{value},"total":1,"flag":true,"text":"a"}}"#);
        let expected = record(|it| {
            it.flag = Some(true);
            it.total = Some(1);
            it.text = Some("a".to_owned());
        });
        assert_eq!(read::<Json>(body).await.unwrap(), expected, "{value}");
    }
}

#[tokio::test]
async fn nulls_are_absent_or_elements_of_sparse_lists() {
    let body = r#"{"text":null,"names":["a",null,"b"],"marks":[1,null],
        "colors":{"lid":null,"rim":"red"},"choice":{"text":null,"__type":"x","nothing":{}}}"#;
    let expected = record(|it| {
        it.names = Some(vec!["a".to_owned(), "b".to_owned()]);
        it.marks = Some(vec![Some(1), None]);
        it.colors = Some(BTreeMap::from([("rim".to_owned(), "red".to_owned())]));
        it.choice = Some(Choice::Nothing);
    });
    assert_eq!(read::<Json>(body).await.unwrap(), expected);
}

#[tokio::test]
async fn what_does_not_match_the_model_is_refused_with_its_path() {
    for (body, expected) in [
        (r#"{"total":1.5}"#, "total: expected an integer"),
        (
            r#"{"grid":[[],[1,"a"]]}"#,
            "grid[1][1]: expected an integer",
        ),
        (r#"{"limits":{"a":"b"}}"#, "limits[*]: expected an integer"),
        (
            r#"{"choice":{"text":"a","nothing":{}}}"#,
            "choice: a union has more than one member",
        ),
        (r#"{"choice":{}}"#, "choice: a union has no member"),
        (r#"{"flag":true "text":"a"}"#, "expected `,` or `}`"),
        ("{\"names\":[\"a\" \"b\"]}", "expected `,` or `]`"),
        (r#"{"text" "a"}"#, "expected `:`"),
    ] {
        assert_refused::<Json>(body, expected).await;
    }
}

#[tokio::test]
async fn a_document_is_any_json() {
    for text in [
        "null",
        "true",
        "-1",
        "1.5",
        r#""a""#,
        r#"["a",[],{}]"#,
        r#"{"a":{"b":[1,null]}}"#,
    ] {
        let any: Document = serde_json::from_str(text).unwrap();
        let body = format!(r#"{{"any":{text}}}"#);
        let read = read::<Json>(body.clone()).await.unwrap();
        let expected = Some(any).filter(|any| !any.is_null());
        assert_eq!(read.any, expected);
        let written = sent::<Json>(read).await.unwrap().1;
        assert_eq!(
            written,
            if expected.is_some() {
                body
            } else {
                "{}".to_owned()
            }
        );
    }
}
