//! Roles that are taken with a web identity.

use appflow_client::{ClientBuilder, Error};
use tempfile::TempDir;

use super::{Variables, Wire, builder, expect_no_credentials, home, path, reply};

const ROLE: &str = "arn:aws:iam::123456789012:role/flows";
const ANSWER: &str = "<AssumeRoleWithWebIdentityResponse \
    xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleWithWebIdentityResult>\
    <Credentials><AccessKeyId>ASIAROLE</AccessKeyId>\
    <SecretAccessKey>secret-of-role</SecretAccessKey><SessionToken>a&amp;b</SessionToken>\
    <Expiration>2026-11-22T02:02:03Z</Expiration></Credentials>\
    </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>";

/// A folder with a token, and settings of a client that takes the role with it.
fn settings(variables: Variables<'_>) -> (TempDir, ClientBuilder) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("token");
    std::fs::write(&file, "of/a+web=identity\n").unwrap();
    let of_role = [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.to_str().unwrap()),
        ("AWS_ROLE_ARN", ROLE),
    ];
    let builder = builder(of_role.into_iter().chain(variables.iter().copied()));
    (folder, builder)
}

#[tokio::test]
async fn the_token_is_sent_unsigned_and_the_session_has_a_name() {
    let cases: [(Variables<'_>, &str); 2] = [
        (&[], "smithy-reqwest-token-1"),
        (&[("AWS_ROLE_SESSION_NAME", "nightly")], "nightly"),
    ];
    for (variables, session) in cases {
        let (_folder, builder) = settings(variables);
        let wire = Wire::default();
        let builder = builder.region("eu-west-1");
        wire.call(builder, |_| Some(reply(200, ANSWER)))
            .await
            .unwrap();
        let [asked, call] = &wire.sent()[..] else {
            panic!("{:?}", wire.sent())
        };
        let body = std::str::from_utf8(&asked.body).unwrap();
        assert_eq!(
            body,
            format!(
                "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A\
                 123456789012%3Arole%2Fflows&RoleSessionName={session}\
                 &WebIdentityToken=of%2Fa%2Bweb%3Didentity"
            )
        );
        assert_eq!(asked.header("authorization"), None);
        assert_eq!(call.header("x-amz-security-token"), Some("a&b"));
    }
}

/// As the AWS CLI does. A pod of Amazon EKS may have both, and the role of its container is another.
#[tokio::test]
async fn a_web_identity_is_preferred_to_the_role_of_a_container() {
    let container = ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/role");
    let (_folder, builder) = settings(&[container]);
    let wire = Wire::default();
    let builder = builder.region("eu-west-1");
    wire.call(builder, |_| Some(reply(200, ANSWER)))
        .await
        .unwrap();
    assert_eq!(wire.asked(), ["https://sts.eu-west-1.amazonaws.com/"]);
    let call = wire.last_call();
    let signed = call.header("authorization").unwrap();
    assert!(signed.contains("Credential=ASIAROLE/"), "{signed}");
}

#[tokio::test]
async fn the_endpoint_is_that_of_the_region_and_its_variants_or_the_one_that_is_set() {
    let fips = ("AWS_USE_FIPS_ENDPOINT", "true");
    let dual = ("AWS_USE_DUALSTACK_ENDPOINT", "true");
    let all = ("AWS_ENDPOINT_URL", "https://all.test/");
    let one = ("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:4566/");
    // Those of AWS's own rules for STS.
    let cases: [(&str, Variables<'_>, &str); 18] = [
        ("aws-global", &[], "https://sts.amazonaws.com/"),
        (
            "aws-global",
            &[fips],
            "https://sts-fips.us-east-1.amazonaws.com/",
        ),
        ("aws-global", &[dual], "https://sts.us-east-1.api.aws/"),
        (
            "aws-cn-global",
            &[],
            "https://sts.cn-northwest-1.amazonaws.com.cn/",
        ),
        (
            "aws-us-gov-global",
            &[],
            "https://sts.us-gov-west-1.amazonaws.com/",
        ),
        (
            "fips-us-east-1",
            &[],
            "https://sts-fips.us-east-1.amazonaws.com/",
        ),
        (
            "us-east-1-fips",
            &[],
            "https://sts-fips.us-east-1.amazonaws.com/",
        ),
        ("eu-west-1", &[], "https://sts.eu-west-1.amazonaws.com/"),
        (
            "cn-north-1",
            &[],
            "https://sts.cn-north-1.amazonaws.com.cn/",
        ),
        (
            "us-gov-west-1",
            &[],
            "https://sts.us-gov-west-1.amazonaws.com/",
        ),
        (
            "us-east-1",
            &[fips],
            "https://sts-fips.us-east-1.amazonaws.com/",
        ),
        (
            "us-gov-west-1",
            &[fips],
            "https://sts.us-gov-west-1.amazonaws.com/",
        ),
        (
            "us-gov-east-1",
            &[fips],
            "https://sts.us-gov-east-1.amazonaws.com/",
        ),
        (
            "us-gov-east-1",
            &[fips, dual],
            "https://sts-fips.us-gov-east-1.api.aws/",
        ),
        ("us-east-1", &[dual], "https://sts.us-east-1.api.aws/"),
        (
            "us-east-1",
            &[fips, dual],
            "https://sts-fips.us-east-1.api.aws/",
        ),
        ("us-east-1", &[all], "https://all.test/"),
        ("us-east-1", &[all, one], "http://127.0.0.1:4566/"),
    ];
    for (region, variables, url) in cases {
        let (_folder, builder) = settings(variables);
        let wire = Wire::default();
        let builder = builder.region(region);
        wire.call(builder, |_| Some(reply(200, ANSWER)))
            .await
            .unwrap();
        assert_eq!(wire.asked(), [url]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_told_with_its_reason_and_asked_again_where_that_may_help() {
    let refusal = |code: &str| {
        format!(
            "<ErrorResponse><Error><Code>{code}</Code><Message>No.</Message></Error></ErrorResponse>"
        )
    };
    let cases = [
        (
            400,
            refusal("InvalidIdentityToken"),
            "AWS STS returned InvalidIdentityToken: No. (status 400)",
            1,
        ),
        (
            400,
            refusal("IDPCommunicationError"),
            "AWS STS returned IDPCommunicationError: No. (status 400)",
            3,
        ),
        (
            400,
            refusal("ThrottlingException"),
            "AWS STS returned ThrottlingException: No. (status 400)",
            3,
        ),
        (
            400,
            refusal("Throttling"),
            "AWS STS returned Throttling: No. (status 400)",
            3,
        ),
        (503, String::new(), "AWS STS returned status 503", 3),
        (
            200,
            "sEcReT".to_owned(),
            "the response of AWS STS is not XML with credentials",
            1,
        ),
    ];
    for (status, body, problem, times) in cases {
        let (_folder, builder) = settings(&[]);
        let wire = Wire::default();
        let builder = builder.region("us-east-1");
        let outcome = wire
            .call(builder, move |_| Some(reply(status, body.clone())))
            .await;
        // A worker that goes by this does not give up for good.
        let is_retryable = outcome.as_ref().is_err_and(Error::is_retryable);
        assert_eq!(is_retryable, times == 3);
        assert_eq!(
            expect_no_credentials(outcome),
            format!("StartFlow: no credentials from the role {ROLE}: {problem}")
        );
        assert_eq!(wire.asked().len(), times);
    }
}

#[tokio::test]
async fn what_is_set_by_halves_is_an_error_when_the_client_is_made() {
    let token = ("AWS_WEB_IDENTITY_TOKEN_FILE", "/token");
    let line = expect_no_credentials(builder([("AWS_REGION", "x"), token]).build_from_env().await);
    assert_eq!(
        line,
        "no credentials: AWS_WEB_IDENTITY_TOKEN_FILE is set but AWS_ROLE_ARN is not; set the role \
         to assume"
    );
    let (_folder, builder) = settings(&[]);
    let outcome = Wire::default().call(builder, |_| None).await;
    let line = expect_no_credentials(outcome);
    assert!(
        line.contains("no region for AWS STS: set AWS_REGION"),
        "{line}"
    );
}

#[tokio::test]
async fn a_token_that_is_not_there_is_told_by_its_path() {
    let config = "[default]\nregion = us-east-1\nrole_arn = arn:x\nweb_identity_token_file = ~/t\n";
    let home = home(config, "");
    let wire = Wire::default();
    let line = expect_no_credentials(wire.call(builder([("HOME", path(&home))]), |_| None).await);
    let file = home.path().join("t");
    let file = format!(
        "no credentials from the role arn:x: the token file {} cannot",
        file.display()
    );
    assert!(line.contains(&file), "{line}");
}

#[tokio::test]
async fn a_token_is_sent_to_nobody_who_could_read_it_on_the_way() {
    let cases = [
        (
            "http://gateway.test:8080",
            "the endpoint URL of AWS STS is not https, and who reads the token can use it; set \
             AWS_ENDPOINT_URL_STS to one that is",
        ),
        (
            "https://me:password@sts.test",
            "of AWS STS: the endpoint URL has a user name or a password in it; give one like \
             https://host:port",
        ),
    ];
    for (url, problem) in cases {
        let (_folder, builder) = settings(&[("AWS_ENDPOINT_URL_STS", url)]);
        let line = expect_no_credentials(builder.region("us-east-1").build_from_env().await);
        assert_eq!(line, format!("no credentials: {problem}"));
    }
}

#[tokio::test]
async fn a_profile_names_the_role_the_token_and_the_session() {
    let folder = home("", "");
    std::fs::write(folder.path().join("t"), "the-token").unwrap();
    let config = "[default]\nregion = us-east-1\nrole_arn = arn:x\nrole_session_name = nightly\n\
                  web_identity_token_file = ~/t\n";
    std::fs::write(folder.path().join(".aws/config"), config).unwrap();
    let wire = Wire::default();
    let settings = builder([("HOME", path(&folder))]);
    wire.call(settings, |_| Some(reply(200, ANSWER)))
        .await
        .unwrap();
    let body = wire.sent().remove(0).body;
    assert_eq!(
        std::str::from_utf8(&body).unwrap(),
        "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Ax\
         &RoleSessionName=nightly&WebIdentityToken=the-token"
    );
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_too_long_for_any_xml_reader_is_not_read() {
    let attributes: Vec<String> = (0..20_000)
        .map(|number| format!("a{number}=\"\""))
        .collect();
    let attributes = attributes.join(" ");
    let answer = format!("<Response {attributes}/>");
    let (_folder, builder) = settings(&[]);
    let wire = Wire::default();
    let builder = builder.region("us-east-1");
    let outcome = wire
        .call(builder, move |_| Some(reply(200, answer.clone())))
        .await;
    let line = expect_no_credentials(outcome);
    let problem = "the response is longer than 16384 bytes";
    assert!(line.contains(problem), "{line}");
}

/// The error of a call with a role whose token is at this place.
async fn error_of_token(file: &std::path::Path) -> String {
    let variables = [
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.to_str().unwrap()),
        ("AWS_ROLE_ARN", ROLE),
        ("AWS_REGION", "us-east-1"),
    ];
    let outcome = Wire::default().call(builder(variables), |_| None).await;
    expect_no_credentials(outcome)
}

#[tokio::test]
async fn a_token_is_in_a_regular_file_of_a_size_that_a_token_has() {
    let folder = TempDir::new().unwrap();
    let line = error_of_token(folder.path()).await;
    assert!(
        line.ends_with("cannot be read: it is not a regular file"),
        "{line}"
    );

    let longest = folder.path().join("longest");
    std::fs::write(&longest, "x".repeat(64 * 1024)).unwrap();
    let line = error_of_token(&longest).await;
    assert!(line.contains("nothing listens there"), "{line}");

    let long = folder.path().join("long");
    std::fs::write(&long, "x".repeat(64 * 1024 + 1)).unwrap();
    let line = error_of_token(&long).await;
    assert!(
        line.ends_with("cannot be read: it is longer than 65536 bytes"),
        "{line}"
    );
}

/// Who opens one waits until somebody writes to it.
#[cfg(unix)]
#[tokio::test]
async fn a_token_in_a_fifo_is_an_error() {
    let folder = TempDir::new().unwrap();
    let fifo = folder.path().join("fifo");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    let line = error_of_token(&fifo).await;
    assert!(
        line.ends_with("cannot be read: it is not a regular file"),
        "{line}"
    );
}
