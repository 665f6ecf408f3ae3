//! A small stand-in of Amazon AppFlow, which knows `StartFlow`, `ListFlows` and three flows.
//!
//! It listens on a free port of 127.0.0.1 and speaks HTTP/1.1, so that the example and the tests
//! need no account and reach nothing outside this machine. It refuses a request without a
//! signature, and it does not verify the one that is there. The file stands alone, so that a test
//! can include it with `#[path]`.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::Instant;

/// The flows that exist, one of each kind.
pub(crate) const FLOWS: [Flow; 3] = [
    Flow("orders-to-s3", Trigger::OnDemand),
    Flow("nightly-export", Trigger::Scheduled),
    Flow("contacts-on-change", Trigger::Event),
];

/// How long the service knows a client token again.
const TOKEN_LIFETIME: Duration = Duration::from_secs(8 * 60 * 60);

/// A flow: its name and what starts it.
pub(crate) struct Flow(&'static str, Trigger);

#[derive(PartialEq)]
enum Trigger {
    OnDemand,
    Scheduled,
    Event,
}

impl Trigger {
    /// The value of `TriggerType` in the API.
    fn value(&self) -> &'static str {
        match self {
            Self::OnDemand => "OnDemand",
            Self::Scheduled => "Scheduled",
            Self::Event => "Event",
        }
    }
}

impl fmt::Display for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let trigger = match self.1 {
            Trigger::OnDemand => "on-demand",
            Trigger::Scheduled => "scheduled",
            Trigger::Event => "event-triggered",
        };
        write!(f, "{} ({trigger})", self.0)
    }
}

/// A stand-in that is running; it stops when this is dropped.
pub(crate) struct StandIn {
    address: SocketAddr,
    service: Arc<Service>,
    server: JoinHandle<()>,
}

#[allow(dead_code, reason = "not every includer uses all of it")]
impl StandIn {
    /// Starts one with the real clock.
    pub(crate) async fn start() -> io::Result<Self> {
        let origin = Instant::now();
        Self::start_with_clock(move || origin.elapsed()).await
    }

    /// Starts one whose clock a test can set: it gives the time since the start.
    pub(crate) async fn start_with_clock(
        clock: impl Fn() -> Duration + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let service = Arc::new(Service {
            clock: Box::new(clock),
            memory: Mutex::default(),
        });
        let server = tokio::spawn(serve(listener, Arc::clone(&service)));
        Ok(Self {
            address,
            service,
            server,
        })
    }

