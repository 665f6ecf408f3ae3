//! AWS's scenarios: a home directory, variables, recorded traffic, and the credentials that come of
//! them.

mod traffic;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use appflow_client::{Client, Credentials, ErrorKind};
use serde_json::Value;
use smithy_reqwest::profile::Profiles;
use smithy_reqwest::{EnvironmentVariables, Timestamp};
use tempfile::TempDir;
use workspace_tests::shared;

use super::{NOW, Wire, builder, json, text, time, variables};
use traffic::Traffic;

const FOLDERS: [(&str, usize); 2] = [
    ("default-credential-provider-chain", 29),
    ("profile-provider", 18),
];

/// The scenarios that end with an error, with a part of ours. AWS's part is in the words of its SDK.
const ERRORS: [(&str, &str); 16] = [
    (
        "eks_pod_identity_no_token_file",
        "token.jwt cannot be read: No such file or directory",
    ),
    (
        "imds_default_chain_error",
        "the instance has no role (status 404)",
    ),
    (
        "imds_disabled",
        "instance metadata: switched off by AWS_EC2_METADATA_DISABLED",
    ),
    ("imds_no_iam_role", "the instance has no role (status 404)"),
    (
        "imds_token_fail",
        "it is switched off for this instance (status 403)",
    ),
    (
        "profile_overrides_web_identity",
        "profile `A` has `credential_source = Environment`, which is not set up. environment \
         variables: AWS_ACCESS_KEY_ID is not set",
    ),
    (
        "sso_no_token_file",
        "dace00cba5f8355ec9d274ceb2bcebdfbeed0e12.json (No such file or directory (os error 2)): \
         run `aws sso login --profile sso-test`",
    ),
    ("sso_server_error", "status 503"),
    (
        "web_identity_source_profile_no_env",
        "profile `B` has a `web_identity_token_file` but no `role_arn`",
    ),
    (
        "web_identity_token_invalid_jwt",
        "AWS STS returned InvalidIdentityToken: No OpenIDConnect provider found in your account",
    ),
    (
        "credential_process_failure",
        "no credentials from the process exit: it cannot be started",
    ),
    (
        "credential_process_invalid",
        "no credentials from the process echo: its output is not JSON with credentials",
    ),
    ("empty_config", "no profile `default` in "),
    ("invalid_config", "Property did not have a name"),
    (
        "invalid_sso_credentials_config",
        "profile `default` has an `sso_session` for a bearer token, and not for credentials",
    ),
    (
        "sso_token",
        "profile `default` has an `sso_session` for a bearer token, and not for credentials",
    ),
];

/// The scenarios that are changed before they run, each with what is replaced in it, and by what.
const CHANGES: [(&str, &[(&str, &str)]); 3] = [
    ("credential_process", IN_SHELL),
    ("credential_process_account_id_fallback", IN_SHELL),
    // A bearer token is not sent over plain HTTP, where others could read and use it.
    (
        "sso_override_global_env_url",
        &[("http://aws.", "https://aws.")],
    ),
];

/// The AWS CLI starts no shell for a process, and the commands of AWS's scenarios need one.
const IN_SHELL: &[(&str, &str)] = &[
    ("credential_process = ", "credential_process = sh -c \""),
    ("base64 --decode", "base64 --decode\""),
];

/// A folder of AWS's.
pub(super) struct Scenario {
    name: String,
    folder: PathBuf,
    pub(super) case: Value,
}

impl Scenario {
    pub(super) fn read(folder: PathBuf) -> Self {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let case = json(&folder.join("test-case.json"));
        Self { name, folder, case }
    }

    /// All of them, sorted; none where AWS's data is not there.
    fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for (folder, number) in FOLDERS {
            let Some(folder) = shared(&format!("conformance/credentials/{folder}")) else {
                continue;
            };
            let mut folders: Vec<PathBuf> = fs::read_dir(folder)
                .unwrap()
                .map(|it| it.unwrap().path())
                .collect();
            assert_eq!(folders.len(), number);
            folders.sort();
            all.extend(folders.into_iter().map(Self::read));
        }
        all
    }

    /// A part of our error, if the scenario ends with one.
    fn error(&self) -> &'static str {
        let error = ERRORS.iter().find(|(name, _)| *name == self.name);
        error
            .unwrap_or_else(|| panic!("{} has no error", self.name))
            .1
    }

    /// The scenario's files, in a folder whose name stands in them and in the variables for the root.
    pub(super) fn files(&self) -> TempDir {
        let root = TempDir::new().unwrap();
        self.copy(&self.folder.join("fs"), root.path(), root.path());
        root
    }

    /// A text of the scenario with its changes, in which paths are such of its folder.
    fn adapted(&self, text: &str, root: &Path) -> String {
        let changes = CHANGES.iter().find(|(name, _)| *name == self.name);
        let changes = changes.map_or(&[][..], |(_, changes)| changes);
        let text = changes
            .iter()
            .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        rooted(&text, root)
    }

    /// Copies a folder.
    fn copy(&self, from: &Path, to: &Path, root: &Path) {
        let Ok(entries) = fs::read_dir(from) else {
            return;
        };
        fs::create_dir_all(to).unwrap();
        for entry in entries {
            let (from, to) = {
                let entry = entry.unwrap();
                (entry.path(), to.join(entry.file_name()))
            };
            if from.is_dir() {
                self.copy(&from, &to, root);
            } else {
                let text = fs::read_to_string(from).unwrap();
                fs::write(to, self.adapted(&text, root)).unwrap();
            }
        }
    }

    /// The scenario's variables.
    pub(super) fn variables(&self, root: &Path) -> Vec<(String, String)> {
        let case = json(&self.folder.join("env.json"));
        let mut variables = variables(&case);
        if self.is_of_profiles_alone() {
            variables.push(("AWS_EC2_METADATA_DISABLED", "true"));
        }
        let adapted = |(name, value): (&str, &str)| (name.to_owned(), self.adapted(value, root));
        variables.into_iter().map(adapted).collect()
    }
}

