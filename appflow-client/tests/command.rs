//! The `appflow` command, as a process that calls a served stand-in.

#![cfg(test)]

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::time::Duration;

use appflow_client::CancelFlowExecutionsRequest;
use appflow_client::stand_in::{Flow, MockError, Server, StandIn};
use tokio::runtime::Runtime;

const APPFLOW: &str = env!("CARGO_BIN_EXE_appflow");

/// The execution ID of the first run of a stand-in.
const RUN: &str = "e8ec0de5-0000-4000-8000-000000000001";

/// A stand-in that is served, and commands that call it.
struct Setup {
    appflow: StandIn,
    server: Server,
    runtime: Runtime,
}

impl Setup {
    fn new() -> Self {
        let runtime = Runtime::new().unwrap();
        let appflow = StandIn::new();
        let at_once = |name| Flow::on_demand(name).lasting(Duration::ZERO).records(1_200);
        appflow.add_flow(at_once("orders-to-s3").bytes(345_678));
        appflow.add_flow(at_once("broken").failing("The bucket is gone.", 17));
        appflow.add_flow(Flow::on_demand("endless").lasting(Duration::from_secs(1_000_000)));
        appflow.add_flow(Flow::scheduled("nightly-export"));
        let server = runtime.block_on(appflow.serve()).unwrap();
        Self {
            appflow,
            server,
            runtime,
        }
    }

    /// A command with credentials, and with nothing else of the environment.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = bare(arguments);
        command
            .args(["--endpoint-url", &self.server.endpoint_url()])
            .args(["--region", "us-east-1"])
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "not-a-secret");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Starts a command, and returns it with the lines of its standard error.
    fn spawn(&self, arguments: &[&str]) -> (Child, Lines<BufReader<ChildStderr>>) {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        (child, lines)
    }
}

