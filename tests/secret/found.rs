//! Credentials that are found: what their sources are asked, what they answer, and what becomes of it
//! is neither printed nor logged. Requests go over real HTTP.

use std::fmt::Debug;
use std::fs;

use appflow_client::{Client, ClientBuilder, Error};
use serde_json::json;
use smithy_reqwest::EnvironmentVariables;
use smithy_reqwest::credentials::{
    AssumeRole, AssumeRoleBuilder, CachedCredentials, Container, Login, Network, Process, Sso,
};
use tempfile::TempDir;
use workspace_tests::{RecordedRequest, Reply, Server};

use super::{SECRET_KEY, SESSION_TOKEN, auth_client, expect_no_secret, journal};

/// What proves to a source who asks.
const TOKEN: &str = "hunter2-token";

/// A server that gives credentials where it is asked for them, and starts flows.
async fn server() -> Server {
    let answering = |request: &RecordedRequest| match request.target.as_str() {
        "/start-flow" | "/bear" => Reply::json(200, "{}"),
        "/token" => Reply::json(
            200,
            format!(r#"{{"accessToken":"{TOKEN}","refreshToken":"{TOKEN}","expiresIn":3600}}"#),
        ),
        target if target.starts_with("/federation/credentials?") => Reply::json(
            200,
            format!(
                r#"{{"roleCredentials":{{"accessKeyId":"ASIAROLE","secretAccessKey":"{SECRET_KEY}",
                "sessionToken":"{SESSION_TOKEN}","expiration":4102444800000}}}}"#
            ),
        ),
        "/latest/api/token" => Reply::new(200).body(TOKEN),
        "/latest/meta-data/iam/security-credentials/" => Reply::new(200).body("role"),
        "/" => Reply::new(200).body(format!(
            "<Reply><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>{SECRET_KEY}\
             </SecretAccessKey><SessionToken>{SESSION_TOKEN}</SessionToken>\
             <Expiration>2100-01-01T00:00:00Z</Expiration></Reply>"
        )),
        "/v1/token" => Reply::json(
            200,
            format!(
                r#"{{"accessToken":{{"accessKeyId":"ASIAROLE","secretAccessKey":"{SECRET_KEY}",
                "sessionToken":"{SESSION_TOKEN}"}},"expiresIn":900,"refreshToken":"{TOKEN}"}}"#
            ),
        ),
        _ => Reply::json(
            200,
            format!(
                r#"{{"Code":"Success","AccessKeyId":"ASIAROLE","SecretAccessKey":"{SECRET_KEY}",
                "Token":"{SESSION_TOKEN}","Expiration":"2100-01-01T00:00:00Z"}}"#
            ),
        ),
    };
    Server::answering(answering).await.unwrap()
}

/// Settings of a client that sees these variables alone.
fn builder<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> ClientBuilder {
    let region = [("AWS_REGION", "us-east-1")];
    let environment: EnvironmentVariables = region.into_iter().chain(variables).collect();
    Client::builder()
        .environment(environment)
        .random_source(|| 0.0)
}

/// Makes a call, and looks at all that can be seen of it.
async fn call(builder: ClientBuilder, server: &Server) -> Result<(), Error> {
    expect_no_secret(&format!("{builder:?}"));
    let client = builder.endpoint_url(server.url()).build_from_env().await?;
    let outcome = client.start_flow("orders-to-s3").send().await;
    expect_no_secret(&format!("{client:?} {client:#?} {outcome:?}"));
    expect_no_secret(&journal::text());
    outcome.map(drop)
}

/// Asserts that a call was signed with what a source has given.
fn expect_found(server: &Server) {
    let requests = server.requests();
    let call = requests.last().unwrap();
    assert_eq!(call.target, "/start-flow");
    assert_eq!(call.header("x-amz-security-token"), Some(SESSION_TOKEN));
}

#[tokio::test]
async fn those_of_a_container_stay_secret_and_so_does_its_path() {
    journal::begin();
    let server = server().await;
    let uri = format!("{}/hunter2-path", server.url());
    let variables = [
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*uri),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", TOKEN),
    ];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    assert_eq!(server.requests()[0].header("authorization"), Some(TOKEN));
}

#[tokio::test]
async fn those_of_an_instance_stay_secret() {
    journal::begin();
    let server = server().await;
    let url = server.url();
    let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", &*url)];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    let token = server.requests()[1]
        .header("x-aws-ec2-metadata-token")
        .map(str::to_owned);
    assert_eq!(token.as_deref(), Some(TOKEN));
}

