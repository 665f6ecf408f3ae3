//! The JSON form of generated types, as `serde` reads and writes it.

use std::collections::BTreeMap;

use appflow_client::operation::CreateFlowRequest;
use appflow_client::types::{Task, TaskType};
use serde::de::value::{BytesDeserializer, Error, I64Deserializer, MapDeserializer};
use serde::de::{Deserialize, Deserializer, IntoDeserializer, Visitor};
use serde_json::{Value, json};

use crate::fixture::{big_number_client, list_and_map_client, scalar_client, union_client};
use big_number_client::operation::CountRequest;
use list_and_map_client::operation::SendResponse;
use scalar_client::operation::MeasureRequest;
use union_client::operation::DrawResponse;
use union_client::types::Figure;

const LARGE: &str = "123456789012345678901234567890";
const FINE: &str = "0.100000000000000000000000000001";

/// JSON has one type of numbers: `5.0` is the number that `5` is (RFC 8259, section 6).
#[test]
fn an_integer_is_any_number_without_a_fraction() {
    let read = |number: &str| {
        let json = format!(r#"{{"large":{number}}}"#);
        serde_json::from_str(&json).map(|it: MeasureRequest| it.large)
    };
    for (number, expected) in [
        ("5.0", 5),
        ("-3e0", -3),
        ("1.5e3", 1_500),
        ("9223372036854775807", i64::MAX),
        ("-9223372036854775808.0", i64::MIN),
    ] {
        assert_eq!(read(number).unwrap(), Some(expected), "{number}");
    }
    for wrong in [
        "5.5", "9223372036854775808", "1e19", "-1e19", "true", r#""5""#,
    ] {
        let error = read(wrong).unwrap_err().to_string();
        assert!(error.starts_with("expected an integer in range"), "{error}");
    }
}

#[test]
fn an_integer_has_the_range_of_its_type() {
    for (number, is_read) in [(-129, false), (-128, true), (127, true), (128, false)] {
        let read: Result<MeasureRequest, _> = serde_json::from_value(json!({ "tiny": number }));
        assert_eq!(read.is_ok(), is_read, "{number}");
    }
}

#[test]
fn numbers_that_json_does_not_have_are_text() {
    for text in ["Infinity", "-Infinity", "NaN"] {
        let json = json!({ "ratio": text, "precise": text });
        let request: MeasureRequest = serde_json::from_value(json.clone()).unwrap();
        let (ratio, precise) = (request.ratio.unwrap(), request.precise.unwrap());
        let expected: f64 = text.parse().unwrap();
        assert_eq!(f64::from(ratio).to_string(), expected.to_string());
        assert_eq!(precise.to_string(), expected.to_string());
        assert_eq!(serde_json::to_value(&request).unwrap(), json);
    }
    let wrong = serde_json::from_str::<MeasureRequest>(r#"{"precise":"inf"}"#);
    assert!(wrong.is_err());
}

#[test]
fn a_type_with_a_default_is_read_without_its_required_members() {
    let task: Task = serde_json::from_str(r#"{"taskType":"Map"}"#).unwrap();
    assert_eq!(task, Task::new([] as [&str; 0], TaskType::Map));
    let error = serde_json::from_str::<CreateFlowRequest>("{}").unwrap_err();
    assert!(error.to_string().starts_with("missing field `flowName`"));
}

#[test]
fn the_last_of_equal_names_counts_and_null_is_absence() {
    let json = r#"{"flag":true,"large":1,"anything":[1],"flag":null,"large":2,"anything":null}"#;
    let request: MeasureRequest = serde_json::from_str(json).unwrap();
    assert_eq!((request.flag, request.large), (None, Some(2)));
    assert_eq!(request.anything, None);
    let json = r#"{"start":1,"total":2,"total":null}"#;
    let request: CountRequest = serde_json::from_str(json).unwrap();
    assert_eq!(request.total, None);
}

#[test]
fn no_digit_of_a_big_number_is_lost() {
    let json = format!(
        r#"{{"start":{LARGE},"total":-{LARGE},"price":{FINE},"history":[{LARGE}],"either":{{"whole":{LARGE}}}}}"#
    );
    let request: CountRequest = serde_json::from_str(&json).unwrap();
    assert_eq!(request.start.as_str(), LARGE);
    assert_eq!(request.price.as_ref().unwrap().as_str(), FINE);
    assert_eq!(serde_json::to_string(&request).unwrap(), json);

    let json = format!(r#"{{"start":"{LARGE}"}}"#);
    let request: CountRequest = serde_json::from_str(&json).unwrap();
    assert_eq!(request.start.as_str(), LARGE);
    for wrong in ["1.5", "true", r#""x""#, "[]"] {
        let json = format!(r#"{{"start":{wrong}}}"#);
        let error = serde_json::from_str::<CountRequest>(&json).unwrap_err();
        let error = error.to_string();
        assert!(error.starts_with("expected a number"), "{error}");
    }
}

/// Values that `serde` keeps until it knows their type, in which null is a unit.
#[derive(serde::Deserialize)]
#[serde(tag = "kind")]
enum Message {
    Sent(SendResponse),
    Drawn(DrawResponse),
}

#[test]
fn values_are_read_within_a_tagged_enum() {
    let sent = json!({
        "kind": "Sent",
        "names": ["a", null],
        "sparse": ["a", null],
        "tags": { "OWNER": null, "other": "b" },
        "sparseTags": { "a": null },
    });
    let Ok(Message::Sent(sent)) = serde_json::from_str(&sent.to_string()) else {
        panic!("{sent}");
    };
    assert_eq!(sent.names.unwrap(), ["a"]);
    assert_eq!(sent.sparse.unwrap(), [Some("a".to_owned()), None]);
    assert_eq!(sent.tags.len(), 1);
    assert_eq!(sent.sparse_tags.unwrap()["a"], None);

    let drawn =
        json!({ "kind": "Drawn", "figure": { "circle": null, "since": 1.5 }, "access": null });
    let Ok(Message::Drawn(drawn)) = serde_json::from_str(&drawn.to_string()) else {
        panic!("{drawn}");
    };
    assert!(matches!(drawn.figure, Figure::Since(_)), "{drawn:?}");
    assert_eq!(drawn.access, None);
}

/// A value of a format that writes options, such as RON.
#[derive(Clone, Copy)]
struct Optional(Option<i64>);

impl<'de> Deserializer<'de> for Optional {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Some(number) => visitor.visit_some(I64Deserializer::new(number)),
            None => visitor.visit_none(),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

impl IntoDeserializer<'_> for Optional {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Reads a value from the members of an object.
fn from_members<'de, T: Deserialize<'de>, V: IntoDeserializer<'de>>(
    members: impl IntoIterator<Item = (&'static str, V)>,
) -> Result<T, Error> {
    T::deserialize(MapDeserializer::new(members.into_iter()))
}

#[test]
fn values_are_read_from_formats_that_write_options() {
    let members = [
        ("large", Some(5)),
        ("normal", Some(6)),
        ("tiny", Some(7)),
        ("tiny", None),
    ];
    let members = members.map(|(name, value)| (name, Optional(value)));
    let request: MeasureRequest = from_members(members).unwrap();
    let read = (request.large, request.normal, request.tiny);
    assert_eq!(read, (Some(5), Some(6), None));

    let members = [("circle", None), ("nothing", Some(1))];
    let members = members.map(|(name, value)| (name, Optional(value)));
    let figure: Figure = from_members(members).unwrap();
    assert_eq!(figure, Figure::Nothing);
}

#[test]
fn an_error_says_what_was_expected() {
    let bytes = BytesDeserializer::<Error>::new(b"x");
    let error = MeasureRequest::deserialize(bytes).unwrap_err().to_string();
    assert!(
        error.ends_with("expected a value of the modeled type"),
        "{error}"
    );
    let error = from_members::<SendResponse, _>([("names", vec![1])]).unwrap_err();
    let error = error.to_string();
    assert!(
        error.ends_with("expected an element of the modeled type"),
        "{error}"
    );
    let entries = BTreeMap::from([("a", 1)]);
    let error = from_members::<SendResponse, _>([("tags", entries)]).unwrap_err();
    let error = error.to_string();
    assert!(
        error.ends_with("expected a value of the modeled type"),
        "{error}"
    );
    let error = from_members::<Figure, _>([("circle", 1)]).unwrap_err();
    let error = error.to_string();
    assert!(
        error.ends_with("expected a value of the modeled type"),
        "{error}"
    );

    let wrong: [(Value, &str); 4] = [
        (json!({ "flag": 1 }), "expected a boolean"),
        (json!({ "data": 1 }), "expected base64 text"),
        (json!({ "ratio": [] }), "expected a number"),
        (json!([]), "expected an object"),
    ];
    for (json, expected) in wrong {
        let error = serde_json::from_value::<MeasureRequest>(json).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}
