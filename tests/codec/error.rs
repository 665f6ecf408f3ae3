//! Errors in the bodies of each protocol. The expected members are what the Smithy reference, pages
//! "AWS restXml protocol", "AWS query protocol" and "Smithy RPC v2 CBOR", says.

use smithy_reqwest::protocol::{Protocol as _, RestJson1, RestXml, RpcV2Cbor};
use smithy_reqwest::{Client, GeneratedClient};

use super::service::{Aws, Cbor, Error, Gone, ServiceError, Xml, failed};

/// Returns the members of an error.
#[track_caller]
fn gone(error: &Error) -> Gone {
    let Some(ServiceError::Gone(gone)) = error.service() else {
        panic!("{error:?}");
    };
    gone.clone()
}

fn expected() -> Gone {
    Gone {
        until: Some("noon".to_owned()),
        message: Some("it is gone".to_owned()),
        name: Some("a".to_owned()),
    }
}

async fn assert_read<C: GeneratedClient + AsRef<Client>>(body: &'static str) {
    let error = failed::<C>(body).await;
    assert_eq!(error.code(), Some("Gone"), "{body}");
    assert_eq!(error.message(), Some("it is gone"), "{body}");
    assert_eq!(error.request_id(), Some("r1"), "{body}");
    assert_eq!(gone(&error), expected(), "{body}");
}

#[tokio::test]
async fn an_error_in_xml_is_read_wherever_it_is() {
    for body in [
        "<ErrorResponse><Error><Type>Sender</Type><Code> Gone </Code><Message>it is gone</Message>\
         <name>a</name></Error><RequestId>r1</RequestId></ErrorResponse>",
        "<Error><Code>Gone</Code><message>it is gone</message><name>a</name>\
         <RequestId>r1</RequestId></Error>",
        "<Response><Errors><Error><Code>Gone</Code><Message>it is gone</Message><name>a</name>\
         </Error></Errors><RequestID>r1</RequestID></Response>",
    ] {
        assert_read::<Xml>(body).await;
        assert_read::<Aws>(body).await;
    }
}

#[tokio::test]
async fn what_only_looks_like_an_error_in_xml_is_skipped() {
    for body in [
        // Beside the error.
        "<Response><Code>Other</Code><Message>other</Message><name>b</name>\
         <Error><Code>Gone</Code><Message>it is gone</Message><name>a</name></Error>\
         <RequestId>r1</RequestId><Code>Other</Code><Message>other</Message></Response>",
        // In it.
        "<Response><Error><Code>Gone</Code><Message>it is gone</Message><name>a</name>\
         <Error><Code>Other</Code><Message>other</Message></Error>\
         <Errors><Error><Code>Other</Code></Error></Errors></Error>\
         <RequestId>r1</RequestId></Response>",
        // Too deep.
        "<Response><a><b><Error><name>b</name></Error></b></a>\
         <Errors><Errors><Error><Code>Other</Code><name>b</name></Error></Errors></Errors>\
         <Error><Code>Gone</Code><Message>it is gone</Message><name>a</name></Error>\
         <RequestId>r1</RequestId></Response>",
    ] {
        assert_read::<Xml>(body).await;
    }
    let body =
        "<Response><Errors><Errors><Error><Code>Gone</Code></Error></Errors></Errors></Response>";
    assert_eq!(failed::<Xml>(body).await.code(), None);
}

/// A map of texts, each shorter than 24 bytes.
fn map(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut body = vec![0xa0 + u8::try_from(entries.len()).unwrap()];
    for text in entries.iter().flat_map(|(key, value)| [key, value]) {
        body.push(0x60 + u8::try_from(text.len()).unwrap());
        body.extend_from_slice(text.as_bytes());
    }
    body
}

#[tokio::test]
async fn an_error_in_cbor_is_read() {
    for message in ["message", "Message"] {
        let entries = [
            ("__type", "fixture#Gone"),
            (message, "it is gone"),
            ("name", "a"),
        ];
        let error = failed::<Cbor>(map(&entries)).await;
        assert_eq!(error.code(), Some("Gone"));
        assert_eq!(error.message(), Some("it is gone"));
        assert_eq!(gone(&error), expected());
    }
    let error = failed::<Cbor>(map(&[("__type", "x#Other"), ("message", "")])).await;
    assert_eq!((error.code(), error.message()), (Some("Other"), None));
}

#[tokio::test]
async fn an_error_in_cbor_that_breaks_off_has_what_comes_before() {
    let mut body = map(&[("message", "other"), ("__type", "x#Other")]);
    // One entry more than there are.
    body[0] += 1;
    for rest in [&b""[..], b"\x61", b"\x61a", b"\x61a\xff"] {
        let error = failed::<Cbor>([&*body, rest].concat()).await;
        assert_eq!(
            (error.code(), error.message()),
            (Some("Other"), Some("other"))
        );
    }
    // Values of other types are skipped.
    let skipped = [&b"\xa2\x61a\x82\x01\x02"[..], b"\x66__type\x64Gone"].concat();
    assert_eq!(failed::<Cbor>(skipped).await.code(), Some("Gone"));
}

#[test]
fn the_format_of_events_is_printed_with_its_media_type() {
    for (format, media_type) in [
        (RestJson1.event_format(), "application/json"),
        (RestXml.event_format(), "application/xml"),
        (RpcV2Cbor::new().event_format(), "application/cbor"),
    ] {
        assert!(format!("{format:?}").contains(media_type), "{format:?}");
    }
}
