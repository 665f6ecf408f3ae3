//! Agreement with the `aws-sigv4` crate, the signer of AWS's own SDK for Rust.
//!
//! What is compared is every header a signed request has, so not the signature alone. A generated
//! request that is signed otherwise belongs into [`VECTORS`] once it is understood.

use std::time::SystemTime;

use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SessionTokenMode, SignableBody, SignableRequest,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use http::HeaderMap;
use http::header::HOST;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use smithy_reqwest::sigv4::{Payload, Signing};
use smithy_reqwest::{Credentials, Timestamp};

use super::{TOKEN, credentials, header_lines, signing, time};

struct Vector {
    request: (&'static str, &'static str),
    headers: &'static [(&'static str, &'static str)],
    body: &'static [u8],
    token: Option<&'static str>,
    time: &'static str,
}

const VECTORS: [Vector; 6] = [
    Vector {
        request: ("POST", "https://appflow.us-east-1.amazonaws.com/start-flow"),
        headers: &[("content-type", "application/json")],
        body: br#"{"flowName":"orders"}"#,
        token: None,
        time: "2026-11-22T03:00:00Z",
    },
    Vector {
        request: ("POST", "https://appflow.us-east-1.amazonaws.com/list-flows"),
        headers: &[("user-agent", "changes"), ("x-amz-user-agent", "stays")],
        body: b"{}",
        token: Some(TOKEN),
        time: "2024-02-29T23:59:59.999Z",
    },
    Vector {
        request: (
            "GET",
            "https://h.example:8443/tags/arn%3Aaws%3Aappflow%3Aus-east-1%3A1%3Aflow%2Fa%20b",
        ),
        headers: &[("x-note", "  two   words "), ("x-note", "again")],
        body: b"",
        token: None,
        time: "1970-01-01T00:00:00Z",
    },
    Vector {
        request: ("GET", "https://h.example/a/./b//../%2e%2e/c=(1)*!'/.."),
        headers: &[("accept", "")],
        body: b"",
        token: Some(TOKEN),
        time: "2026-01-01T00:00:00Z",
    },
    Vector {
        request: (
            "DELETE",
            "https://h.example/tags?tagKeys=b&tagKeys=a&tagKeys=a%2Fb&empty=&bare&+=%2B&%E1%88%B4",
        ),
        headers: &[("x-b", "2"), ("x-a", "1"), ("x-amzn-trace-id", "Root=1")],
        body: b"",
        token: None,
        time: "2026-12-31T23:59:59Z",
    },
    Vector {
        request: ("PUT", "http://localhost:8080?only=query"),
        headers: &[("host", "behind.a.proxy"), ("x-name", "J\u{fc}rgen")],
        body: &[0, 159, 146, 150],
        token: Some(TOKEN),
        time: "2099-06-15T12:00:00Z",
    },
];

#[test]
fn requests_written_by_hand_are_signed_as_by_aws_sigv4() {
    for vector in VECTORS {
        let (method, uri) = vector.request;
        let request = vector.headers.iter().fold(
            http::Request::builder().method(method).uri(uri),
            |request, (name, value)| request.header(*name, value.as_bytes()),
        );
        let request = request.body(()).unwrap();
        let credentials = credentials(vector.token);
        let signing = Signing {
            time: time(vector.time),
            ..signing(&credentials)
        };
        let payload = Payload::Bytes(vector.body);

        let ours = sign_with_ours(&signing, &request, payload);

        let theirs = sign_with_aws_sigv4(&signing, &request, payload);
        assert_eq!(header_lines(&ours), header_lines(&theirs), "{method} {uri}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("regressions/sigv4.txt"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn generated_requests_are_signed_as_by_aws_sigv4(
        request in request(),
        (body, has_events) in (prop::option::of(vec(any::<u8>(), 0..64)), any::<bool>()),
        (secret_key, token) in ("[ -~]{0,48}", prop::option::of(token())),
        time in moment(),
        (normalize_path, double_encode_path) in any::<(bool, bool)>(),
        (content_header, unsigned_token) in any::<(bool, bool)>(),
    ) {
        let credentials = Credentials::new("AKIDEXAMPLE", secret_key, token);
        let signing = Signing {
            normalize_path,
            double_encode_path,
            content_header,
            unsigned_token,
            ..Signing::new(&credentials, "eu-central-1", "appflow", time)
        };
        let unread = if has_events { Payload::Events } else { Payload::Unsigned };
        let payload = body.as_deref().map_or(unread, Payload::Bytes);

        let ours = sign_with_ours(&signing, &request, payload);

        let theirs = sign_with_aws_sigv4(&signing, &request, payload);
        prop_assert_eq!(header_lines(&ours), header_lines(&theirs));
    }
}

fn request() -> impl Strategy<Value = http::Request<()>> {
    let method = prop_oneof!["GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS", "[A-Z]{1,8}"];
    let parts = (method, authority(), path(), query(), vec(header(), 0..6));
    parts.prop_map(|(method, authority, path, query, headers)| {
        let request = http::Request::builder()
            .method(method.as_str())
            .uri(format!("https://{authority}{path}{query}"));
        let request = headers.iter().fold(request, |request, (name, value)| {
            request.header(name, value.as_bytes())
        });
        request.body(()).expect("the strategy makes valid requests")
    })
}

/// Never with the scheme's own port: `aws-sigv4` leaves it out of the host it signs, because hyper
/// would leave it out of the header. We send the header we sign, so either is right.
fn authority() -> impl Strategy<Value = String> {
    prop_oneof![r"[a-z]{1,8}\.amazonaws\.com", r"localhost:8[0-9]{3}"]
}

/// Every character that can stand in the path of a URI, escapes of every byte, dot segments and
/// empty ones, and no path at all.
fn path() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => "[!$-.0-;=@-Z\\[-_a-z|~\"{}]",
        2 => "%[0-9A-Fa-f]{2}",
        1 => "[\u{80}-\u{10ffff}]",
    ];
    let segment = prop_oneof![
        4 => vec(character, 1..8).prop_map(|characters| characters.concat()),
        2 => r"\.{0,3}",
        1 => "%2[eE]",
    ];
    vec(segment.prop_map(|segment| format!("/{segment}")), 0..6)
        .prop_map(|segments| segments.concat())
}

