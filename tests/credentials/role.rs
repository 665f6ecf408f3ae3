//! Profiles that assume roles: AWS's cases of how a profile is read, and what they leave open.

use std::fmt::Write as _;
use std::fs;
use std::sync::{Arc, Mutex};

use appflow_client::Credentials;
use serde_json::Value;
use smithy_reqwest::credentials::AssumeRole;
use smithy_reqwest::reqwest::Url;
use tempfile::TempDir;

use super::{
    NOW, Reply, Sent, Wire, array, builder, expect_no_credentials, home, official, path, reply,
    text, time,
};

/// Our errors, by AWS's words.
const ERRORS: [(&str, &str); 14] = [
    (
        "profile must contain `source_profile`",
        "profile `A` has a `role_arn` but nothing to assume the role with",
    ),
    (
        "profile contained both source_profile and credential_source",
        "profile `A` has both `source_profile` and `credential_source`",
    ),
    (
        "profile missing aws_secret_access_key",
        "profile `B` has aws_access_key_id but not aws_secret_access_key",
    ),
    (
        "profile missing aws_access_key_id",
        "profile `B` has aws_secret_access_key but not aws_access_key_id",
    ),
    (
        "profile `B` did not contain credential information",
        "profile `B`: has no credentials",
    ),
    (
        "profile `A` did not contain credential information",
        "profile `A`: has no credentials",
    ),
    (
        "could not find source profile B referenced from A",
        "profile `A` has `source_profile = B`, which is not in ",
    ),
    ("No profiles were defined", "no profile `A` in "),
    (
        "profile formed an infinite loop",
        "profile `B` has a `source_profile` that leads back to itself: `A` -> `B` -> `A`",
    ),
    (
        "`role_arn` was missing",
        "profile `A` has a `web_identity_token_file` but no `role_arn`",
    ),
    (
        "if `sso_role_name` is set, then `sso_account_id` must also be set",
        "profile `A` has an `sso_role_name` but no `sso_account_id`",
    ),
    (
        "if `sso_account_id` is set, then `sso_role_name` must also be set",
        "profile `A` has an `sso_account_id` but no `sso_role_name`",
    ),
    (
        "`sso_region` can only be specified in the [sso-session] config when a session name is given",
        "profile `A` has `sso_session = A`, which lacks `sso_region`",
    ),
    (
        "sso-session named `oops` (referenced by profile `A`) was not found",
        "profile `A` has `sso_session = oops`, and `[sso-session oops]` is not in ",
    ),
];

#[tokio::test(start_paused = true)]
async fn every_case_of_aws_leads_to_its_roles_or_to_an_error() {
    let Some(suite) = official("assume-role-tests.json") else {
        return;
    };
    let cases = array(&suite);
    assert_eq!(cases.len(), 28);
    for case in cases {
        let docs = text(case, "docs");
        let (input, output) = (&case["input"], &case["output"]);
        let home = files(input);
        let profile = text(input, "selected_profile");
        let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
        let wire = Wire::default();
        let settings = builder(variables).profile(profile);
        let outcome = wire.call(settings, answer).await;
        let chain = output["ProfileChain"].as_array();
        // A session without a role returns a token.
        let is_token = chain.is_some_and(|it| it[0]["Sso"].is_object())
            && input["profiles"][profile]["sso_role_name"].is_null();
        match chain {
            Some(chain) if !is_token => {
                outcome.unwrap_or_else(|error| panic!("{docs}: {error}"));
                assert_eq!(shown(&wire), expected(chain), "{docs}");
            }
            _ => {
                let line = outcome.unwrap_err().to_string();
                let words = text(output, "Error");
                let ours = ERRORS.iter().find(|(theirs, _)| *theirs == words);
                let ours = match ours {
                    _ if is_token => "profile `A` has an `sso_session` for a bearer token",
                    Some((_, ours)) => ours,
                    None => panic!("{docs}: {words} is not in the table; ours is {line}"),
                };
                assert!(line.contains(ours), "{docs}: {line}");
                assert!(wire.sent().is_empty(), "{docs}");
            }
        }
    }
}

