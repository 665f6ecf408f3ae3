//! Lists the flows of an account in a region, page by page: `cargo run --example list_flows`.

use appflow_client::types::{FlowStatus, TriggerType};
use appflow_client::{Client, Error};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let client = Client::from_env().await?;
    // Each page is a call of its own, and is read when it is asked for.
    let mut pages = client.list_flows().max_results(100).pages();
    while let Some(page) = pages.next().await {
        for flow in page?.flows.unwrap_or_default() {
            let name = flow.flow_name.as_deref().unwrap_or("unnamed");
            let trigger = flow.trigger_type.as_ref().map(TriggerType::as_str);
            let status = flow.flow_status.as_ref().map(FlowStatus::as_str);
            println!(
                "{name}  {}  {}",
                trigger.unwrap_or("-"),
                status.unwrap_or("-")
            );
        }
    }
    Ok(())
}
