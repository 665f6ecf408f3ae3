//! Tests in processes of their own, for what the environment of a process decides.
//!
//! Such a test runs twice: first as any other, when it starts itself anew with the variables that
//! it is about, and then as the child, which does what is tried and prints the outcome.

use std::env;
use std::process::Command;

const IS_CHILD: &str = "TLS_TEST_IS_CHILD";
const OUTCOME: &str = "outcome of the child: ";

/// What a caller's environment may have, which decides too.
const CLEARED: [&str; 10] = [
    "ALL_PROXY", "all_proxy", "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY",
    "no_proxy", "SSL_CERT_DIR", "SSL_CERT_FILE",
];

/// Whether this process is a child.
pub(crate) fn is_this() -> bool {
    env::var_os(IS_CHILD).is_some()
}

/// Hands an outcome over to the parent.
pub(crate) fn report(outcome: &str) {
    println!("\n{OUTCOME}{outcome}");
}

/// The outcome of a test, by its full name, in a process with these variables.
pub(crate) async fn outcome(test: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]);
    for name in CLEARED {
        command.env_remove(name);
    }
    command.env(IS_CHILD, "1").envs(variables.iter().copied());
    // Meanwhile the servers of the parent answer.
    let output = tokio::task::spawn_blocking(move || command.output());
    let output = output.await.unwrap().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let complained = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{printed}{complained}");
    assert!(!complained.contains("panicked"), "{complained}");
    let mut lines = printed.lines();
    let outcome = lines.find_map(|line| line.strip_prefix(OUTCOME));
    outcome.unwrap_or_else(|| panic!("{printed}")).to_owned()
}
