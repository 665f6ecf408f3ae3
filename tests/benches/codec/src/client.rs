//! A service declared by hand. One operation returns a list of flows, one takes it, and one takes the
//! request to create a flow. Calls are unsigned and without a network.

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use appflow_client::operation::CreateFlowRequest;
use appflow_client::types::FlowDefinition;
use smithy_reqwest::endpoint::Endpoint;
use smithy_reqwest::operation::{Auth, Operation, Request, Service};
use smithy_reqwest::protocol::RestJson1;
use smithy_reqwest::{
    Body, Bytes, Client, ClientBuilder, GeneratedClient, http, service_errors, structure,
};
use tokio::runtime::{Builder, Runtime};

/// A list of flows.
#[derive(Clone, PartialEq)]
pub struct Flows {
    /// The flows.
    pub flows: Vec<FlowDefinition>,
}

structure!(Flows: Default { flows: "flows" });

/// The request to create a flow, which is the whole body.
#[derive(Clone, PartialEq)]
pub struct Creation {
    /// The request.
    pub flow: CreateFlowRequest,
}

structure!(Creation { flow: "flow" [required, payload] });

/// A message without members.
#[derive(Clone, PartialEq)]
pub struct Nothing {}

structure!(Nothing: Default {});

/// The modeled errors, of which there are none.
#[derive(Debug)]
pub enum NoError {}

service_errors!(NoError {});

impl Request for Creation {
    type Response = Nothing;
    type Error = NoError;

    const OPERATION: &'static Operation = &Operation::new("Write", "POST", "/").auth(&[Auth::None]);
}

impl Request for Flows {
    type Response = Nothing;
    type Error = NoError;

    const OPERATION: &'static Operation = &Operation::new("Put", "POST", "/").auth(&[Auth::None]);
}

impl Request for Nothing {
    type Response = Flows;
    type Error = NoError;

    const OPERATION: &'static Operation = &Operation::new("Read", "POST", "/").auth(&[Auth::None]);
}

static SERVICE: Service = Service {
    sdk_id: "Flows",
    signing_name: "flows",
    protocol: &RestJson1,
    product: "flows/0.0.0",
    requires_credentials: false,
    headers: &[],
    endpoint_parameters: &[],
    resolve_endpoint: |_| Ok(Endpoint::new("https://example.com")),
};

struct FlowsClient(Client);

impl From<Client> for FlowsClient {
    fn from(client: Client) -> Self {
        Self(client)
    }
}

impl GeneratedClient for FlowsClient {
    const SERVICE: &'static Service = &SERVICE;
    type Error = NoError;
}

/// A client, and what it sent last.
pub struct Exchange {
    client: FlowsClient,
    sent: Arc<Mutex<Bytes>>,
    runtime: Runtime,
}

impl Exchange {
    /// A client that gets this response to every call.
    pub fn new(body: String) -> Self {
        let body = Bytes::from(body);
        let sent = Arc::new(Mutex::new(Bytes::new()));
        let last = Arc::clone(&sent);
        let transport = move |request: http::Request<Body>| {
            let bytes = request.body().bytes().cloned();
            *last.lock().expect("no thread panicked") = bytes.unwrap_or_default();
            std::future::ready(Ok::<_, Infallible>(http::Response::new(body.clone())))
        };
        let client = ClientBuilder::<FlowsClient>::default()
            .region("us-east-1")
            .transport(transport)
            .build();
        Self {
            client: client.expect("the settings are complete"),
            sent,
            runtime: Builder::new_current_thread()
                .enable_time()
                .build()
                .expect("a runtime can be built"),
        }
    }

    /// Reads the list.
    pub fn read(&self) -> Flows {
        let call = self.client.0.send(Nothing {});
        self.runtime.block_on(call).expect("the call succeeds")
    }

    /// Writes a request.
    pub fn write(&self, request: impl Request) -> Bytes {
        let call = self.client.0.send(request);
        self.runtime.block_on(call).expect("the call succeeds");
        self.sent.lock().expect("no thread panicked").clone()
    }
}
