//! Settings of the profile, and what wins over them.

use super::{Variables, Wire, builder, home, path};

const CONFIG: &str = "
[default]
region = eu-west-1
use_fips_endpoint = TRUE
sdk_ua_app_id = of-profile
max_attempts = 7
[profile urls]
region = eu-west-1
services = stand-ins
endpoint_url = http://all.profile.test
[profile url]
region = eu-west-1
services = of-others
endpoint_url = http://all.profile.test
[profile no-urls]
region = eu-west-1
services = stand-ins
ignore_configured_endpoint_urls = true
[profile dual]
region = eu-west-1
use_dualstack_endpoint = true
[services stand-ins]
s3 =
  endpoint_url = http://s3.profile.test
appflow =
  endpoint_url = http://appflow.profile.test
[services of-others]
s3 =
  endpoint_url = http://s3.profile.test
";

const KEYS: [(&str, &str); 2] = [
    ("AWS_ACCESS_KEY_ID", "AKIDENV"),
    ("AWS_SECRET_ACCESS_KEY", "s"),
];

/// The call that a client makes with this profile and these variables.
async fn call(profile: &str, variables: Variables<'_>) -> super::Sent {
    let home = home(CONFIG, "");
    let wire = Wire::default();
    let all = [("HOME", path(&home)), ("AWS_PROFILE", profile)];
    let all = all.into_iter().chain(KEYS).chain(variables.iter().copied());
    wire.call(builder(all), |_| None).await.unwrap();
    wire.last_call()
}

#[tokio::test]
async fn the_profile_says_where_calls_go() {
    let fips = "https://appflow-fips.eu-west-1.amazonaws.com/start-flow";
    let plain = "https://appflow.eu-west-1.amazonaws.com/start-flow";
    let dual = "https://appflow.eu-west-1.api.aws/start-flow";
    let all_env = ("AWS_ENDPOINT_URL", "http://all.env.test");
    let one_env = ("AWS_ENDPOINT_URL_APPFLOW", "http://one.env.test");
    let cases: [(&str, Variables<'_>, &str); 11] = [
        ("default", &[], fips),
        (
            "dual",
            &[("AWS_REGION", "fips-eu-west-1")],
            "https://appflow-fips.eu-west-1.api.aws/start-flow",
        ),
        (
            "default",
            &[
                ("AWS_REGION", "eu-west-1-fips"),
                ("AWS_USE_FIPS_ENDPOINT", "false"),
            ],
            fips,
        ),
        ("default", &[("AWS_USE_FIPS_ENDPOINT", "false")], plain),
        ("dual", &[], dual),
        ("urls", &[], "http://appflow.profile.test/start-flow"),
        ("url", &[], "http://all.profile.test/start-flow"),
        ("urls", &[all_env], "http://all.env.test/start-flow"),
        (
            "urls",
            &[all_env, one_env],
            "http://one.env.test/start-flow",
        ),
        ("no-urls", &[], plain),
        (
            "no-urls",
            &[("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false")],
            "http://appflow.profile.test/start-flow",
        ),
    ];
    for (profile, variables, url) in cases {
        let call = call(profile, variables).await;
        assert_eq!(call.head.uri.to_string(), url, "{profile} {variables:?}");
    }
}

#[tokio::test]
async fn the_profile_says_how_often_and_in_whose_name() {
    let of_profile = call("default", &[]).await;
    assert_eq!(
        of_profile.header("amz-sdk-request"),
        Some("attempt=1; max=7")
    );
    assert!(
        of_profile
            .header("user-agent")
            .unwrap()
            .ends_with(" app/of-profile")
    );

    let variables = [("AWS_MAX_ATTEMPTS", "2"), ("AWS_SDK_UA_APP_ID", "of-env")];
    let of_variables = call("default", &variables).await;
    assert_eq!(
        of_variables.header("amz-sdk-request"),
        Some("attempt=1; max=2")
    );
    assert!(
        of_variables
            .header("user-agent")
            .unwrap()
            .ends_with(" app/of-env")
    );
}

#[tokio::test]
async fn a_property_that_means_nothing_is_an_error_that_names_the_profile() {
    let cases = [
        (
            "use_fips_endpoint = yes",
            "`use_fips_endpoint` of profile `default` is \"yes\"; set it to `true` or `false`",
        ),
        (
            "max_attempts = 0",
            "`max_attempts` of profile `default` is \"0\"; set it to 1, which disables retries, \
             or more",
        ),
        (
            "retry_mode = eager",
            "`retry_mode` of profile `default` is \"eager\"; set it to `standard`, or leave it out",
        ),
        (
            "request_min_compression_size_bytes = all",
            "`request_min_compression_size_bytes` of profile `default` is \"all\"; set it to a \
             number of bytes from 0 to 10485760",
        ),
    ];
    for (property, line) in cases {
        let home = home(&format!("[default]\nregion = eu-west-1\n{property}\n"), "");
        let variables = [("HOME", path(&home))].into_iter().chain(KEYS);
        let error = builder(variables).build_from_env().await.unwrap_err();
        assert_eq!(error.to_string(), line);
    }
}

#[test]
fn a_region_of_code_may_say_that_it_is_fips() {
    let keys = super::Credentials::new("AKID", "s", None);
    for region in ["fips-us-east-1", "us-east-1-fips"] {
        let client = builder([]).region(region).credentials(keys.clone()).build();
        let shown = format!("{:?}", client.unwrap());
        assert!(
            shown.contains("https://appflow-fips.us-east-1.amazonaws.com"),
            "{shown}"
        );
        assert!(shown.contains("region: Some(\"us-east-1\")"), "{shown}");
    }
}

#[tokio::test]
async fn a_builder_reads_no_profile_unless_it_is_asked_to() {
    let home = home("[default]\nregion = eu-west-1\n", "");
    let error = builder([("HOME", path(&home))]).build().unwrap_err();
    assert!(error.to_string().starts_with("no region: "), "{error}");
}
