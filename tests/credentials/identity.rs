//! The identity that a profile gives: which of several counts, and what is an error.

use std::fs;

use super::{
    Credentials, NOW, Variables, Wire, builder, expect_no_credentials, home, path, role, time,
};

const OF_ENV: Variables<'_> = &[("AWS_ACCESS_KEY_ID", "env"), ("AWS_SECRET_ACCESS_KEY", "s")];
const OF_WEB: Variables<'_> = &[
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "~/token"),
    ("AWS_ROLE_ARN", "arn:aws:iam::1:role/one"),
];
const OF_BOX: Variables<'_> = &[("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/role")];
const WEB: &str = "role_arn = arn:aws:iam::1:role/one\nweb_identity_token_file = ~/token\n";
const ROLE: &str = "role_arn = arn:aws:iam::1:role/one\nsource_profile = base\n";
const SSO: &str = "sso_account_id = 1\nsso_role_name = r\nsso_region = us-east-7\n\
    sso_start_url = https://foo.bar\n";
const LOGIN: &str = "login_session = arn:x\n";
const PROCESS: &str = "credential_process = echo \
    '{\"Version\": 1, \"AccessKeyId\": \"process\", \"SecretAccessKey\": \"s\"}'\n";
const SESSION: &str = "sso_session = s\n";
const CONFIG: &str = "aws_access_key_id = config\naws_secret_access_key = s\n";
const FILE: &str = "aws_access_key_id = file\naws_secret_access_key = s\n";

/// Settings of several sources, and the one that counts.
struct Mixed(
    Variables<'static>,
    &'static [&'static str],
    &'static str,
    &'static str,
);

/// Variables, the config file, the credentials file, and the access key. The source that counts is
/// that of botocore 1.43.11: the first provider of `create_credential_resolver` whose `load` returns
/// credentials or fails.
const MIXED: [Mixed; 23] = [
    Mixed(OF_ENV, &[], FILE, "env"),
    Mixed(OF_ENV, &[ROLE], "", "env"),
    Mixed(OF_WEB, &[], FILE, "web-one"),
    Mixed(OF_WEB, &[CONFIG], "", "web-one"),
    Mixed(OF_WEB, &[ROLE], "", "one"),
    Mixed(OF_WEB, &[SSO], "", "web-one"),
    Mixed(OF_WEB, &[PROCESS], "", "web-one"),
    Mixed(&[OF_WEB[0], OF_WEB[1], OF_BOX[0]], &[], "", "web-one"),
    Mixed(&[], &[ROLE, SSO], "", "one"),
    Mixed(&[], &[ROLE], FILE, "one"),
    Mixed(
        &[],
        &[ROLE, "web_identity_token_file = ~/token\n"],
        "",
        "web-one",
    ),
    Mixed(&[], &[WEB], FILE, "web-one"),
    Mixed(&[], &[SSO], FILE, "Sso"),
    Mixed(&[], &[SSO, PROCESS], "", "Sso"),
    Mixed(&[], &[SESSION, CONFIG], "", "config"),
    Mixed(&[], &[LOGIN], FILE, "file"),
    Mixed(&[], &[LOGIN, PROCESS], "", "login"),
    Mixed(&[], &[LOGIN, CONFIG], "", "login"),
    Mixed(&[], &[PROCESS], FILE, "file"),
    Mixed(&[], &[PROCESS, CONFIG], "", "process"),
    Mixed(&[], &[CONFIG], FILE, "file"),
    Mixed(OF_BOX, &[CONFIG], "", "config"),
    Mixed(OF_BOX, &[], "", "container"),
];

#[tokio::test(start_paused = true)]
async fn of_several_sources_the_first_of_the_aws_cli_counts() {
    for Mixed(variables, config, credentials, expected) in MIXED {
        let config = config.concat();
        let home = role::home_with_tokens(&format!(
            "[default]\n{config}[sso-session s]\nsso_region = us-east-7\n\
             sso_start_url = https://foo.bar\n\
             [profile base]\naws_access_key_id = base\naws_secret_access_key = s\n"
        ));
        let folder = home.path().join(".aws");
        fs::write(
            folder.join("credentials"),
            format!("[default]\n{credentials}"),
        )
        .unwrap();
        let of_home = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
        let wire = Wire::default();
        let settings = builder(of_home.into_iter().chain(variables.iter().copied()));
        wire.call(settings, role::answer)
            .await
            .unwrap_or_else(|error| panic!("{variables:?} {config} {credentials}: {error}"));
        let key = role::signer(&wire.last_call());
        assert_eq!(
            key.as_deref(),
            Some(expected),
            "{variables:?} {config} {credentials}"
        );
    }
}

/// In this, botocore differs: it goes on to the container and the instance.
#[tokio::test]
async fn a_session_without_a_role_returns_no_credentials() {
    let home = home(
        "[default]\nsso_session = s\n[sso-session s]\nsso_region = x\nsso_start_url = y\n",
        "",
    );
    let variables = [
        ("HOME", path(&home)),
        ("AWS_REGION", "us-east-1"),
        OF_BOX[0],
    ];
    let line = expect_no_credentials(builder(variables).build_from_env().await);
    assert!(
        line.contains("has an `sso_session` for a bearer token"),
        "{line}"
    );
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
        "no credentials found: profile `b`: has no credentials; no other source is used, because the \
         profile is set in code; configure one of these sources, or call `credentials(…)` on the \
         builder"
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
