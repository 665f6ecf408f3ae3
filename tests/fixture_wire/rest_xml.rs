//! restXml. What is expected is what the Smithy reference, pages "AWS restXml protocol" and "XML
//! binding traits", says.

use std::collections::BTreeMap;

use smithy_reqwest::Timestamp;

use super::{client, only, rest_xml_client};

#[tokio::test]
async fn what_is_not_bound_is_the_element_that_is_the_body() {
    let response = "<PutThingResponse><State>made</State></PutThingResponse>";
    let headers = [("x-version", "2")];
    let (client, recorder) = client::<rest_xml_client::Client>(&headers, response);
    let call = client
        .put_thing("a b")
        .kind("<\"&'>\t")
        .names(["n\r\n".to_owned()]);
    let colors = BTreeMap::from([("lid".to_owned(), vec!["red".to_owned()])]);
    let until = Timestamp::from_second(0).unwrap();
    let call = call.sizes([1, 2]).colors(colors).until(until);
    let output = call.send().await.unwrap();
    assert_eq!(output.version.as_deref(), Some("2"));
    assert_eq!(output.state.as_deref(), Some("made"));

    let sent = only(&recorder);
    assert_eq!(sent.parts.uri.path(), "/things/a%20b");
    assert_eq!(sent.header("content-type"), Some("application/xml"));
    assert_eq!(
        sent.body,
        "<Thing xmlns=\"https://fixture.example.com/doc/\" \
         kind=\"&lt;&quot;&amp;&apos;&gt;&#x9;\">\
         <Names><Name>n&#xD;&#xA;</Name></Names><Size>1</Size><Size>2</Size>\
         <Colors><entry><Part>lid</Part><value><Name>red</Name></value></entry></Colors>\
         <Until>1970-01-01T00:00:00Z</Until></Thing>"
    );
}
