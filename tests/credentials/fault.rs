//! Profile files with odd lines, and files that cannot be read.

use smithy_reqwest::EnvironmentVariables;
use smithy_reqwest::profile::Profiles;
use tracing::Level;
use tracing::subscriber::set_default;
use workspace_tests::Recorder;

use super::{Variables, builder, expect_no_credentials, home, path};

#[tokio::test]
async fn a_file_that_is_no_profile_file_is_an_error_that_names_the_line() {
    let cases = [
        (
            "[default]\nregion = x\nkey : AKIDSECRET\n",
            "line 3 of ",
            "an '=' sign",
        ),
        ("[default\n", "line 1 of ", "must end with ']'"),
        ("[default # ]\n", "line 1 of ", "must end with ']'"),
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
async fn region_of(config: &str, profile: &str, variables: Variables<'_>) -> String {
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
    let cases: [(&str, Variables<'_>, &str); 6] = [
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
        let warning = "0 WARN smithy_reqwest: ignoring a part of a profile file fault=line ";
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
async fn an_odd_line_stops_who_needs_credentials_services_or_a_session_of_its_section() {
    let config =
        "[default]\nregion = us-east-1\nodd\naws_access_key_id = A\naws_secret_access_key = s\n";
    let home = home(config, "");
    let variables = [("HOME", path(&home)), ("AWS_REGION", "us-east-1")];
    let line = expect_no_credentials(builder(variables).build_from_env().await);
    assert!(line.starts_with("no credentials: line 3 of "), "{line}");

    let config = "[default]\nregion = us-east-1\nservices = s\n[services s]\nappflow =\n  odd\n";
    let line = region_of(config, "default", &[]).await;
    let problem = "line 6 of ~/.aws/config: Expected an '=' sign defining a sub-property";
    assert_eq!(line, problem);
    let url = ("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    assert_eq!(region_of(config, "default", &[url]).await, "us-east-1");

    let config = "[default]\nregion = us-east-1\nsso_session = s\nsso_account_id = 1\n\
        sso_role_name = r\n[sso-session s]\nsso_region = us-east-1\nsso_start_url\n";
    let home = self::home(config, "");
    let line = expect_no_credentials(builder([("HOME", path(&home))]).build_from_env().await);
    assert!(line.starts_with("no credentials: line 8 of "), "{line}");
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

#[test]
fn a_file_that_a_variable_names_must_be_readable_if_it_is_there() {
    let home = home("", "");
    let folder = home.path().join(".aws");
    let load = |config: &str| {
        let variables = [("HOME", path(&home)), ("AWS_CONFIG_FILE", config)];
        Profiles::load(&EnvironmentVariables::from_iter(variables))
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
    let line = expect_no_credentials(builder(without_keys).build_from_env().await);
    assert!(
        line.contains("/.aws/config (which cannot be read: "),
        "{line}"
    );
}
