//! Secrets: what is printed and what is logged has none in it.
//!
//! Every secret of these tests has the same marker in it. What calls log is all that `tracing` and
//! `log` are told by this process, at every level: by us, by reqwest and by what is below it.

#![cfg(test)]

include!(concat!(env!("OUT_DIR"), "/auth.rs"));
include!(concat!(env!("OUT_DIR"), "/sensitive.rs"));

mod found;
mod journal;
mod logged;
mod printed;

use smithy_reqwest::{
    Body, ClientBuilder, Credentials, GeneratedClient, http, http_client_builder, reqwest,
};
use workspace_tests::Server;

const SECRET_KEY: &str = "hunter2/secret+key";
const SESSION_TOKEN: &str = "hunter2//session==";
const BEARER_TOKEN: &str = "hunter2.bearer.token";
const PASSWORD: &str = "hunter2-password";

/// The marker in the ways in which bytes are printed, and `me:hunter2-proxy` in Base64, as a proxy
/// is given it.
const MARKERS: [&str; 4] = [
    "hunter2",
    "104, 117, 110, 116, 101, 114, 50",
    "68756e74657232",
    "bWU6aHVudGVyMi1wcm94eQ",
];

fn credentials() -> Credentials {
    Credentials::new("AKIDEXAMPLE", SECRET_KEY, Some(SESSION_TOKEN.to_owned()))
}

/// Settings of a client that calls the URL and has all secrets that one can have.
fn builder<C: GeneratedClient>(url: &str) -> ClientBuilder<C> {
    ClientBuilder::default()
        .region("us-east-1")
        .credentials(credentials())
        .bearer_token(BEARER_TOKEN)
        .endpoint_url(url)
        .random_source(|| 0.0)
}

#[track_caller]
fn expect_no_secret(text: &str) {
    for marker in MARKERS {
        assert!(!text.contains(marker), "{text}");
    }
}

/// A client of the fixture with sensitive members that calls a server in place of its endpoint.
fn sensitive(server: &Server) -> sensitive_client::Client {
    let http = http_client_builder().unwrap().no_proxy().build().unwrap();
    let url: http::Uri = server.url().parse().unwrap();
    let transport = move |mut request: http::Request<Body>| {
        *request.uri_mut() = url.clone();
        let http = http.clone();
        async move {
            let request = reqwest::Request::try_from(request.map(reqwest::Body::wrap))?;
            let answer = http::Response::from(http.execute(request).await?);
            Ok::<_, reqwest::Error>(answer.map(Body::wrap))
        }
    };
    let client = builder("https://fixture.test").transport(transport).build();
    client.unwrap()
}
