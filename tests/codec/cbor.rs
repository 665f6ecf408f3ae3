//! CBOR. The expected bytes are from RFC 8949, appendix A, where they are there.

use std::collections::BTreeMap;

use smithy_reqwest::{Bytes, Timestamp};

use crate::cbor::bytes;

use super::service::{Cbor, Choice, Record, assert_refused, read, record, sent};

/// A map up to a break, whose one member has a value.
fn map(member: &str, hex: &str) -> Vec<u8> {
    let length = 0x60 + u8::try_from(member.len()).unwrap();
    [&[0xbf, length], member.as_bytes(), &bytes(hex), &[0xff]].concat()
}

/// Checks that records are written as a map with one member, and read from it.
async fn assert_alike<T>(member: &str, values: &[(T, &str)], record: impl Fn(&T) -> Record) {
    for (value, hex) in values {
        let (headers, body) = sent::<Cbor>(record(value)).await.unwrap();
        assert_eq!(body, map(member, hex), "{member}: {hex}");
        assert_eq!(headers["content-type"], "application/cbor");
        let read = read::<Cbor>(body).await.unwrap();
        assert_eq!(read, record(value), "{member}: {hex}");
    }
}

/// Checks what a member is read as.
async fn assert_read(member: &str, hex: &str, expected: Record) {
    let read = read::<Cbor>(map(member, hex)).await.unwrap();
    assert_eq!(read, expected, "{member}: {hex}");
}

fn total(total: i64) -> Record {
    record(|it| it.total = Some(total))
}

fn exact(exact: f64) -> Record {
    record(|it| it.exact = Some(exact))
}

fn since(milliseconds: i64) -> Record {
    record(|it| it.since = Some(Timestamp::from_millisecond(milliseconds).unwrap()))
}

#[tokio::test]
async fn an_integer_has_the_shortest_form() {
    let values = [
        (0, "00"),
        (1, "01"),
        (10, "0a"),
        (23, "17"),
        (24, "1818"),
        (25, "1819"),
        (100, "1864"),
        (255, "18ff"),
        (256, "190100"),
        (1_000, "1903e8"),
        (65_535, "19ffff"),
        (65_536, "1a00010000"),
        (1_000_000, "1a000f4240"),
        (4_294_967_295, "1affffffff"),
        (1_000_000_000_000, "1b000000e8d4a51000"),
        (-1, "20"),
        (-10, "29"),
        (-100, "3863"),
        (-1_000, "3903e7"),
        (i64::MIN, "3b7fffffffffffffff"),
    ];
    assert_alike("total", &values, |value| total(*value)).await;
}

#[tokio::test]
async fn every_kind_of_value_is_written_and_read() {
    let flags = [(true, "f5"), (false, "f4")];
    assert_alike("flag", &flags, |flag| record(|it| it.flag = Some(*flag))).await;
    let ratios = [
        (100_000.0, "fa47c35000"),
        (f32::MAX, "fa7f7fffff"),
        (f32::INFINITY, "fa7f800000"),
    ];
    assert_alike("ratio", &ratios, |ratio| {
        record(|it| it.ratio = Some(*ratio))
    })
    .await;
    let floats = [(1.1, "fb3ff199999999999a"), (-4.1, "fbc010666666666666")];
    assert_alike("exact", &floats, |float| exact(*float)).await;
    let texts = [("", "60"), ("IETF", "6449455446"), ("\u{fc}", "62c3bc")];
    assert_alike("text", &texts, |text| {
        record(|it| it.text = Some((*text).to_owned()))
    })
    .await;
    let data = [(&b"\x01\x02\x03\x04"[..], "4401020304")];
    assert_alike("data", &data, |data| {
        record(|it| it.data = Some(Bytes::from_static(data)))
    })
    .await;
    let times = [
        (1_363_896_240_000, "c11a514b67b0"),
        (1_363_896_240_500, "c1fb41d452d9ec200000"),
    ];
    assert_alike("since", &times, |time| since(*time)).await;
    let lists = [
        (vec![], "80"),
        (vec![1, 2, 3], "83010203"),
        (
            (1..=25).collect(),
            "98190102030405060708090a0b0c0d0e0f101112131415161718181819",
        ),
    ];
    assert_alike("sizes", &lists, |sizes| {
        record(|it| it.sizes = Some(sizes.clone()))
    })
    .await;
    let grids = [(vec![vec![1], vec![2, 3]], "828101820203")];
    assert_alike("grid", &grids, |grid| {
        record(|it| it.grid = Some(grid.clone()))
    })
    .await;
    let marks = [(vec![Some(1), None], "8201f6")];
    assert_alike("marks", &marks, |marks| {
        record(|it| it.marks = Some(marks.clone()))
    })
    .await;
    let colors = ["a", "b"].map(|key| (key.to_owned(), key.to_uppercase()));
    let maps = [(BTreeMap::from(colors), "a26161614161626142")];
    assert_alike("colors", &maps, |colors| {
        record(|it| it.colors = Some(colors.clone()))
    })
    .await;
    let parts = [(total(1), "bf65746f74616c01ff")];
    assert_alike("part", &parts, |part| {
        record(|it| it.part = Some(Box::new(part.clone())))
    })
    .await;
    let choices = [
        (Choice::Text("a".to_owned()), "a164746578746161"),
        (Choice::Names(vec![]), "a1656e616d657380"),
        (Choice::Nothing, "a1676e6f7468696e67a0"),
    ];
    assert_alike("choice", &choices, |choice| {
        record(|it| it.choice = Some(choice.clone()))
    })
    .await;
}

