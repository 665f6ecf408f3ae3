//! Runs an on-demand flow and waits for its end: `cargo run --example run_flow -- orders-to-s3`.

use std::env;
use std::error::Error;

use appflow_client::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let name = env::args().nth(1).ok_or("usage: run_flow NAME")?;
    let client = Client::from_env().await?;
    let run = client.run_flow(name).start().await?;
    println!("run {}", run.execution_id());
    let ended = run.wait().await?.into_success()?;
    println!("{} records", ended.records_processed());
    Ok(())
}
