//! IAM Identity Center: tokens of sessions, their renewal, and the credentials and bearer tokens that
//! come of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use appflow_client::{ClientBuilder, Credentials};
use serde_json::{Value, json};
use smithy_reqwest::EnvironmentVariables;
use smithy_reqwest::credentials::Sso;
use tempfile::TempDir;
use workspace_tests::shared;

use super::auth_client;
use super::scenario::Scenario;
use super::{
    NOW, Reply, Sent, Wire, builder, expect_no_credentials, home, json, path, reply, text, time,
};

const CONFIG: &str = "[profile dev]\nregion = us-east-1\nsso_session = corp\n\
    sso_account_id = 123456789012\nsso_role_name = Developer\n\
    [sso-session corp]\nsso_region = us-east-2\nsso_start_url = https://corp.awsapps.com/start\n";
/// The SHA-1 of `corp`, by `sha1sum`.
const KEY: &str = "ee0bfd2552fbd840c02cc48b6e823320543c450f";

/// A home directory whose session `corp` has this token.
fn with_token(token: &Value) -> (TempDir, PathBuf) {
    let home = home(CONFIG, "");
    let folder = home.path().join(".aws/sso/cache");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{KEY}.json"));
    fs::write(&file, token.to_string()).unwrap();
    (home, file)
}

/// A token that the AWS CLI has written.
fn token(expires_at: &str) -> Value {
    json!({
        "startUrl": "https://corp.awsapps.com/start",
        "region": "us-east-2",
        "accessToken": "old-token",
        "expiresAt": expires_at,
        "clientId": "client",
        "clientSecret": "client-secret",
        "registrationExpiresAt": "2026-12-22T01:02:03Z",
        "refreshToken": "old-refresh",
        "note": "kept"
    })
}

fn settings(home: &TempDir) -> ClientBuilder {
    builder([("HOME", path(home)), ("AWS_PROFILE", "dev")])
}

const ROLE: &str = r#"{"roleCredentials": {"accessKeyId": "ASIASSO", "secretAccessKey": "secret",
    "sessionToken": "t", "expiration": 1795312923000}}"#;
const RENEWED: &str = r#"{"accessToken": "new-token", "tokenType": "Bearer", "expiresIn": 3600,
    "refreshToken": "new-refresh"}"#;

/// Answers as SSO-OIDC with this response, and as IAM Identity Center.
fn answers(renewal: impl Fn() -> Reply + Send + Sync) -> impl Fn(&Sent) -> Option<Reply> {
    move |sent| {
        Some(match sent.head.uri.host().unwrap() {
            "oidc.us-east-2.amazonaws.com" => renewal(),
            "portal.sso.us-east-2.amazonaws.com" => reply(200, ROLE),
            other => panic!("{other} is asked"),
        })
    }
}

fn bearer(sent: &Sent) -> Option<&str> {
    sent.header("x-amz-sso_bearer_token")
}

