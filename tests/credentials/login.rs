//! Sessions of `aws login`: AWS's cases, and what they leave open.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::json;
use smithy_reqwest::ProvideCredentials as _;
use smithy_reqwest::credentials::Login;

use super::{
    ClientBuilder, Credentials, EnvironmentVariables, Error, Reply, Sent, TempDir, Timestamp,
    Value, Wire, array, builder, expect_no_credentials, fs, home, json, official, path, reply,
    text, time,
};

/// The moment of AWS's cases, 2025-11-19 00:00:00 UTC, by which 900 seconds end at 00:15.
const NOW: u64 = 1_763_510_400;
const SESSION: &str = "arn:aws:sts::012345678910:assumed-role/Admin/admin";
/// The SHA-256 of the session.
const FILE: &str = "4b0ba8f99f075c0633e122fd73346ce203a3faf18ea0310eb2d29df1bab2e255.json";
const URL: &str = "https://us-east-1.signin.aws.amazon.com/v1/token";
const REMEDY: &str = "run `aws login --profile signin`";
/// The key of AWS's cases.
const KEY: &str = "pem:EC_PRIVATE_KEY:MHcCAQEEIPt/u8InPLpQeQLJTvVX+sNDzni8vMDMt3Liu+nMBigfoAoGCCqGSM49Aw\
                   EHoUQDQgAEILkGG7rNOnxiIJlMgimY1UPP8eDMFP0DAY6WGjngP4bvTAiUCQ/Iffut2379uP+OBCm2ovGpBOJR\
                   grl1RspUOQ==";
const RENEWED: &str = r#"{"accessToken":{"accessKeyId":"ASIANEW","secretAccessKey":"new-secret",
    "sessionToken":"new-token"},"tokenType":"aws_sigv4","expiresIn":900,
    "refreshToken":"new-refresh-token"}"#;

/// The errors of AWS's cases.
const ERRORS: [(&str, &str); 6] = [
    ("No cache file", "the session cannot be read from "),
    ("Missing accessToken", " lacks `accessToken.accessKeyId`: "),
    ("Missing refreshToken", " lacks `refreshToken`: "),
    ("Missing clientId in cache", " lacks `clientId`: "),
    ("Missing dpopKey", " lacks `dpopKey`: "),
    (
        "Expired token triggers failed refresh",
        "the session cannot be renewed (the response has status 400): ",
    ),
];

/// The PEM text of a key that a case has as `pem:LABEL:BASE64`.
fn pem(key: &str) -> String {
    let mut parts = key.strip_prefix("pem:").unwrap().split(':');
    let label = parts.next().unwrap().replace('_', " ");
    let lines: Vec<&str> = (parts.next().unwrap().as_bytes().chunks(64))
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    let lines = lines.join("\n");
    format!("-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n")
}

/// A session of a case, with its key as PEM.
fn with_pem(session: &Value) -> Value {
    let mut session = session.clone();
    if let Some(key) = session.get_mut("dpopKey") {
        *key = pem(key.as_str().unwrap()).into();
    }
    session
}

/// The session of the tests that are not AWS's, which ends this many seconds from now.
fn session(seconds: i64) -> Value {
    let end = i64::try_from(NOW).unwrap() + seconds;
    with_pem(&json!({
        "accessToken": {
            "accessKeyId": "ASIAOLD",
            "secretAccessKey": "old-secret",
            "sessionToken": "old-token",
            "accountId": "012345678910",
            "expiresAt": Timestamp::new(end, 0).unwrap().to_string(),
        },
        "clientId": "arn:aws:signin:::devtools/same-device",
        "refreshToken": "old-refresh-token",
        "dpopKey": KEY,
    }))
}

/// A home directory with sessions in the cache.
fn home_with<'a>(config: &str, sessions: impl IntoIterator<Item = (&'a str, Value)>) -> TempDir {
    let home = home(config, "");
    let cache = cache(&home);
    fs::create_dir_all(&cache).unwrap();
    for (name, session) in sessions {
        fs::write(cache.join(name), session.to_string()).unwrap();
    }
    home
}

