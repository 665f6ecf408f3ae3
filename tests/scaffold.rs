//! `cargo codegen new` makes a crate that compiles without a warning, and whose client starts a
//! flow.
//!
//! The crate is built by a cargo of its own, outside of the workspace, as a user builds it. It is
//! given the workspace's lock file and no network: what it needs was downloaded for the workspace.
//! What it is built of stays in `target/scaffold`, so that only the first run takes long.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use smithy_reqwest_codegen::scaffold::{NewCrate, scaffold};
use smithy_reqwest_codegen::{Generated, Options};
use tempfile::TempDir;

use appflow_client::stand_in::{Flow, StandIn};
use workspace_tests::fixture;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The model of AWS itself, which may lie beside the workspace and is not part of it.
const OFFICIAL_MODEL: &str = "../shared/models/appflow-2020-08-23.json";
const OUR_MODEL: &str = "model/appflow.json";

/// A test as a user writes it.
const STARTS_A_FLOW: &str = r#"//! The client against a stand-in of the service.

use flow_client::types::FlowStatus;
use flow_client::{Client, Credentials};

#[tokio::test]
async fn starts_a_flow() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "not-a-secret", None))
        .endpoint_url(std::env::var("STAND_IN_URL")?)
        .build()?;
    let started = client.start_flow("orders-to-s3").send().await?;
    assert_eq!(started.flow_status, Some(FlowStatus::Active));
    assert!(started.execution_id.is_some());
    Ok(())
}
"#;

/// Endpoint cases of the official model that do not hold any more, because they are older than our partitions:
/// they want an error where a partition has dual-stack endpoints by now, so they are ignored.
const OUTDATED: [&str; 4] = [
    "endpoint::for_region_us_iso_east_1_with_fips_disabled_and_dual_stack_enabled",
    "endpoint::for_region_us_iso_east_1_with_fips_enabled_and_dual_stack_enabled",
    "endpoint::for_region_us_isob_east_1_with_fips_disabled_and_dual_stack_enabled",
    "endpoint::for_region_us_isob_east_1_with_fips_enabled_and_dual_stack_enabled",
];

// The stand-in needs a thread of its own, for this one waits for the crate's cargo.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_new_crate_compiles_without_a_warning_and_starts_a_flow() {
    let workspace = Path::new(WORKSPACE);
    let official = workspace.join(OFFICIAL_MODEL);
    let (model, outdated) = if official.is_file() {
        (official, BTreeSet::from(OUTDATED))
    } else {
        (workspace.join(OUR_MODEL), BTreeSet::new())
    };
    let dir = TempDir::new().unwrap();
    let made = dir.path().join("flow-client");
    let generated = create("flow-client", model, &["StartFlow"], &made);
    check_format(&made);
    add_test(&made);

    let stand_in = StandIn::new();
    stand_in.add_flow(Flow::on_demand("orders-to-s3"));
    let server = stand_in.serve().await.unwrap();
    let output = run_tests(&made, &server.endpoint_url());

    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let log = format!("{stdout}\n{stderr}");
    assert!(!stderr.contains("warning"), "{log}");
    let outcomes = outcomes(&stdout);
    assert_eq!(outcomes.get("starts_a_flow"), Some(&"ok"), "{log}");
    let is_endpoint_case = |name: &&&str| name.starts_with("endpoint::");
    let ran = outcomes.keys().filter(is_endpoint_case).count();
    assert_eq!(ran, generated.service.endpoint.cases.len(), "{log}");
    assert_eq!(ignored(&outcomes), outdated, "{log}");
    assert!(output.status.success(), "{log}");
    assert_eq!(stand_in.starts(), ["orders-to-s3"], "{log}");
}

