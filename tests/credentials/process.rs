//! Credentials that a process prints. Commands are scripts of `sh`.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use smithy_reqwest::ProvideCredentials as _;
use smithy_reqwest::credentials::{CredentialsError, Process};
use tokio::runtime::Builder;
use tokio::task::{spawn, spawn_blocking};

use super::{Credentials, NOW, TempDir, Wire, builder, expect_no_credentials, home, path, time};

const KEYS: &str = r#""Version": 1, "AccessKeyId": "ASIAPROCESS", "SecretAccessKey": "s3cr3t""#;

/// Returns a folder with a script, and its command.
fn script(text: &str) -> (TempDir, String) {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("script");
    fs::write(&file, text).unwrap();
    let command = format!("/bin/sh '{}'", file.display());
    (folder, command)
}

/// Returns the outcome of a script, without the subject of its error.
async fn outcome(text: &str) -> Result<Credentials, String> {
    let (_folder, command) = script(text);
    let process = Process::new(&command).unwrap();
    process
        .provide_credentials()
        .await
        .map_err(|error| reason(&error))
}

fn reason(error: &CredentialsError) -> String {
    let subject = "no credentials from the process /bin/sh: ";
    let line = error.to_string();
    assert!(!line.contains(char::is_control), "{line:?}");
    line.strip_prefix(subject).unwrap().to_owned()
}