/// A home directory with the session.
fn home_of(session: Value) -> TempDir {
    let config = format!("[profile signin]\nlogin_session = {SESSION}\n");
    home_with(&config, [(FILE, session)])
}

fn cache(home: &TempDir) -> PathBuf {
    home.path().join(".aws/login/cache")
}

fn cached(home: &TempDir) -> Value {
    json(&cache(home).join(FILE))
}

fn settings<'a>(
    home: &'a TempDir,
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> ClientBuilder {
    let variables = [("HOME", path(home)), ("AWS_REGION", "us-east-1")]
        .into_iter()
        .chain(variables);
    builder(variables)
        .profile("signin")
        .time_source(|| time(NOW))
}

/// Makes one call with the session, whose renewal has this response, and returns the access key that
/// signed it.
async fn call(
    wire: &Wire,
    home: &TempDir,
    renewal: impl Fn(&Sent) -> Option<Reply> + Send + Sync + 'static,
) -> Result<String, Error> {
    wire.call(settings(home, []), renewal).await?;
    let call = wire.last_call();
    let signed = call.header("authorization").unwrap();
    let (_, key) = signed.split_once("Credential=").unwrap();
    Ok(key.split('/').next().unwrap().to_owned())
}

/// The part of a proof that is JSON.
fn part(text: &str) -> Value {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// The claims of a request's proof, which the key of the session has signed.
#[track_caller]
fn verify(sent: &Sent, key: &str) -> Value {
    // Both formats end with the uncompressed point of the public key.
    let der = BASE64_STANDARD.decode(key.rsplit(':').next().unwrap());
    let der = der.unwrap();
    let public = &der[der.len() - 65..];
    let (signed, signature) = sent.header("dpop").unwrap().rsplit_once('.').unwrap();
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public)
        .verify(signed.as_bytes(), &signature)
        .unwrap();
    let (header, claims) = signed.split_once('.').unwrap();
    let base64 = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let (x, y) = (base64(&public[1..33]), base64(&public[33..]));
    let jwk = json!({"kty": "EC", "crv": "P-256", "x": x, "y": y});
    let expected = json!({"typ": "dpop+jwt", "alg": "ES256", "jwk": jwk});
    assert_eq!(part(header), expected);
    part(claims)
}

/// Runs the cases of a file, and returns how many renew the session.
async fn run_all(file: &str) -> Option<usize> {
    let suite = official(file)?;
    let mut renewals = 0;
    for case in array(&suite) {
        renewals += run(case).await;
    }
    assert_eq!(array(&suite).len(), 8);
    Some(renewals)
}

#[tokio::test]
async fn every_case_with_a_sec1_key_ends_as_it_says() {
    let renewals = run_all("login-provider-test-cases.json").await;
    assert_eq!(renewals.unwrap_or(2), 2);
}

#[tokio::test]
async fn every_case_with_a_pkcs8_key_ends_as_it_says() {
    let renewals = run_all("login-provider-test-cases-pkcs8.json").await;
    assert_eq!(renewals.unwrap_or(2), 2);
}

async fn run(case: &Value) -> usize {
    let sessions = case["cacheContents"].as_object().unwrap();
    let sessions = sessions
        .iter()
        .map(|(name, it)| (name.as_str(), with_pem(it)));
    let home = home_with(text(case, "configContents"), sessions);
    let (wire, exchange) = (Wire::default(), case["mockApiCalls"][0].clone());
    let settings = settings(&home, []);
    let outcome = wire
        .call(settings, move |_| Some(response(&exchange)))
        .await;
    let renewals = wire.asked().len();
    if renewals > 0 {
        let key = case["cacheContents"][FILE]["dpopKey"].as_str().unwrap();
        expect_renewal(&wire.sent()[0], &case["mockApiCalls"][0], key);
    }
    assert_eq!(renewals > 0, case["mockApiCalls"].is_array());
    let outcomes = array(&case["outcomes"]);
    if text(&outcomes[0], "result") == "error" {
        let line = expect_no_credentials(outcome);
        expect_reason(&line, text(case, "documentation"));
    } else {
        outcome.unwrap();
        expect_credentials(&wire, &home, &outcomes[0]).await;
    }
    if let Some(contents) = outcomes.get(1) {
        assert_eq!(cached(&home), with_pem(&contents[FILE]));
        expect_private(&home);
    }
    renewals
}