#[tokio::test]
async fn those_of_a_role_stay_secret_and_so_does_the_web_identity() {
    journal::begin();
    let (server, folder) = (server().await, TempDir::new().unwrap());
    let (url, file) = (server.url(), folder.path().join("token"));
    fs::write(&file, TOKEN).unwrap();
    let variables = [
        ("AWS_ENDPOINT_URL_STS", &*url),
        ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/flows"),
        ("AWS_WEB_IDENTITY_TOKEN_FILE", file.to_str().unwrap()),
    ];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    let body = server.requests().remove(0).body;
    assert!(body.ends_with(TOKEN.as_bytes()));
}

#[tokio::test]
async fn those_of_a_profile_stay_secret() {
    journal::begin();
    let (server, folder) = (server().await, TempDir::new().unwrap());
    let file = folder.path().join("credentials");
    let keys = format!(
        "[default]\naws_access_key_id = ASIAROLE\naws_secret_access_key = {SECRET_KEY}\n\
         aws_session_token = {SESSION_TOKEN}\n"
    );
    fs::write(&file, &keys).unwrap();
    let variables = [("AWS_SHARED_CREDENTIALS_FILE", file.to_str().unwrap())];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);

    let broken = format!("{keys}{SECRET_KEY}");
    fs::write(&file, broken).unwrap();
    let error = call(builder(variables), &server).await.unwrap_err();
    expect_no_secret(&format!("{error} {error:?}"));
}

/// A home directory with a config file, and a file in a cache of the AWS CLI.
fn home(config: &str, file: &str, text: &str) -> TempDir {
    let home = TempDir::new().unwrap();
    let aws = home.path().join(".aws");
    let file = aws.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(aws.join("config"), config).unwrap();
    fs::write(file, text).unwrap();
    home
}

const ROLE: &str = "[default]\nrole_arn = arn:aws:iam::123456789012:role/flows\n\
    source_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/ada\n\
    external_id = hunter2-external\n[profile base]\naws_access_key_id = AKIDBASE\n\
    aws_secret_access_key = hunter2/base\naws_session_token = hunter2//base\n";

#[tokio::test]
async fn those_of_a_role_that_is_assumed_stay_secret_and_so_do_the_code_and_the_base() {
    journal::begin();
    let server = server().await;
    let home = home(ROLE, "unused", "");
    let (url, home) = (server.url(), home.path().to_str().unwrap());
    let variables = [("AWS_ENDPOINT_URL_STS", &*url), ("HOME", home)];
    let settings = builder(variables).mfa_code(|_| Ok("hunter2".to_owned()));
    call(settings, &server).await.unwrap();
    expect_found(&server);
    let body = String::from_utf8(server.requests().remove(0).body.to_vec()).unwrap();
    assert!(body.ends_with("&TokenCode=hunter2"), "{body}");
    let error = call(builder(variables), &server).await.unwrap_err();
    expect_no_secret(&format!("{error} {error:?}"));
    let settings = builder(variables).mfa_code(|_| Err("no".into()));
    let error = call(settings, &server).await.unwrap_err();
    expect_no_secret(&format!("{error} {error:?}"));
}

const SSO: &str = "[default]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n\
    [sso-session corp]\nsso_region = us-east-1\nsso_start_url = https://corp.awsapps.com/start\n";
/// The file of the session `corp`, whose name is its SHA-1.
const SSO_FILE: &str = "sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json";

fn sso_token(end: &str) -> String {
    format!(
        r#"{{"accessToken":"{TOKEN}","expiresAt":"{end}","clientId":"client",
        "clientSecret":"{TOKEN}","registrationExpiresAt":"2100-01-01T00:00:00Z",
        "refreshToken":"{TOKEN}"}}"#
    )
}