#[tokio::test(start_paused = true)]
async fn a_token_with_more_than_five_minutes_left_is_used_as_it_is() {
    for end in ["2026-11-22T01:07:03Z", "2026-11-22T01:07:03UTC"] {
        let (home, file) = with_token(&token(end));
        let wire = Wire::default();
        wire.call(settings(&home), answers(|| panic!("it is renewed")))
            .await
            .unwrap();
        let sent = wire.sent();
        assert_eq!(
            wire.asked(),
            [
                "https://portal.sso.us-east-2.amazonaws.com/federation/credentials?\
              role_name=Developer&account_id=123456789012"
            ]
        );
        assert_eq!(bearer(&sent[0]), Some("old-token"));
        assert_eq!(sent[0].header("authorization"), None);
        let role = Credentials::new("ASIASSO", "secret", Some("t".to_owned()));
        wire.last_call().assert_signed_with(&role, time(NOW));
        assert_eq!(json(&file), token(end));
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_about_to_expire_is_renewed_and_written_back() {
    let (home, file) = with_token(&token("2026-11-22T01:07:02Z"));
    let wire = Wire::default();
    wire.call(settings(&home), answers(|| reply(200, RENEWED)))
        .await
        .unwrap();
    let sent = wire.sent();
    assert_eq!(
        sent[0].head.uri,
        "https://oidc.us-east-2.amazonaws.com/token"
    );
    assert_eq!(sent[0].header("authorization"), None);
    let body: Value = serde_json::from_slice(&sent[0].body).unwrap();
    assert_eq!(
        body,
        json!({
            "clientId": "client",
            "clientSecret": "client-secret",
            "grantType": "refresh_token",
            "refreshToken": "old-refresh"
        })
    );
    assert_eq!(bearer(&sent[1]), Some("new-token"));
    let mut expected = token("2026-11-22T02:02:03Z");
    expected["accessToken"] = json!("new-token");
    expected["refreshToken"] = json!("new-refresh");
    assert_eq!(json(&file), expected);
    assert_is_private(&file);
    // Nothing is left beside it.
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1);
}

#[track_caller]
fn assert_is_private(file: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let _ = file;
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_falls_back_to_a_token_that_is_still_valid() {
    for (end, is_valid) in [
        ("2026-11-22T01:02:04Z", true),
        ("2026-11-22T01:02:03Z", false),
    ] {
        let (home, file) = with_token(&token(end));
        let wire = Wire::default();
        let outcome = wire
            .call(settings(&home), answers(|| reply(400, "{}")))
            .await;
        assert_eq!(outcome.is_ok(), is_valid, "{end} {outcome:?}");
        assert_eq!(json(&file), token(end));
        if !is_valid {
            assert_eq!(
                expect_no_credentials(outcome),
                "StartFlow: no credentials from the role Developer in account 123456789012 of IAM \
                 Identity Center: the session cannot be renewed (the response has status 400): run \
                 `aws sso login --profile dev`"
            );
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_another_process_has_renewed_is_used() {
    let (home, file) = with_token(&token("2026-11-22T01:02:03Z"));
    let wire = Wire::default();
    let of_other = file.clone();
    // The refresh token is good for one renewal, which the other process has made.
    let renewal = move || {
        let mut renewed = token("2026-11-22T02:00:00Z");
        renewed["accessToken"] = json!("token-of-other");
        fs::write(&of_other, renewed.to_string()).unwrap();
        reply(400, "{}")
    };
    wire.call(settings(&home), answers(renewal)).await.unwrap();
    assert_eq!(bearer(&wire.sent()[1]), Some("token-of-other"));
    assert_eq!(json(&file)["accessToken"], "token-of-other");
}

#[tokio::test(start_paused = true)]
async fn a_session_that_cannot_go_on_says_which_command_begins_a_new_one() {
    const REMEDY: &str = ": run `aws sso login --profile dev`";
    let without = |name: &str| {
        let mut token = token("2026-11-22T01:02:03Z");
        token.as_object_mut().unwrap().remove(name);
        token
    };
    let mut unregistered = token("2026-11-22T01:02:03Z");
    unregistered["registrationExpiresAt"] = json!("2026-11-22T01:02:03Z");
    for (token, problem) in [
        (without("refreshToken"), "the session has expired"),
        (without("clientId"), "the session has expired"),
        (without("clientSecret"), "the session has expired"),
        (unregistered, "the session has expired"),
        (without("accessToken"), ".json is not JSON with a token"),
        (json!("hunter2"), ".json is not JSON with a token"),
    ] {
        let (home, _) = with_token(&token);
        let wire = Wire::default();
        let outcome = wire
            .call(settings(&home), |_| panic!("it is renewed"))
            .await;
        let line = expect_no_credentials(outcome);
        assert!(line.ends_with(&format!("{problem}{REMEDY}")), "{line}");
        assert!(!line.contains("hunter2"), "{line}");
    }
    // Or the service says so.
    let (home, _) = with_token(&token("2026-11-22T02:00:00Z"));
    let wire = Wire::default();
    let outcome = wire.call(settings(&home), |_| Some(reply(401, "{}"))).await;
    let line = expect_no_credentials(outcome);
    assert!(line.ends_with(&format!("status 401{REMEDY}")), "{line}");
}

#[tokio::test]
async fn a_session_whose_settings_differ_from_its_profile_is_an_error() {
    for (from, to, problem) in [
        (
            "sso_session = corp",
            "sso_session = corp\nsso_region = eu-west-1",
            "profile `dev` has another `sso_region` than its `[sso-session corp]`; remove it in the \
             profile",
        ),
        (
            "sso_region = us-east-2",
            "",
            "profile `dev` has `sso_session = corp`, which lacks `sso_region`; add it in \
             `[sso-session corp]`",
        ),
        (
            "sso_session = corp",
            "sso_start_url = https://corp.awsapps.com/start",
            "profile `dev` lacks `sso_region` of IAM Identity Center; add it",
        ),
        (
            "sso_region = us-east-2",
            "sso_region = us.east/2",
            "no region for IAM Identity Center",
        ),
    ] {
        let home = home(&CONFIG.replacen(from, to, 1), "");
        let line = expect_no_credentials(settings(&home).build_from_env().await);
        assert!(line.contains(problem), "{line}");
    }
}

#[tokio::test]
async fn a_token_is_not_sent_over_plain_http() {
    let (home, _) = with_token(&token("2026-11-22T02:00:00Z"));
    for variable in ["AWS_ENDPOINT_URL_SSO", "AWS_ENDPOINT_URL_SSO_OIDC"] {
        let variables = [
            ("HOME", path(&home)),
            ("AWS_PROFILE", "dev"),
            (variable, "http://portal.test"),
        ];
        let line = expect_no_credentials(builder(variables).build_from_env().await);
        let problem = format!("the token can use it; set {variable} to one that is");
        assert!(
            line.contains("is not https") && line.ends_with(&problem),
            "{line}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_role_of_a_profile_can_be_used_in_code() {
    let (home, _) = with_token(&token("2026-11-22T02:00:00Z"));
    let environment = EnvironmentVariables::from_iter([("HOME", path(&home))]);
    let sso = Sso::from_profile(&environment, "dev").unwrap();
    assert!(!format!("{sso:?}").contains("old-token"));
    let wire = Wire::default();
    let settings = builder([]).region("eu-west-1").credentials(sso);
    wire.call(settings, answers(|| panic!("it is renewed")))
        .await
        .unwrap();
    let role = Credentials::new("ASIASSO", "secret", Some("t".to_owned()));
    wire.last_call().assert_signed_with(&role, time(NOW));

    let line = Sso::from_profile(&environment, "other")
        .unwrap_err()
        .to_string();
    assert!(line.contains("no profile `other` in "), "{line}");
}

/// A client of a service that takes bearer tokens, which sends to a function.
async fn auth_client(
    variables: Vec<(String, String)>,
    answer: impl Fn(&Sent) -> Option<Reply> + Send + Sync + 'static,
) -> (Wire, Result<auth_client::Client, auth_client::Error>) {
    let wire = Wire::default();
    let settings = auth_client::Client::builder()
        .environment(variables.into_iter().collect())
        .region("us-east-1")
        .time_source(|| time(NOW));
    let client = settings
        .transport(wire.transport(answer))
        .build_from_env()
        .await;
    (wire, client)
}

#[tokio::test(start_paused = true)]
async fn every_token_scenario_of_aws_ends_as_it_says() {
    let Some(folder) = shared("conformance/credentials/default-token-provider-chain") else {
        return;
    };
    let mut number = 0;
    for folder in fs::read_dir(folder).unwrap() {
        let scenario = Scenario::read(folder.unwrap().path());
        let root = scenario.files();
        let variables = scenario.variables(root.path());
        let (wire, client) = auth_client(variables, |_| Some(reply(200, "{}"))).await;
        client.unwrap().bear().send().await.unwrap();
        let [sent] = &wire.sent()[..] else {
            panic!("{:?}", wire.sent())
        };
        let expected = format!("Bearer {}", text(&scenario.case["result"]["Ok"], "token"));
        assert_eq!(sent.header("authorization"), Some(expected.as_str()));
        number += 1;
    }
    assert_eq!(number, 3);
}

#[tokio::test(start_paused = true)]
async fn a_bearer_token_is_renewed_like_that_of_credentials() {
    let (home, file) = with_token(&token("2026-11-22T01:03:00Z"));
    let variables = [("HOME", path(&home)), ("AWS_PROFILE", "dev")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let renewals = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&renewals);
    let (wire, client) = auth_client(variables.to_vec(), move |sent| {
        Some(match sent.head.uri.path() {
            "/token" => {
                counted.fetch_add(1, Ordering::Relaxed);
                reply(200, RENEWED)
            }
            _ => reply(200, "{}"),
        })
    })
    .await;
    let client = client.unwrap();
    client.bear().send().await.unwrap();
    client.bear().send().await.unwrap();
    let last = wire.sent().pop().unwrap();
    assert_eq!(last.header("authorization"), Some("Bearer new-token"));
    assert_eq!(renewals.load(Ordering::Relaxed), 1);
    assert_eq!(json(&file)["accessToken"], "new-token");
    assert!(!format!("{client:?}").contains("new-token"));
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_is_tried_again_half_a_minute_later_at_the_earliest() {
    let (home, _) = with_token(&token("2026-11-22T01:06:00Z"));
    let variables = [("HOME", path(&home)), ("AWS_PROFILE", "dev")];
    let clock = Arc::new(AtomicU64::new(NOW));
    let now = Arc::clone(&clock);
    let wire = Wire::default();
    let client = auth_client::Client::builder()
        .environment(variables.into_iter().collect())
        .region("us-east-1")
        .time_source(move || time(now.load(Ordering::Relaxed)))
        .transport(wire.transport(|sent| match sent.head.uri.path() {
            "/token" => Some(reply(400, "{}")),
            _ => Some(reply(200, "{}")),
        }))
        .build_from_env()
        .await
        .unwrap();
    for (seconds, renewals) in [(0, 1), (29, 1), (30, 2), (59, 2)] {
        clock.store(NOW + seconds, Ordering::Relaxed);
        client.bear().send().await.unwrap();
        let asked = wire.asked();
        let asked = asked.iter().filter(|url| url.ends_with("/token")).count();
        assert_eq!(asked, renewals, "after {seconds} s");
    }
}

#[tokio::test(start_paused = true)]
async fn a_bearer_token_that_cannot_be_had_says_how_to_get_one() {
    let (home, _) = with_token(&json!({}));
    let variables = [("HOME", path(&home)), ("AWS_PROFILE", "dev")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let (_, client) = auth_client(variables.to_vec(), |_| panic!("it is sent")).await;
    let line = client.unwrap().bear().send().await.unwrap_err().to_string();
    assert!(line.starts_with("Bear: no bearer token: "), "{line}");
    assert!(
        line.ends_with(": run `aws sso login --profile dev`"),
        "{line}"
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_longer_than_any_document_is_not_read() {
    let (home, _) = with_token(&token("2026-11-22T02:02:03Z"));
    let long = "x".repeat((1 << 20) + 1);
    let wire = Wire::default();
    let outcome = wire
        .call(settings(&home), move |_| Some(reply(200, long.clone())))
        .await;
    let line = expect_no_credentials(outcome);
    let problem = "the response is longer than 1048576 bytes";
    assert!(line.contains(problem), "{line}");
}
