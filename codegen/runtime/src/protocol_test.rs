//! Support for the protocol tests of generated crates.
//!
//! A model can contain protocol tests (`smithy.test#httpRequestTests` and `httpResponseTests`):
//! calls with the expected request, or responses with the expected output. The generator converts
//! each to a test of the crate. Such a test makes its call through an [`Exchange`], which records
//! the request and returns a response.
//!
//! This module requires the feature `protocol-test`. Its functions panic if an expectation is not
//! met.

#![expect(
    clippy::missing_panics_doc,
    clippy::panic,
    reason = "a test panics where it fails"
)]

mod canonical;
#[cfg(feature = "event-stream")]
mod events;

use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, UNIX_EPOCH};

use bytes::Bytes;
#[cfg(feature = "cbor")]
pub use canonical::canonical_cbor;
#[cfg(feature = "event-stream")]
pub use events::event_frames;
use serde_core::Serialize;

use crate::{Body, ClientBuilder, Credentials, GeneratedClient};

/// The idempotency token of the tests.
const TOKEN: &str = "00000000-0000-4000-8000-000000000000";

/// One request and one response, without a network.
#[derive(Debug, Clone)]
pub struct Exchange {
    host: String,
    status: u16,
    headers: Vec<(String, String)>,
    body: Bytes,
    sent: Arc<Mutex<Option<Sent>>>,
}

impl Default for Exchange {
    /// Creates an exchange whose response has the status 200 and nothing else.
    fn default() -> Self {
        Self::answering(200, &[], Bytes::new())
    }
}

impl Exchange {
    /// Creates an exchange with this response.
    pub fn answering(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let headers = headers.iter();
        Self {
            host: "example.com".to_owned(),
            status,
            headers: headers
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            body: body.into(),
            sent: Arc::default(),
        }
    }

    /// Sets another host, which may have a path.
    #[must_use]
    pub fn host(self, host: &str) -> Self {
        Self {
            host: host.to_owned(),
            ..self
        }
    }

    /// Returns a client that uses this exchange.
    #[must_use]
    pub fn client<C: GeneratedClient>(&self) -> C {
        let exchange = self.clone();
        let transport = move |request: http::Request<Body>| {
            let exchange = exchange.clone();
            async move { Ok::<_, Infallible>(exchange.answer(request).await) }
        };
        let client = ClientBuilder::<C>::default()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .endpoint_url(format!("https://{}", self.host))
            .token_source(|| TOKEN.to_owned())
            .time_source(|| UNIX_EPOCH + Duration::from_secs(1_440_938_160))
            // Each test has one response, which may be an error.
            .max_attempts(1)
            .transport(transport)
            .build();
        client.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn answer(self, request: http::Request<Body>) -> http::Response<Body> {
        let (parts, body) = request.into_parts();
        let body = body
            .collect()
            .await
            .unwrap_or_else(|error| panic!("{error}"));
        *self.sent.lock().unwrap_or_else(PoisonError::into_inner) = Some(Sent {
            parts: Arc::new(parts),
            body,
        });
        let mut response = http::Response::builder().status(self.status);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        response
            .body(Body::from(self.body))
            .unwrap_or_else(|error| panic!("{error}"))
    }

    /// Returns the request that was sent; `result` contains the reason if there is none.
    #[must_use]
    pub fn sent<T, E: Display>(&self, result: &Result<T, E>) -> Sent {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        match (sent.clone(), result) {
            (Some(sent), _) => sent,
            (None, Err(error)) => panic!("nothing was sent: {error}"),
            (None, Ok(_)) => panic!("nothing was sent"),
        }
    }
}

/// A request that was sent, for checks.
#[derive(Debug, Clone)]
pub struct Sent {
    parts: Arc<http::request::Parts>,
    body: Bytes,
}

/// Each method panics if its expectation is not met.
impl Sent {
    /// Expects an HTTP method.
    #[track_caller]
    pub fn method(&self, method: &str) -> &Self {
        assert_eq!(self.parts.method.as_str(), method);
        self
    }

    /// Expects a host.
    #[track_caller]
    pub fn host(&self, host: &str) -> &Self {
        assert_eq!(self.parts.uri.host(), Some(host));
        self
    }

    /// Expects a path.
    #[track_caller]
    pub fn path(&self, path: &str) -> &Self {
        assert_eq!(self.parts.uri.path(), path);
        self
    }

    /// Expects parameters in the query, without decoding, each as often as listed.
    #[track_caller]
    pub fn query(&self, parameters: &[&str]) -> &Self {
        let mut found: Vec<&str> = self.parameters().collect();
        for parameter in parameters {
            match found.iter().position(|found| found == parameter) {
                Some(at) => drop(found.swap_remove(at)),
                None => panic!("no parameter {parameter:?} in {:?}", self.parts.uri.query()),
            }
        }
        self
    }