#[tokio::test]
async fn those_of_iam_identity_center_stay_secret_and_so_do_its_tokens() {
    journal::begin();
    let server = server().await;
    let url = server.url();
    for end in ["2100-01-01T00:00:00Z", "2020-01-01T00:00:00Z"] {
        let home = home(SSO, SSO_FILE, &sso_token(end));
        let home = home.path().to_str().unwrap();
        let variables = [("AWS_ENDPOINT_URL", &*url), ("HOME", home)];
        call(builder(variables), &server).await.unwrap();
        expect_found(&server);
    }
    let targets: Vec<String> = server.requests().into_iter().map(|it| it.target).collect();
    assert!(targets.contains(&"/token".to_owned()), "{targets:?}");
    // A file that cannot be used is not repeated.
    for text in [
        TOKEN.to_owned(),
        format!(r#"{{"accessToken":["{TOKEN}"]}}"#),
    ] {
        let home = home(SSO, SSO_FILE, &text);
        let home = home.path().to_str().unwrap();
        let variables = [("AWS_ENDPOINT_URL", &*url), ("HOME", home)];
        let error = call(builder(variables), &server).await.unwrap_err();
        expect_no_secret(&format!("{error} {error:?} {error:#?}"));
    }
}

#[tokio::test]
async fn a_bearer_token_of_a_session_stays_secret() {
    journal::begin();
    let server = server().await;
    let home = home(SSO, SSO_FILE, &sso_token("2020-01-01T00:00:00Z"));
    let url = server.url();
    let environment = EnvironmentVariables::from_iter([
        ("AWS_REGION", "us-east-1"),
        ("AWS_ENDPOINT_URL", &url),
        ("HOME", home.path().to_str().unwrap()),
    ]);
    let client = auth_client::Client::builder().environment(environment);
    let client = client.build_from_env().await.unwrap();
    let outcome = client.bear().send().await;
    let shown = format!("{client:?}");
    assert!(shown.contains("Token { end: "), "{shown}");
    expect_no_secret(&format!("{shown} {outcome:?} {}", journal::text()));
    let bearer = format!("Bearer {TOKEN}");
    let requests = server.requests();
    let call = requests.last().unwrap();
    assert_eq!(call.header("authorization"), Some(&*bearer));
}

#[tokio::test]
async fn those_that_the_aws_cli_has_cached_stay_secret() {
    journal::begin();
    let server = server().await;
    let cached = format!(
        r#"{{"Credentials":{{"AccessKeyId":"ASIAROLE","SecretAccessKey":"{SECRET_KEY}",
        "SessionToken":"{SESSION_TOKEN}","Expiration":"2100-01-01T00:00:00UTC"}}}}"#
    );
    let home = home(
        ROLE,
        "cli/cache/ec6b209e14aa2c5623ab7def9c83a1b073eb3751.json",
        &cached,
    );
    let variables = [("HOME", home.path().to_str().unwrap())];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    assert_eq!(server.requests().len(), 1);
}

/// A role with all secrets that one can have.
fn role() -> AssumeRoleBuilder {
    let role = AssumeRole::builder("arn:x").source(super::credentials());
    let role = role.external_id("hunter2-external");
    role.mfa("serial", |_| Ok("hunter2".to_owned()))
}

#[tokio::test]
async fn providers_show_what_they_are_and_no_secret() {
    let home = home(SSO, SSO_FILE, &sso_token("2100-01-01T00:00:00Z"));
    let environment = EnvironmentVariables::from_iter([
        ("HOME", home.path().to_str().unwrap()),
        ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/hunter2-path"),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", TOKEN),
    ]);
    let container = || Container::from_env(&environment).unwrap();
    let of_container = "Container { host: Some(\"169.254.170.2\"), .. }";
    let shown: [(&dyn Debug, &str); 8] = [
        (&role(), "session: Session { name: None, "),
        (
            &role(),
            "source: Some(Credentials { access_key: \"AKIDEXAMPLE\", ",
        ),
        (&role().build().unwrap(), "Role { arn: \"arn:x\", "),
        (&Sso::from_profile(&environment, "default").unwrap(), "corp"),
        (&container(), of_container),
        (
            &CachedCredentials::new(container()),
            &format!("CachedCredentials({of_container})"),
        ),
        (
            &Process::new(&format!("vault {TOKEN}")).unwrap(),
            "Process { program: \"vault\", .. }",
        ),
        (&Network::default(), "Network { .. }"),
    ];
    for (provider, expected) in shown {
        let text = format!("{provider:?}");
        assert!(text.contains(expected), "{text}");
        expect_no_secret(&format!("{text} {provider:#?}"));
    }
}

/// A client shows the source that was found for it, and a token of code as `[redacted]`.
#[tokio::test]
async fn a_client_shows_what_its_credentials_are_and_no_secret() {
    let variables = [("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/hunter2-path")];
    let settings = builder(variables).bearer_token(TOKEN);
    let shown = format!("{:?}", settings.build_from_env().await.unwrap());
    let of_container = "Some(CachedCredentials(Container { host: Some(\"169.254.170.2\"), .. }))";
    for part in [of_container, "bearer_token: Some([redacted])"] {
        assert!(shown.contains(part), "{shown}");
    }
    expect_no_secret(&shown);
}

/// A home directory with a session of `aws login` that has to be renewed, and its key.
fn home_with_session() -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let cache = folder.path().join(".aws/login/cache");
    fs::create_dir_all(&cache).unwrap();
    let config = "[default]\nlogin_session = orders\n";
    fs::write(folder.path().join(".aws/config"), config).unwrap();
    let key = rcgen::KeyPair::generate().unwrap().serialize_pem();
    let session = json!({
        "accessToken": {
            "accessKeyId": "ASIAOLD",
            "secretAccessKey": SECRET_KEY,
            "sessionToken": SESSION_TOKEN,
            "expiresAt": "2020-01-01T00:00:00Z",
        },
        "clientId": "client",
        "refreshToken": TOKEN,
        "idToken": TOKEN,
        "dpopKey": key,
    });
    // The SHA-256 of the session.
    let file = "1c168adb00d208e42f93314529f1fa9c0427eb63233ceda95a5db52b7012a719.json";
    fs::write(cache.join(file), session.to_string()).unwrap();
    (folder, key)
}