/// The protocol cases of a model are tests of its crate, and its examples are doctests.
#[test]
fn a_new_crate_passes_the_protocol_cases_that_its_model_carries() {
    let fixtures = fixture::all();
    let (_, model) = fixtures.iter().find(|(name, _)| name == "case").unwrap();
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("case.json");
    fs::write(&file, model).unwrap();
    let made = dir.path().join("case-client");
    create("case-client", file, &[], &made);
    check_format(&made);
    add_lock(&made);

    let output = run_tests(&made, "");

    let stdout = String::from_utf8(output.stdout).unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let log = format!("{stdout}\n{stderr}");
    assert!(!stderr.contains("warning"), "{log}");
    let outcomes = outcomes(&stdout);
    for case in [
        "request::puts_everything",
        "request::puts_at_another_host",
        "response::reads_everything",
        "response::is_broken",
    ] {
        assert_eq!(outcomes.get(case), Some(&"ok"), "{log}");
    }
    let is_example = |name: &&&str| name.contains("Client::put_thing");
    assert_eq!(outcomes.keys().filter(is_example).count(), 1, "{log}");
    assert!(output.status.success(), "{log}");
}

#[test]
fn the_manifest_turns_on_what_the_operations_need() {
    for (fixture, expected) in [
        (
            "checksum",
            ", default-features = false, features = [\"md5\"] }\n",
        ),
        (
            "compression",
            ", default-features = false, features = [\"gzip\"] }\n",
        ),
        (
            "query",
            ", default-features = false, features = [\"query\"] }\n",
        ),
        (
            "rest_xml",
            ", default-features = false, features = [\"xml\"] }\n",
        ),
        (
            "event_stream",
            ", default-features = false, features = [\"event-stream\", \"http2\"] }\n",
        ),
        ("aws_json", ", default-features = false }\n"),
        ("unit", ", default-features = false }\n"),
    ] {
        let dir = tempfile::tempdir().unwrap();
        let model = dir.path().join("model.json");
        let (_, text) = fixture::all()
            .into_iter()
            .find(|(name, _)| name == fixture)
            .unwrap();
        fs::write(&model, text).unwrap();
        let made = dir.path().join("made");
        create("flow-client", model, &[], &made);
        let manifest = fs::read_to_string(made.join("Cargo.toml")).unwrap();
        assert!(manifest.contains(expected), "{fixture}: {manifest}");
    }
}

/// Creates a crate with these operations, or with all of the model.
fn create(name: &str, model: PathBuf, operations: &[&str], made: &Path) -> Generated {
    let mut options = Options::new(model.display().to_string(), name);
    options.operations = operations.iter().map(|&it| it.to_owned()).collect();
    let new = NewCrate {
        model,
        path: made.to_owned(),
        options,
        runtime_path: Some(Path::new(WORKSPACE).join("codegen/runtime")),
    };
    scaffold(&new).unwrap()
}

/// A command of the cargo that runs this test, in the new crate.
fn cargo(made: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(made).args(arguments);
    command
}

/// That rustfmt has nothing to change, where there is a rustfmt.
fn check_format(made: &Path) {
    let version = cargo(made, &["fmt", "--version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        eprintln!("the format is not checked: there is no rustfmt");
        return;
    }
    let output = cargo(made, &["fmt", "--check"]).output().unwrap();
    let difference = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{difference}");
}

/// Adds a test that calls the stand-in.
fn add_test(made: &Path) {
    fs::write(made.join("tests/starts_a_flow.rs"), STARTS_A_FLOW).unwrap();
    add_lock(made);
}

/// Adds the versions that the workspace has of everything.
fn add_lock(made: &Path) {
    // Cargo itself adds the new crate to the lock file and removes what it does not need.
    let lock = Path::new(WORKSPACE).join("Cargo.lock");
    fs::copy(lock, made.join("Cargo.lock")).unwrap();
}

fn run_tests(made: &Path, url: &str) -> Output {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("scaffold");
    cargo(made, &["test", "--offline", "--no-fail-fast"])
        .env("CARGO_TARGET_DIR", target)
        // Nobody debugs this crate, and without what a debugger needs it is done sooner.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("STAND_IN_URL", url)
        .output()
        .unwrap()
}

/// The tests, by name, and what became of them: `ok`, `FAILED` or `ignored`, with the reason.
fn outcomes(stdout: &str) -> BTreeMap<&str, &str> {
    let tests = stdout.lines().filter_map(|line| line.strip_prefix("test "));
    tests.filter_map(|test| test.split_once(" ... ")).collect()
}

fn ignored<'a>(outcomes: &BTreeMap<&'a str, &str>) -> BTreeSet<&'a str> {
    let ignored = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.starts_with("ignored"));
    ignored.map(|(name, _)| *name).collect()
}
