//! `StartFlow` with the official SDK, as its documentation sets it up.

use aws_config::BehaviorVersion;
use aws_sdk_appflow::Client;
#[cfg(not(feature = "from-env"))]
use aws_sdk_appflow::config::{Credentials, Region};
use driver::{FLOW, Run};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let run = Run::from_arguments();
    let settings = aws_config::defaults(BehaviorVersion::latest()).endpoint_url(&run.url);
    #[cfg(not(feature = "from-env"))]
    let settings = settings
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new(
            "AKIDEXAMPLE", "secret", None, None, "example",
        ));
    let config = settings.load().await;
    let client = Client::new(&config);
    run.make(move || {
        let call = client.start_flow().flow_name(FLOW).send();
        async move {
            call.await.expect("the flow is started");
        }
    })
    .await;
}
