//! XML. The expected texts are what the Smithy reference, page "XML binding traits", says.

use std::collections::BTreeMap;

use smithy_reqwest::{Bytes, Document, Timestamp};

use super::service::{Choice, Record, Xml, assert_refused, read, record, sent};

/// Records, and the content of the elements that they are.
fn records() -> Vec<(Record, &'static str)> {
    let choice = |choice| record(|it| it.choice = Some(choice));
    let part = record(|it| {
        it.kind = Some("a \"b\"".to_owned());
        it.text = Some("c".to_owned());
    });
    let colors =
        [("lid", "red"), ("rim", "")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    vec![
        (record(|it| it.flag = Some(true)), "<flag>true</flag>"),
        (record(|it| it.flag = Some(false)), "<flag>false</flag>"),
        (record(|it| it.count = Some(-8)), "<count>-8</count>"),
        (
            record(|it| it.total = Some(i64::MIN)),
            "<total>-9223372036854775808</total>",
        ),
        (record(|it| it.ratio = Some(0.1)), "<ratio>0.1</ratio>"),
        (
            record(|it| it.ratio = Some(f32::INFINITY)),
            "<ratio>Infinity</ratio>",
        ),
        (record(|it| it.exact = Some(-0.1)), "<exact>-0.1</exact>"),
        (
            record(|it| it.exact = Some(f64::NEG_INFINITY)),
            "<exact>-Infinity</exact>",
        ),
        (
            record(|it| it.price = Some("0.10".parse().unwrap())),
            "<price>0.10</price>",
        ),
        (
            record(|it| it.text = Some(" <a> & 'b' \"c\" ".to_owned())),
            "<text> &lt;a&gt; &amp; &apos;b&apos; &quot;c&quot; </text>",
        ),
        (
            record(|it| it.data = Some(Bytes::from_static(&[0, 255]))),
            "<data>AP8=</data>",
        ),
        (
            record(|it| it.since = Some(Timestamp::from_millisecond(1_500).unwrap())),
            "<since>1970-01-01T00:00:01.5Z</since>",
        ),
        (
            record(|it| it.names = Some(vec!["a".to_owned(), String::new()])),
            "<names><member>a</member><member></member></names>",
        ),
        (record(|it| it.names = Some(vec![])), "<names></names>"),
        (
            record(|it| it.sizes = Some(vec![1, 2])),
            "<size>1</size><size>2</size>",
        ),
        (
            record(|it| it.grid = Some(vec![vec![1, 2], vec![]])),
            "<grid><member><member>1</member><member>2</member></member><member></member></grid>",
        ),
        (
            record(|it| it.colors = Some(BTreeMap::from(colors))),
            "<colors><entry><key>lid</key><value>red</value></entry>\
             <entry><key>rim</key><value></value></entry></colors>",
        ),
        (
            record(|it| {
                it.limits = Some(BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]));
            }),
            "<limit><key>a</key><value>1</value></limit><limit><key>b</key><value>2</value></limit>",
        ),
        (
            record(|it| it.part = Some(Box::new(part))),
            "<part kind=\"a &quot;b&quot;\"><text>c</text></part>",
        ),
        (
            choice(Choice::Text("a".to_owned())),
            "<choice><text>a</text></choice>",
        ),
        (
            choice(Choice::Names(vec!["a".to_owned()])),
            "<choice><names><member>a</member></names></choice>",
        ),
        (
            choice(Choice::Nothing),
            "<choice><nothing></nothing></choice>",
        ),
    ]
}

#[tokio::test]
async fn every_kind_of_value_is_written_and_read() {
    for (record, content) in records() {
        let document = format!("<Put>{content}</Put>");
        assert_eq!(
            read::<Xml>(document.clone()).await.unwrap(),
            record,
            "{content}"
        );
        let (headers, body) = sent::<Xml>(record).await.unwrap();
        assert_eq!(body, document);
        assert_eq!(headers["content-type"], "application/xml");
    }
}

#[tokio::test]
async fn what_is_absent_or_a_default_or_in_a_header_is_not_in_the_body() {
    let record = record(|it| {
        it.tag = Some("a".to_owned());
        it.kind = Some("b".to_owned());
        it.count = Some(7);
    });
    let (headers, body) = sent::<Xml>(record).await.unwrap();
    assert_eq!(body, "<Put kind=\"b\"></Put>");
    assert_eq!(headers["x-tag"], "a");
}

#[tokio::test]
async fn a_name_is_that_of_an_element_or_of_an_attribute() {
    let body =
        "<Put text=\"no\" kind=\"a\" tag=\"no\"><kind>no</kind><tag>no</tag><text>b</text></Put>";
    let found = read::<Xml>(body).await.unwrap();
    let expected = record(|it| {
        it.kind = Some("a".to_owned());
        it.text = Some("b".to_owned());
    });
    assert_eq!(found, expected);
}

#[tokio::test]
async fn what_the_model_does_not_have_is_skipped() {
    let other = "<other><names><member>no</member></names></other>";
    let body = format!(
        "<Put>{other}<names>{other}<member>a</member></names>\
         <colors>{other}<entry>{other}<key>k</key>{other}<value>v</value></entry></colors></Put>"
    );
    let record = read::<Xml>(body).await.unwrap();
    assert_eq!(record.names.unwrap(), ["a"]);
    let colors = record.colors.unwrap();
    assert_eq!(colors, BTreeMap::from([("k".to_owned(), "v".to_owned())]));
}

#[tokio::test]
async fn an_unknown_member_of_a_union_is_known_by_its_name() {
    let moon = Choice::Unknown("moon".to_owned(), Document::Null);
    for (content, expected) in [
        ("<moon><far/></moon>", moon.clone()),
        ("<moon/><sun/>", moon),
        ("<text>a</text><moon/>", Choice::Text("a".to_owned())),
    ] {
        let body = format!("<Put><choice>{content}</choice></Put>");
        assert_eq!(
            read::<Xml>(body).await.unwrap().choice,
            Some(expected),
            "{content}"
        );
    }
}

#[tokio::test]
async fn what_does_not_match_the_model_is_refused_with_its_path() {
    for (content, expected) in [
        ("<choice></choice>", "choice: a union has no member"),
        ("<any>1</any>", "any: a value that XML does not have"),
        (
            "<text>a<b/></text>",
            "text: invalid XML: an element where text is expected",
        ),
        ("<flag>yes</flag>", "flag: expected a boolean"),
        (
            "<grid><member/><member><member>1</member><member>x</member></member></grid>",
            "grid[1][1]: expected an integer",
        ),
        (
            "<limit><key>a</key><value/></limit>",
            "limits[*]: expected an integer",
        ),
        ("<part kind=\"&a;\"></part>", "part: invalid XML"),
    ] {
        assert_refused::<Xml>(format!("<Put>{content}</Put>"), expected).await;
    }
    for body in ["<Put>", "<Put><names>", "<Put><names><member>a"] {
        assert_refused::<Xml>(body, "invalid XML: unexpected end").await;
    }
}

/// Deeper elements would take more of the stack than a thread may have.
#[tokio::test]
async fn elements_are_nested_up_to_128_deep() {
    let nested = |depth| format!("{}{}", "<Put>".repeat(depth), "</Put>".repeat(depth));
    assert_eq!(read::<Xml>(nested(128)).await.unwrap(), Record::default());
    assert_refused::<Xml>(nested(129), "more than 128 elements inside each other").await;
}
