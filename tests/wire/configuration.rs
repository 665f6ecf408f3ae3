//! Settings in code that do not make a client.

use appflow_client::{Client, ClientBuilder, Credentials, ErrorKind};

use super::{ACCESS_KEY, SECRET_KEY, builder, expect_error};

const URL: &str = "http://127.0.0.1:9";

#[track_caller]
fn expect_configuration_error(builder: ClientBuilder, line: &str) {
    let error = expect_error(builder.build());
    assert_eq!(error.to_string(), line);
    assert!(matches!(error.kind(), ErrorKind::Configuration), "{line}");
    assert_eq!(error.operation(), None);
    assert_eq!((error.attempts(), error.status()), (0, None));
    assert!(!error.is_retryable());
}

#[test]
fn a_client_needs_a_region() {
    let builder = Client::builder().credentials(Credentials::new(ACCESS_KEY, SECRET_KEY, None));
    expect_configuration_error(
        builder,
        "no region: call `region(…)` on the builder, or set AWS_REGION or `region` in the \
         profile and create the client with `from_env` or `build_from_env`",
    );
}

#[test]
fn a_client_needs_credentials() {
    let error = expect_error(Client::builder().region("us-east-1").build());
    let text = "no credentials: call `credentials(…)` on the builder, or create the client with \
         `from_env` or `build_from_env`";
    assert_eq!(error.to_string(), text);
    assert!(matches!(error.kind(), ErrorKind::Credentials));
}

#[test]
fn all_that_is_missing_is_said_at_once() {
    let text = expect_error(Client::builder().build()).to_string();
    assert!(text.starts_with("no region: "), "{text}");
    assert!(text.contains("; no credentials: "), "{text}");
}

#[test]
fn a_region_cannot_leave_its_place_in_the_host_name() {
    for region in [
        "",
        " us-east-1",
        "us/east/1",
        "us.east.1",
        "us-east-1.evil.example/",
        "us-east-1@evil.example",
        "us-east-1:8080",
        "us-east-1\r\nx",
        "us_east_1",
        "eü-central-1",
    ] {
        expect_configuration_error(
            builder(URL).region(region),
            &format!("invalid region {region:?}: use only letters, digits and hyphens"),
        );
    }
}

#[test]
fn a_custom_endpoint_excludes_fips_and_dual_stack() {
    expect_configuration_error(
        builder(URL).use_fips(true),
        "A custom endpoint cannot be combined with FIPS: turn `use_fips` off, or leave the \
         endpoint to the service",
    );
    expect_configuration_error(
        builder(URL).use_dual_stack(true),
        "A custom endpoint cannot be combined with dual-stack: turn `use_dual_stack` off, or \
         leave the endpoint to the service",
    );
}

#[test]
fn an_endpoint_url_that_cannot_be_called_is_refused_and_not_shown() {
    let cases = [
        ("", "is not a URL: relative URL without a base"),
        ("not a url", "is not a URL: relative URL without a base"),
        (
            "127.0.0.1:8080",
            "is not a URL: relative URL without a base",
        ),
        ("http://", "is not a URL: empty host"),
        ("http://host:99999", "is not a URL: invalid port number"),
        (
            "http://me:hunter2@host:99999",
            "is not a URL: invalid port number",
        ),
        ("localhost:8080", "is neither http nor https"),
        ("ftp://host", "is neither http nor https"),
        ("file:///etc/passwd", "is neither http nor https"),
        ("http://host?stage=1", "has a query or a fragment"),
        ("http://host/?", "has a query or a fragment"),
        ("http://host/#top", "has a query or a fragment"),
        (
            "http://me:hunter2@host",
            "has a user name or a password in it",
        ),
        ("http://me@host", "has a user name or a password in it"),
        (
            "http://:hunter2@host",
            "has a user name or a password in it",
        ),
    ];
    for (url, problem) in cases {
        let settings = builder(url);
        assert!(!format!("{settings:?}").contains("hunter2"));
        expect_configuration_error(
            settings,
            &format!("the endpoint URL {problem}; give one like https://host:port"),
        );
    }
}
