//! Holds the client to its word under load: `cargo stress` makes 100,000 calls, 64 at a time, of which
//! the service meets one attempt in twenty with a fault.
//!
//! `cargo stress 1000 8` makes 1,000 calls, 8 at a time. Every call must end; one that fails must have
//! had all of its attempts, or an error that is final; no flow may be started twice for one call; and
//! when the client is gone, its tasks and connections must be gone too, and the memory as it was after
//! the first calls.

mod books;
mod fault;
mod load;
mod machine;
mod report;
mod service;

use std::process::ExitCode;
use std::time::Duration;

use appflow_client::{Client, Credentials};
use smithy_reqwest::BoxError;
use smithy_reqwest::retry::RetryQuota;
use tokio::runtime::{Builder, Runtime};

use load::Load;
use machine::{Memory, connections, wait_until};
use report::Report;
use service::Service;

/// The longest time that an attempt may take: what ends a silence.
const ATTEMPT: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    match run() {
        Ok(problems) if problems.is_empty() => ExitCode::SUCCESS,
        Ok(problems) => {
            for problem in problems {
                eprintln!("error: {problem}");
            }
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Makes the calls, and tells what they came to. The result is what is wrong.
fn run() -> Result<Vec<String>, BoxError> {
    let load = Load::from_arguments(std::env::args().skip(1))?;
    let service = Service::start(load.calls as usize)?;
    let runtime = runtime(2)?;
    let before = connections();
    let client = client(&service.url(), load.concurrency)?;
    let (tally, early) = runtime.block_on(load.make(&client));
    let late = Memory::now();
    drop(client);
    let tasks = || runtime.metrics().num_alive_tasks();
    runtime.block_on(wait_until(|| tasks() == 0));
    // The service sees later than the client that a connection is closed.
    runtime.block_on(wait_until(|| connections() <= before));
    let report = Report {
        load,
        tally,
        books: service.books(),
        tasks: tasks(),
        connections: (before, connections()),
        memory: (early, late),
    };
    for line in report.lines() {
        println!("{line}");
    }
    Ok(report.problems())
}

fn runtime(threads: usize) -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_all()
        .build()
}

/// A client that retries without delay, and has enough to pay for the retries of all calls at a time.
fn client(url: &str, concurrency: u32) -> Result<Client, BoxError> {
    let quota = RetryQuota::new(concurrency.saturating_mul(28).max(500));
    let client = Client::builder()
        .region("us-east-1")
        .credentials(Credentials::new("AKIDEXAMPLE", "secret", None))
        .endpoint_url(url)
        .attempt_timeout(ATTEMPT)
        .random_source(|| 0.0)
        .retry_quota(quota)
        .build()?;
    Ok(client)
}
