//! The signature of what arrived, computed a second time by the `aws-sigv4` crate.

use appflow_client::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign as aws_sign};
use aws_sigv4::sign::v4;
use workspace_tests::{RecordedRequest, Reply, Server};

use super::{ACCESS_KEY, FLOW, SECRET_KEY, SESSION_TOKEN, builder, now, only_request};

/// What the `aws-sigv4` crate would send as `authorization` with this request.
fn authorization(
    request: &RecordedRequest,
    url: &str,
    region: &str,
    session_token: Option<&str>,
) -> String {
    let identity = aws_credential_types::Credentials::new(
        ACCESS_KEY,
        SECRET_KEY,
        session_token.map(str::to_owned),
        None,
        "test",
    )
    .into();
    let parameters = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("appflow")
        .time(now())
        .settings(SigningSettings::default())
        .build()
        .unwrap()
        .into();
    // The crate adds the date and the session token by itself.
    let headers = signed_headers(request)
        .into_iter()
        .filter(|name| !matches!(*name, "x-amz-date" | "x-amz-security-token"))
        .map(|name| (name, request.header(name).unwrap()));
    let signable = SignableRequest::new(
        request.method.as_str(),
        format!("{url}{}", request.target),
        headers,
        SignableBody::Bytes(&request.body),
    )
    .unwrap();
    let (instructions, _) = aws_sign(signable, &parameters).unwrap().into_parts();
    let mut signed = http::Request::new(());
    instructions.apply_to_request_http1x(&mut signed);
    let authorization = &signed.headers()["authorization"];
    authorization.to_str().unwrap().to_owned()
}

/// The list of names in the `authorization` header.
fn signed_headers(request: &RecordedRequest) -> Vec<&str> {
    let authorization = request.header("authorization").unwrap();
    let (_, list) = authorization.split_once(", SignedHeaders=").unwrap();
    let (list, _) = list.split_once(", Signature=").unwrap();
    list.split(';').collect()
}

#[tokio::test]
async fn the_signature_is_the_one_that_aws_sigv4_computes() {
    let cases = [
        ("us-east-1", "", FLOW, None),
        ("us-east-1", "", FLOW, Some(SESSION_TOKEN)),
        ("cn-north-1", "", "café \"quoted\" 🚀", None),
        ("eu-central-1", "/stage/v1", FLOW, Some(SESSION_TOKEN)),
        ("eu-central-1", "/a%20b/ü/c+d/~e*(f)", FLOW, None),
        ("eu-central-1", "/a//b/./c/../d", FLOW, None),
    ];
    for (region, path, flow, session_token) in cases {
        let server = Server::scripted([Reply::json(200, "{}")]).await.unwrap();
        let credentials =
            Credentials::new(ACCESS_KEY, SECRET_KEY, session_token.map(str::to_owned));
        let client = builder(&format!("{}{path}", server.url()))
            .region(region)
            .credentials(credentials)
            .build()
            .unwrap();
        client.start_flow(flow).send().await.unwrap();

        let request = only_request(&server);
        assert_eq!(
            request.header("authorization").unwrap(),
            authorization(&request, &server.url(), region, session_token),
            "{region} {path:?} {flow:?}",
        );
    }
}

#[tokio::test]
async fn the_signature_covers_labels_and_parameters_as_they_are_escaped() {
    let arn = "arn:aws:appflow:us-east-1:123456789012:flow/orders to+s3%";
    let keys = ["team", "a&b=c", "cost centre", "", "é"].map(str::to_owned);
    let server = Server::scripted([Reply::json(200, "{}")]).await.unwrap();
    let client = builder(&server.url()).build().unwrap();
    client.untag_resource(arn, keys).send().await.unwrap();

    let request = only_request(&server);
    assert_eq!(
        request.header("authorization").unwrap(),
        authorization(&request, &server.url(), "us-east-1", None),
    );
}

#[tokio::test]
async fn headers_about_the_attempt_the_length_and_the_client_are_sent_unsigned() {
    let server = Server::scripted([Reply::json(200, "{}")]).await.unwrap();
    let credentials = Credentials::new(ACCESS_KEY, SECRET_KEY, Some(SESSION_TOKEN.to_owned()));
    let client = builder(&server.url()).credentials(credentials).build();
    client.unwrap().start_flow(FLOW).send().await.unwrap();

    let request = only_request(&server);
    assert_eq!(
        signed_headers(&request),
        ["content-type", "host", "x-amz-date", "x-amz-security-token"]
    );
    for name in [
        "amz-sdk-invocation-id", "amz-sdk-request", "content-length", "user-agent",
        "x-amz-user-agent",
    ] {
        assert!(request.header(name).is_some(), "{name}");
    }
}

#[tokio::test]
async fn the_scope_names_the_day_the_region_and_the_service() {
    let server = Server::scripted([Reply::json(200, "{}")]).await.unwrap();
    let client = builder(&server.url()).region("ap-south-2").build().unwrap();
    client.start_flow(FLOW).send().await.unwrap();

    let request = only_request(&server);
    let authorization = request.header("authorization").unwrap();
    let expected =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261122/ap-south-2/appflow/aws4_request, ";
    assert!(authorization.starts_with(expected), "{authorization}");
}