/// The profiles of a case as files, and the tokens that they need.
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
    home_with_tokens(&config.replace("/var/token.jwt", "~/token"))
}

/// A home directory with a web identity, and tokens of IAM Identity Center and of `aws login`.
pub(super) fn home_with_tokens(config: &str) -> TempDir {
    let home = home(config, "");
    fs::write(home.path().join("token"), "identity").unwrap();
    let cache = home.path().join(".aws/sso/cache");
    fs::create_dir_all(&cache).unwrap();
    // The name is the SHA-1 of `https://foo.bar`, by `sha1sum`.
    fs::write(
        cache.join("7c459196c60f9c8b83244ac9c88b673bfec5eece.json"),
        r#"{"accessToken": "sso-token", "expiresAt": "2080-01-01T00:00:00Z"}"#,
    )
    .unwrap();
    let cache = home.path().join(".aws/login/cache");
    fs::create_dir_all(&cache).unwrap();
    // The name is the SHA-256 of `arn:x`, by `sha256sum`.
    fs::write(
        cache.join("37a06272f0dfc7bb2f54fc52ee96e397a3e77c4a540d48d73ccc73def8b54b47.json"),
        r#"{"accessToken": {"accessKeyId": "login", "secretAccessKey": "s", "sessionToken": "t",
            "accountId": "1", "expiresAt": "2080-01-01T00:00:00Z"}, "clientId": "c",
            "refreshToken": "r", "dpopKey": "k"}"#,
    )
    .unwrap();
    home
}

/// Answers as AWS STS, IAM Identity Center and an instance.
#[expect(clippy::unnecessary_wraps, reason = "it is an answer of `Wire`")]
pub(super) fn answer(sent: &Sent) -> Option<Reply> {
    let document = |key: &str| {
        format!(
            r#"{{"Code": "Success", "AccessKeyId": "{key}", "SecretAccessKey": "s", "Token": "t",
                "Expiration": "2026-11-22T02:02:03Z"}}"#
        )
    };
    let uri = &sent.head.uri;
    Some(match (uri.host().unwrap(), uri.path()) {
        ("169.254.169.254", "/latest/api/token") => reply(200, "token"),
        ("169.254.169.254", "/latest/meta-data/iam/security-credentials/") => reply(200, "role"),
        ("169.254.170.2", _) => reply(200, document("container")),
        ("169.254.169.254", _) => reply(200, document("Ec2InstanceMetadata")),
        ("portal.sso.us-east-7.amazonaws.com", "/federation/credentials") => reply(
            200,
            r#"{"roleCredentials": {"accessKeyId": "Sso", "secretAccessKey": "s",
                "sessionToken": "t", "expiration": 1795312923000}}"#,
        ),
        _ => {
            let role = parameter(sent, "RoleArn").unwrap();
            let name = role.rsplit('/').next().unwrap();
            let is_signed = sent.header("authorization").is_some();
            reply(
                200,
                assumed(&format!("{}{name}", if is_signed { "" } else { "web-" })),
            )
        }
    })
}

/// The response of AWS STS for a role, with its name as the access key.
fn assumed(name: &str) -> String {
    format!(
        "<R><Credentials><AccessKeyId>{name}</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
         <SessionToken>t</SessionToken><Expiration>2026-11-22T02:02:03Z</Expiration></Credentials></R>"
    )
}

/// A parameter of a form.
fn parameter(sent: &Sent, name: &str) -> Option<String> {
    let form = std::str::from_utf8(&sent.body).unwrap();
    let url = Url::parse(&format!("https://form.test/?{form}")).unwrap();
    let mut pairs = url.query_pairs();
    Some(pairs.find(|(key, _)| key == name)?.1.into_owned())
}

/// The access key that a request is signed with.
pub(super) fn signer(sent: &Sent) -> Option<String> {
    let header = sent.header("authorization")?;
    let (_, scope) = header.split_once("Credential=")?;
    Some(scope.split('/').next()?.to_owned())
}