/// The response of a case.
fn response(exchange: &Value) -> Reply {
    let status = exchange["responseCode"].as_u64().unwrap_or(200);
    let body = exchange["response"]["tokenOutput"].to_string();
    reply(u16::try_from(status).unwrap(), body)
}

#[track_caller]
fn expect_renewal(sent: &Sent, exchange: &Value, key: &str) {
    assert_eq!(sent.head.method, "POST");
    assert_eq!(sent.head.uri, URL);
    assert_eq!(sent.header("content-type"), Some("application/json"));
    assert_eq!(sent.header("authorization"), None);
    let body: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(body, exchange["request"]["tokenInput"]);
    let claims = json!({"htm": "POST", "htu": URL, "iat": NOW, "jti": "token-1"});
    assert_eq!(verify(sent, key), claims);
}

#[track_caller]
fn expect_reason(line: &str, docs: &str) {
    let subject = format!("StartFlow: no credentials from the session {SESSION} of `aws login`: ");
    let docs = docs.strip_prefix("Failure - ").unwrap();
    let (_, reason) = ERRORS.iter().find(|(case, _)| *case == docs).unwrap();
    assert!(line.starts_with(&subject), "{line}");
    assert!(line.contains(reason), "{line}");
    assert!(line.ends_with(REMEDY), "{line}");
}

/// Asserts that a call was signed with the credentials of a case, and that they are in the file with
/// their end.
async fn expect_credentials(wire: &Wire, home: &TempDir, expected: &Value) {
    let member = |name| text(expected, name);
    let token = member("sessionToken").to_owned();
    let keys = (member("accessKeyId"), member("secretAccessKey"));
    let credentials = Credentials::new(keys.0, keys.1, Some(token));
    wire.last_call().assert_signed_with(&credentials, time(NOW));
    let end: Timestamp = member("expiresAt").parse().unwrap();
    let found = provided(home, []).await.unwrap();
    assert_eq!(found, credentials.with_expiry(end));
}

#[cfg(unix)]
#[track_caller]
fn expect_private(home: &TempDir) {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = fs::metadata(cache(home).join(FILE)).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
    // Nothing else was left in the folder.
    assert_eq!(fs::read_dir(cache(home)).unwrap().count(), 1);
}

#[cfg(not(unix))]
fn expect_private(_: &TempDir) {}

/// The credentials that [`Login`] provides by itself, with a client that sends nothing.
async fn provided<'a>(
    home: &'a TempDir,
    variables: impl IntoIterator<Item = (&'a str, &'a str)> + Clone,
) -> Result<Credentials, String> {
    let variables_of_home = [("HOME", path(home))].into_iter().chain(variables.clone());
    let environment: EnvironmentVariables = variables_of_home.collect();
    let login = Login::from_profile(&environment, "signin").map_err(|error| error.to_string())?;
    let login = Arc::new(login);
    let builder = settings(home, variables).credentials(Arc::clone(&login));
    let _client = Wire::default().client(builder, |_| None).await.unwrap();
    let credentials = login.provide_credentials().await;
    credentials.map_err(|error| error.to_string())
}

#[tokio::test]
async fn credentials_are_renewed_in_their_last_five_minutes() {
    for (seconds, key) in [
        (301, "ASIAOLD"),
        (300, "ASIAOLD"),
        (299, "ASIANEW"),
        (-1, "ASIANEW"),
    ] {
        let home = home_of(session(seconds));
        let signed = call(&Wire::default(), &home, |_| Some(reply(200, RENEWED))).await;
        assert_eq!(signed.unwrap(), key, "{seconds}");
    }
}

