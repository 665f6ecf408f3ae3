//! Trust: which certificates a client takes for those of the service, and by which proxies it goes
//! there.
//!
//! The servers are loopback ones with certificates of authorities made here. What the environment
//! of a process decides is tried in a process of its own: see `child`.

#![cfg(test)]

mod authority;
mod bundle;
mod child;
mod front;
mod proxy;
mod root;

use appflow_client::operation::StartFlowResponse;
use appflow_client::{Client, ClientBuilder, Credentials, Error};
use workspace_tests::{Reply, Server};

const FLOW: &str = "orders-to-s3";

/// Settings of a client that calls the URL. It retries without delay.
fn builder(url: &str) -> ClientBuilder {
    Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(url)
        .random_source(|| 0.0)
}

/// The outcome of one call, in a line: what was started, or why nothing was.
async fn outcome(builder: ClientBuilder) -> String {
    match start_flow(builder).await {
        Ok(started) => started.execution_id.unwrap_or_default(),
        Err(error) => error.to_string(),
    }
}

async fn start_flow(builder: ClientBuilder) -> Result<StartFlowResponse, Error> {
    builder.build()?.start_flow(FLOW).send().await
}

/// A server without TLS that starts every flow as this execution.
async fn starting(execution: &'static str) -> Server {
    let body = format!(r#"{{"executionId":"{execution}"}}"#);
    let server = Server::answering(move |_| Reply::json(200, body.clone()));
    server.await.unwrap()
}