    /// Expects parameters of these names in the query.
    #[track_caller]
    pub fn query_names(&self, names: &[&str]) -> &Self {
        for name in names {
            assert!(self.has_parameter(name), "no parameter {name:?}");
        }
        self
    }

    /// Expects no parameters of these names in the query.
    #[track_caller]
    pub fn no_query_names(&self, names: &[&str]) -> &Self {
        for name in names {
            assert!(!self.has_parameter(name), "a parameter {name:?}");
        }
        self
    }

    /// Expects headers with these values.
    #[track_caller]
    pub fn headers(&self, headers: &[(&str, &str)]) -> &Self {
        for (name, value) in headers {
            let found = self.parts.headers.get(*name);
            let found = found.map(|found| String::from_utf8_lossy(found.as_bytes()));
            assert_eq!(found.as_deref(), Some(*value), "the header {name:?}");
        }
        self
    }

    /// Expects headers of these names.
    #[track_caller]
    pub fn header_names(&self, names: &[&str]) -> &Self {
        for name in names {
            assert!(self.parts.headers.contains_key(*name), "no header {name:?}");
        }
        self
    }

    /// Expects no headers of these names.
    #[track_caller]
    pub fn no_header_names(&self, names: &[&str]) -> &Self {
        for name in names {
            assert!(!self.parts.headers.contains_key(*name), "a header {name:?}");
        }
        self
    }

    /// Expects a body with equal JSON.
    #[track_caller]
    pub fn json(&self, json: &str) -> &Self {
        let found = serde_json::from_slice(&self.body).map(canonical::json);
        let expected = serde_json::from_str(json).map(canonical::json);
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(error), _) => panic!("the body is not JSON: {error}"),
            (_, Err(error)) => panic!("the expected body is not JSON: {error}"),
        }
        self
    }

    /// Expects a body with equal XML.
    #[cfg(feature = "xml")]
    #[track_caller]
    pub fn xml(&self, xml: &str) -> &Self {
        let found = String::from_utf8_lossy(&self.body);
        match (
            roxmltree::Document::parse(&found),
            roxmltree::Document::parse(xml),
        ) {
            (Ok(found), Ok(expected)) => {
                let [found, expected] =
                    [found, expected].map(|it| canonical::xml(it.root_element()));
                assert_eq!(found, expected);
            }
            (Err(error), _) => panic!("the body is not XML: {error}"),
            (_, Err(error)) => panic!("the expected body is not XML: {error}"),
        }
        self
    }

    /// Expects a body with equal CBOR.
    #[cfg(feature = "cbor")]
    #[track_caller]
    pub fn cbor(&self, cbor: &[u8]) -> &Self {
        match (canonical_cbor(&self.body), canonical_cbor(cbor)) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected),
            (Err(error), _) => panic!("the body is not CBOR: {error}"),
            (_, Err(error)) => panic!("the expected body is not CBOR: {error}"),
        }
        self
    }

    /// Expects a body of these events, each as the base64 of a frame. The headers of an event may be
    /// in another order, and its JSON may be written in another way. Signatures are not compared.
    #[cfg(feature = "event-stream")]
    #[track_caller]
    pub fn events(&self, frames: &[&str]) -> &Self {
        let expected = events::canonical_frames(&event_frames(frames));
        assert_eq!(events::canonical_frames(&self.body), expected);
        self
    }

    /// Expects a body of these bytes.
    #[track_caller]
    pub fn body(&self, body: impl AsRef<[u8]>) -> &Self {
        let expected = String::from_utf8_lossy(body.as_ref());
        assert_eq!(String::from_utf8_lossy(&self.body), expected);
        assert_eq!(&*self.body, body.as_ref());
        self
    }

    fn parameters(&self) -> impl Iterator<Item = &str> {
        let query = self.parts.uri.query().unwrap_or_default();
        query.split('&').filter(|parameter| !parameter.is_empty())
    }

    fn has_parameter(&self, name: &str) -> bool {
        self.parameters()
            .any(|parameter| parameter.split('=').next() == Some(name))
    }
}

/// Expects two values to be equal, where `NaN` equals `NaN`.
#[track_caller]
pub fn expect_same<T: Debug + PartialEq + Serialize>(found: &T, expected: &T) {
    let same_json = || {
        let json = serde_json::to_value(found).and_then(|found| {
            let expected = serde_json::to_value(expected)?;
            Ok(found == expected)
        });
        json.unwrap_or(false)
    };
    // Values that contain `NaN` do not equal themselves.
    if found != expected && !same_json() {
        assert_eq!(found, expected);
    }
}

/// Expects a streamed body to have these bytes.
pub async fn expect_body(found: impl Into<Option<Body>>, expected: impl AsRef<[u8]>) {
    let found = found.into().unwrap_or_default().collect().await;
    let found = found.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        String::from_utf8_lossy(&found),
        String::from_utf8_lossy(expected.as_ref())
    );
    assert_eq!(&*found, expected.as_ref());
}
