//! A service declared by hand, with one operation whose response holds any JSON: what codecs make
//! of a body, seen from outside.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use smithy_reqwest::endpoint::Endpoint;
use smithy_reqwest::operation::{Operation, Request, Service};
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::{
    Body, Bytes, Client, ClientBuilder, Credentials, Document, Error, GeneratedClient, http,
    service_errors, structure,
};
use tokio::runtime::{Builder, Runtime};

#[derive(Clone, PartialEq)]
struct ProbeRequest {}

structure!(ProbeRequest: Default {});

#[derive(Clone, PartialEq)]
struct ProbeResponse {
    value: Option<Document>,
}

structure!(ProbeResponse: Default {
    value: "value" [payload],
});

/// The modeled errors, of which there are none.
#[derive(Debug)]
pub enum ProbeError {}

service_errors!(ProbeError {});

impl Request for ProbeRequest {
    type Response = ProbeResponse;
    type Error = ProbeError;

    const OPERATION: &'static Operation = &Operation::new("Probe", "GET", "/");
}

static SERVICE: Service = Service {
    sdk_id: "Probe",
    signing_name: "probe",
    protocol: &RestJson1,
    product: "probe/0.0.0",
    requires_credentials: true,
    headers: &[],
    endpoint_parameters: &[],
    resolve_endpoint: |_| Ok(Endpoint::new("https://example.com")),
};

struct ProbeClient(Client);

impl From<Client> for ProbeClient {
    fn from(client: Client) -> Self {
        Self(client)
    }
}

impl GeneratedClient for ProbeClient {
    const SERVICE: &'static Service = &SERVICE;
    type Error = ProbeError;
}

/// Reads bodies as the responses of a call.
pub struct Probe {
    client: ProbeClient,
    body: Arc<Mutex<Bytes>>,
    runtime: Runtime,
}

impl Default for Probe {
    fn default() -> Self {
        let body = Arc::new(Mutex::new(Bytes::new()));
        let served = Arc::clone(&body);
        let transport = move |_: http::Request<Body>| {
            let body = served
                .lock()
                .expect("no test panicked with the body")
                .clone();
            std::future::ready(Ok::<_, Infallible>(http::Response::new(body)))
        };
        let client = ClientBuilder::<ProbeClient>::default()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .max_attempts(1)
            .transport(transport)
            .build();
        Self {
            client: client.expect("the settings are complete"),
            body,
            runtime: Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime can be built"),
        }
    }
}

impl Probe {
    /// Returns the value that a body is read as; `None` for an empty body and for null.
    ///
    /// # Errors
    ///
    /// A body that is not JSON.
    ///
    /// # Panics
    ///
    /// Another use of the probe panicked.
    pub fn read(&self, body: impl Into<Bytes>) -> Result<Option<Document>, Error<ProbeError>> {
        *self.body.lock().expect("no test panicked with the body") = body.into();
        let response = self.client.0.send(ProbeRequest {});
        self.runtime
            .block_on(response)
            .map(|response| response.value)
    }
}
