//! A program whose client is generated when it is built: `build.rs` generates it from
//! `greeter.json`.

use greeter::types::Tone;
use greeter::{Client, Error};

include!(concat!(env!("OUT_DIR"), "/greeter.rs"));

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_env().await?;
    println!("{}", warm_greeting(&client, "Ada").await?);
    Ok(())
}

async fn warm_greeting(client: &Client, name: &str) -> Result<String, Error> {
    let greeting = client.greet(name).tone(Tone::Warm).send().await?;
    Ok(greeting.text.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::greeter::{Client, ServiceError};
    use super::warm_greeting;
    use smithy_reqwest::{Body, Credentials, http};

    const OUT_DIR: &str = env!("OUT_DIR");

    /// Stands in for the service, which knows Ada alone.
    async fn greeter(request: http::Request<Body>) -> http::Result<http::Response<&'static str>> {
        let body = request.body().bytes().map(|bytes| &bytes[..]);
        match (request.uri().path(), body) {
            ("/greet/Ada", Some(br#"{"tone":"WARM"}"#)) => {
                http::Response::builder().body(r#"{"text":"Dear Ada"}"#)
            }
            _ => http::Response::builder()
                .status(404)
                .header("x-amzn-errortype", "NobodyThere")
                .body("{}"),
        }
    }

    fn client() -> Client {
        Client::builder()
            .region("us-east-1")
            .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
            .transport(greeter)
            .build()
            .unwrap()
    }

    #[tokio::test]
    async fn the_generated_client_makes_a_call() {
        let greeting = warm_greeting(&client(), "Ada").await.unwrap();
        assert_eq!(greeting, "Dear Ada");
    }

    #[tokio::test]
    async fn the_generated_client_reads_the_errors_of_the_model() {
        let error = warm_greeting(&client(), "Eve").await.unwrap_err();
        let expected = matches!(error.service(), Some(ServiceError::NobodyThere(_)));
        assert!(expected, "{error}");
    }

    #[test]
    fn operations_that_are_not_asked_for_are_not_generated() {
        let operations = Path::new(OUT_DIR).join("greeter/operation");
        let mut files: Vec<_> = fs::read_dir(operations)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        files.sort();
        assert_eq!(files, ["greet.rs", "mod.rs"]);
    }

    #[test]
    fn the_walkthrough_shows_the_program_over_three_services() {
        let page = include_str!("../../../codegen/src/walkthrough.md");
        let program = include_str!("bin/nightly.rs");
        let (_, functions) = program.split_once("/// Makes the cluster").unwrap();
        let (functions, _) = functions.split_once("#[tokio::main").unwrap();
        assert!(
            page.contains(functions.trim_end()),
            "copy it from src/bin/nightly.rs"
        );
    }

    #[test]
    fn cargo_is_told_to_look_at_the_model() {
        // Cargo keeps there what a build script has said.
        let said = fs::read_to_string(Path::new(OUT_DIR).with_file_name("output")).unwrap();
        let models = ["greeter", "assistant", "eks", "lambda", "scheduler"];
        let expected = models.map(|model| format!("cargo::rerun-if-changed={model}.json\n"));
        assert_eq!(said, expected.concat());
    }
}