/// Asserts that neither a text nor the journal has a part of a private key.
#[track_caller]
fn expect_no_key(text: &str, key: &str) {
    let journal = journal::text();
    for line in key.lines().filter(|line| !line.starts_with("-----")) {
        assert!(!text.contains(line) && !journal.contains(line), "{line}");
    }
}

#[tokio::test]
async fn those_of_a_login_session_stay_secret_and_so_does_its_key() {
    journal::begin();
    let (server, (home, key)) = (server().await, home_with_session());
    let (url, home) = (server.url(), home.path().to_str().unwrap());
    let variables = [("HOME", home), ("AWS_ENDPOINT_URL_SIGNIN", &*url)];
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);
    let request = server.requests().remove(0);
    assert!(
        String::from_utf8(request.body.to_vec())
            .unwrap()
            .contains(TOKEN)
    );
    let (_, signature) = request.header("dpop").unwrap().rsplit_once('.').unwrap();
    assert!(!journal::text().contains(signature));

    let login =
        Login::from_profile(&EnvironmentVariables::from_iter(variables), "default").unwrap();
    let shown = format!("{login:?} {login:#?}");
    expect_no_secret(&shown);
    expect_no_key(&shown, &key);
}

#[tokio::test]
async fn a_session_that_is_refused_or_broken_is_not_repeated() {
    journal::begin();
    let refusals = [
        Reply::json(
            401,
            format!(r#"{{"error":"TOKEN_EXPIRED","message":"{TOKEN}"}}"#),
        ),
        Reply::json(403, TOKEN),
        Reply::json(500, TOKEN),
        Reply::json(200, format!(r#"{{"refreshToken":"{TOKEN}"}}"#)),
        Reply::json(200, TOKEN),
    ];
    for refusal in refusals {
        let answering = move |_: &RecordedRequest| refusal.clone();
        let server = Server::answering(answering).await.unwrap();
        let ((home, key), url) = (home_with_session(), server.url());
        let variables = [
            ("HOME", home.path().to_str().unwrap()),
            ("AWS_ENDPOINT_URL_SIGNIN", &*url),
        ];
        let error = call(builder(variables), &server).await.unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(shown.contains("cannot be renewed"), "{shown}");
        expect_no_secret(&shown);
        expect_no_key(&shown, &key);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn those_of_a_process_stay_secret_and_so_do_its_arguments() {
    journal::begin();
    let (server, folder) = (server().await, TempDir::new().unwrap());
    let script = folder.path().join("script");
    let keys = format!(
        r#"{{"Version":1,"AccessKeyId":"ASIAROLE","SecretAccessKey":"{SECRET_KEY}",
        "SessionToken":"{SESSION_TOKEN}"}}"#
    );
    let command = format!("sh {} {TOKEN}", script.display());
    let file = folder.path().join("config");
    fs::write(
        &file,
        format!("[default]\ncredential_process = {command}\n"),
    )
    .unwrap();
    let variables = [("AWS_CONFIG_FILE", file.to_str().unwrap())];
    fs::write(&script, format!("echo '{keys}'")).unwrap();
    call(builder(variables), &server).await.unwrap();
    expect_found(&server);

    for broken in [
        format!("echo '{keys}'; exit 1"),
        format!("echo '{keys} {keys}'"),
        format!("echo {TOKEN}"),
    ] {
        fs::write(&script, broken).unwrap();
        let error = call(builder(variables), &server).await.unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(shown.contains("from the process sh: it"), "{shown}");
        expect_no_secret(&shown);
    }
}

#[tokio::test]
async fn an_answer_that_gives_none_is_not_repeated() {
    journal::begin();
    let answers = [
        Reply::json(200, format!(r#"{{"SecretAccessKey":"{SECRET_KEY}","#)),
        Reply::json(200, format!(r#"{{"SecretAccessKey":["{SECRET_KEY}"]}}"#)),
        Reply::json(200, format!(r#"{{"SecretAccessKey":"{SECRET_KEY}"}}"#)),
        Reply::json(403, format!(r#"{{"message":"{SECRET_KEY}"}}"#)),
    ];
    for answer in answers {
        let server = Server::scripted([answer]).await.unwrap();
        let uri = format!("{}/hunter2-path", server.url());
        let variables = [("AWS_CONTAINER_CREDENTIALS_FULL_URI", &*uri)];
        let error = call(builder(variables), &server).await.unwrap_err();
        assert!(
            error
                .to_string()
                .contains("from the container at 127.0.0.1: "),
            "{error}"
        );
        expect_no_secret(&format!("{error} {error:?} {error:#?}"));
    }
}
