//! A service in every protocol, whose one operation takes and returns a record of all kinds of values.

#![allow(
    unreachable_pub,
    reason = "the types of a client are public, as in a generated crate"
)]

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use smithy_reqwest::endpoint::Endpoint;
use smithy_reqwest::operation::{Operation, Request, Service};
use smithy_reqwest::protocol::{AwsQuery, Ec2Query, Protocol, RestJson1, RestXml, RpcV2Cbor};
use smithy_reqwest::{
    BigDecimal, Body, Bytes, Client, ClientBuilder, Credentials, Document, GeneratedClient,
    Timestamp, http, service_errors, structure, union,
};

pub type Error = smithy_reqwest::Error<ServiceError>;

#[derive(Clone, PartialEq)]
pub enum Choice {
    Text(String),
    Names(Vec<String>),
    Part(Box<Record>),
    Nothing,
    Unknown(String, Document),
}

union!(Choice {
    Text(value): "text",
    Names(value): "names",
    Part(value): "part",
    Nothing: "nothing",
});

#[derive(Clone, PartialEq)]
pub struct Record {
    pub tag: Option<String>,
    pub kind: Option<String>,
    pub flag: Option<bool>,
    pub count: Option<i32>,
    pub total: Option<i64>,
    pub ratio: Option<f32>,
    pub exact: Option<f64>,
    pub price: Option<BigDecimal>,
    pub text: Option<String>,
    pub data: Option<Bytes>,
    pub since: Option<Timestamp>,
    pub any: Option<Document>,
    pub names: Option<Vec<String>>,
    pub sizes: Option<Vec<i32>>,
    pub marks: Option<Vec<Option<i32>>>,
    pub grid: Option<Vec<Vec<i32>>>,
    pub colors: Option<BTreeMap<String, String>>,
    pub limits: Option<BTreeMap<String, i32>>,
    pub part: Option<Box<Record>>,
    pub choice: Option<Choice>,
}

structure!(Record: Default {
    tag: "tag" [header("x-tag")],
    kind: "kind" [xml_attribute],
    flag: "flag",
    count: "count" [unsent_integer(7)],
    total: "total",
    ratio: "ratio",
    exact: "exact",
    price: "price",
    text: "text",
    data: "data",
    since: "since" [date_time],
    any: "any",
    names: "names",
    sizes: "sizes" [xml_flattened, xml_name("size")],
    marks: "marks",
    grid: "grid",
    colors: "colors",
    limits: "limits" [xml_flattened, xml_name("limit")],
    part: "part",
    choice: "choice",
});

impl Request for Record {
    type Response = Self;
    type Error = ServiceError;

    const OPERATION: &'static Operation = &Operation::new("Put", "POST", "/");
}

/// A record with the members that a function sets.
pub fn record(set: impl FnOnce(&mut Record)) -> Record {
    let mut record = Record::default();
    set(&mut record);
    record
}

/// An error with a member in a header and two in the body.
#[derive(Clone, PartialEq)]
pub struct Gone {
    pub until: Option<String>,
    pub message: Option<String>,
    pub name: Option<String>,
}

structure!(Gone: Default {
    until: "until" [header("x-until")],
    message: "message",
    name: "name",
});

#[derive(Debug, Clone, PartialEq)]
pub enum ServiceError {
    Gone(Gone),
}

service_errors!(ServiceError { Gone: "Gone" });

declared_client!(Json, RestJson1);
declared_client!(Xml, RestXml);
declared_client!(Aws, AwsQuery::new("2026-11-27"));
declared_client!(Ec2, Ec2Query::new("2026-11-27"));
declared_client!(Cbor, RpcV2Cbor::new());

const fn service(protocol: &'static dyn Protocol) -> Service {
    Service {
        sdk_id: "Records",
        signing_name: "records",
        protocol,
        product: "records-client/0.1.0",
        requires_credentials: true,
        headers: &[],
        endpoint_parameters: &[],
        resolve_endpoint: |_| Ok(Endpoint::new("https://records.example.com")),
    }
}

fn builder<C: GeneratedClient>() -> ClientBuilder<C> {
    ClientBuilder::default()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .max_attempts(1)
}

/// Sends a record with a client, and returns the headers and the body of the request.
pub async fn sent<C>(record: Record) -> Result<(http::HeaderMap, Bytes), Error>
where
    C: GeneratedClient + AsRef<Client>,
{
    let sent = Arc::new(Mutex::default());
    let recorder = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        let body = request.body().bytes().unwrap().clone();
        *recorder.lock().unwrap() = (request.headers().clone(), body);
        std::future::ready(Ok::<_, Infallible>(http::Response::new("")))
    };
    let client = builder::<C>().transport(transport).build().unwrap();
    client.as_ref().send(record).await?;
    Ok(std::mem::take(&mut *sent.lock().unwrap()))
}

/// Returns what a client makes of a response with a status, a header and a body.
async fn received<C>(
    builder: ClientBuilder<C>,
    status: u16,
    header: (&'static str, &'static str),
    body: Bytes,
) -> Result<Record, Error>
where
    C: GeneratedClient + AsRef<Client>,
{
    let transport = move |_: http::Request<Body>| {
        let response = http::Response::builder().status(status);
        let response = response.header(header.0, header.1).body(body.clone());
        std::future::ready(Ok::<_, Infallible>(response.unwrap()))
    };
    let client = builder.transport(transport).build().unwrap();
    client.as_ref().send(Record::default()).await
}

/// Returns what a client reads from the body of a response.
pub async fn read<C>(body: impl Into<Bytes>) -> Result<Record, Error>
where
    C: GeneratedClient + AsRef<Client>,
{
    received::<C>(builder(), 200, ("x-other", "1"), body.into()).await
}

/// Returns what a client reads from the body of a response, within a limit of memory for its values.
pub async fn read_within<C>(limit: usize, body: impl Into<Bytes>) -> Result<Record, Error>
where
    C: GeneratedClient + AsRef<Client>,
{
    let builder = builder::<C>().max_decoded_size(limit);
    received(builder, 200, ("x-other", "1"), body.into()).await
}

/// Returns the error of a response with the status 410, the header `x-until` and a body.
pub async fn failed<C>(body: impl Into<Bytes>) -> Error
where
    C: GeneratedClient + AsRef<Client>,
{
    let received = received::<C>(builder(), 410, ("x-until", "noon"), body.into());
    received.await.unwrap_err()
}

/// Checks that a body is refused as an invalid response, for a reason.
pub async fn assert_refused<C>(body: impl Into<Bytes>, reason: &str)
where
    C: GeneratedClient + AsRef<Client>,
{
    let body = body.into();
    let error = read::<C>(body.clone()).await.unwrap_err().to_string();
    let expected = "Put: the body does not match the model: ";
    assert!(
        error.starts_with(expected) && error.contains(reason),
        "{body:?}: {error}"
    );
}
