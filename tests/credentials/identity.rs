//! The identity that a profile gives: which of several counts, and what is an error.

use super::{Credentials, NOW, Wire, builder, expect_no_credentials, home, path, time};

/// The order of botocore's `ProfileProviderBuilder`.
#[tokio::test]
async fn of_several_kinds_of_credentials_in_a_profile_the_aws_clis_first_counts() {
    const KEYS: &str = "aws_access_key_id = AKIDCREDENTIALS\naws_secret_access_key = s\n";
    const CONFIG_KEYS: &str =
        "aws_access_key_id = AKIDCONFIG\naws_secret_access_key = s\naws_session_token = t\n";
    let cases = [
        ("credential_process = /bin/false\n", KEYS, "AKIDCREDENTIALS"),
        ("login_session = arn:x\n", KEYS, "AKIDCREDENTIALS"),
        ("sso_region = eu-west-1\n", KEYS, "AKIDCREDENTIALS"),
        ("sso_session = s\n", KEYS, "AKIDCREDENTIALS"),
        (CONFIG_KEYS, KEYS, "AKIDCREDENTIALS"),
        (CONFIG_KEYS, "", "AKIDCONFIG"),
        (
            "sso_account_id = 1\nsso_role_name = r\n",
            KEYS,
            "IAM Identity Center",
        ),
        (
            "role_arn = arn:x\nsource_profile = b\n",
            KEYS,
            "takes a role with other credentials",
        ),
        ("role_arn = arn:x\n", KEYS, "nothing to take the role with"),
        (
            &format!("login_session = arn:x\n{CONFIG_KEYS}"),
            "",
            "has a `login_session`",
        ),
        (
            &format!("credential_process = /bin/false\n{CONFIG_KEYS}"),
            "",
            "gets its credentials from a process",
        ),
        (
            "sso_region = eu-west-1\n",
            "",
            "profile `default`: has no credentials",
        ),
        ("sso_session = s\n", "", "IAM Identity Center"),
    ];
    for (config, credentials, expected) in cases {
        let config = format!("[default]\n{config}");
        let credentials = format!("[default]\n{credentials}");
        let home = home(&config, &credentials);
        let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
        let wire = Wire::default();
        match wire.call(builder(variables), |_| None).await {
            Ok(()) => {
                let call = wire.last_call();
                let signed = call.header("authorization").unwrap();
                let key = format!("Credential={expected}/");
                assert!(signed.contains(&key), "{config} {credentials} {signed}");
                // A token belongs to the keys beside it.
                let token = call.header("x-amz-security-token");
                assert_eq!(
                    token.is_some(),
                    expected == "AKIDCONFIG",
                    "{config} {credentials}"
                );
            }
            Err(error) => {
                let line = error.to_string();
                assert!(line.contains(expected), "{config} {credentials}: {line}");
            }
        }
    }
}

#[tokio::test]
async fn a_profile_that_is_chosen_in_code_wins_over_credentials_in_variables() {
    let home = home(
        "",
        "[b]\naws_access_key_id = AKIDB\naws_secret_access_key = secret-of-b\n",
    );
    let variables = [
        ("HOME", path(&home)),
        ("AWS_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "secret-of-env"),
        ("AWS_PROFILE", "b"),
    ];
    for (is_of_code, keys) in [
        (false, ("AKIDENV", "secret-of-env")),
        (true, ("AKIDB", "secret-of-b")),
    ] {
        let wire = Wire::default();
        let settings = builder(variables);
        let settings = if is_of_code {
            settings.profile("b")
        } else {
            settings
        };
        wire.call(settings, |_| None).await.unwrap();
        let expected = Credentials::new(keys.0, keys.1, None);
        wire.last_call().assert_signed_with(&expected, time(NOW));
    }
}

#[tokio::test]
async fn a_profile_with_half_of_its_keys_is_an_error() {
    let home = home(
        "",
        "[default]\naws_access_key_id = AKIDB\naws_session_token = t\n",
    );
    let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
    let line = expect_no_credentials(builder(variables).build_from_env().await);
    assert_eq!(
        line,
        "no credentials: profile `default` has aws_access_key_id but not aws_secret_access_key; \
         give both"
    );
}

#[tokio::test(start_paused = true)]
async fn a_profile_of_code_without_credentials_is_an_error_and_nobody_else_is_asked() {
    let home = home("[profile b]\nregion = us-east-1\n", "");
    let variables = [
        ("HOME", path(&home)),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token"),
        ("AWS_ROLE_ARN", "arn:x"),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/role"),
    ];
    let wire = Wire::default();
    let outcome = wire.call(builder(variables).profile("b"), |_| None).await;
    assert_eq!(
        expect_no_credentials(outcome),
        "no credentials were found. profile `b`: has no credentials; no other source is asked, as the \
         profile is chosen in code. Set up one of these, or call `credentials(…)` on the builder"
    );
    assert!(wire.sent().is_empty());
}

#[tokio::test]
async fn headings_that_are_passed_over_are_named_where_there_are_no_credentials() {
    let keys = "aws_access_key_id = AKID\naws_secret_access_key = s\n";
    let variables = [
        ("AWS_REGION", "us-east-1"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    for (config, credentials, heading) in [
        (
            "[default]\n",
            format!("[profile default]\n{keys}"),
            "`[profile default]` in line 1 of ",
        ),
        (
            "",
            format!("[a default]\n{keys}"),
            "`[a default]` in line 1 of ",
        ),
    ] {
        let home = home(config, &credentials);
        let variables = variables.into_iter().chain([("HOME", path(&home))]);
        let line = expect_no_credentials(builder(variables).build_from_env().await);
        assert!(
            line.contains(&format!("; passed over: {heading}")),
            "{line}"
        );
    }
}
