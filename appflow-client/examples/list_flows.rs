//! Lists the flows of an account in a region, page by page.
//!
//! ```text
//! cargo run -p appflow-client --example list_flows
//! cargo run -p appflow-client --example list_flows -- --local --page-size 2
//! ```
//!
//! The first line uses the region and the credentials of the environment; the second one needs
//! neither, as it calls a stand-in of the service inside the same process.

use appflow_client::types::{FlowStatus, TriggerType};
use appflow_client::{Client, Credentials, Error};
use clap::Parser;

use stand_in::StandIn;

#[path = "start_flow/stand_in.rs"]
mod stand_in;

/// Lists flows of Amazon AppFlow, page by page.
#[derive(Parser)]
#[command(name = "list_flows")]
struct Arguments {
    /// How many flows a page has at most
    #[arg(long, default_value_t = 100)]
    page_size: i32,

    /// Call a stand-in of AppFlow inside this process, without an account
    #[arg(long)]
    local: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if arguments.local {
        // The stand-in stops when it is dropped, so it has to outlive the calls.
        let stand_in = StandIn::start().await?;
        let client = Client::builder()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
            .endpoint_url(stand_in.endpoint_url())
            .build()?;
        list(&client, arguments.page_size).await?;
    } else {
        list(&Client::from_env().await?, arguments.page_size).await?;
    }
    Ok(())
}

/// Each page is a call of its own, and is read when it is asked for.
async fn list(client: &Client, page_size: i32) -> Result<(), Error> {
    let mut pages = client.list_flows().max_results(page_size).pages();
    let mut number = 0;
    while let Some(page) = pages.next().await {
        number += 1;
        println!("Page {number}");
        for flow in page?.flows.unwrap_or_default() {
            let name = flow.flow_name.as_deref().unwrap_or("unnamed");
            let trigger = flow.trigger_type.as_ref().map(TriggerType::as_str);
            let status = flow.flow_status.as_ref().map(FlowStatus::as_str);
            let (trigger, status) = (trigger.unwrap_or("-"), status.unwrap_or("-"));
            println!("  {name}  {trigger}  {status}");
        }
    }
    Ok(())
}
