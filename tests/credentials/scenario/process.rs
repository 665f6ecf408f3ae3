//! Scenarios of the official crate, each in a process of its own: it reads the variables of its
//! process.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use smithy_reqwest::Environment;

use super::{Scenario, check, rooted};
use crate::text;

/// The folder of the scenario that a process is for.
const FOLDER: &str = "SCENARIO_FOLDER";

#[test]
fn every_other_scenario_ends_as_it_says() {
    let others = Scenario::all().into_iter().filter(|it| it.own().is_none());
    let failed: Vec<String> = others.filter_map(|scenario| run(&scenario)).collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// What a process says of a scenario that does not end as it says.
fn run(scenario: &Scenario) -> Option<String> {
    let root = scenario.files();
    let output = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "scenario::process::the_scenario_of_this_process_ends_as_it_says",
        ])
        .env_clear()
        .env("PATH", env::var_os("PATH").unwrap())
        .envs(scenario.variables(root.path()))
        .env(FOLDER, &scenario.folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("running 1 test"), "{said}");
    (!output.status.success()).then(|| format!("{}:\n{said}", scenario.name))
}

#[tokio::test]
async fn the_scenario_of_this_process_ends_as_it_says() {
    // Only a process that another test has started is for one.
    let Some(folder) = env::var_os(FOLDER) else {
        return;
    };
    let scenario = Scenario::read(PathBuf::from(folder));
    let root = env::var("HOME").unwrap();
    let root = Path::new(&root).parent().unwrap();
    let error = rooted(text(&scenario.case["result"], "ErrorContains"), root);
    check(&scenario, Environment::process(), &error).await;
}
