//! A client that sends with an HTTP client of the caller's own needs no TLS of this crate.
//!
//! `cargo test -p appflow-client --no-default-features` runs this where there is none.

#![cfg(test)]

use std::convert::Infallible;
use std::net::Ipv4Addr;

use appflow_client::{Client, ClientBuilder, Credentials, reqwest};
use bytes::Bytes;
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

fn builder() -> ClientBuilder {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None);
    Client::builder()
        .region("us-east-1")
        .credentials(credentials)
}

/// Answers one connection with a started flow, and gives the URL to call.
async fn server() -> std::io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await?;
        let answer = service_fn(|_| async {
            let body = Full::new(Bytes::from_static(br#"{"flowStatus":"Active"}"#));
            Ok::<_, Infallible>(hyper::Response::new(body))
        });
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
        connection.await.map_err(std::io::Error::other)
    });
    Ok(format!("http://{address}"))
}

/// An HTTP client without TLS: as `reqwest::Client::new` makes it, it may want a crypto provider.
fn plain_client() -> reqwest::Client {
    let builder = match appflow_client::http_client_builder() {
        Ok(builder) => builder,
        Err(_) => reqwest::Client::builder(),
    };
    builder.no_proxy().build().unwrap()
}

#[tokio::test]
async fn a_call_goes_through_the_callers_own_client() {
    let url = server().await.unwrap();
    let client = builder()
        .endpoint_url(url)
        .http_client(plain_client())
        .build()
        .unwrap();
    let started = client.start_flow("orders-to-s3").send().await.unwrap();
    assert_eq!(started.flow_status.unwrap().as_str(), "Active");
}

#[cfg(not(any(
    feature = "rustls-ring",
    feature = "rustls-aws-lc",
    feature = "native-tls"
)))]
#[test]
fn without_tls_and_without_a_client_the_error_names_both_ways_out() {
    let text = builder().build().unwrap_err().to_string();
    assert!(text.contains("`rustls-ring`"), "{text}");
    assert!(text.contains("`http_client(…)`"), "{text}");
}

#[cfg(not(any(
    feature = "rustls-ring",
    feature = "rustls-aws-lc",
    feature = "native-tls"
)))]
#[test]
fn without_tls_a_client_of_ones_own_cannot_begin_with_ours_and_the_error_names_the_features() {
    let text = appflow_client::http_client_builder()
        .unwrap_err()
        .to_string();
    let begin = "the HTTP client could not be set up: no TLS is compiled in; enable the feature \
                 `rustls-ring`, ";
    assert!(text.starts_with(begin), "{text}");
}