/// The steps by which credentials were found: each with what it was done with.
fn shown(wire: &Wire) -> Vec<String> {
    let sent = wire.sent();
    let mut steps = Vec::new();
    for sent in &sent {
        let parameter = |name| parameter(sent, name);
        let Some(action) = parameter("Action") else {
            continue;
        };
        let signer = signer(sent).unwrap_or_else(|| "nobody".to_owned());
        let role = parameter("RoleArn").unwrap();
        let session = parameter("RoleSessionName").filter(|it| !it.starts_with("smithy-reqwest-"));
        let id = parameter("ExternalId");
        steps.push(format!("{action} {role} {session:?} {id:?} by {signer}"));
    }
    steps.push(format!("call by {}", signer(&wire.last_call()).unwrap()));
    steps
}

fn expected(chain: &[Value]) -> Vec<String> {
    let mut steps = Vec::new();
    let mut signer = String::new();
    for step in chain {
        let (kind, step) = step.as_object().unwrap().iter().next().unwrap();
        let role = text(step, "role_arn");
        let action = match kind.as_str() {
            "AccessKey" => {
                text(step, "access_key_id").clone_into(&mut signer);
                continue;
            }
            "NamedSource" => {
                step.as_str().unwrap().clone_into(&mut signer);
                continue;
            }
            "Sso" => {
                "Sso".clone_into(&mut signer);
                continue;
            }
            "WebIdentityToken" => {
                "nobody".clone_into(&mut signer);
                "AssumeRoleWithWebIdentity"
            }
            _ => "AssumeRole",
        };
        let (session, id) = (
            step["role_session_name"].as_str(),
            step["external_id"].as_str(),
        );
        steps.push(format!("{action} {role} {session:?} {id:?} by {signer}"));
        let prefix = if kind == "WebIdentityToken" {
            "web-"
        } else {
            ""
        };
        signer = format!("{prefix}{}", role.rsplit('/').next().unwrap());
    }
    steps.push(format!("call by {signer}"));
    steps
}

/// A role of the profile `default`, and the credentials that it is assumed with.
const ROLE: &str = "[default]\nrole_arn = arn:aws:iam::123456789012:role/nightly\n\
    source_profile = base\n[profile base]\naws_access_key_id = AKIDBASE\n\
    aws_secret_access_key = secret-of-base\n";

#[tokio::test(start_paused = true)]
async fn the_request_for_a_role_is_signed_and_has_the_properties_of_the_profile() {
    let config = ROLE.replace(
        "source_profile",
        "role_session_name = orders\nexternal_id = a/b\nduration_seconds = 900\nsource_profile",
    );
    let home = home(&config, "");
    let wire = Wire::default();
    let settings = builder([("HOME", path(&home)), ("AWS_REGION", "eu-west-1")]);
    wire.call(settings, answer).await.unwrap();
    let [asked, call] = &wire.sent()[..] else {
        panic!("{:?}", wire.sent())
    };
    assert_eq!(asked.head.uri, "https://sts.eu-west-1.amazonaws.com/");
    assert_eq!(
        asked.body,
        "Action=AssumeRole&Version=2011-06-15\
         &RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fnightly&RoleSessionName=orders\
         &DurationSeconds=900&ExternalId=a%2Fb"
    );
    let base = Credentials::new("AKIDBASE", "secret-of-base", None);
    asked.assert_signed_for("sts", &base, time(NOW));
    let role = Credentials::new("nightly", "s", Some("t".to_owned()));
    call.assert_signed_with(&role, time(NOW));
}

#[tokio::test(start_paused = true)]
async fn a_role_is_assumed_with_credentials_of_code_through_the_client() {
    let base = Credentials::new("AKIDBASE", "secret-of-base", None);
    let inner = AssumeRole::builder("arn:aws:iam::123456789012:role/inner").source(base.clone());
    let outer = AssumeRole::builder("arn:aws:iam::123456789012:role/outer")
        .source(inner.build().unwrap())
        .session_name("orders")
        .build()
        .unwrap();
    let wire = Wire::default();
    let settings = builder([]).region("us-east-1").credentials(outer);
    wire.call(settings, answer).await.unwrap();
    let role = "AssumeRole arn:aws:iam::123456789012:role";
    assert_eq!(
        shown(&wire),
        [
            format!("{role}/inner None None by AKIDBASE"),
            format!("{role}/outer Some(\"orders\") None by inner"),
            "call by outer".to_owned(),
        ]
    );
    assert_eq!(wire.asked()[0], "https://sts.us-east-1.amazonaws.com/");
    wire.sent()[0].assert_signed_for("sts", &base, time(NOW));
}

