//! What is generated from every fixture compiles, without a warning.

use crate::fixture::*;

#[test]
fn a_value_is_written_and_read_as_its_format_says() {
    use scalar_client::operation::{MeasureRequest, MeasureResponse};

    let json = r#"{"flag":true,"tiny":1,"ratio":"NaN","precise":1.5,"data":"AAE=","anything":[1]}"#;
    let request: MeasureRequest = serde_json::from_str(json).unwrap();
    assert!(request.ratio.unwrap().is_nan());
    assert_eq!(serde_json::to_string(&request).unwrap(), json);

    let response: MeasureResponse = serde_json::from_str(r#"{"data":null}"#).unwrap();
    assert_eq!(response, MeasureResponse::default());
}

#[test]
fn nulls_are_skipped_but_where_they_are_allowed() {
    use list_and_map_client::operation::SendResponse;

    let json = r#"{"names":["a",null],"sparse":["a",null],"tags":{"OWNER":null,"other":"b"},
        "sparseTags":{"a":null},"nested":[null,[1,null,"Infinity"]]}"#;
    let response: SendResponse = serde_json::from_str(json).unwrap();
    assert_eq!(response.names.unwrap(), ["a"]);
    assert_eq!(response.sparse.unwrap(), [Some("a".to_owned()), None]);
    assert_eq!(response.tags.len(), 1);
    assert_eq!(response.sparse_tags.unwrap()["a"], None);
    assert_eq!(response.nested.unwrap(), [vec![1.0, f64::INFINITY]]);
}

#[test]
fn timestamps_are_read_in_the_format_of_their_member() {
    use timestamp_client::operation::RemindResponse;

    let json = r#"{"plain":1.5,"iso":"1970-01-01T00:00:01.5Z","shape":"1970-01-01T00:00:01.5Z",
        "web":"Thu, 01 Jan 1970 00:00:01.5 GMT","history":[1.5,1]}"#;
    let response: RemindResponse = serde_json::from_str(json).unwrap();
    let expected = smithy_reqwest::Timestamp::from_millisecond(1_500).unwrap();
    for read in [response.plain, response.iso, response.web, response.shape] {
        assert_eq!(read, Some(expected));
    }
    assert_eq!(response.history.unwrap()[0], expected);
}

#[test]
fn secrets_are_not_in_debug_output() {
    use sensitive_client::operation::LogInRequest;

    let request: LogInRequest = serde_json::from_str(
        r#"{"user":"ann","password":"hunter2","keys":["hunter2"],"card":{"number":"hunter2"},
            "uses":{"hunter2":"mail"},"answers":{"pet":"hunter2"},"pin":"hunter2",
            "hints":["hunter2"]}"#,
    )
    .unwrap();
    let text = format!("{request:?}");
    assert!(text.contains("ann") && !text.contains("hunter2"), "{text}");
}

#[test]
fn of_a_union_those_members_are_in_debug_output_that_are_no_secrets() {
    use sensitive_client::types::Proof;

    for (member, is_shown) in [("badge", true), ("code", false), ("key", false)] {
        let json = serde_json::json!({ member: "hunter2" });
        let proof: Proof = serde_json::from_value(json).unwrap();
        let text = format!("{proof:?}");
        assert_eq!(text.contains("hunter2"), is_shown, "{text}");
    }
}

#[test]
fn a_recursive_value_of_any_depth_is_made_and_read() {
    use recursion_client::types::{Branch, Tree};

    let tree = Tree::default()
        .branch(Branch::new(Tree::default()))
        .children([Tree::default()]);
    let json = serde_json::to_string(&tree).unwrap();
    assert_eq!(json, r#"{"branch":{"tree":{}},"children":[{}]}"#);
    assert_eq!(serde_json::from_str::<Tree>(&json).unwrap(), tree);
}

#[test]
fn a_service_has_shapes_under_names_of_its_own() {
    use rename_client::error::RudeMessage;
    use rename_client::operation::GreetResponse;
    use rename_client::types::{Either, Greeting, RenamedGreeting, Tone, ToneOfVoice};

    let json = r#"{"renamed":{"salutation":"Ahoy","tone":"WARM"}}"#;
    let ahoy = RenamedGreeting::default()
        .salutation("Ahoy")
        .tone(ToneOfVoice::Warm);
    let either: Either = serde_json::from_str(json).unwrap();
    assert_eq!(either, Either::Renamed(ahoy));
    assert_ne!(either, Either::Greeting(Greeting::default()));
    assert_eq!(Tone::Low.as_i32(), 1);
    assert_eq!(GreetResponse::default().tone, ToneOfVoice::Warm);
    // What is on the wire keeps its name.
    assert_eq!(RudeMessage::default().to_string(), "Rude");
}

#[test]
fn a_union_is_an_object_with_one_member_and_an_unknown_one_is_kept() {
    use union_client::types::{Figure, Size};

    for json in [
        r#"{"circle":1.5}"#,
        r#"{"circle":"NaN"}"#,
        r#"{"poly-gon":["a","b"]}"#,
        r#"{"since":1.5}"#,
        r#"{"nothing":{}}"#,
        r#"{"inside":{"inside":{"circle":1.0}}}"#,
        r#"{"hexagon":{"side":[1]}}"#,
    ] {
        let figure: Figure = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&figure).unwrap(), json);
    }
    let json = r#"{"__type":"x","circle":null,"hexagon":null,"nothing":{}}"#;
    let figure: Figure = serde_json::from_str(json).unwrap();
    assert_eq!(figure, Figure::Nothing);
    for wrong in [
        "{}",
        r#"{"circle":null}"#,
        r#"{"circle":1,"since":1}"#,
        r#"{"circle":"x"}"#,
    ] {
        assert!(serde_json::from_str::<Figure>(wrong).is_err(), "{wrong}");
    }
    assert_eq!(Size::from(-2), Size::Large);
    assert_eq!(Size::from(7).as_i32(), 7);
}

#[test]
fn the_unknown_value_of_an_enum_is_shown() {
    use enumeration_client::types::Color;
    use union_client::types::Size;

    let color = Color::from("plaid");
    assert_eq!(format!("{color:?}"), r#"Unknown("plaid")"#);
    assert_eq!(color.to_string(), "plaid");
    let Color::Unknown(value) = color else {
        panic!("{color:?}");
    };
    assert_eq!(format!("{value} {value:?}"), r#"plaid "plaid""#);
    assert_eq!(format!("{:?}", Size::from(7)), "Unknown(7)");
}

#[test]
fn a_required_member_that_a_response_lacks_is_empty_and_no_error() {
    use union_client::operation::DrawResponse;

    let response: DrawResponse = serde_json::from_str(r#"{"figure":null}"#).unwrap();
    assert_eq!(response, DrawResponse::default());
    let response: DrawResponse =
        serde_json::from_str(r#"{"access":{"password":"hunter2"}}"#).unwrap();
    let text = format!("{response:?}");
    assert!(text.contains("Password(** redacted **)"), "{text}");
}
