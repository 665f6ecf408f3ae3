//! Profiles that take roles: AWS's cases of how a profile is read.

use std::fmt::Write as _;

use serde_json::Value;
use tempfile::TempDir;

use super::{Credentials, NOW};
use super::{Wire, array, builder, expect_no_credentials, home, official, path, text, time};

#[tokio::test(start_paused = true)]
async fn every_case_is_read_as_it_says_or_needs_the_official_crate() {
    let Some(suite) = official("assume-role-tests.json") else {
        return;
    };
    let cases = array(&suite);
    assert_eq!(cases.len(), 28);
    let mut own = 0;
    for case in cases {
        let docs = text(case, "docs");
        let home = files(&case["input"]);
        let profile = text(&case["input"], "selected_profile");
        let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
        let wire = Wire::default();
        let outcome = wire
            .call(builder(variables).profile(profile), |_| None)
            .await;
        match case["output"]["ProfileChain"].as_array().map(Vec::as_slice) {
            Some([only]) if only.get("AccessKey").is_some() => {
                outcome.unwrap();
                let key = &only["AccessKey"];
                let keys = (text(key, "access_key_id"), text(key, "secret_access_key"));
                let expected = Credentials::new(keys.0, keys.1, None);
                wire.last_call().assert_signed_with(&expected, time(NOW));
                own += 1;
            }
            Some([only]) if only.get("WebIdentityToken").is_some() => {
                let identity = &only["WebIdentityToken"];
                let (role, token) = (text(identity, "role_arn"), "/var/token.jwt");
                let line = expect_no_credentials(outcome);
                let expected = format!("of the role {role}: the token file {token} cannot be read");
                assert!(line.contains(&expected), "{docs}: {line}");
                own += 1;
            }
            // A chain, or an error of one.
            _ => {
                outcome.unwrap_err();
                assert!(wire.sent().iter().all(|sent| !sent.is_call()), "{docs}");
            }
        }
    }
    assert_eq!(own, 2);
}

/// The profiles of a case as files.
fn files(input: &Value) -> TempDir {
    let mut config = String::new();
    for (kind, sections) in [("profile", "profiles"), ("sso-session", "sso_sessions")] {
        for (name, properties) in input[sections].as_object().into_iter().flatten() {
            let _ = writeln!(config, "[{kind} {name}]");
            for (key, value) in properties.as_object().unwrap() {
                let _ = writeln!(config, "{key} = {}", value.as_str().unwrap());
            }
        }
    }
    home(&config, "")
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
