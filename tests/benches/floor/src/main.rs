//! The floor: bare reqwest posts the bytes of `StartFlow`, unsigned, and reads the response as bytes.
//! Its TLS is that of `appflow-client`.

use driver::Run;

const BODY: &str =
    r#"{"flowName":"orders-to-s3","clientToken":"e8ec0de5-0000-4000-8000-000000000001"}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("there is no other");
    let run = Run::from_arguments();
    let client = reqwest::Client::new();
    let url = format!("{}/start-flow", run.url);
    run.make(move || {
        let request = client
            .post(&url)
            .header("content-type", "application/json")
            .body(BODY);
        async move {
            let response = request.send().await.expect("the service responds");
            response.bytes().await.expect("the response has a body");
        }
    })
    .await;
}
