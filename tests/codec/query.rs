//! Forms. The expected texts are what the Smithy reference, pages "AWS query protocol" and "AWS EC2
//! query protocol", says.

use std::collections::BTreeMap;

use smithy_reqwest::{Client, GeneratedClient, Timestamp};

use super::service::{Aws, Choice, Ec2, Record, sent};

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
    let none = Record::default;
    for (record, expected) in [
        (none(), ""),
        (
            Record {
                flag: Some(true),
                count: Some(7),
                total: Some(-1),
                ..none()
            },
            "&flag=true&total=-1",
        ),
        (
            Record {
                ratio: Some(0.5),
                exact: Some(f64::NEG_INFINITY),
                ..none()
            },
            "&ratio=0.5&exact=-Infinity",
        ),
        (
            Record {
                ratio: Some(f32::NAN),
                exact: Some(-0.1),
                ..none()
            },
            "&ratio=NaN&exact=-0.1",
        ),
        (
            Record {
                text: Some(String::new()),
                ..none()
            },
            "&text=",
        ),
        (
            Record {
                since: Timestamp::from_second(0).ok(),
                ..none()
            },
            "&since=1970-01-01T00%3A00%3A00Z",
        ),
        (
            Record {
                names: texts(&["a", "b"]),
                ..none()
            },
            "&names.member.1=a&names.member.2=b",
        ),
        (
            Record {
                names: texts(&[]),
                ..none()
            },
            "&names=",
        ),
        (
            Record {
                sizes: Some(vec![3, 4]),
                ..none()
            },
            "&size.1=3&size.2=4",
        ),
        (
            Record {
                grid: Some(vec![vec![1]]),
                ..none()
            },
            "&grid.member.1.member.1=1",
        ),
        (
            Record {
                colors: Some(BTreeMap::from(colors)),
                ..none()
            },
            "&colors.entry.1.key=lid&colors.entry.1.value=red\
             &colors.entry.2.key=rim&colors.entry.2.value=",
        ),
        (
            Record {
                limits: Some(BTreeMap::from([("a".to_owned(), 1)])),
                ..none()
            },
            "&limit.1.key=a&limit.1.value=1",
        ),
        (
            Record {
                part: Some(Box::new(Record {
                    flag: Some(true),
                    ..none()
                })),
                ..none()
            },
            "&part.flag=true",
        ),
        (
            Record {
                choice: Some(Choice::Text("a".to_owned())),
                ..none()
            },
            "&choice.text=a",
        ),
        (
            Record {
                choice: Some(Choice::Names(vec!["a".to_owned()])),
                ..none()
            },
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
        (
            Record {
                names: Some(names),
                ..Record::default()
            },
            "&names.1=a&names.2=b",
        ),
        (
            Record {
                names: Some(vec![]),
                ..Record::default()
            },
            "",
        ),
        (
            Record {
                sizes: Some(vec![3]),
                ..Record::default()
            },
            "&size.1=3",
        ),
    ] {
        assert_eq!(form::<Ec2>(record).await, expected);
    }
}

#[tokio::test]
async fn an_unknown_member_of_a_union_cannot_be_sent() {
    let moon = Choice::Unknown("moon".to_owned(), serde_json::Value::Null);
    let record = Record {
        choice: Some(moon),
        ..Record::default()
    };
    let error = sent::<Aws>(record).await.unwrap_err().to_string();
    assert!(
        error.contains("choice: a member that the model does not have"),
        "{error}"
    );
}
