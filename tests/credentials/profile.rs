//! Profile files: AWS's suites of their format and of their places.

use std::collections::BTreeMap;

use serde_json::Value;
use smithy_reqwest::Environment;
use smithy_reqwest::profile::{Profiles, Section, config_file, credentials_file};

use tracing::Level;
use tracing::subscriber::set_default;
use workspace_tests::Recorder;

use super::{array, builder, home, official, path, text, variables};

#[test]
fn every_case_of_the_format_is_read_as_it_says() {
    let Some(suite) = official("profile-parser-tests.json") else {
        return;
    };
    let cases = array(&suite["tests"]);
    assert_eq!(cases.len(), 65);
    for case in cases {
        let (name, input, output) = (text(case, "name"), &case["input"], &case["output"]);
        let config = text(input, "configFile");
        let read = Profiles::parse(config, text(input, "credentialsFile"));
        match output["errorContaining"].as_str() {
            Some(problem) => {
                let error = read.unwrap_err().to_string();
                assert!(error.contains(problem), "{name}: {error}");
            }
            None => check_sections(name, &read.unwrap(), &output["config"]),
        }
    }
}

fn check_sections(case: &str, profiles: &Profiles, expected: &Value) {
    let of_profiles = expected["profiles"].as_object().unwrap();
    let names: Vec<&str> = profiles.names().collect();
    let mut expected_names: Vec<&String> = of_profiles.keys().collect();
    expected_names.sort();
    assert_eq!(names, expected_names, "{case}");
    for (name, properties) in of_profiles {
        check_section(case, profiles.profile(name).unwrap(), properties);
    }
    let sessions = expected["sso_sessions"].as_object().into_iter().flatten();
    for (name, properties) in sessions {
        check_section(case, profiles.sso_session(name).unwrap(), properties);
    }
}

fn check_section(case: &str, section: &Section, expected: &Value) {
    let read: BTreeMap<&str, &str> = section.properties().collect();
    assert_eq!(serde_json::to_value(read).unwrap(), *expected, "{case}");
}

#[test]
fn every_case_of_the_places_is_found_as_it_says() {
    let Some(suite) = official("file-location-tests.json") else {
        return;
    };
    let cases = array(&suite["tests"]);
    assert_eq!(cases.len(), 9);
    for case in cases {
        let environment = Environment::from_iter(variables(&case["environment"]));
        // Joined by the platform that the test runs on, which Windows reads as well as its own.
        let of_platform = |path: String| match text(case, "platform") {
            "windows" => path.replace('/', "\\"),
            _ => path,
        };
        let config = config_file(&environment).unwrap().display().to_string();
        assert_eq!(of_platform(config), text(case, "configLocation"));
        let credentials = credentials_file(&environment)
            .unwrap()
            .display()
            .to_string();
        assert_eq!(of_platform(credentials), text(case, "credentialsLocation"));
    }
}

#[tokio::test]
async fn a_profile_is_chosen_in_code_or_by_a_variable_or_is_the_default_one() {
    let config = "[default]\nregion = eu-west-1\n[profile b]\nregion = eu-west-2\n\
                  [profile c]\nregion = eu-west-3\n";
    let of_c = "[c]\naws_access_key_id = AKIDC\naws_secret_access_key = s\n";
    let home = home(config, of_c);
    let keys = [
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
    ];
    let variables = [("HOME", path(&home))].into_iter().chain(keys);
    let region = async |builder: appflow_client::ClientBuilder| {
        let client = builder.build_from_env().await.unwrap();
        let shown = format!("{client:?}");
        shown.split("region: Some(\"").nth(1).unwrap()[.."eu-west-1".len()].to_owned()
    };
    assert_eq!(region(builder(variables.clone())).await, "eu-west-1");
    let of_old_variable = variables.clone().chain([("AWS_DEFAULT_PROFILE", "c")]);
    assert_eq!(region(builder(of_old_variable.clone())).await, "eu-west-3");
    let of_variable = of_old_variable.chain([("AWS_PROFILE", "b")]);
    assert_eq!(region(builder(of_variable.clone())).await, "eu-west-2");
    assert_eq!(region(builder(of_variable).profile("c")).await, "eu-west-3");
}

