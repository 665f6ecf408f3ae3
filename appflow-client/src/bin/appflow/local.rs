//! The stand-in of `--local`.

use std::time::Duration;

use appflow_client::stand_in::StandIn;
use appflow_client::{Client, Credentials, Error};

/// Returns a stand-in with sample flows and the runs of yesterday.
pub(crate) async fn stand_in(region: Option<&str>) -> Result<StandIn, Error> {
    let stand_in = StandIn::with_samples();
    let client = client(&stand_in, region)?;
    for flow in ["orders-to-s3", "invoices-to-redshift", "orders-to-s3"] {
        client.start_flow(flow).send().await?;
        stand_in.advance(Duration::from_secs(60 * 60));
    }
    stand_in.advance(Duration::from_secs(21 * 60 * 60));
    Ok(stand_in)
}

/// Returns a client of a stand-in, without settings from the environment.
pub(crate) fn client(stand_in: &StandIn, region: Option<&str>) -> Result<Client, Error> {
    Client::builder()
        .region(region.unwrap_or("us-east-1"))
        .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
        .transport(stand_in.clone())
        .build()
}
