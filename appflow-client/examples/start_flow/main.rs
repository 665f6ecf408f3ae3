//! Starts a flow of Amazon AppFlow and prints what the service answers.
//!
//! ```text
//! cargo run -p appflow-client --example start_flow -- my-flow
//! cargo run -p appflow-client --example start_flow -- --local orders-to-s3
//! ```
//!
//! The first line uses the region and the credentials of the environment; the second one needs
//! neither, as it calls a stand-in of the service inside the same process.

use std::process::ExitCode;

use appflow_client::error::{Error, ErrorKind, ServiceError};
use appflow_client::operation::StartFlowResponse;
use appflow_client::types::FlowStatus;
use appflow_client::{Client, Credentials};
use clap::Parser;

use stand_in::{FLOWS, StandIn};

mod stand_in;

/// Runs an on-demand flow of Amazon AppFlow, or activates a scheduled or event-triggered one.
#[derive(Parser)]
#[command(
    name = "start_flow",
    after_help = "Exit status: 0 when the flow is started, 1 when the call fails, 2 on wrong usage."
)]
struct Arguments {
    /// The name of the flow to start
    flow_name: String,

    /// Repeat a call safely: AppFlow remembers a token for 8 hours and does not start the flow
    /// again for the same one; without this option every call has a new token
    #[arg(long, value_name = "TOKEN")]
    client_token: Option<String>,

    /// The AWS region of the flow, as in eu-west-1 [default: that of the environment]
    #[arg(long)]
    region: Option<String>,

    /// A URL to call instead of the region's own endpoint, for a VPC endpoint or a stand-in
    #[arg(long, value_name = "URL")]
    endpoint_url: Option<String>,

    /// Call a stand-in of AppFlow inside this process, without an account; it has the flows
    /// orders-to-s3, nightly-export and contacts-on-change
    #[arg(long, conflicts_with = "endpoint_url")]
    local: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            if let Some(hint) = error.downcast_ref().and_then(hint) {
                eprintln!("hint: {hint}");
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let started = if arguments.local {
        // The stand-in stops when it is dropped, so it has to outlive the call.
        let stand_in = StandIn::start().await?;
        start_flow(&local_client(arguments, &stand_in)?, arguments).await?
    } else {
        start_flow(&client(arguments).await?, arguments).await?
    };
    report(&started);
    Ok(())
}

/// A client of the environment's settings; what the arguments give is set in code, which wins.
async fn client(arguments: &Arguments) -> Result<Client, Error> {
    let mut builder = Client::builder();
    if let Some(region) = &arguments.region {
        builder = builder.region(region);
    }
    if let Some(url) = &arguments.endpoint_url {
        builder = builder.endpoint_url(url);
    }
    builder.build_from_env().await
}

/// A client of the stand-in. All is explicit, so `build` asks the environment nothing.
fn local_client(arguments: &Arguments, stand_in: &StandIn) -> Result<Client, Error> {
    let url = stand_in.endpoint_url();
    let flows = FLOWS.map(|flow| flow.to_string()).join(", ");
    eprintln!("Using a stand-in of AppFlow at {url}, which has the flows {flows}.");
    Client::builder()
        .region(arguments.region.as_deref().unwrap_or("us-east-1"))
        .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
        .endpoint_url(url)
        .build()
}

async fn start_flow(client: &Client, arguments: &Arguments) -> Result<StartFlowResponse, Error> {
    let mut call = client.start_flow(&arguments.flow_name);
    if let Some(token) = &arguments.client_token {
        call = call.client_token(token);
    }
    call.send().await
}

fn report(started: &StartFlowResponse) {
    let arn = started.flow_arn.as_deref();
    let status = started.flow_status.as_ref().map(FlowStatus::as_str);
    let execution = started.execution_id.as_deref();
    println!("Flow ARN:     {}", arn.unwrap_or("unknown"));
    println!("Flow status:  {}", status.unwrap_or("unknown"));
    println!("Execution id: {}", execution.unwrap_or(ACTIVATED));
}

/// Only an on-demand flow runs at once, so only its answer names a run.
const ACTIVATED: &str = "none; the flow is scheduled or event-triggered and has been activated";

/// What to do about a failure, where there is something to do.
///
/// Errors that the service's model declares are variants of [`ServiceError`], and for families of
/// errors there are predicates, so no code is compared as text.
fn hint(error: &Error) -> Option<&'static str> {
    let hint = match error.kind() {
        _ if error.is_throttling() => {
            "the account makes too many calls in this region; wait a little and try again"
        }
        ErrorKind::Service(ServiceError::ResourceNotFoundException(_)) => {
            "check the name of the flow, and that --region or AWS_REGION is the flow's region"
        }
        ErrorKind::Service(ServiceError::ConflictException(_)) => {
            "if --client-token had another use in the last 8 hours, give a new one"
        }
        ErrorKind::Service(ServiceError::ServiceQuotaExceededException(_)) => {
            "wait until other runs have ended, or have the quota raised"
        }
        ErrorKind::Service(ServiceError::ValidationException(_)) => {
            "a flow name has 2 to 256 letters, digits and _!@#.- and no spaces; a client token has \
             1 to 256 printable ASCII characters"
        }
        ErrorKind::Service(ServiceError::AccessDeniedException(_)) => {
            "allow the action appflow:StartFlow on this flow in the caller's IAM policy"
        }
        ErrorKind::Unmodeled if matches!(error.status(), Some(401 | 403)) => {
            "check that the credentials are complete, have not expired and are the right account's"
        }
        ErrorKind::Credentials => {
            "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; --local needs no \
             credentials"
        }
        ErrorKind::Configuration => {
            "give --region REGION or set AWS_REGION, and check the endpoint URL if one is set"
        }
        ErrorKind::Transport if error.is_connect() => {
            "there is no connection; check the region, the endpoint URL, the network, and the variables \
             HTTPS_PROXY, HTTP_PROXY and NO_PROXY"
        }
        // Whether the flow was started is not known here, and only a token of your own tells the
        // service that the next call is a repetition.
        _ if error.is_retryable() => {
            "try again later; with the same --client-token each time, the flow starts only once"
        }
        _ => return None,
    };
    Some(hint)
}