#[tokio::test]
async fn a_profile_that_was_asked_for_and_is_not_there_is_an_error() {
    let home = home("[default]\nregion = eu-west-1\n[profile b]\n", "");
    let variables = [("HOME", path(&home)), ("AWS_PROFILE", "nightly")];
    let error = builder(variables).build_from_env().await.unwrap_err();
    let folder = path(&home);
    assert_eq!(
        error.to_string(),
        format!(
            "no profile `nightly` in {folder}/.aws/config and {folder}/.aws/credentials; \
             there are: b, default"
        )
    );
}

/// What botocore reads of these headings, and what it passes over.
#[test]
fn names_in_quotes_are_read_as_the_aws_cli_reads_them() {
    let cases = [
        ("[profile 'My MacBook Pro']", Some("My MacBook Pro")),
        ("[profile \"x\"]", Some("x")),
        (r#"[profile 'Bob'"'"'s Mac']"#, Some("Bob's Mac")),
        (r#"[profile "a \"b\" c"]"#, Some(r#"a "b" c"#)),
        ("[profile 'a #1 b']", Some("a #1 b")),
        ("[profile 'a]b']", Some("a]b")),
        ("[profile my' 'mac] # Comment", Some("my mac")),
        ("[profile 'open]", None),
        ("[profile two words]", None),
        ("['profile x']", None),
        ("['profile' x]", None),
    ];
    for (heading, name) in cases {
        let config = format!("{heading}\nregion = eu-west-1\n");
        let profiles = Profiles::parse(&config, "").unwrap();
        let names: Vec<&str> = profiles.names().collect();
        assert_eq!(names, Vec::from_iter(name), "{heading}");
        if let Some(name) = name {
            let region = profiles.profile(name).unwrap().get("region");
            assert_eq!(region, Some("eu-west-1"), "{heading}");
        }
    }
    let others = "[sso-session 'my session']\na = 1\n[services \"my services\"]\nb = 2\n";
    let profiles = Profiles::parse(others, "").unwrap();
    assert_eq!(
        profiles.sso_session("my session").unwrap().get("a"),
        Some("1")
    );
    assert_eq!(
        profiles.services("my services").unwrap().get("b"),
        Some("2")
    );
}

/// `aws configure` writes the name without quotes there.
#[test]
fn a_name_with_spaces_counts_in_the_credentials_file_where_the_config_file_has_it() {
    let credentials = "[My Mac]\naws_access_key_id = AKID\n[Other Mac]\n";
    let profiles = Profiles::parse("[profile 'My Mac']\n", credentials).unwrap();
    assert_eq!(profiles.names().collect::<Vec<_>>(), ["My Mac"]);
    let key = profiles.profile("My Mac").unwrap().get("aws_access_key_id");
    assert_eq!(key, Some("AKID"));
}

#[tokio::test]
async fn headings_that_are_passed_over_are_named_where_a_profile_is_missing() {
    let config = "[default]\n[profile My Mac]\n[nightly]\n";
    let home = home(config, "[Mac 2]\n");
    let variables = [("HOME", path(&home)), ("AWS_PROFILE", "My Mac")];
    let error = builder(variables).build_from_env().await.unwrap_err();
    let folder = path(&home);
    assert_eq!(
        error.to_string(),
        format!(
            "no profile `My Mac` in {folder}/.aws/config and {folder}/.aws/credentials; there are: \
             default; passed over: `[profile My Mac]` in line 2 of {folder}/.aws/config, `[nightly]` in \
             line 3 of {folder}/.aws/config, `[Mac 2]` in line 1 of {folder}/.aws/credentials; write \
             `[profile NAME]` in the config file and `[NAME]` in the credentials file, with NAME in \
             quotes where it has spaces"
        )
    );
}

#[tokio::test]
async fn the_default_profile_must_be_there_where_it_is_asked_for_in_code() {
    let home = home("[profile b]\n", "");
    let keys = [
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
        ("AWS_REGION", "us-east-1"),
    ];
    let variables = [("HOME", path(&home))].into_iter().chain(keys);
    builder(variables.clone()).build_from_env().await.unwrap();
    let error = builder(variables).profile("default").build_from_env().await;
    let line = error.unwrap_err().to_string();
    assert!(line.starts_with("no profile `default` in "), "{line}");
}

#[tokio::test]
async fn a_file_that_is_no_profile_file_is_an_error_that_names_the_line() {
    let cases = [
        (
            "[default]\nregion = x\nkey : AKIDSECRET\n",
            "line 3 of ",
            "an '=' sign",
        ),
        ("[default\n", "line 1 of ", "must end with ']'"),
    ];
    for (config, line, problem) in cases {
        let home = home(config, "");
        let error = builder([("HOME", path(&home))]).build_from_env().await;
        let error = error.unwrap_err().to_string();
        assert!(
            error.starts_with(line) && error.contains(problem),
            "{error}"
        );
        assert!(
            error.contains("/.aws/config: ") && !error.contains("AKID"),
            "{error}"
        );
    }
}

const INTACT_AND_ODD: &str = "[profile above]\nregion = eu-west-1\n[profile odd]\nregion : eu-west-2\n\
    [profile below]\nregion = eu-west-3\n[profile open\nregion = eu-west-4\n";

/// What a client with this profile and these variables comes to: its region or its error.
async fn region_of(config: &str, profile: &str, variables: super::Variables<'_>) -> String {
    let home = home(config, "");
    let keys = [
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ];
    let all = [("HOME", path(&home)), ("AWS_PROFILE", profile)];
    let all = all.into_iter().chain(keys).chain(variables.iter().copied());
    match builder(all).build_from_env().await {
        Ok(client) => {
            let shown = format!("{client:?}");
            let region = shown.split("region: Some(\"").nth(1).unwrap();
            region.split('"').next().unwrap().to_owned()
        }
        Err(error) => error.to_string().replace(path(&home), "~"),
    }
}

#[tokio::test]
async fn an_odd_line_stops_only_those_who_need_the_profile_it_is_in() {
    let region = ("AWS_REGION", "us-west-2");
    let odd = "line 4 of ~/.aws/config: Expected an '=' sign defining a property";
    let open = "line 7 of ~/.aws/config: Profile definition must end with ']'";
    let cases: [(&str, super::Variables<'_>, &str); 6] = [
        ("above", &[], "eu-west-1"),
        ("below", &[], "eu-west-3"),
        ("odd", &[], odd),
        ("odd", &[region], "us-west-2"),
        ("open", &[], open),
        ("open", &[region], "us-west-2"),
    ];
    for (profile, variables, expected) in cases {
        let outcome = region_of(INTACT_AND_ODD, profile, variables).await;
        assert_eq!(outcome, expected, "{profile}");
    }
    // Before all profiles, it belongs to none.
    let stray = "region = eu-west-2\n[default]\nregion = eu-west-1\n";
    assert_eq!(region_of(stray, "default", &[]).await, "eu-west-1");
}

#[tokio::test]
async fn an_odd_line_is_a_warning_that_names_the_file_and_the_line() {
    let recorder = Recorder::new(Level::WARN);
    let _guard = set_default(recorder.clone());
    region_of(INTACT_AND_ODD, "above", &[]).await;
    let events = recorder.events();
    assert_eq!(events.len(), 2);
    for (event, (line, problem)) in events.iter().zip([
        (4, "Expected an '=' sign defining a property"),
        (7, "Profile definition must end with ']'"),
    ]) {
        let warning = "0 WARN smithy_reqwest: a part of a profile file is passed over fault=line ";
        assert!(
            event.starts_with(&format!("{warning}{line} of ")),
            "{event}"
        );
        assert!(
            event.ends_with(&format!("/.aws/config: {problem}")),
            "{event}"
        );
    }
}

#[tokio::test]
async fn an_odd_line_stops_who_needs_credentials_or_services_of_its_section() {
    let config =
        "[default]\nregion = us-east-1\nodd\naws_access_key_id = A\naws_secret_access_key = s\n";
    let home = home(config, "");
    let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
    let line = super::expect_no_credentials(builder(variables).build_from_env().await);
    assert!(line.starts_with("no credentials: line 3 of "), "{line}");

    let config = "[default]\nregion = us-east-1\nservices = s\n[services s]\nappflow =\n  odd\n";
    let line = region_of(config, "default", &[]).await;
    let problem = "line 6 of ~/.aws/config: Expected an '=' sign defining a sub-property";
    assert_eq!(line, problem);
    let url = ("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    assert_eq!(region_of(config, "default", &[url]).await, "us-east-1");
}

#[tokio::test]
async fn a_file_that_cannot_be_read_stops_only_those_who_need_it() {
    let home = home("[default]\nregion = us-east-1\n", "");
    let keys = [
        ("HOME", path(&home)),
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
        ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws"),
    ];
    let error = builder(keys).build_from_env().await.unwrap_err();
    assert!(
        error.to_string().contains("/.aws cannot be read: "),
        "{error}"
    );
    let with_region = keys.into_iter().chain([("AWS_REGION", "us-east-1")]);
    builder(with_region).build_from_env().await.unwrap();
}

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
        let wire = super::Wire::default();
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

#[test]
fn a_file_that_a_variable_names_must_be_readable_if_it_is_there() {
    let home = home("", "");
    let folder = home.path().join(".aws");
    let load = |config: &str| {
        let variables = [("HOME", path(&home)), ("AWS_CONFIG_FILE", config)];
        Profiles::load(&Environment::from_iter(variables))
    };
    for absent in ["/nowhere/config", "/dev/null/config", "~/.aws/config"] {
        assert_eq!(load(absent).unwrap().names().count(), 0, "{absent}");
    }
    // A folder can be opened, and not read.
    let error = load("~/.aws").unwrap_err().to_string();
    assert!(error.contains("/.aws cannot be read: "), "{error}");

    let latin = folder.join("latin");
    std::fs::write(&latin, b"[default]\nregion = \xe9\n").unwrap();
    let error = load(latin.to_str().unwrap()).unwrap_err().to_string();
    assert!(
        error.ends_with("latin is not UTF-8; save it as UTF-8"),
        "{error}"
    );
}

#[tokio::test]
async fn files_of_the_home_directory_that_cannot_be_read_are_as_good_as_none() {
    let home = home("", "");
    std::fs::create_dir(home.path().join(".aws/config")).unwrap();
    let keys = [
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
    ];
    let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
    let with_keys = variables.into_iter().chain(keys);
    builder(with_keys).build_from_env().await.unwrap();

    let disabled = [("AWS_EC2_METADATA_DISABLED", "true")];
    let without_keys = variables.into_iter().chain(disabled);
    let line = super::expect_no_credentials(builder(without_keys).build_from_env().await);
    assert!(
        line.contains("/.aws/config (which cannot be read: "),
        "{line}"
    );
}

#[test]
fn debug_shows_no_value() {
    let config = "[default]\naws_secret_access_key = sEcReT\naws_access_key_id = AKID";
    let profiles = Profiles::parse(config, "").unwrap();
    let shown = format!("{profiles:?}");
    assert!(shown.contains("aws_secret_access_key"), "{shown}");
    assert!(
        !shown.contains("sEcReT") && !shown.contains("AKID"),
        "{shown}"
    );
}
