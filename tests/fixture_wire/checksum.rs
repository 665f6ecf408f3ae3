//! Checksums that go with a body.

use smithy_reqwest::Body;

use super::{checksum_client, client, only};

#[tokio::test]
async fn a_body_goes_with_its_md5() {
    let (client, recorder) = client::<checksum_client::Client>(&[], "{}");
    let call = client.check().text("base64 encoded md5 checksum");
    call.send().await.unwrap();
    let sent = only(&recorder);
    // The value of the protocol test `RestJsonHttpChecksumRequired`, for the same body.
    let expected = Some("iB0/3YSo7maijL0IGOgA9g==");
    assert_eq!(sent.header("content-md5"), expected);
    let authorization = sent.header("authorization").unwrap();
    assert!(authorization.contains("=content-md5;"), "{authorization}");
}

#[tokio::test]
async fn a_checksum_of_the_caller_is_sent_as_it_is() {
    let (client, recorder) = client::<checksum_client::Client>(&[], "{}");
    client.check().md5("known before").send().await.unwrap();
    assert_eq!(only(&recorder).header("content-md5"), Some("known before"));
}

#[tokio::test]
async fn a_stream_is_read_for_its_checksum() {
    let (client, recorder) = client::<checksum_client::Client>(&[], "");
    let frame = http_body_util::Full::from("base64");
    let call = client.check_stream(Body::wrap(frame));
    call.send().await.unwrap();
    let sent = only(&recorder);
    // MD5("base64"), as `openssl md5` gives it.
    assert_eq!(sent.header("content-md5"), Some("laFEanEg5K9cDIh4q7fm0g=="));
    assert_eq!(sent.body, "base64");
    assert_eq!(sent.header("content-length"), Some("6"));
}

/// The documentation has the recipe of each: see the snapshot of the fixture.
#[tokio::test]
async fn facts_of_a_body_that_the_caller_computes_are_sent_as_they_are() {
    let (client, recorder) = client::<checksum_client::Client>(&[], "");
    // SHA-256("block"), as `openssl dgst -sha256` gives it, in hexadecimal and in base64.
    let hash = "496aca80e4d8f29fb8e8cd816c3afb48d3f103970b3a2ee1600c08ca67326dee";
    let checksum = "SWrKgOTY8p+46M2BbDr7SNPxA5cLOi7hYAwIymcybe4=";
    let call = client.put_block("block").length(5).checksum(checksum);
    call.hash(hash).send().await.unwrap();
    let sent = only(&recorder);
    assert_eq!(sent.header("x-amz-data-length"), Some("5"));
    assert_eq!(sent.header("x-amz-checksum"), Some(checksum));
    assert_eq!(sent.header("x-amz-content-sha256"), Some(hash));
    let authorization = sent.header("authorization").unwrap();
    let signed = "x-amz-checksum;x-amz-content-sha256;x-amz-data-length;";
    assert!(authorization.contains(signed), "{authorization}");
}
