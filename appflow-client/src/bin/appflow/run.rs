//! The subcommands for one run.

use appflow_client::Client;
use appflow_client::run::{Activation, Cancellation, Run, Started};
use appflow_client::types::ExecutionStatus;
use serde_json::json;

use crate::arguments::{Arguments, StartOptions, Wait};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::follow::follow;
use crate::interrupt::Interrupts;
use crate::list;
use crate::output::{plain, print, print_json};

/// Starts a flow and waits for the end of its run.
pub(crate) async fn run(
    client: &Client,
    start: &StartOptions,
    no_wait: bool,
    wait: &Wait,
    arguments: &Arguments,
) -> Result<Exit, Failure> {
    if no_wait {
        return self::start(client, start, arguments).await;
    }
    // An interrupt during the start is about the run.
    let interrupts = Interrupts::new()?;
    match started(client, start).await? {
        Started::Run(run) => {
            eprintln!(
                "started run {} of {}",
                plain(run.execution_id()),
                plain(run.flow_name())
            );
            follow(run, wait, interrupts, arguments).await
        }
        Started::Activated(activation) => activated(&activation, arguments.json),
    }
}

/// Starts a flow.
pub(crate) async fn start(
    client: &Client,
    start: &StartOptions,
    arguments: &Arguments,
) -> Result<Exit, Failure> {
    match started(client, start).await? {
        Started::Run(run) => {
            if arguments.json {
                print_json::<Failure>(&json!({
                    "executionId": run.execution_id(),
                    "flowName": run.flow_name(),
                    "outcome": "started",
                }))?;
            } else {
                print::<Failure>(&format!("{}\n", plain(run.execution_id())))?;
            }
            Ok(Exit::Done)
        }
        Started::Activated(activation) => activated(&activation, arguments.json),
    }
}

async fn started(client: &Client, start: &StartOptions) -> Result<Started, Failure> {
    let mut run = client.run_flow(&start.name);
    if let Some(token) = &start.token {
        run = run.client_token(token);
    }
    Ok(run.start_or_activate().await?)
}

fn activated(activation: &Activation, json: bool) -> Result<Exit, Failure> {
    let name = activation.flow_name();
    if json {
        print_json::<Failure>(&json!({
            "executionId": null,
            "flowName": name,
            "outcome": "activated",
        }))?;
    } else {
        print::<Failure>(&format!(
            "activated {}: its schedule or its source starts the runs\n",
            plain(name)
        ))?;
    }
    Ok(Exit::Done)
}

/// Deactivates a flow.
pub(crate) async fn stop(client: &Client, name: &str, json: bool) -> Result<Exit, Failure> {
    let stopped = client.stop_flow(name).send().await?;
    let status = stopped.flow_status;
    let status = status.as_ref().map_or("unknown", |status| status.as_str());
    if json {
        print_json::<Failure>(&json!({ "flowName": name, "flowStatus": status }))?;
    } else {
        print::<Failure>(&format!("{name} is {}\n", plain(status)))?;
    }
    Ok(Exit::Done)
}

/// Shows a run.
pub(crate) async fn status(run: &Run, json: bool) -> Result<Exit, Failure> {
    let record = run.record().await?;
    let record = record.ok_or(Failure::NoSuchRun)?;
    if json {
        print_json::<Failure>(&list::record_json(&record))?;
    } else {
        let error = record
            .execution_result
            .as_ref()
            .and_then(|it| it.error_info.as_ref());
        let message = error.and_then(|error| error.execution_message.as_deref());
        print::<Failure>(&list::record_text(&record))?;
        if let Some(message) = message {
            print::<Failure>(&format!("message:  {}\n", plain(message)))?;
        }
    }
    Ok(match record.execution_status {
        Some(ExecutionStatus::Error) => Exit::RunFailed,
        Some(ExecutionStatus::Canceled) => Exit::RunCanceled,
        _ => Exit::Done,
    })
}

/// Asks AppFlow to cancel a run.
pub(crate) async fn cancel(run: &Run, json: bool) -> Result<Exit, Failure> {
    let is_accepted = run.cancel().await? == Cancellation::Accepted;
    let id = run.execution_id();
    if json {
        print_json::<Failure>(&json!({
            "accepted": is_accepted,
            "executionId": id,
            "flowName": run.flow_name(),
        }))?;
    } else if is_accepted {
        print::<Failure>(&format!("canceling {}\n", plain(id)))?;
    }
    if is_accepted {
        Ok(Exit::Done)
    } else {
        Err(Failure::NotCanceled)
    }
}
