//! Instances: AWS's cases of the endpoint, and how long one waits where there is none.

use std::future::pending;
use std::time::Duration;

use smithy_reqwest::Body;
use tokio::time::Instant;

use super::{
    Variables, Wire, array, builder, expect_no_credentials, home, official, path, reply, text,
    variables,
};

const REGION: (&str, &str) = ("AWS_REGION", "us-east-1");

/// What our errors say where AWS's cases want one, by the cases' words.
const ERRORS: [(&str, &str); 3] = [
    (
        "`error` is not a valid endpoint mode",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is \"error\"; set it to `IPv4` or `IPv6`",
    ),
    (
        "`IPv7` is not a valid endpoint mode",
        "`ec2_metadata_service_endpoint_mode` of profile `default` is \"IPv7\"; set it to `IPv4` \
         or `IPv6`",
    ),
    (
        "invalid uri character",
        "AWS_EC2_METADATA_SERVICE_ENDPOINT is \"not a uri\"; give a URL like \
         http://169.254.169.254",
    ),
];

#[tokio::test(start_paused = true)]
async fn every_case_of_the_endpoint_is_found_as_it_says() {
    let Some(suite) = official("imds-config/imds-endpoint-tests.json") else {
        return;
    };
    let cases = array(&suite["tests"]);
    // Three cases set the endpoint or the mode in code, which cannot be done here.
    let of_code = |case: &&serde_json::Value| {
        case.get("endpoint_override").is_some() || case.get("mode_override").is_some()
    };
    assert_eq!((cases.len(), cases.iter().filter(of_code).count()), (14, 3));
    for case in cases.iter().filter(|case| !of_code(case)) {
        let (wire, docs) = (Wire::default(), text(case, "docs"));
        let home = home(text(&case["fs"], "config"), "");
        let file = home.path().join(".aws/config");
        let place = |(name, value)| match name {
            "AWS_CONFIG_FILE" => (name, file.to_str().unwrap()),
            _ => (name, value),
        };
        let variables = variables(&case["env"]).into_iter().map(place);
        let variables = [REGION, ("HOME", "/nowhere")].into_iter().chain(variables);
        let line = expect_no_credentials(wire.call(builder(variables), |_| None).await);
        if let Some(url) = case["result"]["Ok"].as_str() {
            assert_eq!(wire.asked(), [url], "{docs}");
        } else {
            let theirs = text(&case["result"], "Err");
            let (_, ours) = ERRORS.iter().find(|(words, _)| *words == theirs).unwrap();
            assert_eq!(line, format!("no credentials: {ours}"), "{docs}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn where_nothing_is_set_up_the_error_says_what_each_source_lacks() {
    let home = home("[default]\nmax_attempts = 3\n", "");
    let start = Instant::now();
    let wire = Wire::default();
    let outcome = wire
        .call(builder([REGION, ("HOME", path(&home))]), |_| None)
        .await;
    assert_eq!(
        expect_no_credentials(outcome),
        "StartFlow: no credentials found: \
         environment variables: AWS_ACCESS_KEY_ID is not set; \
         profile `default`: has no credentials; \
         web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set; \
         container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor \
         AWS_CONTAINER_CREDENTIALS_FULL_URI is set; \
         instance metadata, at http://169.254.169.254: could not connect: nothing listens there; \
         configure one of these sources, or call `credentials(…)` on the builder"
    );
    // Where nothing listens, nothing will a moment later.
    assert_eq!((wire.asked().len(), start.elapsed()), (1, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn a_service_that_fails_is_asked_three_times() {
    let wire = Wire::default();
    let outcome = wire.call(builder([REGION]), |_| Some(reply(503, ""))).await;
    let line = expect_no_credentials(outcome);
    assert!(line.contains("the response has status 503"), "{line}");
    assert_eq!(wire.asked(), ["http://169.254.169.254/latest/api/token"; 3]);
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_switched_off_says_so() {
    let wire = Wire::default();
    let outcome = wire.call(builder([REGION]), |_| Some(reply(403, ""))).await;
    let line = expect_no_credentials(outcome);
    assert!(
        line.contains("it is switched off for this instance (status 403)"),
        "{line}"
    );
    assert_eq!(wire.asked().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_kept_from_a_container_is_waited_for_once() {
    let start = Instant::now();
    let silence = |_: http::Request<Body>| pending::<http::Result<http::Response<&str>>>();
    let client = builder([REGION]).transport(silence).build_from_env().await;
    let call = client.unwrap().start_flow("orders-to-s3").send();
    let line = expect_no_credentials(call.await);
    let problem = "timed out: no response within 2s; in a container, raise the hop limit of the \
                   instance's metadata to 2";
    assert!(line.contains(problem), "{line}");
    assert_eq!(start.elapsed(), Duration::from_secs(2));
}

#[tokio::test(start_paused = true)]
async fn the_region_is_that_of_the_instance_where_nothing_else_has_one() {
    let home = home("[profile b]\nregion = eu-west-1\n", "");
    let keys = [
        ("HOME", path(&home)),
        ("AWS_ACCESS_KEY_ID", "AKIDENV"),
        ("AWS_SECRET_ACCESS_KEY", "s"),
    ];
    let answer = |sent: &super::Sent| {
        Some(match sent.head.uri.path() {
            "/latest/api/token" => reply(200, "the-token"),
            "/latest/meta-data/placement/region" => {
                assert_eq!(sent.header("x-aws-ec2-metadata-token"), Some("the-token"));
                reply(200, "ap-south-2")
            }
            _ => reply(404, ""),
        })
    };
    let cases: [(Variables<'_>, usize, &str); 3] = [
        (&[], 2, "ap-south-2"),
        (&[("AWS_PROFILE", "b")], 0, "eu-west-1"),
        (&[("AWS_DEFAULT_REGION", "us-east-2")], 0, "us-east-2"),
    ];
    for (variables, asked, region) in cases {
        let wire = Wire::default();
        let variables = keys.into_iter().chain(variables.iter().copied());
        wire.call(builder(variables), answer).await.unwrap();
        assert_eq!(wire.asked().len(), asked);
        let signed = wire.last_call().header("authorization").unwrap().to_owned();
        assert!(signed.contains(&format!("/{region}/appflow/")), "{signed}");
    }
    // Without an instance there is none, and where it is switched off it is not asked.
    let off = ("AWS_EC2_METADATA_DISABLED", "true");
    for (variables, asked) in [(vec![], 1), (vec![off], 0)] {
        let wire = Wire::default();
        let variables = keys.into_iter().chain(variables);
        let error = wire.call(builder(variables), |_| None).await.unwrap_err();
        assert!(error.to_string().starts_with("no region: "), "{error}");
        assert_eq!(wire.asked().len(), asked);
    }
}

#[tokio::test(start_paused = true)]
async fn the_timeout_and_the_number_of_attempts_are_those_that_are_set() {
    let home = home(
        "[profile b]\nmetadata_service_timeout = 7\nmetadata_service_num_attempts = 1\n",
        "",
    );
    let timeout = ("AWS_METADATA_SERVICE_TIMEOUT", "5");
    let attempts = ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "4");
    let profile = ("AWS_PROFILE", "b");
    let cases: [(Variables<'_>, u64); 4] = [
        (&[timeout], 5),
        (&[timeout, attempts], 20),
        (&[profile], 7),
        (&[profile, attempts], 28),
    ];
    for (variables, seconds) in cases {
        let start = Instant::now();
        let silence = |_: http::Request<Body>| pending::<http::Result<http::Response<&str>>>();
        let all = [REGION, ("HOME", path(&home))]
            .into_iter()
            .chain(variables.iter().copied());
        let client = builder(all).transport(silence).build_from_env().await;
        let call = client.unwrap().start_flow("orders-to-s3").send();
        expect_no_credentials(call.await);
        assert_eq!(
            start.elapsed(),
            Duration::from_secs(seconds),
            "{variables:?}"
        );
    }
    let wire = Wire::default();
    let outcome = wire.call(builder([REGION, attempts]), |_| None).await;
    expect_no_credentials(outcome);
    assert_eq!(wire.asked().len(), 4);

    for (name, value) in [
        ("AWS_METADATA_SERVICE_TIMEOUT", "soon"),
        ("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "0"),
    ] {
        let error = builder([REGION, (name, value)])
            .build_from_env()
            .await
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains(&format!("{name} is {value:?}; set it to ")),
            "{error}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn fetching_credentials_takes_no_longer_than_it_may() {
    let silence = |_: http::Request<Body>| pending::<http::Result<http::Response<&str>>>();
    let limit = Duration::from_millis(500);
    let settings = builder([REGION])
        .credentials_timeout(limit)
        .transport(silence);
    let client = settings.build_from_env().await.unwrap();
    let start = Instant::now();
    let line = expect_no_credentials(client.start_flow("orders-to-s3").send().await);
    let problem = "instance metadata, at http://169.254.169.254: no credentials within 500ms; ";
    assert!(line.contains(problem), "{line}");
    assert_eq!(start.elapsed(), limit);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_longer_than_any_document_is_not_read() {
    let long = "x".repeat((1 << 20) + 1);
    let wire = Wire::default();
    let outcome = wire
        .call(builder([REGION]), move |_| Some(reply(200, long.clone())))
        .await;
    let line = expect_no_credentials(outcome);
    let problem = "the response is longer than 1048576 bytes";
    assert!(line.contains(problem), "{line}");
}
