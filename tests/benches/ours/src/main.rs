//! `StartFlow` with `appflow-client`.

#[cfg(not(feature = "from-env"))]
use appflow_client::Credentials;
use appflow_client::{Client, ClientBuilder};
use driver::{FLOW, Run};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let run = Run::from_arguments();
    let client = client(Client::builder().endpoint_url(&run.url)).await;
    run.make(move || {
        let call = client.start_flow(FLOW).send();
        async move {
            call.await.expect("the flow is started");
        }
    })
    .await;
}

#[cfg(not(feature = "from-env"))]
async fn client(builder: ClientBuilder) -> Client {
    builder
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .build()
        .expect("the settings are complete")
}

#[cfg(feature = "from-env")]
async fn client(builder: ClientBuilder) -> Client {
    builder
        .build_from_env()
        .await
        .expect("the environment has the settings")
}