fn bare(arguments: &[&str]) -> Command {
    let mut command = Command::new(APPFLOW);
    command
        .args(arguments)
        .env_clear()
        .env("HOME", "/nonexistent")
        .env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn expect_code(output: &Output, code: i32) {
    let stderr = stderr(output);
    assert_eq!(output.status.code(), Some(code), "{stderr}");
}

/// Reads lines up to one that begins with a text, and returns it.
fn read_until(lines: &mut Lines<BufReader<ChildStderr>>, start: &str) -> String {
    let mut lines = lines.map(Result::unwrap);
    let found = lines.find(|line| line.starts_with(start));
    found.unwrap_or_else(|| panic!("no line that begins with {start:?}"))
}

#[cfg(unix)]
fn interrupt(child: &Child) {
    let kill = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
}

#[test]
fn a_run_is_followed_to_its_end_with_progress_beside_the_result() {
    let setup = Setup::new();
    let output = setup.run(&["run", "orders-to-s3", "--token", "nightly"]);
    expect_code(&output, 0);
    let expected = format!(
        "successful\nrun:      {RUN}\nrecords:  1200\nread:     345.7 kB\nwritten:  345.7 kB\n\
         time:     0:00\n"
    );
    assert_eq!(stdout(&output), expected);
    let expected =
        format!("started run {RUN} of orders-to-s3\nSuccessful: 1200 records, 345.7 kB\n");
    assert_eq!(stderr(&output), expected);
}

#[test]
fn a_result_is_one_json_object() {
    let setup = Setup::new();
    let output = setup.run(&["run", "broken", "--json"]);
    expect_code(&output, 5);
    let expected = format!(
        r#"{{"bytesProcessed":1200000,"bytesWritten":0,"durationSeconds":0.0,"executionId":"{RUN}","flowName":"broken","message":"The bucket is gone.","outcome":"failed","putFailures":17,"recordsProcessed":1200}}"#
    );
    assert_eq!(stdout(&output), format!("{expected}\n"));
    let output = setup.run(&["start", "nightly-export", "--json"]);
    let expected = r#"{"executionId":null,"flowName":"nightly-export","outcome":"activated"}"#;
    assert_eq!(stdout(&output), format!("{expected}\n"));
    let output = setup.run(&["stop", "nightly-export", "--json"]);
    let expected = r#"{"flowName":"nightly-export","flowStatus":"Suspended"}"#;
    assert_eq!(stdout(&output), format!("{expected}\n"));
    for arguments in [&["list"][..], &["runs", "broken"], &["status", "broken"]] {
        let output = setup.run(&[arguments, &["--json"]].concat());
        expect_code(&output, 0);
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(value.is_object(), "{value}");
    }
}

#[test]
fn the_exit_code_says_how_it_ended() {
    let setup = Setup::new();
    let cases = [
        (&["run", "orders-to-s3"][..], 0),
        (&["run", "nightly-export"], 0),
        (&["run", "endless", "--no-wait"], 0),
        (&["run", "no-such-flow"], 1),
        (&["stop", "orders-to-s3"], 1),
        (&["status", "orders-to-s3", "no-such-run"], 1),
        (&["cancel", "orders-to-s3", "no-such-run"], 1),
        (&["run"], 2),
        (&["run", "orders-to-s3", "--timeout", "soon"], 2),
        (&["run", "endless", "--timeout", "0s"], 3),
        (&["run", "broken"], 5),
    ];
    for (arguments, code) in cases {
        let output = setup.run(arguments);
        let stderr = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {stderr}");
    }
}

#[test]
fn no_credentials_and_no_access_have_an_exit_code_and_a_hint() {
    let output = bare(&["list", "--region", "us-east-1"]).output().unwrap();
    expect_code(&output, 4);
    assert!(
        stderr(&output).contains("hint: set AWS_PROFILE, or"),
        "{}",
        stderr(&output)
    );

    let setup = Setup::new();
    let error = MockError::new(403, "AccessDeniedException", "You may not list flows.");
    setup.appflow.fail_calls(1, &error);
    let output = setup.run(&["list"]);
    expect_code(&output, 4);
    let stderr = stderr(&output);
    assert!(stderr.contains("You may not list flows."), "{stderr}");
    assert!(stderr.contains("hint: allow the action"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn ctrl_c_cancels_the_run_and_waits_for_its_end() {
    let setup = Setup::new();
    let (child, mut lines) = setup.spawn(&["run", "endless", "--interval", "10ms"]);
    read_until(&mut lines, "InProgress: ");
    interrupt(&child);
    read_until(&mut lines, "canceling the run");
    read_until(&mut lines, "CancelStarted: ");
    let calls = setup.appflow.calls::<CancelFlowExecutionsRequest>();
    assert_eq!(calls[0].execution_ids, Some(vec![RUN.to_owned()]));
    setup.appflow.advance(Duration::from_secs(2));
    read_until(&mut lines, "Canceled: ");
    let output = child.wait_with_output().unwrap();
    expect_code(&output, 6);
    assert!(
        stdout(&output).starts_with("canceled\n"),
        "{}",
        stdout(&output)
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_twice_detaches_and_prints_the_command_that_resumes() {
    let setup = Setup::new();
    let (child, mut lines) = setup.spawn(&["run", "endless", "--interval", "10ms"]);
    read_until(&mut lines, "InProgress: ");
    interrupt(&child);
    read_until(&mut lines, "CancelStarted: ");
    interrupt(&child);
    read_until(&mut lines, "detached; the run continues");
    let resume = read_until(&mut lines, "to wait for it: appflow ");
    let output = child.wait_with_output().unwrap();
    expect_code(&output, 130);
    assert_eq!(stdout(&output), format!("{RUN}\n"));

    setup.appflow.advance(Duration::from_secs(2));
    let resume = resume.split_once("appflow ").unwrap().1;
    let arguments: Vec<&str> = resume.split(' ').collect();
    let output = bare(&arguments)
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "not-a-secret")
        .output()
        .unwrap();
    expect_code(&output, 6);
}

#[cfg(unix)]
#[test]
fn ctrl_c_detaches_at_once_where_that_is_wanted() {
    let setup = Setup::new();
    let arguments = ["run", "endless", "--on-interrupt", "detach", "--json"];
    let (child, mut lines) = setup.spawn(&arguments);
    read_until(&mut lines, "InProgress: ");
    interrupt(&child);
    let output = child.wait_with_output().unwrap();
    expect_code(&output, 130);
    let expected =
        format!(r#"{{"executionId":"{RUN}","flowName":"endless","outcome":"detached"}}"#);
    assert_eq!(stdout(&output), format!("{expected}\n"));
    assert!(
        setup
            .appflow
            .calls::<CancelFlowExecutionsRequest>()
            .is_empty()
    );
}

#[test]
fn a_run_is_canceled_by_its_id() {
    let setup = Setup::new();
    setup.run(&["start", "endless"]);
    let output = setup.run(&["cancel", "endless", RUN]);
    expect_code(&output, 0);
    setup.appflow.advance(Duration::from_secs(2));
    let output = setup.run(&["status", "endless", RUN]);
    expect_code(&output, 6);
    assert!(
        stdout(&output).contains("status:   Canceled\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn lists_are_tables() {
    let setup = Setup::new();
    setup.runtime.block_on(async {
        let client = setup.appflow.client().unwrap();
        client.start_flow("orders-to-s3").send().await.unwrap();
    });
    let list = stdout(&setup.run(&["list"]));
    let mut lines = list.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("NAME            TRIGGER    STATUS  LAST RUN")
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("broken          OnDemand   Active  -")
    );
    let runs = stdout(&setup.run(&["runs", "orders-to-s3"]));
    assert_eq!(runs.lines().count(), 2);
    let run = runs.lines().nth(1).unwrap();
    assert!(
        run.starts_with(&format!("{RUN}  Successful  2026-01-01T")),
        "{run}"
    );
    assert!(run.ends_with("  1200     345.7 kB"), "{run}");
}

#[test]
fn sample_flows_need_no_account() {
    let output = bare(&["list", "--local"]).output().unwrap();
    expect_code(&output, 0);
    let list = stdout(&output);
    for flow in [
        "orders-to-s3", "invoices-to-redshift", "nightly-export", "contacts-on-change",
    ] {
        assert!(list.contains(flow), "{list}");
    }
    let output = bare(&["runs", "orders-to-s3", "--local"]).output().unwrap();
    assert_eq!(stdout(&output).lines().count(), 3);
    expect_code(
        &bare(&["start", "contacts-on-change", "--local"])
            .output()
            .unwrap(),
        0,
    );
}

#[test]
fn the_help_lists_the_exit_codes_and_completions_are_scripts() {
    let help = stdout(&bare(&["--help"]).output().unwrap());
    for line in [
        "  4  no credentials, or access denied",
        "130  detached by Ctrl-C",
    ] {
        assert!(help.contains(line), "{help}");
    }
    for shell in ["bash", "zsh", "fish"] {
        let output = bare(&["completions", shell]).output().unwrap();
        assert!(stdout(&output).contains("on-interrupt"), "{shell}");
    }
}

/// Runs a command on a pseudo-terminal and returns what it shows.
#[cfg(target_os = "linux")]
fn on_a_terminal(command: &Command, variable: Option<&str>) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_str().unwrap()).collect();
    let mut script = Command::new("script");
    script.args(["-qec", &words.join(" "), "/dev/null"]);
    script.env_remove("NO_COLOR").env("TERM", "xterm");
    for (name, value) in command.get_envs() {
        script.env(name, value.unwrap_or_default());
    }
    if let Some(variable) = variable {
        script.env(variable, "1");
    }
    stdout(&script.stdin(Stdio::null()).output().unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn colors_are_shown_on_a_terminal_alone_and_not_with_no_color() {
    let setup = Setup::new();
    let command = setup.command(&["run", "orders-to-s3"]);
    let shown = on_a_terminal(&command, None);
    assert!(shown.contains("\u{1b}[32msuccessful\u{1b}[0m"), "{shown}");
    let shown = on_a_terminal(&command, Some("NO_COLOR"));
    assert!(shown.contains("successful"), "{shown}");
    assert!(!shown.contains("\u{1b}[32m"), "{shown}");
}
