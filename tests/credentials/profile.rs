//! Profile files: AWS's suites of their format and of their places.

use std::collections::BTreeMap;

use serde_json::Value;
use smithy_reqwest::EnvironmentVariables;
use smithy_reqwest::profile::{Profiles, Section, config_file, credentials_file};

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
        let environment = EnvironmentVariables::from_iter(variables(&case["environment"]));
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
        (r"[profile 'my'\ mac]", Some("my mac")),
        (r"[profile 'a\\b']", Some(r"a\\b")),
        (r#"[profile "a\\b"]"#, Some(r"a\b")),
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

#[test]
fn the_default_profile_may_be_below_others() {
    let config = "[profile a]\nregion = eu-west-1\n[default]\nregion = eu-west-2\n";
    let profiles = Profiles::parse(config, "").unwrap();
    for (name, region) in [("a", "eu-west-1"), ("default", "eu-west-2")] {
        let profile = profiles.profile(name).unwrap();
        assert_eq!(profile.get("region"), Some(region), "{name}");
    }
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
             quotes in the config file where it has spaces"
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
