//! `StartFlow` with `appflow-client`.

use appflow_client::{Client, Credentials};
use driver::{FLOW, Run};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let run = Run::from_arguments();
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(&run.url)
        .build()
        .expect("the settings are complete");
    run.make(move || {
        let call = client.start_flow(FLOW).send();
        async move {
            call.await.expect("the flow is started");
        }
    })
    .await;
}
