//! Forms. The expected texts are what the Smithy reference, pages "AWS query protocol" and "AWS EC2
//! query protocol", says.

use std::collections::BTreeMap;

use smithy_reqwest::{Client, GeneratedClient, Timestamp};

use super::service::{Aws, Choice, Ec2, Record, record, sent};

async fn form<C: GeneratedClient + AsRef<Client>>(record: Record) -> String {
    let (headers, body) = sent::<C>(record).await.unwrap();
    assert_eq!(headers["content-type"], "application/x-www-form-urlencoded");
    let form = String::from_utf8(body.to_vec()).unwrap();
    let begin = "Action=Put&Version=2026-11-27";
    form.strip_prefix(begin).unwrap().to_owned()
}

#[tokio::test]
async fn every_kind_of_value_is_a_parameter_or_several() {
    let texts = |texts: &[&str]| Some(texts.iter().map(|text| (*text).to_owned()).collect());
    let colors =
        [("lid", "red"), ("rim", "")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    for (record, expected) in [
        (Record::default(), ""),
        (
            record(|it| {
                it.flag = Some(true);
                it.count = Some(7);
                it.total = Some(-1);
            }),
            "&flag=true&total=-1",
        ),
        (
            record(|it| {
                it.ratio = Some(0.5);
                it.exact = Some(f64::NEG_INFINITY);
            }),
            "&ratio=0.5&exact=-Infinity",
        ),
        (
            record(|it| {
                it.ratio = Some(f32::NAN);
                it.exact = Some(-0.1);
            }),
            "&ratio=NaN&exact=-0.1",
        ),
        (record(|it| it.text = Some(String::new())), "&text="),
        (
            record(|it| it.since = Timestamp::from_second(0).ok()),
            "&since=1970-01-01T00%3A00%3A00Z",
        ),
        (
            record(|it| it.names = texts(&["a", "b"])),
            "&names.member.1=a&names.member.2=b",
        ),
        (record(|it| it.names = texts(&[])), "&names="),
        (
            record(|it| it.sizes = Some(vec![3, 4])),
            "&size.1=3&size.2=4",
        ),
        (
            record(|it| it.grid = Some(vec![vec![1]])),
            "&grid.member.1.member.1=1",
        ),
        (
            record(|it| it.colors = Some(BTreeMap::from(colors))),
            "&colors.entry.1.key=lid&colors.entry.1.value=red\
             &colors.entry.2.key=rim&colors.entry.2.value=",
        ),
        (
            record(|it| it.limits = Some(BTreeMap::from([("a".to_owned(), 1)]))),
            "&limit.1.key=a&limit.1.value=1",
        ),
        (
            record(|it| it.part = Some(Box::new(record(|it| it.flag = Some(true))))),
            "&part.flag=true",
        ),
        (
            record(|it| it.choice = Some(Choice::Text("a".to_owned()))),
            "&choice.text=a",
        ),
        (
            record(|it| it.choice = Some(Choice::Names(vec!["a".to_owned()]))),
            "&choice.names.member.1=a",
        ),
    ] {
        assert_eq!(form::<Aws>(record).await, expected);
    }
}

#[tokio::test]
async fn a_list_of_ec2_has_no_names_in_it_and_is_left_out_if_it_is_empty() {
    let names = vec!["a".to_owned(), "b".to_owned()];
    for (record, expected) in [
        (record(|it| it.names = Some(names)), "&names.1=a&names.2=b"),
        (record(|it| it.names = Some(vec![])), ""),
        (record(|it| it.sizes = Some(vec![3])), "&size.1=3"),
    ] {
        assert_eq!(form::<Ec2>(record).await, expected);
    }
}

#[tokio::test]
async fn an_unknown_member_of_a_union_cannot_be_sent() {
    let moon = Choice::Unknown("moon".to_owned(), serde_json::Value::Null);
    let record = record(|it| it.choice = Some(moon));
    let error = sent::<Aws>(record).await.unwrap_err().to_string();
    assert!(
        error.contains("`choice` has a member that the model does not have"),
        "{error}"
    );
}