#[tokio::test]
async fn a_number_is_read_from_any_that_it_is_without_loss() {
    for hex in ["f94900", "fa41200000", "fb4024000000000000", "180a"] {
        assert_read("total", hex, total(10)).await;
        assert_read("exact", hex, exact(10.0)).await;
        assert_read("since", hex, since(10_000)).await;
        let ratio = record(|it| it.ratio = Some(10.0));
        assert_read("ratio", hex, ratio).await;
        let price = record(|it| it.price = Some(10.into()));
        assert_read("price", hex, price).await;
    }
    for hex in ["20", "f9bc00"] {
        assert_read("total", hex, total(-1)).await;
        assert_read("exact", hex, exact(-1.0)).await;
        assert_read("since", hex, since(-1_000)).await;
        let price = record(|it| it.price = Some((-1).into()));
        assert_read("price", hex, price).await;
    }
    assert_read("exact", "3863", exact(-100.0)).await;
    assert_read("since", "f93e00", since(1_500)).await;
    let price = record(|it| it.price = "1.5".parse().ok());
    assert_read("price", "f93e00", price).await;
    // 2^53 - 1, above which a float may stand for several integers.
    assert_read("total", "fb433fffffffffffff", total(9_007_199_254_740_991)).await;
    for hex in [
        "fb4340000000000000", "fbc340000000000000", "f93e00", "f97c00", "f97e00",
    ] {
        assert_refused::<Cbor>(map("total", hex), "total: expected an integer").await;
    }
}

#[tokio::test]
async fn nulls_are_absent_or_elements_of_sparse_lists() {
    for null in ["f6", "f7"] {
        assert_read("text", null, Record::default()).await;
        let names = record(|it| it.names = Some(vec!["a".to_owned()]));
        assert_read("names", &format!("826161{null}"), names).await;
        let marks = record(|it| it.marks = Some(vec![None, Some(1)]));
        assert_read("marks", &format!("82{null}01"), marks).await;
        let colors = record(|it| it.colors = Some(BTreeMap::new()));
        assert_read("colors", &format!("a16161{null}"), colors).await;
    }
    // {"text": null, "__type": [1], "nothing": {}}
    let choice = "a36474657874f6665f5f747970658101676e6f7468696e67a0";
    let expected = record(|it| it.choice = Some(Choice::Nothing));
    assert_read("choice", choice, expected).await;
}

#[tokio::test]
async fn unknown_members_are_skipped() {
    for hex in [
        "00", "3863", "42ffff", "6161", "5f41ff42ffffff", "7f61616162ff", "82f6f5", "9f9fff01ff",
        "a1616101", "bf616142ffffff", "c101", "c24101", "d9d9f780", "f4", "f6", "f93c00",
        "fa47c35000", "fb3ff199999999999a",
    ] {
        // {"tag": …, "total": 1}, and the tag belongs in a header.
        let body = format!("a263746167{hex}65746f74616c01");
        assert_eq!(read::<Cbor>(bytes(&body)).await.unwrap(), total(1), "{hex}");
    }
}

#[tokio::test]
async fn what_does_not_match_the_model_is_refused_with_its_path() {
    for (member, hex, expected) in [
        ("flag", "00", "flag: expected a boolean"),
        ("ratio", "6131", "ratio: expected a number"),
        ("exact", "f5", "exact: expected a number"),
        ("since", "6131", "since: expected a timestamp"),
        ("text", "4161", "text: expected a string"),
        ("data", "6161", "data: expected bytes"),
        ("names", "a0", "names: expected a list"),
        ("colors", "80", "colors: expected a map"),
        ("part", "80", "part: expected a map"),
        ("choice", "6161", "choice: expected a map"),
        ("grid", "82808201f5", "grid[1][1]: expected an integer"),
        ("limits", "a16161f5", "limits[*]: expected an integer"),
        (
            "part",
            "a165746f74616cf5",
            "part.total: expected an integer",
        ),
        (
            "choice",
            "a0",
            "choice: a union has no member that is not null",
        ),
        (
            "choice",
            "a264746578746161676e6f7468696e67a0",
            "choice: a union has more than one member",
        ),
        ("choice", "a16474657874f5", "choice.text: expected"),
        ("any", "00", "any: expected"),
        ("other", "81ff", "a break that ends nothing"),
        ("other", "1f", "a reserved length"),
        ("other", "3f", "a reserved length"),
        ("other", "df", "a reserved length"),
        ("other", "1c", "a reserved length"),
    ] {
        assert_refused::<Cbor>(map(member, hex), expected).await;
    }
}

#[tokio::test]
async fn what_is_a_default_or_in_a_header_is_not_in_the_body() {
    let call = record(|it| {
        it.tag = Some("a".to_owned());
        it.count = Some(7);
    });
    let (headers, body) = sent::<Cbor>(call).await.unwrap();
    assert_eq!(body, b"\xbf\xff"[..]);
    assert_eq!(headers["x-tag"], "a");
}

#[tokio::test]
async fn a_document_cannot_be_sent_and_is_named_with_its_path() {
    let document = record(|it| it.any = Some(1.into()));
    let part = Choice::Part(Box::new(document.clone()));
    for (record, path) in [
        (document, "any"),
        (record(|it| it.choice = Some(part)), "choice.part.any"),
    ] {
        let error = sent::<Cbor>(record).await.unwrap_err().to_string();
        let expected = format!("`{path}` is a value that rpcv2Cbor does not have");
        assert!(error.ends_with(&expected), "{error}");
    }
}
