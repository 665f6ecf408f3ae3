//! What code and environment say of retries.

use appflow_client::Client;
use smithy_reqwest::EnvironmentVariables;

use super::script::{Reply, Script};
use super::{FLOW, builder};

/// The `amz-sdk-request` of a call with these variables, and with this number set in code.
async fn number(variables: &[(&str, &str)], in_code: Option<u32>) -> Result<String, String> {
    let script = Script::new([Reply::status(200)]);
    let seen = script.clone();
    let transport = move |request| std::future::ready(seen.reply(request));
    let mut builder = builder::<Client>().transport(transport);
    let environment: EnvironmentVariables = variables.iter().copied().collect();
    builder = builder.environment(environment);
    if let Some(attempts) = in_code {
        builder = builder.max_attempts(attempts);
    }
    let client = builder.build_from_env().await;
    let client = client.map_err(|error| error.to_string())?;
    let outcome = client.start_flow(FLOW).send().await;
    outcome.map_err(|error| error.to_string())?;
    Ok(script.headers("amz-sdk-request").remove(0))
}

#[tokio::test]
async fn code_beats_environment_beats_three_attempts() {
    let set = [("AWS_MAX_ATTEMPTS", " 7 ")];
    for (variables, in_code, expected) in [
        (&[][..], None, "attempt=1; max=3"),
        (&set[..], None, "attempt=1; max=7"),
        (&set[..], Some(2), "attempt=1; max=2"),
    ] {
        assert_eq!(number(variables, in_code).await.as_deref(), Ok(expected));
    }
}

#[tokio::test]
async fn every_mode_of_the_sdks_is_the_standard_one() {
    for mode in ["standard", "adaptive", "legacy", "Standard"] {
        let number = number(&[("AWS_RETRY_MODE", mode)], None).await;
        assert_eq!(number.as_deref(), Ok("attempt=1; max=3"), "{mode}");
    }
}

#[tokio::test]
async fn variables_that_mean_nothing_are_errors_with_a_way_out() {
    for value in ["0", "-1", "three", "4294967296", "1.5"] {
        let error = number(&[("AWS_MAX_ATTEMPTS", value)], None).await;
        let expected =
            format!("AWS_MAX_ATTEMPTS is {value:?}; set it to 1, which disables retries, or more");
        assert_eq!(error, Err(expected));
    }
    let error = number(&[("AWS_RETRY_MODE", "eager")], None).await;
    let expected = "AWS_RETRY_MODE is \"eager\"; set it to `standard`, or leave it out";
    assert_eq!(error, Err(expected.to_owned()));
}
