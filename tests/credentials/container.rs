//! Containers: AWS's cases of the endpoint, and what is asked of it.

use appflow_client::Credentials;
use tempfile::TempDir;
use tokio::time::Instant;

use super::{
    NOW, Variables, Wire, array, builder, expect_no_credentials, official, path, reply, text, time,
    variables,
};

const DOCUMENT: &str = r#"{"AccessKeyId":"ASIAROLE","SecretAccessKey":"secret-of-role",
    "Token":"token-of-role","Expiration":"2026-11-22T07:02:03Z"}"#;
const RELATIVE: (&str, &str) = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/role");
const REGION: (&str, &str) = ("AWS_REGION", "us-east-1");

/// What our errors say where AWS's cases want one, by the cases' words.
const ERRORS: [(&str, &str); 2] = [
    (
        "No environment variables were set to configure ECS provider",
        "container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor",
    ),
    (
        "URI did not specify a host",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI has no host; give a URI like https://host/path",
    ),
];

#[tokio::test(start_paused = true)]
async fn every_case_of_the_endpoint_is_found_as_it_says() {
    let Some(suite) = official("ecs-tests.json") else {
        return;
    };
    let cases = array(&suite["tests"]);
    assert_eq!(cases.len(), 11);
    for case in cases {
        let (wire, docs) = (Wire::default(), text(case, "docs"));
        let variables = [REGION].into_iter().chain(variables(&case["env"]));
        let is_metadata = |url: &str| url.starts_with("http://169.254.169.254/");
        let outcome = wire
            .call(builder(variables), move |sent| {
                (!is_metadata(&sent.head.uri.to_string())).then(|| reply(200, DOCUMENT))
            })
            .await;
        if let Some(url) = case["result"]["Ok"].as_str() {
            outcome.unwrap();
            assert_eq!(wire.asked(), [url], "{docs}");
        } else {
            let theirs = text(&case["result"], "ErrorContains");
            let (_, ours) = ERRORS.iter().find(|(words, _)| *words == theirs).unwrap();
            let line = expect_no_credentials(outcome);
            assert!(line.contains(ours), "{docs}: {line}");
        }
    }
}

#[tokio::test]
async fn an_endpoint_where_others_could_listen_is_refused() {
    let refused = [
        "http://192.168.1.1/role",
        "http://169.254.170.3/role",
        "http://169.254.170.2.evil.test/role",
        "http://localhost.evil.test/role",
        "http://evillocalhost/role",
        "http://localhost@evil.test/role",
        "https://me:password@own.test/role",
        "ftp://127.0.0.1/role",
    ];
    for url in refused {
        let variables = [REGION, ("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)];
        let line = expect_no_credentials(builder(variables).build_from_env().await);
        assert!(
            line.contains("FULL_URI is neither https, nor this machine") && !line.contains("pass"),
            "{url}: {line}"
        );
    }
    let variables = [
        REGION,
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "@evil.test/role"),
    ];
    let line = expect_no_credentials(builder(variables).build_from_env().await);
    assert!(
        line.contains("RELATIVE_URI is not a path; set one that starts with `/`"),
        "{line}"
    );
}

#[tokio::test]
async fn the_token_is_that_of_the_file_at_the_time_or_else_that_of_the_variable() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "of-the-file\n").unwrap();
    let of_variable = ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "of-the-variable");
    let of_file = (
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        file.to_str().unwrap(),
    );
    let cases: [(Variables<'_>, Option<&str>); 3] = [
        (&[], None),
        (&[of_variable], Some("of-the-variable")),
        (&[of_variable, of_file], Some("of-the-file")),
    ];
    for (variables, token) in cases {
        let wire = Wire::default();
        let variables = [REGION, RELATIVE]
            .into_iter()
            .chain(variables.iter().copied());
        wire.call(builder(variables), |_| Some(reply(200, DOCUMENT)))
            .await
            .unwrap();
        assert_eq!(wire.sent()[0].header("authorization"), token);
        let expected = Credentials::new(
            "ASIAROLE",
            "secret-of-role",
            Some("token-of-role".to_owned()),
        );
        wire.last_call().assert_signed_with(&expected, time(NOW));
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_sent_is_an_error_that_does_not_repeat_it() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "sEcReT\r\nx: y").unwrap();
    let token = (
        "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
        file.to_str().unwrap(),
    );
    let wire = Wire::default();
    let outcome = wire
        .call(builder([REGION, RELATIVE, token]), |_| None)
        .await;
    let line = expect_no_credentials(outcome);
    assert!(
        line.contains("has a character that cannot stand in an HTTP header"),
        "{line}"
    );
    assert!(
        line.contains(path(&folder)) && !line.contains("sEcReT"),
        "{line}"
    );
    assert!(wire.sent().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_credentials_ends_the_call_and_names_the_endpoint() {
    let cases = [
        (
            200,
            "not JSON: sEcReT",
            "the response is not JSON with credentials",
        ),
        (
            200,
            "{}",
            "the response lacks `AccessKeyId` or `SecretAccessKey`",
        ),
        (
            200,
            r#"{"Code":"AccessDenied"}"#,
            "the response is AccessDenied",
        ),
        (
            200,
            r#"{"AccessKeyId":"A","SecretAccessKey":"sEcReT","Expiration":"soon"}"#,
            "the `Expiration` of the response is not a timestamp",
        ),
        (404, "", "the response has status 404"),
        (
            400,
            r#"{"code":"NoRole","message":"x"}"#,
            "the response is NoRole (status 400)",
        ),
        (500, "", "the response has status 500"),
    ];
    for (status, body, problem) in cases {
        let wire = Wire::default();
        let outcome = wire
            .call(builder([REGION, RELATIVE]), move |_| {
                Some(reply(status, body))
            })
            .await;
        assert_eq!(
            expect_no_credentials(outcome),
            format!("StartFlow: no credentials from the container at 169.254.170.2: {problem}")
        );
        // It falls through to no other source, and asks again where that may help.
        let times = if status == 500 { 3 } else { 1 };
        assert_eq!(wire.asked(), vec!["http://169.254.170.2/role"; times]);
    }
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_down_is_asked_again_after_up_to_50_and_100_milliseconds() {
    for (random, milliseconds) in [(0.0, 0), (0.5, 75), (1.0, 150)] {
        let (wire, start) = (Wire::default(), Instant::now());
        let settings = builder([REGION, RELATIVE]).random_source(move || random);
        let outcome = wire.call(settings, |_| Some(reply(500, ""))).await;
        expect_no_credentials(outcome);
        assert_eq!(wire.asked().len(), 3);
        // Timers end at the next millisecond.
        let waited = start.elapsed().as_millis();
        assert!(
            (milliseconds..milliseconds + 4).contains(&waited),
            "{waited}"
        );
    }
}

/// What responds may be any program of this machine, and none of them may fill the memory.
#[tokio::test(start_paused = true)]
async fn an_answer_that_is_longer_than_any_document_is_not_read() {
    let long = format!(r#"{{"x":"{}"}}"#, "x".repeat(1 << 20));
    let wire = Wire::default();
    let outcome = wire
        .call(builder([REGION, RELATIVE]), move |_| {
            Some(reply(200, long.clone()))
        })
        .await;
    let line = expect_no_credentials(outcome);
    let problem = "the response is longer than 1048576 bytes";
    assert!(line.contains(problem), "{line}");
}
