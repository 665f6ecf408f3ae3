//! Profiles that take roles: AWS's cases of how a profile is read.

use std::fmt::Write as _;

use serde_json::Value;
use tempfile::TempDir;

use super::{Wire, array, builder, home, official, path, text};

/// What is said of a profile that only the official crate can read, by what it does.
#[cfg(not(feature = "aws-config"))]
const REMEDY: &str = "turn on the cargo feature `aws-config`";
#[cfg(feature = "aws-config")]
const REMEDY: &str = "leave out `environment(…)`";

/// What our errors say of the cases that are no chain of roles, by AWS's words.
const OWN_ERRORS: [(&str, &str); 4] = [
    (
        "profile must contain `source_profile`",
        "profile `A` has a `role_arn` but nothing to take the role with",
    ),
    (
        "profile `A` did not contain credential information",
        "profile `A`: has no credentials",
    ),
    ("No profiles were defined", "no profile `A` in "),
    (
        "`role_arn` was missing",
        "profile `A` has a `web_identity_token_file` but no `role_arn`",
    ),
];

#[tokio::test(start_paused = true)]
async fn every_case_is_read_as_it_says_or_needs_the_official_crate() {
    let Some(suite) = official("assume-role-tests.json") else {
        return;
    };
    let cases = array(&suite);
    let mut kinds = [0; 3];
    for case in cases {
        let docs = text(case, "docs");
        let home = files(&case["input"]);
        let profile = text(&case["input"], "selected_profile");
        let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
        let settings = builder(variables).profile(profile);
        let line = match Wire::default().call(settings, |_| None).await {
            Err(error) => error.to_string(),
            Ok(()) => panic!("{docs}: there are credentials without a request"),
        };
        let output = &case["output"];
        let identity = &output["ProfileChain"][0]["WebIdentityToken"];
        let chain = output["ProfileChain"].as_array().map_or(0, Vec::len);
        let error = text(output, "Error");
        let (kind, expected) = if chain == 1 && identity.is_object() {
            let role = text(identity, "role_arn");
            (
                0,
                format!("of the role {role}: the token file /var/token.jwt cannot be read"),
            )
        } else if let Some((_, ours)) = OWN_ERRORS.iter().find(|(words, _)| *words == error) {
            (1, (*ours).to_owned())
        } else {
            (2, REMEDY.to_owned())
        };
        assert!(line.contains(&expected), "{docs}: {line}");
        kinds[kind] += 1;
    }
    // The others are chains of roles and IAM Identity Center, or faults in them.
    assert_eq!(kinds, [2, 4, 22]);
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