/// Few names, so that they repeat; values with `=`, `+`, escapes (also of what is not UTF-8, and
/// broken ones); parameters without `=`, without a name, and without anything.
fn query() -> impl Strategy<Value = String> {
    let name = prop_oneof![2 => "[abA]?", 1 => "[+.~/-]|%20|%C3%A9"];
    let value = prop::option::of("([!$%'-;=?-~é\u{1234}]|%[0-9A-Fa-f]{2}){0,6}");
    let parameter = (name, value).prop_map(|(name, value)| match value {
        Some(value) => format!("{name}={value}"),
        None => name,
    });
    prop_oneof![
        1 => Just(String::new()),
        4 => vec(parameter, 0..6).prop_map(|parameters| format!("?{}", parameters.join("&"))),
    ]
}

/// Few names, so that they repeat; among them those that are not signed. Values have spaces at
/// their ends and inside, tabs (which are no spaces here), and UTF-8.
fn header() -> impl Strategy<Value = (String, String)> {
    let name = prop_oneof![
        4 => "x-[ab]|accept|content-type|x-amz-meta-a",
        1 => "x-[0-9a-z!#$%&'*+.^_`|~-]{1,6}",
        1 => "authorization|user-agent|x-amzn-trace-id|transfer-encoding|x-amz-user-agent|host",
    ];
    (name, " {0,3}([!-~\t\u{a0}é]{0,3} {0,3}){0,4}")
}

/// Without spaces, as every token AWS gives. `aws-sigv4` does not trim spaces in a token as in the
/// other headers; the reference makes no such exception.
fn token() -> impl Strategy<Value = String> {
    "[!-~]{1,64}"
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0..253_402_300_800_i64, 0..1_000_000_000)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap())
}

fn sign_with_ours(
    signing: &Signing<'_>,
    request: &http::Request<()>,
    payload: Payload<'_>,
) -> HeaderMap {
    let (mut request, ()) = request.clone().into_parts();
    signing.sign(&mut request, payload).unwrap();
    request.headers
}

pub(super) fn sign_with_aws_sigv4(
    signing: &Signing<'_>,
    request: &http::Request<()>,
    payload: Payload<'_>,
) -> HeaderMap {
    let credentials = signing.credentials;
    let identity = aws_credential_types::Credentials::new(
        credentials.access_key(),
        credentials.secret_key(),
        credentials.session_token().map(str::to_owned),
        None,
        "test",
    )
    .into();
    let params = SigningParams::builder()
        .identity(&identity)
        .region(signing.region)
        .name(signing.service)
        .time(SystemTime::from(signing.time))
        .settings(settings(signing, payload))
        .build()
        .unwrap()
        .into();
    let body = match payload {
        Payload::Bytes(bytes) => SignableBody::Bytes(bytes),
        Payload::Unsigned => SignableBody::UnsignedPayload,
        Payload::Events => SignableBody::Precomputed("STREAMING-AWS4-HMAC-SHA256-EVENTS".into()),
    };
    let headers = request.headers().iter().map(|(name, value)| {
        let value = std::str::from_utf8(value.as_bytes()).unwrap();
        (name.as_str(), value)
    });
    let method = request.method().as_str();
    let signable = SignableRequest::new(method, request.uri().to_string(), headers, body).unwrap();
    let (instructions, _) = sign(signable, &params).unwrap().into_parts();
    let mut signed = request.clone();
    instructions.apply_to_request_http1x(&mut signed);
    // The host it signs is one that the HTTP client adds.
    let host = request.uri().authority().unwrap().as_str();
    let headers = signed.headers_mut();
    headers.entry(HOST).or_insert(host.parse().unwrap());
    signed.into_parts().0.headers
}

/// The settings of `aws-sigv4` that make it sign as ours does.
fn settings(signing: &Signing<'_>, payload: Payload<'_>) -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.percent_encoding_mode = if signing.double_encode_path {
        PercentEncodingMode::Double
    } else {
        PercentEncodingMode::Single
    };
    settings.uri_path_normalization_mode = UriPathNormalizationMode::from(signing.normalize_path);
    settings.payload_checksum_kind =
        if signing.content_header || !matches!(payload, Payload::Bytes(_)) {
            PayloadChecksumKind::XAmzSha256
        } else {
            PayloadChecksumKind::NoHeader
        };
    settings.session_token_mode = if signing.unsigned_token {
        SessionTokenMode::Exclude
    } else {
        SessionTokenMode::Include
    };
    let excluded = [
        "authorization", "user-agent", "x-amzn-trace-id", "transfer-encoding",
    ];
    settings.excluded_headers = Some(excluded.map(Into::into).to_vec());
    settings
}