    /// What a client takes as its endpoint.
    pub(crate) fn endpoint_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The names of the flows that were really started, in order: a repeated call adds nothing.
    pub(crate) fn starts(&self) -> Vec<&'static str> {
        self.service.memory().starts.clone()
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Accepts connections for ever. They live in a set, so that they end together with this task.
async fn serve(listener: TcpListener, service: Arc<Service>) {
    let mut connections = JoinSet::new();
    loop {
        // A connection that was lost before it was accepted is no reason to stop.
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        while connections.try_join_next().is_some() {}
        let service = Arc::clone(&service);
        connections.spawn(async move {
            let answer = service_fn(|request| service.answer(request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
            // Whoever made a request that breaks off learns of it at the other end.
            let _ = connection.await;
        });
    }
}

/// What the connections share.
struct Service {
    clock: Box<dyn Fn() -> Duration + Send + Sync>,
    memory: Mutex<Memory>,
}

impl Service {
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, Box<dyn std::error::Error + Send + Sync>> {
        let (head, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let outcome = match (&head.method, head.uri.path()) {
            (&Method::POST, "/start-flow") => self.start_flow(&head.headers, &body),
            (&Method::POST, "/list-flows") => list_flows(&head.headers, &body),
            _ => Err(Refusal(404, "UnknownOperationException", String::new())),
        };
        let mut response = Response::builder()
            .header("content-type", "application/json")
            .header("x-amzn-requestid", self.memory().next_request_id());
        let body = match outcome {
            Ok(output) => output,
            Err(Refusal(status, code, message)) => {
                response = response.status(status).header("x-amzn-errortype", code);
                json!({ "message": message })
            }
        };
        Ok(response.body(Full::from(body.to_string()))?)
    }

    fn start_flow(&self, headers: &HeaderMap, body: &[u8]) -> Result<Value, Refusal> {
        let region = signing_region(headers)?;
        let input = json(body)?;
        let name = text(&input, "flowName", FLOW_NAME, is_flow_name)?;
        let token = text(&input, "clientToken", CLIENT_TOKEN, is_client_token)?;
        let flow = FLOWS.iter().find(|flow| flow.0 == name).ok_or_else(|| {
            let message = format!("Flow with name {name} does not exist.");
            Refusal(404, "ResourceNotFoundException", message)
        })?;
        let now = (self.clock)();
        let execution = self.memory().start(flow, token, now)?;
        Ok(json!({
            "flowArn": arn(region, name),
            "flowStatus": "Active",
            "executionId": execution,
        }))
    }
}

/// One page of the flows. The token of a page is the number of flows before it.
fn list_flows(headers: &HeaderMap, body: &[u8]) -> Result<Value, Refusal> {
    let region = signing_region(headers)?;
    let input = json(body)?;
    let size = input.get("maxResults").and_then(Value::as_u64);
    let size = usize::try_from(size.unwrap_or(20)).unwrap_or(usize::MAX);
    let before = match input.get("nextToken").and_then(Value::as_str) {
        Some(token) => token.parse().map_err(|_| {
            let message = "The nextToken is not one that was given out.".to_owned();
            Refusal(400, "ValidationException", message)
        })?,
        None => 0,
    };
    let page = FLOWS.iter().skip(before).take(size.max(1)).map(|flow| {
        json!({
            "flowName": flow.0,
            "flowArn": arn(region, flow.0),
            "flowStatus": "Active",
            "triggerType": flow.1.value(),
        })
    });
    let flows: Vec<Value> = page.collect();
    let after = before.saturating_add(flows.len());
    let next = (after < FLOWS.len()).then(|| after.to_string());
    Ok(json!({ "flows": flows, "nextToken": next }))
}

/// What the service remembers between requests.
#[derive(Default)]
struct Memory {
    requests: u64,
    starts: Vec<&'static str>,
    /// What each token did to each flow it was given with, and when.
    tokens: BTreeMap<(String, &'static str), (Duration, Run)>,
}

/// The execution id of a run; none where a flow was activated instead.
type Run = Option<String>;

impl Memory {
    fn next_request_id(&mut self) -> String {
        self.requests += 1;
        format!("5ca1ab1e-0000-4000-8000-{:012x}", self.requests)
    }

    fn start(&mut self, flow: &Flow, token: &str, now: Duration) -> Result<Run, Refusal> {
        self.tokens
            .retain(|_, (since, _)| now.saturating_sub(*since) < TOKEN_LIFETIME);
        let key = (token.to_owned(), flow.0);
        if let Some((_, run)) = self.tokens.get(&key) {
            return Ok(run.clone());
        }
        let on_demand = flow.1 == Trigger::OnDemand;
        if !on_demand && self.tokens.keys().any(|(used, _)| used == token) {
            let message = "The client token was used with other input in the last 8 hours.";
            return Err(Refusal(409, "ConflictException", message.to_owned()));
        }
        self.starts.push(flow.0);
        let number = self.starts.len();
        let run = on_demand.then(|| format!("e8ec0de5-0000-4000-8000-{number:012x}"));
        self.tokens.insert(key, (now, run.clone()));
        Ok(run)
    }
}

/// An answer that is an error: its status, code and message.
struct Refusal(u16, &'static str, String);

/// The region in `Credential=<key>/<date>/<region>/appflow/aws4_request`, which the ARN names.
fn signing_region(headers: &HeaderMap) -> Result<&str, Refusal> {
    let authorization = headers.get("authorization").ok_or_else(|| {
        let message = "Missing Authentication Token".to_owned();
        Refusal(403, "MissingAuthenticationTokenException", message)
    })?;
    let mut scope = authorization.to_str().unwrap_or_default().split('/');
    Ok(scope.nth(2).unwrap_or("us-east-1"))
}

fn arn(region: &str, flow: &str) -> String {
    format!("arn:aws:appflow:{region}:123456789012:flow/{flow}")
}

fn json(body: &[u8]) -> Result<Value, Refusal> {
    serde_json::from_slice(body)
        .map_err(|error| Refusal(400, "SerializationException", error.to_string()))
}

/// A member of the input that is text and as the service wants it.
fn text<'a>(
    input: &'a Value,
    member: &str,
    wanted: &str,
    is_valid: fn(&str) -> bool,
) -> Result<&'a str, Refusal> {
    let value = input.get(member).and_then(Value::as_str);
    value.filter(|text| is_valid(text)).ok_or_else(|| {
        let message = format!("Value at '{member}' failed to satisfy constraint: {wanted}");
        Refusal(400, "ValidationException", message)
    })
}

const FLOW_NAME: &str = r"2 to 256 characters that match [a-zA-Z0-9][\w!@#.-]+";

fn is_flow_name(name: &str) -> bool {
    let follows = |byte: u8| byte.is_ascii_alphanumeric() || b"_!@#.-".contains(&byte);
    (2..=256).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name.bytes().all(follows)
}

const CLIENT_TOKEN: &str = "1 to 256 printable ASCII characters";

fn is_client_token(token: &str) -> bool {
    (1..=256).contains(&token.len()) && token.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}