/// A text in which paths of the scenario are such of its folder.
fn rooted(text: &str, root: &Path) -> String {
    let root = root.to_str().unwrap();
    if text == "/home" {
        return format!("{root}/home");
    }
    text.replace("/token.jwt", &format!("{root}/token.jwt"))
        .replace("/home/.aws", &format!("{root}/home/.aws"))
}

/// Makes a call in a scenario, and compares it with what the scenario says.
async fn check(scenario: &Scenario, environment: EnvironmentVariables) {
    let name = &scenario.name;
    let traffic = Arc::new(Traffic::read(scenario));
    let result = &scenario.case["result"];
    let end = result["Ok"]["expiry"].as_u64();
    let clock = Arc::new(AtomicU64::new(end.map_or(NOW, |end| end - 3_600)));
    let now = {
        let clock = Arc::clone(&clock);
        move || time(clock.load(Ordering::Relaxed))
    };
    let mut settings = builder([])
        .environment(environment.clone())
        .time_source(now);
    if scenario.is_of_profiles_alone() {
        settings = settings.profile("default");
    }
    if !has_region(&environment) {
        settings = settings.region("us-east-1");
    }
    let wire = Wire::default();
    let answers = Arc::clone(&traffic);
    let client = wire
        .client(settings, move |sent| answers.answer(sent))
        .await;
    let outcome = match &client {
        Ok(client) => start(client).await,
        Err(error) => Err(format!("{error}")),
    };
    if result.get("ErrorContains").is_some() {
        let line = outcome.unwrap_err();
        assert!(line.contains(scenario.error()), "{name}: {line}");
        return traffic.assert_over(scenario);
    }
    outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
    traffic.assert_over(scenario);
    let now = time(clock.load(Ordering::Relaxed));
    wire.last_call()
        .assert_signed_with(&credentials(&result["Ok"]), now);

    // What is fetched is kept, up to its end.
    let client = client.unwrap();
    start(&client).await.unwrap();
    let asked = wire.asked().len();
    if let (Some(end), true) = (end, asked > 0) {
        clock.store(end, Ordering::Relaxed);
        let outcome = start(&client).await;
        assert!(wire.asked().len() > asked, "{name}: {outcome:?}");
        // What is beside the machine may be down while its credentials are still taken.
        let is_beside = ["ecs_", "eks_", "imds_"]
            .iter()
            .any(|it| name.starts_with(it));
        let survives = is_beside && !name.ends_with("assume_role");
        assert_eq!(outcome.is_ok(), survives, "{name}: {outcome:?}");
    }
}

impl Scenario {
    /// Whether the scenario is of the provider that reads profiles, and asks no other source.
    fn is_of_profiles_alone(&self) -> bool {
        self.folder.parent().unwrap().ends_with("profile-provider")
    }
}

/// Whether the variables or the profile say which region it is.
fn has_region(environment: &EnvironmentVariables) -> bool {
    let of_profile = || {
        let profiles = Profiles::load(environment).ok()?;
        let name = environment.get("AWS_PROFILE");
        let profile = profiles.profile(name.as_deref().unwrap_or("default"))?;
        profile.get("region").map(str::to_owned)
    };
    environment.get("AWS_REGION").or_else(of_profile).is_some()
}

async fn start(client: &Client) -> Result<(), String> {
    let outcome = client.start_flow("orders-to-s3").send().await;
    outcome.map(drop).map_err(|error| {
        assert!(matches!(error.kind(), ErrorKind::Credentials), "{error:?}");
        error.to_string()
    })
}

fn credentials(expected: &Value) -> Credentials {
    let token = expected["session_token"].as_str().map(str::to_owned);
    let credentials = Credentials::new(
        text(expected, "access_key_id"),
        text(expected, "secret_access_key"),
        token,
    );
    match expected["expiry"].as_i64() {
        Some(end) => credentials.with_expiry(Timestamp::from_second(end).unwrap()),
        None => credentials,
    }
}

#[tokio::test(start_paused = true)]
async fn every_scenario_ends_as_it_says() {
    for scenario in Scenario::all() {
        let root = scenario.files();
        let environment = scenario.variables(root.path()).into_iter().collect();
        check(&scenario, environment).await;
    }
}