#[tokio::test]
async fn a_profile_names_the_process_and_a_call_is_signed_with_what_it_prints() {
    let print = format!(r#"printf '%s' '{{{KEYS}, "SessionToken": "'"$1"'"}}'"#);
    let (_folder, command) = script(&print);
    let config = format!("[profile p]\ncredential_process = {command} 'a  b'\\''s'\n");
    let home = home(&config, "");
    let settings = builder([("HOME", path(&home)), ("AWS_REGION", "us-east-1")]).profile("p");
    let wire = Wire::default();
    wire.call(settings, |_| None).await.unwrap();
    let token = Some("a  b's".to_owned());
    let expected = Credentials::new("ASIAPROCESS", "s3cr3t", token);
    wire.last_call().assert_signed_with(&expected, time(NOW));
}

#[tokio::test]
async fn an_end_and_a_token_are_optional() {
    let keys =
        |token: Option<&str>| Credentials::new("ASIAPROCESS", "s3cr3t", token.map(str::to_owned));
    let end = "2100-01-01T00:00:00Z".parse().unwrap();
    for (members, expected) in [
        ("", keys(None)),
        (r#", "SessionToken": null, "Expiration": null"#, keys(None)),
        (
            r#", "AccountId": "123456789012", "SessionToken": "t""#,
            keys(Some("t")),
        ),
        (
            r#", "Expiration": "2100-01-01T00:00:00Z""#,
            keys(None).with_expiry(end),
        ),
        (
            r#", "Expiration": "2100-01-01T01:00:00+01:00""#,
            keys(None).with_expiry(end),
        ),
    ] {
        let found = outcome(&format!("echo '{{{KEYS}{members}}}'")).await;
        assert_eq!(found.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_failure_shows_the_errors_of_the_process_and_never_its_output() {
    let long = "x".repeat(2_000);
    let cases = [
        (
            "echo s3cr3t; echo 'the vault'  >&2; echo 'is locked' >&2; exit 3",
            "it failed (exit status: 3): the vault is locked",
        ),
        (
            "echo s3cr3t; exit 1",
            "it failed (exit status: 1): it printed no error",
        ),
        (
            "echo s3cr3t; kill -9 $$",
            "it failed (signal: 9 (SIGKILL)): it printed no error",
        ),
        (
            r"printf '\377\033[1mno' >&2; exit 2",
            "it failed (exit status: 2): \u{fffd} [1mno",
        ),
        (
            &format!("echo {long} >&2; exit 2"),
            &format!("it failed (exit status: 2): {}…", &long[..1024]),
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(outcome(text).await.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn output_that_is_not_credentials_is_not_repeated() {
    let cases = [
        ("s3cr3t", "is not JSON with credentials"),
        ("", "is not JSON with credentials"),
        (r#"["s3cr3t"]"#, "lacks `Version` 1"),
        (
            r#"{"AccessKeyId": "A", "SecretAccessKey": "s3cr3t"}"#,
            "lacks `Version` 1",
        ),
        (r#"{"Version": "s3cr3t"}"#, "lacks `Version` 1"),
        (
            r#"{"Version": 2, "AccessKeyId": "A", "SecretAccessKey": "s3cr3t"}"#,
            "lacks `Version` 1",
        ),
        (
            r#"{"Version": 1, "SecretAccessKey": "s3cr3t"}"#,
            "lacks `AccessKeyId`",
        ),
        (
            r#"{"Version": 1, "AccessKeyId": "A"}"#,
            "lacks `SecretAccessKey`",
        ),
        (
            r#"{"Version": 1, "AccessKeyId": "A", "SecretAccessKey": ["s3cr3t"]}"#,
            "has a `SecretAccessKey` that is not a string",
        ),
        (
            &format!("{{{KEYS}, \"Expiration\": \"s3cr3t\"}}"),
            "has an invalid `Expiration`",
        ),
    ];
    for (output, problem) in cases {
        let error = outcome(&format!("echo '{output}'")).await.unwrap_err();
        assert_eq!(error, format!("its output {problem}"));
    }
}

#[tokio::test]
async fn output_without_an_end_is_refused_and_errors_without_an_end_are_not() {
    let endless = outcome("while echo s3cr3ts3cr3ts3cr3t; do :; done").await;
    assert_eq!(
        endless.unwrap_err(),
        "its output is longer than 65536 bytes"
    );
    // With spaces, up to 64 KiB.
    let spaces = 65_536 - format!("{{{KEYS}}}").len();
    let longest = format!("printf '%s%*s' '{{{KEYS}}}' {spaces} ''");
    assert_eq!(outcome(&longest).await.unwrap().access_key(), "ASIAPROCESS");
    let many = format!("head -c 1000000 /dev/zero >&2; echo '{{{KEYS}}}'");
    assert_eq!(outcome(&many).await.unwrap().access_key(), "ASIAPROCESS");
}

#[tokio::test]
async fn a_program_that_is_missing_is_an_error() {
    let process = Process::new("/nowhere/credentials --for s3cr3t").unwrap();
    let error = process.provide_credentials().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credentials from the process /nowhere/credentials: it cannot be started: No such file or \
         directory (os error 2)"
    );
}

#[tokio::test]
async fn a_command_with_an_unclosed_quote_is_an_error_when_the_client_is_built() {
    let home = home("[profile p]\ncredential_process = a 's3cr3t\n", "");
    let settings = builder([("HOME", path(&home)), ("AWS_REGION", "us-east-1")]).profile("p");
    assert_eq!(
        expect_no_credentials(settings.build_from_env().await),
        "no credentials: profile `p` has a `credential_process` with an unclosed quote: close it"
    );
    assert_eq!(
        Process::new("a 's3cr3t").unwrap_err().to_string(),
        "no credentials: the command of a process has an unclosed quote: close it"
    );
}

/// Runs a script that writes two process ids to a FIFO and then waits for a long time, until the
/// credentials time out. Returns the ids when the runtime is gone.
fn time_out(script_of: impl Fn(&str) -> String) -> [String; 2] {
    let folder = TempDir::new().unwrap();
    let fifo = folder.path().join("fifo");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    let (_script, command) = script(&script_of(fifo.to_str().unwrap()));
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    let ids = runtime.block_on(async {
        let process = Arc::new(Process::new(&command).unwrap());
        let call = spawn(async move { process.provide_credentials().await });
        let ids = spawn_blocking(move || fs::read_to_string(fifo).unwrap())
            .await
            .unwrap();
        tokio::time::advance(Duration::from_secs(60)).await;
        let error = call.await.unwrap().unwrap_err();
        assert!(error.is_temporary());
        assert_eq!(reason(&error), "no credentials within 60s");
        ids
    });
    // It waits for threads that block.
    drop(runtime);
    let mut ids = ids.split_whitespace().map(str::to_owned);
    [ids.next().unwrap(), ids.next().unwrap()]
}

fn is_running(id: &str) -> bool {
    signal("-0", id)
}

fn signal(signal: &str, id: &str) -> bool {
    let kill = std::process::Command::new("kill")
        .args([signal, id])
        .output();
    kill.unwrap().status.success()
}

#[test]
fn a_process_that_takes_too_long_is_killed() {
    let [id, _] = time_out(|fifo| format!("echo $$ $$ > {fifo}; exec sleep 1000"));
    assert!(!is_running(&id));
}

#[test]
fn a_process_that_has_closed_its_output_is_killed_too() {
    let [id, _] = time_out(|fifo| format!("exec >&- 2>&-; echo $$ $$ > {fifo}; exec sleep 1000"));
    assert!(!is_running(&id));
}

#[test]
fn a_process_whose_own_process_keeps_the_output_open_holds_up_no_runtime() {
    let [id, other] = time_out(|fifo| format!("sleep 1000 & echo $$ $! > {fifo}; wait"));
    assert!(!is_running(&id));
    assert!(signal("-9", &other));
}
