//! awsQuery, and XML that is not what it should be. What is expected is what the Smithy reference,
//! pages "AWS query protocol" and "XML binding traits", says.

use std::time::Duration;

use smithy_reqwest::{ErrorKind, Timestamp};

use super::query_client::{Client, error::ServiceError};
use super::{client, client_with_status, only};

/// The response that has a text as its result.
fn response(result: &str) -> &'static str {
    let text = format!(
        "<?xml version=\"1.0\"?><ListThingsResponse xmlns=\"https://fixture.example.com/doc/\">\
         <ListThingsResult>{result}</ListThingsResult>\
         <ResponseMetadata><RequestId>r1</RequestId></ResponseMetadata></ListThingsResponse>"
    );
    text.leak()
}

#[tokio::test]
async fn a_request_is_a_form_with_the_action_and_the_version() {
    let (client, recorder) = client::<Client>(&[], response(""));
    let since = Timestamp::from_second(0).unwrap();
    let call = client.list_things().since(since);
    call.names(["a b".to_owned(), "ä&=".to_owned()])
        .send()
        .await
        .unwrap();
    let sent = only(&recorder);
    assert_eq!(sent.parts.method, "POST");
    assert_eq!(sent.parts.uri.path(), "/");
    assert_eq!(
        sent.body,
        "Action=ListThings&Version=2026-11-22&Names.Name.1=a%20b&Names.Name.2=%C3%A4%26%3D\
         &Since=1970-01-01T00%3A00%3A00Z"
    );
    let content_type = sent.header("content-type");
    assert_eq!(content_type, Some("application/x-www-form-urlencoded"));
}

#[tokio::test]
async fn an_empty_list_is_a_parameter_without_a_value() {
    let (client, recorder) = client::<Client>(&[], response(""));
    let call = client.list_things().names([""; 0]);
    call.send().await.unwrap();
    let body = only(&recorder).body;
    assert_eq!(body, "Action=ListThings&Version=2026-11-22&Names=");
}

#[tokio::test]
async fn a_result_is_read_whatever_is_beside_its_members() {
    let result = "<!-- one --><Things><member><Name>a&lt;&#x62;<![CDATA[<c>]]></Name>\
                  <Size> 3 </Size><New><Deep>1</Deep></New></member><other/><member/></Things>\
                  <Colors><Part>lid</Part><Color>red</Color></Colors>\
                  <x:Colors xmlns:x=\"u\"><Part>rim</Part><Color/></x:Colors>";
    let (client, _) = client::<Client>(&[], response(result));
    let output = client.list_things().send().await.unwrap();
    let things = output.things.unwrap();
    assert_eq!(things.len(), 2);
    assert_eq!(things[0].name.as_deref(), Some("a<b<c>"));
    assert_eq!(things[0].size, Some(3));
    assert_eq!(things[1].name, None);
    let colors = output.colors.unwrap();
    let colors: Vec<_> = colors
        .iter()
        .map(|(key, value)| (&**key, &**value))
        .collect();
    assert_eq!(colors, [("lid", "red"), ("rim", "")]);
}

#[tokio::test]
async fn an_error_is_known_by_the_code_that_queries_have_for_it() {
    for body in [
        "<ErrorResponse xmlns=\"u\"><Error><Type>Sender</Type><Code>Thing.Gone</Code>\
         <Message>it is gone</Message><Name>a</Name></Error><RequestId>r1</RequestId></ErrorResponse>",
        "<Error><Code>Thing.Gone</Code><Message>it is gone</Message><Name>a</Name>\
         <RequestId>r1</RequestId></Error>",
        "<Response><Errors><Error><Code>Thing.Gone</Code><Message>it is gone</Message>\
         <Name>a</Name></Error></Errors><RequestID>r1</RequestID></Response>",
    ] {
        let (client, _) = client_with_status::<Client>(410, &[], body);
        let error = client.list_things().send().await.unwrap_err();
        assert_eq!(error.code(), Some("Thing.Gone"), "{body}");
        assert_eq!(error.message(), Some("it is gone"), "{body}");
        assert_eq!(error.request_id(), Some("r1"), "{body}");
        let Some(ServiceError::ThingIsGone(gone)) = error.service() else {
            panic!("{error:?}");
        };
        assert_eq!(gone.message.as_deref(), Some("it is gone"));
        assert_eq!(gone.name.as_deref(), Some("a"));
        let wait = client
            .list_things()
            .wait_until_thing_gone(Duration::from_secs(1));
        assert_eq!(wait.await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_error_that_is_not_xml_keeps_its_status() {
    for body in ["", "gateway", "<html><body>no", "<Error><Code>"] {
        let (client, _) = client_with_status::<Client>(403, &[], body);
        let error = client.list_things().send().await.unwrap_err();
        assert_eq!((error.status(), error.code()), (Some(403), None), "{body}");
    }
}

#[tokio::test]
async fn xml_that_is_hostile_or_broken_is_refused() {
    let nested = |count: usize| {
        let (open, close) = ("<Parts><member>", "</member></Parts>");
        let inner = format!("{}{}", open.repeat(count), close.repeat(count));
        format!("<Things><member>{inner}</member></Things>")
    };
    let deep = nested(100_000);
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><x/>";
    for (body, expected) in [
        (response(&deep), "elements inside each other"),
        (entity, "a document type is not allowed"),
        (
            response("<Things>&a;</Things><Things><member><Name>&a;</Name></member></Things>"),
            "entity",
        ),
        (
            response("<Things><member><Size>three</Size></member></Things>"),
            "Things[0].Size: expected",
        ),
        (response("<Things></Colors>"), "invalid XML"),
        (response("<Colors><Color>red</Color></Colors>"), "no key"),
        ("<a><b>", "invalid XML"),
        ("no", "invalid XML"),
        ("<a/><b/>", "more than one element"),
    ] {
        let (client, _) = client::<Client>(&[], body);
        let error = client.list_things().send().await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::InvalidResponse),
            "{error}"
        );
        assert!(error.to_string().contains(expected), "{error}");
    }
    // What is deep or wide, but not in a member, is passed over.
    let mut wide = String::new();
    for index in 0..50_000 {
        wide.push_str(&format!(" a{index}=\"1\""));
    }
    let (client, _) = client::<Client>(&[], response(&format!("<New{wide}/>{}", nested(10))));
    assert!(client.list_things().send().await.is_ok());
}