#[tokio::test]
async fn a_renewal_replaces_its_members_and_keeps_all_others() {
    let mut before = session(-1);
    before["accessToken"]["issuedBy"] = json!({"aws": [1, "two"]});
    before["profiles"] = json!(["signin"]);
    let home = home_of(before.clone());
    let response = RENEWED.replace("900,", r#"60,"idToken":"new-id-token","#);
    let answer = move |_: &Sent| Some(reply(200, response.clone()));
    call(&Wire::default(), &home, answer).await.unwrap();
    let mut after = before;
    for (name, value) in [
        ("accessKeyId", "ASIANEW"),
        ("secretAccessKey", "new-secret"),
        ("sessionToken", "new-token"),
        ("expiresAt", "2025-11-19T00:01:00Z"),
    ] {
        after["accessToken"][name] = value.into();
    }
    after["refreshToken"] = "new-refresh-token".into();
    after["idToken"] = "new-id-token".into();
    assert_eq!(cached(&home), after);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_names_its_code_and_the_remedy_unless_it_may_pass() {
    let refusal = |code: &str| format!(r#"{{"error":"{code}","message":"No."}}"#);
    let cases = [
        (
            401,
            refusal("TOKEN_EXPIRED"),
            "TOKEN_EXPIRED (status 401)",
            1,
        ),
        (
            403,
            refusal("USER_CREDENTIALS_CHANGED"),
            "USER_CREDENTIALS_CHANGED (status 403)",
            1,
        ),
        (400, "<html>".to_owned(), "the response has status 400", 1),
        (429, refusal("TOO_MANY"), "TOO_MANY (status 429)", 1),
        (500, refusal("server_error"), "server_error (status 500)", 3),
        (503, String::new(), "the response has status 503", 3),
        (
            200,
            "old-refresh-token".to_owned(),
            "the response is not JSON with a session",
            1,
        ),
        (
            200,
            RENEWED.replace("new-token", ""),
            "the response is not JSON with a session",
            1,
        ),
    ];
    for (status, body, problem, requests) in cases {
        let (wire, home) = (Wire::default(), home_of(session(-1)));
        let outcome = call(&wire, &home, move |_| Some(reply(status, body.clone()))).await;
        let may_pass = matches!(status, 429 | 500 | 503);
        let is_retryable = outcome.as_ref().is_err_and(Error::is_retryable);
        assert_eq!(is_retryable, may_pass, "{status}");
        let line = expect_no_credentials(outcome);
        assert!(line.contains(problem), "{line}");
        assert_eq!(line.ends_with(REMEDY), !may_pass, "{line}");
        assert_eq!(wire.asked().len(), requests, "{status}");
        assert_eq!(cached(&home), session(-1));
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_a_proof_of_its_own() {
    let (wire, home) = (Wire::default(), home_of(session(-1)));
    let number = AtomicUsize::new(0);
    let settings = settings(&home, [])
        .token_source(move || number.fetch_add(1, Ordering::Relaxed).to_string());
    let outcome = wire.call(settings, |_| None).await;
    assert!(outcome.as_ref().is_err_and(Error::is_retryable));
    let line = expect_no_credentials(outcome);
    assert!(line.contains("nothing listens there"), "{line}");
    let ids: Vec<Value> = (wire.sent().iter())
        .map(|sent| verify(sent, KEY)["jti"].clone())
        .collect();
    assert_eq!(ids.len(), 3);
    assert!(
        ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2],
        "{ids:?}"
    );
}

#[tokio::test]
async fn credentials_that_cannot_be_renewed_serve_until_they_expire() {
    for (seconds, is_valid) in [(1, true), (0, false)] {
        let home = home_of(session(seconds));
        let outcome = call(&Wire::default(), &home, |_| Some(reply(401, "{}"))).await;
        assert_eq!(
            outcome.is_ok_and(|key| key == "ASIAOLD"),
            is_valid,
            "{seconds}"
        );
    }
}

#[tokio::test]
async fn credentials_that_another_process_has_renewed_meanwhile_are_used() {
    let home = home_of(session(-1));
    let file = cache(&home).join(FILE);
    let mut other = session(900);
    other["accessToken"]["accessKeyId"] = "ASIAOTHER".into();
    let answer = move |_: &Sent| {
        fs::write(&file, other.to_string()).unwrap();
        Some(reply(401, r#"{"error":"TOKEN_EXPIRED"}"#))
    };
    let signed = call(&Wire::default(), &home, answer).await;
    assert_eq!(signed.unwrap(), "ASIAOTHER");
}

#[tokio::test]
async fn a_key_that_is_not_one_of_es256_is_an_error() {
    let p384 = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
    for key in [
        "old-key",
        &pem("pem:PRIVATE_KEY:AAAA"),
        &p384.serialize_pem(),
    ] {
        let mut session = session(-1);
        session["dpopKey"] = key.into();
        let (wire, home) = (Wire::default(), home_of(session));
        let line = expect_no_credentials(call(&wire, &home, |_| None).await);
        let problem =
            "cannot be renewed (the key is not a P-256 private key in PEM): run `aws login";
        assert!(line.contains(problem), "{line}");
        assert!(wire.sent().is_empty());
    }
}

#[tokio::test]
async fn the_endpoint_is_that_of_the_region_or_the_one_that_is_set() {
    let cases = [
        (
            ("AWS_REGION", "eu-west-1"),
            "https://eu-west-1.signin.aws.amazon.com/v1/token",
        ),
        (
            ("AWS_REGION", "cn-north-1"),
            "https://cn-north-1.signin.amazonaws.cn/v1/token",
        ),
        (
            ("AWS_ENDPOINT_URL_SIGNIN", "https://a.test/b/"),
            "https://a.test/b/v1/token",
        ),
        (
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:4566"),
            "http://127.0.0.1:4566/v1/token",
        ),
    ];
    for (variable, url) in cases {
        let (wire, home) = (Wire::default(), home_of(session(-1)));
        let settings = settings(&home, [variable]);
        let answer = |_: &Sent| Some(reply(200, RENEWED));
        wire.call(settings, answer).await.unwrap();
        assert_eq!(wire.asked(), [url]);
        assert_eq!(verify(&wire.sent()[0], KEY)["htu"], url);
    }
}

#[tokio::test]
async fn a_session_is_sent_to_nobody_who_could_read_it_on_the_way() {
    let home = home_of(session(-1));
    let url = ("AWS_ENDPOINT_URL_SIGNIN", "http://gateway.test:8080");
    let line = expect_no_credentials(settings(&home, [url]).build_from_env().await);
    assert_eq!(
        line,
        "no credentials: the endpoint URL of AWS Sign-In is not https, and who reads the token can \
         use it; set AWS_ENDPOINT_URL_SIGNIN to one that is"
    );
}

#[tokio::test]
async fn a_variable_names_another_folder() {
    let home = home_of(session(900));
    fs::rename(cache(&home), home.path().join("sessions")).unwrap();
    let variable = ("AWS_LOGIN_CACHE_DIRECTORY", "~/sessions");
    let found = provided(&home, [variable]).await.unwrap();
    assert_eq!(found.access_key(), "ASIAOLD");
    let error = provided(&home, []).await.unwrap_err();
    assert!(
        error.contains("the session cannot be read from "),
        "{error}"
    );
}

#[tokio::test]
async fn a_session_set_up_in_code_is_renewed_in_the_region_of_its_profile_or_else_of_the_client() {
    for (region, url) in [
        (
            "region = eu-west-1\n",
            "https://eu-west-1.signin.aws.amazon.com/v1/token",
        ),
        ("", URL),
    ] {
        let config = format!("[profile signin]\nlogin_session = {SESSION}\n{region}");
        let (wire, home) = (Wire::default(), home_with(&config, [(FILE, session(-1))]));
        let environment = EnvironmentVariables::from_iter([("HOME", path(&home))]);
        let login = Login::from_profile(&environment, "signin").unwrap();
        let builder = settings(&home, []).credentials(login);
        wire.call(builder, |_| Some(reply(200, RENEWED)))
            .await
            .unwrap();
        assert_eq!(wire.asked(), [url]);
    }
}

#[tokio::test]
async fn a_profile_without_a_session_says_how_to_begin_one() {
    let home = home("[profile signin]\nregion = us-east-1\n", "");
    let environment = EnvironmentVariables::from_iter([("HOME", path(&home))]);
    let error = Login::from_profile(&environment, "signin").unwrap_err();
    let problem = format!("no credentials: profile `signin` has no `login_session`: {REMEDY}");
    assert_eq!(error.to_string(), problem);
}
