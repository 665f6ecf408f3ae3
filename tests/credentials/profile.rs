//! Profile files: AWS's suites of their format and of their places.

use std::collections::BTreeMap;

use serde_json::Value;
use smithy_reqwest::Environment;
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
    let home = home(config, "");
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
    let of_variable = variables.chain([("AWS_PROFILE", "b")]);
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
