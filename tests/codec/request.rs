//! Missing required members in restJson1, and requests as a service reads them.

use smithy_reqwest::operation::Operation;
use smithy_reqwest::protocol::{Protocol as _, RestJson1};
use smithy_reqwest::{Bytes, http, structure};

#[derive(Clone, PartialEq)]
struct Part {
    name: String,
}

structure!(Part: Default { name: "name" [required] });

#[derive(Clone, PartialEq)]
struct Order {
    id: String,
    path: String,
    sizes: Option<Vec<i32>>,
    urgency: Option<i32>,
    parts: Option<Vec<Part>>,
}

structure!(Order: Default {
    id: "id" [label, required],
    path: "path" [label, required],
    sizes: "sizes" [query("size")],
    urgency: "urgency" [header("x-urgency")],
    parts: "parts",
});

const OPERATION: Operation = Operation::new("PutOrder", "PUT", "/orders/{id}/{path+}");

/// The order in a request; `None` for a request of another operation.
fn read(
    uri: &str,
    header: &'static str,
    body: &'static str,
) -> Result<Option<Order>, Box<dyn std::error::Error>> {
    let request = http::Request::put(uri)
        .header("x-urgency", header)
        .body(Bytes::from(body))?;
    let mut order = Order::default();
    let is_read = RestJson1.read_request(&OPERATION, &request, &mut order)?;
    Ok(is_read.then_some(order))
}

#[test]
fn members_are_read_from_their_places() {
    let body = r#"{"parts":[{"name":"a"},null,{"name":"b"}]}"#;
    let order = read("/orders/7%2F/a/b%20c?size=1&size=2&other=3", "5", body);
    let parts = ["a", "b"].map(|name| Part {
        name: name.to_owned(),
    });
    let expected = Order {
        id: "7/".to_owned(),
        path: "a/b c".to_owned(),
        sizes: Some(vec![1, 2]),
        urgency: Some(5),
        parts: Some(parts.into()),
    };
    assert_eq!(order.unwrap(), Some(expected));
}

#[test]
fn a_label_may_be_empty_and_a_greedy_one_has_all_segments() {
    for (uri, id, path) in [
        ("/orders//a", "", "a"),
        ("/orders/7/", "7", ""),
        ("/orders/7//a", "7", "/a"),
        ("/orders/7/a/", "7", "a/"),
    ] {
        let order = read(uri, "5", "").unwrap().unwrap();
        assert_eq!((&*order.id, &*order.path), (id, path), "{uri}");
    }
    for uri in ["/orders/7", "/orders", "/others/7/a", "/"] {
        assert_eq!(read(uri, "5", "").unwrap(), None, "{uri}");
    }
}

#[test]
fn what_does_not_match_the_model_is_named() {
    for (uri, header, body, expected) in [
        (
            "/orders/7/a?size=x",
            "5",
            "",
            "`sizes` does not match the model",
        ),
        (
            "/orders/7/a",
            "five",
            "",
            "`urgency` does not match the model",
        ),
        (
            "/orders/7/a",
            "5",
            r#"{"parts":[null,{"name":"a"},{}]}"#,
            "`parts.2.member.name` is required, but missing",
        ),
    ] {
        let error = read(uri, header, body).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
}

#[derive(Clone, PartialEq)]
struct Search {
    text: Option<String>,
    tag: Option<String>,
    filter: Option<Vec<Filter>>,
}

structure!(Search: Default {
    text: "text" [query("q"), required],
    tag: "tag" [header("x-tag"), required],
    filter: "filter" [payload, required],
});

#[derive(Clone, PartialEq)]
struct Filter {
    r#type: Option<String>,
}

structure!(Filter: Default { r#type: "type" [required] });

#[test]
fn a_missing_required_member_is_named_wherever_it_belongs() {
    let operation = Operation::new("Search", "POST", "/search");
    let text = || Some("a".to_owned());
    let empty = Search::default();
    let without_tag = Search {
        text: text(),
        ..empty.clone()
    };
    let without_filter = Search {
        tag: text(),
        ..without_tag.clone()
    };
    let without_type = Search {
        filter: Some([text(), None].map(|r#type| Filter { r#type }).into()),
        ..without_filter.clone()
    };
    for (mut request, path, setter) in [
        (empty, "text", "text"),
        (without_tag, "tag", "tag"),
        (without_filter, "filter", "filter"),
        (without_type, "[1].type", "type"),
    ] {
        let error = RestJson1.write_request(&operation, &mut request);
        let expected = format!("`{path}` is required by the service: set it with `{setter}`");
        assert_eq!(error.unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_response_without_a_required_member_is_not_written() {
    let filter = Filter { r#type: None };
    let error = RestJson1.write_response(&filter).unwrap_err().to_string();
    assert_eq!(
        error,
        "`type` is required by the service: set it with `type`"
    );
    let filter = Filter {
        r#type: Some("a".to_owned()),
    };
    assert_eq!(
        RestJson1.write_response(&filter).unwrap(),
        br#"{"type":"a"}"#
    );
}
