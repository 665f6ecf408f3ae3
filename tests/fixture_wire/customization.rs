//! What some services of AWS want beyond what their models say. The values are those of the
//! protocol tests of restJson1 for these services.

use smithy_reqwest::Body;

use super::{api_gateway_client, client, glacier_client, only, route_53_client};

const HELLO_WORLD: &str = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";

#[tokio::test]
async fn api_gateway_is_told_that_it_answers_in_json() {
    let (client, recorder) = client::<api_gateway_client::Client>(&[], "{}");
    client.get_rest_apis().send().await.unwrap();
    assert_eq!(only(&recorder).header("accept"), Some("application/json"));
}

#[tokio::test]
async fn glacier_is_told_its_version_and_the_account_that_signs() {
    let (client, recorder) = client::<glacier_client::Client>(&[], "");
    for (account, path) in [
        (None, "/-/vaults"),
        (Some(""), "/-/vaults"),
        (Some("foo"), "/foo/vaults"),
    ] {
        let call = client.list_vaults();
        let call = match account {
            Some(account) => call.account_id(account),
            None => call,
        };
        call.send().await.unwrap();
        let sent = only(&recorder);
        assert_eq!(sent.parts.uri.path(), path);
        // The version of the service of a fixture.
        assert_eq!(sent.header("x-amz-glacier-version"), Some("2026-11-22"));
        assert_eq!(sent.header("x-amz-content-sha256"), None);
    }
}

#[tokio::test]
async fn an_archive_goes_to_glacier_with_its_hash_and_its_tree_hash() {
    let (client, recorder) = client::<glacier_client::Client>(&[], "");
    let body = Body::wrap(http_body_util::Full::from("hello world"));
    let call = client.upload_archive("bar").account_id("foo").body(body);
    call.send().await.unwrap();
    let sent = only(&recorder);
    assert_eq!(sent.parts.uri.path(), "/foo/vaults/bar/archives");
    assert_eq!(sent.body, "hello world");
    for name in ["x-amz-content-sha256", "x-amz-sha256-tree-hash"] {
        assert_eq!(sent.header(name), Some(HELLO_WORLD), "{name}");
    }

    let call = client.upload_archive("bar").body("hello world");
    call.checksum("known before").send().await.unwrap();
    let sent = only(&recorder);
    assert_eq!(sent.header("x-amz-content-sha256"), Some(HELLO_WORLD));
    assert_eq!(sent.header("x-amz-sha256-tree-hash"), Some("known before"));
}

#[tokio::test]
async fn ids_of_route_53_go_out_without_the_path_that_they_come_with() {
    let (client, recorder) = client::<route_53_client::Client>(&[], "");
    for id in ["/hostedzone/Z1", "hostedzone/Z1", "Z1"] {
        client.get_hosted_zone(id).send().await.unwrap();
        assert_eq!(only(&recorder).parts.uri.path(), "/hostedzone/Z1", "{id}");
    }
}