#[tokio::test(start_paused = true)]
async fn the_endpoint_of_a_role_in_code_is_its_own_if_it_has_one() {
    let role = || AssumeRole::builder("arn:aws:iam::123456789012:role/nightly");
    let base = Credentials::new("AKIDBASE", "s", None);
    for (role, url, region) in [
        (
            role().region("eu-central-1"),
            "https://sts.eu-central-1.amazonaws.com/",
            "eu-central-1",
        ),
        (
            role().endpoint_url("http://sts.test:4566"),
            "http://sts.test:4566/",
            "us-east-1",
        ),
    ] {
        let role = role.source(base.clone()).build().unwrap();
        let wire = Wire::default();
        let settings = builder([]).region("us-east-1").credentials(role);
        wire.call(settings, answer).await.unwrap();
        assert_eq!(wire.asked(), [url]);
        let signed = wire.sent()[0].header("authorization").unwrap().to_owned();
        assert!(
            signed.contains(&format!("/{region}/sts/aws4_request")),
            "{signed}"
        );
    }
}

#[test]
fn a_role_in_code_without_credentials_to_assume_it_with_is_an_error() {
    let role = AssumeRole::builder("arn:x").build();
    assert_eq!(
        role.unwrap_err().to_string(),
        "no credentials: the role arn:x has no `source(…)`: pass the credentials to assume it with"
    );
    let role = AssumeRole::builder("arn:x").source(Credentials::new("AKID", "s", None));
    let line = role
        .endpoint_url("sts.test")
        .build()
        .unwrap_err()
        .to_string();
    assert!(line.contains("the endpoint URL is not a URL"), "{line}");
}

#[tokio::test(start_paused = true)]
async fn the_error_of_a_chain_names_the_role_that_was_refused_and_the_reason() {
    const REFUSED: &str = "<ErrorResponse><Error><Code>AccessDenied</Code>\
        <Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>";
    let config = "[default]\nrole_arn = arn:aws:iam::1:role/outer\nsource_profile = a\n\
        [profile a]\nrole_arn = arn:aws:iam::1:role/inner\nsource_profile = b\n\
        [profile b]\naws_access_key_id = AKIDB\naws_secret_access_key = s\n";
    let home = home(config, "");
    let wire = Wire::default();
    let settings = builder([("HOME", path(&home)), ("AWS_REGION", "us-east-1")]);
    let outcome = wire.call(settings, |_| Some(reply(403, REFUSED))).await;
    assert_eq!(
        expect_no_credentials(outcome),
        "StartFlow: no credentials from the role arn:aws:iam::1:role/outer: no credentials from the role \
         arn:aws:iam::1:role/inner: AWS STS returned AccessDenied: not authorized to perform: \
         sts:AssumeRole (status 403)"
    );
    assert_eq!(wire.asked().len(), 1);
}

#[tokio::test]
async fn an_invalid_property_of_a_role_is_an_error_when_the_client_is_built() {
    for (property, problem) in [
        (
            "duration_seconds = 1h",
            "profile `default` has `duration_seconds` \"1h\"; set it to a whole number of seconds",
        ),
        (
            "credential_source = Vault",
            "profile `default` has `credential_source = Vault`; set it to `Environment`, \
             `Ec2InstanceMetadata` or `EcsContainer`",
        ),
        (
            "credential_source = EcsContainer",
            "which is not set up. container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor",
        ),
    ] {
        let source = if property.starts_with("credential_source") {
            property.to_owned()
        } else {
            format!("{property}\nsource_profile = base")
        };
        let config = ROLE.replace("source_profile = base", &source);
        let home = home(&config, "");
        let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
        let line = expect_no_credentials(builder(variables).build_from_env().await);
        assert!(line.contains(problem), "{line}");
    }
}

