//! boto3 calls a served stand-in: other languages can test against it too.
//!
//! `PYTHON` names an interpreter that has boto3; without it, it is `python3`. Where it has none, nothing
//! is checked.

#![cfg(test)]

use std::env;

use appflow_client::stand_in::{Flow, StandIn};
use tokio::process::Command;

#[tokio::test]
async fn boto3_makes_20_calls() {
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let imported = Command::new(&python)
        .args(["-c", "import boto3"])
        .output()
        .await;
    if !imported.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: no boto3");
        return;
    }
    let appflow = StandIn::new();
    appflow.add_flow(Flow::on_demand("orders-to-s3"));
    appflow.add_flow(Flow::scheduled("nightly-export"));
    let server = appflow.serve().await.unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/boto3_calls.py");
    let script = Command::new(&python)
        .args([script, &server.endpoint_url()])
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .output();
    let output = script.await.unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{stderr}");
}
