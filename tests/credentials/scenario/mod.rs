//! AWS's scenarios: a home directory, variables, recorded traffic, and the credentials that come of
//! them.
//!
//! Those that concern our own sources run in this process, with its variables left out. The others
//! are of profiles that the official crate reads: without the feature `aws-config` each must fail
//! with an error that names it, and with the feature each runs in a process of its own, as that crate
//! reads the variables of the process.

#[cfg(feature = "aws-config")]
mod process;
mod traffic;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use appflow_client::{Client, Credentials, ErrorKind};
use serde_json::Value;
use smithy_reqwest::profile::Profiles;
use smithy_reqwest::{Environment, Timestamp};
use tempfile::TempDir;
use workspace_tests::shared;

use super::{NOW, Wire, builder, json, text, time, variables};
use traffic::Traffic;

const FOLDERS: [(&str, usize); 2] = [
    ("default-credential-provider-chain", 29),
    ("profile-provider", 18),
];

/// The scenarios of our own sources, with a part of our error where there is one. AWS's part is of
/// the wording of its SDK.
const OWN: [(&str, &str); 19] = [
    ("ecs_credentials", ""),
    ("ecs_credentials_invalid_profile", ""),
    ("eks_pod_identity_credentials", ""),
    (
        "eks_pod_identity_no_token_file",
        "token.jwt cannot be read: No such file or directory",
    ),
    ("environment_variables", ""),
    ("environment_variables_blank", ""),
    ("imds_config_with_no_creds", ""),
    (
        "imds_default_chain_error",
        "the instance has no role (status 404)",
    ),
    ("imds_default_chain_retries", ""),
    ("imds_default_chain_success", ""),
    (
        "imds_disabled",
        "instance metadata: switched off by AWS_EC2_METADATA_DISABLED",
    ),
    ("prefer_environment", ""),
    ("profile_name", ""),
    ("profile_static_keys", ""),
    ("profile_static_keys_case_insensitive", ""),
    ("web_identity_token_env", ""),
    ("web_identity_token_profile", ""),
    ("empty_config", "no profile `default` in "),
    ("invalid_config", "Property did not have a name"),
];

/// A folder of AWS's.
struct Scenario {
    name: String,
    folder: PathBuf,
    case: Value,
}

impl Scenario {
    fn read(folder: PathBuf) -> Self {
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

    /// A part of our error, where the scenario is one of our own sources.
    fn own(&self) -> Option<&'static str> {
        let (_, error) = OWN.iter().find(|(name, _)| *name == self.name)?;
        Some(error)
    }

    /// The scenario's files, in a folder whose name stands in them and in the variables for the root.
    fn files(&self) -> TempDir {
        let root = TempDir::new().unwrap();
        copy(&self.folder.join("fs"), root.path(), root.path());
        root
    }

    /// The scenario's variables.
    fn variables(&self, root: &Path) -> Vec<(String, String)> {
        let case = json(&self.folder.join("env.json"));
        let mut variables = variables(&case);
        if self.is_of_profiles_alone() {
            variables.push(("AWS_EC2_METADATA_DISABLED", "true"));
        }
        let rooted = |(name, value): (&str, &str)| (name.to_owned(), rooted(value, root));
        variables.into_iter().map(rooted).collect()
    }
}

/// A folder without what it has beside the scenario's own files.
fn copy(from: &Path, to: &Path, root: &Path) {
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
            copy(&from, &to, root);
        } else {
            fs::write(to, rooted(&fs::read_to_string(from).unwrap(), root)).unwrap();
        }
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

/// Makes a call in a scenario, and holds it to what the scenario says. `error` is a part of the error
/// that is expected where it says so.
async fn check(scenario: &Scenario, environment: Environment, error: &str) {
    let name = &scenario.name;
    let traffic = Arc::new(Traffic::read(&scenario.folder));
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
        assert!(line.contains(error), "{name}: {line}");
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
    if let (Some(end), Some(_)) = (end, scenario.own()) {
        clock.store(end, Ordering::Relaxed);
        let asked = wire.asked().len();
        let outcome = start(&client).await;
        assert!(wire.asked().len() > asked, "{name}: {outcome:?}");
        // What is beside the machine may be down while its credentials are still taken.
        let survives = ["ecs_", "eks_", "imds_"]
            .iter()
            .any(|it| name.starts_with(it));
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
fn has_region(environment: &Environment) -> bool {
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
async fn every_scenario_of_our_own_sources_ends_as_it_says() {
    for scenario in Scenario::all() {
        if let Some(error) = scenario.own() {
            let root = scenario.files();
            let environment = scenario.variables(root.path()).into_iter().collect();
            check(&scenario, environment, error).await;
        }
    }
}

#[cfg(not(feature = "aws-config"))]
#[tokio::test]
async fn every_other_scenario_says_that_it_needs_the_official_crate() {
    let others = Scenario::all().into_iter().filter(|it| it.own().is_none());
    for scenario in others {
        let root = scenario.files();
        let environment: Environment = scenario.variables(root.path()).into_iter().collect();
        let mut settings = builder([]).region("us-east-1").environment(environment);
        if scenario.is_of_profiles_alone() {
            settings = settings.profile("default");
        }
        let line = super::expect_no_credentials(settings.build_from_env().await);
        let name = &scenario.name;
        assert!(
            line.contains("turn on the cargo feature `aws-config`"),
            "{name}: {line}"
        );
    }
}
