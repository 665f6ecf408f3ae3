//! The `appflow` command: starts Amazon AppFlow flows and waits for their runs.

mod arguments;
mod color;
mod exit;
mod failure;
mod follow;
mod interrupt;
mod list;
mod local;
mod output;
mod progress;
mod run;
mod span;

use std::process::ExitCode;

use appflow_client::stand_in::StandIn;
use appflow_client::{Client, Error};
use clap::{CommandFactory as _, Parser as _};
use tokio::runtime;

use arguments::{Arguments, Command};
use exit::Exit;
use failure::Failure;
use interrupt::Interrupts;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "appflow", &mut script);
            output::print(&String::from_utf8_lossy(&script)).map(|()| Exit::Done)
        }
        command => start(&arguments, command),
    };
    match outcome {
        Ok(exit) => exit.into(),
        Err(failure) => {
            failure.print();
            failure.exit().into()
        }
    }
}

fn start(arguments: &Arguments, command: &Command) -> Result<Exit, Failure> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let client = if arguments.local {
            let stand_in: StandIn = local::stand_in(arguments.region.as_deref()).await?;
            local::client(&stand_in, arguments.region.as_deref())?
        } else {
            client(arguments).await?
        };
        perform(arguments, command, &client).await
    })
}

/// Returns a client with settings from the environment. Arguments take precedence.
async fn client(arguments: &Arguments) -> Result<Client, Error> {
    let mut builder = Client::builder();
    if let Some(region) = &arguments.region {
        builder = builder.region(region);
    }
    if let Some(profile) = &arguments.profile {
        builder = builder.profile(profile);
    }
    if let Some(url) = &arguments.endpoint_url {
        builder = builder.endpoint_url(url);
    }
    builder.build_from_env().await
}

async fn perform(
    arguments: &Arguments,
    command: &Command,
    client: &Client,
) -> Result<Exit, Failure> {
    let json = arguments.json;
    match command {
        Command::Run {
            start,
            no_wait,
            wait,
        } => run::run(client, start, *no_wait, wait, arguments).await,
        Command::Start { start } => run::start(client, start, arguments).await,
        Command::Stop { name } => run::stop(client, name, json).await,
        Command::Status {
            name, run: None, ..
        } => list::flow(client, name, json).await,
        Command::Status {
            name,
            run: Some(id),
            follow: true,
            wait,
        } => {
            follow::follow(
                client.flow_run(name, id),
                wait,
                Interrupts::new()?,
                arguments,
            )
            .await
        }
        Command::Status {
            name,
            run: Some(id),
            ..
        } => run::status(&client.flow_run(name, id), json).await,
        Command::Cancel { name, run } => run::cancel(&client.flow_run(name, run), json).await,
        Command::List => list::flows(client, json).await,
        Command::Runs { name } => list::runs(client, name, json).await,
        // Handled without a client in `main`.
        Command::Completions { .. } => Ok(Exit::Done),
    }
}
