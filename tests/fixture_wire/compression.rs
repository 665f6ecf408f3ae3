//! Bodies that are compressed before they are sent.

use std::convert::Infallible;
use std::io::Read;
use std::sync::{Arc, Mutex};

use smithy_reqwest::{Body, ClientBuilder, Credentials, EnvironmentVariables, http};

use super::compression_client::{Client, Error};

const AROUND: usize = r#"{"data":""}"#.len();

/// What is sent of a body of a length in bytes: the header `content-encoding`, and the body.
struct Sent {
    encoding: Option<String>,
    body: Vec<u8>,
}

type SetUp = fn(ClientBuilder<Client>) -> ClientBuilder<Client>;

async fn sent(length: usize, encoding: Option<&str>, set_up: SetUp) -> Result<Sent, Error> {
    let request = Arc::new(Mutex::new(None));
    let recorder = Arc::clone(&request);
    let transport = move |request: http::Request<Body>| {
        *recorder.lock().unwrap() = Some(request);
        std::future::ready(Ok::<_, Infallible>(http::Response::new("{}")))
    };
    let builder = Client::builder()
        .environment(EnvironmentVariables::from_iter([(
            "AWS_REGION", "us-east-1",
        )]))
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .transport(transport);
    let client = set_up(builder).build_from_env().await?;
    let mut call = client.upload().data("a".repeat(length - AROUND));
    if let Some(encoding) = encoding {
        call = call.encoding(encoding);
    }
    call.send().await?;
    let (parts, body) = request.lock().unwrap().take().unwrap().into_parts();
    let body = body.bytes().unwrap().to_vec();
    assert_eq!(parts.headers["content-length"], body.len().to_string());
    let encoding = parts.headers.get("content-encoding");
    Ok(Sent {
        encoding: encoding.map(|value| value.to_str().unwrap().to_owned()),
        body,
    })
}

async fn encoding(length: usize, set_up: SetUp) -> Option<String> {
    sent(length, None, set_up).await.unwrap().encoding
}

#[tokio::test]
async fn a_body_of_10_240_bytes_is_compressed_and_no_smaller_one() {
    let sent = sent(10_240, None, |builder| builder).await.unwrap();
    assert_eq!(sent.encoding.as_deref(), Some("gzip"));
    let mut body = String::new();
    let mut decoder = flate2::read::GzDecoder::new(&*sent.body);
    decoder.read_to_string(&mut body).unwrap();
    assert_eq!(
        body,
        format!(r#"{{"data":"{}"}}"#, "a".repeat(10_240 - AROUND))
    );

    assert_eq!(encoding(10_239, |builder| builder).await, None);
}

#[tokio::test]
async fn the_encoding_is_added_after_that_of_the_caller() {
    let large = sent(10_240, Some("custom"), |builder| builder).await;
    assert_eq!(large.unwrap().encoding.as_deref(), Some("custom, gzip"));
    let small = sent(20, Some("custom"), |builder| builder).await;
    assert_eq!(small.unwrap().encoding.as_deref(), Some("custom"));
}

#[tokio::test]
async fn compression_is_set_in_code_or_else_in_the_environment() {
    fn with(builder: ClientBuilder<Client>, name: &str, value: &str) -> ClientBuilder<Client> {
        let variables = [("AWS_REGION", "us-east-1"), (name, value)];
        builder.environment(EnvironmentVariables::from_iter(variables))
    }
    const DISABLE: &str = "AWS_DISABLE_REQUEST_COMPRESSION";
    const MIN_SIZE: &str = "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES";
    let gzip = Some("gzip".to_owned());
    let cases: [(usize, SetUp, Option<String>); 9] = [
        (10_240, |b| b.disable_request_compression(true), None),
        (10_240, |b| with(b, DISABLE, "TRUE"), None),
        (10_240, |b| with(b, DISABLE, "false"), gzip.clone()),
        (
            10_240,
            |b| with(b, DISABLE, "true").disable_request_compression(false),
            gzip.clone(),
        ),
        (20, |b| b.request_min_compression_size(20), gzip.clone()),
        (19, |b| b.request_min_compression_size(20), None),
        (20, |b| with(b, MIN_SIZE, "0"), gzip),
        (20, |b| with(b, MIN_SIZE, "10485760"), None),
        (
            20,
            |b| with(b, MIN_SIZE, "0").request_min_compression_size(21),
            None,
        ),
    ];
    for (index, (length, set_up, expected)) in cases.into_iter().enumerate() {
        assert_eq!(encoding(length, set_up).await, expected, "case {index}");
    }

    let range = "set it to a number of bytes from 0 to 10485760";
    let cases: [(SetUp, &str); 3] = [
        (
            |b| with(b, MIN_SIZE, "many"),
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES is \"many\"; ",
        ),
        (
            |b| with(b, MIN_SIZE, "10485761"),
            "the least size of a request to compress is 10485761; ",
        ),
        (
            |b| b.request_min_compression_size(10_485_761),
            "the least size of a request to compress is 10485761; ",
        ),
    ];
    for (set_up, problem) in cases {
        let error = sent(20, None, set_up).await.err().unwrap();
        assert_eq!(error.to_string(), format!("{problem}{range}"));
    }
}