/// botocore raises `PartialCredentialsError`.
#[tokio::test]
async fn a_source_profile_with_one_key_of_two_is_an_error_even_if_it_has_a_role() {
    for (missing, problem) in [
        (
            "aws_access_key_id = AKIDBASE\n",
            "profile `base` has aws_secret_access_key but not aws_access_key_id",
        ),
        (
            "aws_secret_access_key = secret-of-base\n",
            "profile `base` has aws_access_key_id but not aws_secret_access_key",
        ),
    ] {
        let role =
            "role_arn = arn:aws:iam::1:role/inner\ncredential_source = Ec2InstanceMetadata\n";
        let home = home(&ROLE.replace(missing, role), "");
        let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
        let line = expect_no_credentials(builder(variables).build_from_env().await);
        assert!(line.contains(problem), "{line}");
    }
}

const SERIAL: &str = "arn:aws:iam::123456789012:mfa/ada";

fn with_mfa() -> TempDir {
    let mfa = format!("mfa_serial = {SERIAL}\nsource_profile");
    home(&ROLE.replacen("source_profile", &mfa, 1), "")
}

#[tokio::test(start_paused = true)]
async fn a_role_with_an_mfa_device_needs_a_code_and_asks_for_it_each_time() {
    let home = with_mfa();
    let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
    let wire = Wire::default();
    let line = expect_no_credentials(wire.call(builder(variables), answer).await);
    assert_eq!(
        line,
        format!(
            "StartFlow: no credentials from the role arn:aws:iam::123456789012:role/nightly: a code of \
             the MFA device {SERIAL} is required: call `mfa_code(…)` on the builder"
        )
    );
    assert!(wire.sent().is_empty());

    let asked = Arc::new(Mutex::new(Vec::new()));
    let of_device = Arc::clone(&asked);
    let settings = builder(variables).mfa_code(move |serial| {
        of_device.lock().unwrap().push(serial.to_owned());
        Ok("123456\n".to_owned())
    });
    wire.call(settings, answer).await.unwrap();
    let request = wire.sent()[0].clone();
    assert_eq!(parameter(&request, "SerialNumber").unwrap(), SERIAL);
    assert_eq!(parameter(&request, "TokenCode").unwrap(), "123456");
    assert_eq!(*asked.lock().unwrap(), [SERIAL]);

    let settings = builder(variables).mfa_code(|_| Err("the device is at home".into()));
    let line = expect_no_credentials(wire.call(settings, answer).await);
    let problem = format!("no code of the MFA device {SERIAL}: the device is at home");
    assert!(line.ends_with(&problem), "{line}");
}

/// The name of the file is that of botocore's `AssumeRoleCredentialFetcher._create_cache_key`:
/// `sha1(json.dumps({"RoleArn": …, "SerialNumber": …}, sort_keys=True))`, computed with Python.
#[tokio::test(start_paused = true)]
async fn credentials_that_the_aws_cli_has_cached_need_no_code_while_they_are_valid() {
    let home = with_mfa();
    let cache = home.path().join(".aws/cli/cache");
    fs::create_dir_all(&cache).unwrap();
    let file = cache.join("64f3b1d8349e67fe462cab4f2b4d87a451957a6f.json");
    let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
    for (end, is_used) in [
        ("2026-11-22T01:07:03UTC", true),
        ("2026-11-22T01:07:03+00:00", true),
        ("2026-11-22T01:07:02UTC", false),
    ] {
        let text = format!(
            r#"{{"Credentials": {{"AccessKeyId": "AKIDCACHED", "SecretAccessKey": "secret",
                "SessionToken": "t", "Expiration": "{end}"}}, "ResponseMetadata": {{}}}}"#
        );
        fs::write(&file, text).unwrap();
        let wire = Wire::default();
        let outcome = wire.call(builder(variables), answer).await;
        assert_eq!(outcome.is_ok(), is_used, "{end} {outcome:?}");
        if is_used {
            let cached = Credentials::new("AKIDCACHED", "secret", Some("t".to_owned()));
            wire.last_call().assert_signed_with(&cached, time(NOW));
        }
    }
}
