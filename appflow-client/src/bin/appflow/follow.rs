//! Following a run to its end, through interrupts.

use std::io;
use std::time::{Duration, Instant};

use appflow_client::run::{Cancellation, EndedRun, Outcome, Run, RunError};
use serde_json::{Value, json};

use crate::arguments::{Arguments, OnInterrupt, Wait};
use crate::color::{green, red, yellow};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupts;
use crate::output::{self, amount, plain};
use crate::progress::Line;
use crate::span;

/// Waits for the end of a run and prints it. Ctrl-C cancels the run, and a second one detaches.
pub(crate) async fn follow(
    run: Run,
    settings: &Wait,
    interrupts: Interrupts,
    arguments: &Arguments,
) -> Result<Exit, Failure> {
    let mut line = Line::new();
    let outcome = watch(&run, settings, interrupts, &mut line).await;
    line.finish();
    match outcome? {
        Seen::Ended(ended) => {
            if arguments.json {
                output::print_json::<Failure>(&end_json(&ended))?;
            } else {
                output::print::<Failure>(&end_text(&ended))?;
            }
            Ok(exit(ended.outcome()))
        }
        Seen::TimedOut(timeout) => {
            let time = span::show(timeout);
            eprintln!("timed out after {time}; the run continues");
            leave(&run, "timedOut", arguments)?;
            Ok(Exit::TimedOut)
        }
        Seen::Detached => {
            eprintln!("detached; the run continues");
            leave(&run, "detached", arguments)?;
            Ok(Exit::Detached)
        }
    }
}

/// The end of watching a run.
enum Seen {
    Ended(Box<EndedRun>),
    TimedOut(Duration),
    Detached,
}

async fn watch(
    run: &Run,
    settings: &Wait,
    mut interrupts: Interrupts,
    line: &mut Line,
) -> Result<Seen, Failure> {
    let begun = Instant::now();
    let mut wait = prepared(run, settings, settings.timeout);
    let mut is_canceled = false;
    loop {
        let progress = tokio::select! {
            progress = wait.next() => progress,
            () = interrupts.next() => {
                if is_canceled || settings.on_interrupt == OnInterrupt::Detach {
                    return Ok(Seen::Detached);
                }
                is_canceled = true;
                line.note("canceling the run; Ctrl-C again detaches from it");
                // A second Ctrl-C must not have to wait for this call.
                let cancellation = tokio::select! {
                    cancellation = run.cancel() => cancellation?,
                    () = interrupts.next() => return Ok(Seen::Detached),
                };
                if cancellation == Cancellation::Refused {
                    line.note("AppFlow cannot cancel the run; waiting for its end");
                }
                // The run may end soon, so the pauses start again.
                let left = settings.timeout.map(|it| it.saturating_sub(begun.elapsed()));
                wait = prepared(run, settings, left);
                continue;
            }
        };
        match progress {
            Some(Ok(progress)) => {
                line.show(&progress);
                if let Some(ended) = progress.ended() {
                    return Ok(Seen::Ended(Box::new(ended.clone())));
                }
            }
            Some(Err(RunError::TimedOut { timeout, .. })) => {
                return Ok(Seen::TimedOut(settings.timeout.unwrap_or(timeout)));
            }
            Some(Err(error)) => return Err(error.into()),
            // A wait ends with the end of the run or an error.
            None => return Ok(Seen::Detached),
        }
    }
}

fn prepared(run: &Run, settings: &Wait, timeout: Option<Duration>) -> appflow_client::run::Wait {
    let mut wait = run.wait();
    if let Some(timeout) = timeout {
        wait = wait.timeout(timeout);
    }
    if let Some(interval) = settings.interval {
        wait = wait.interval(interval);
    }
    wait
}

/// Prints the command that continues to wait for a run.
fn leave(run: &Run, outcome: &str, arguments: &Arguments) -> Result<(), Failure> {
    if arguments.local {
        eprintln!("the stand-in of --local ends with this process, and the run with it");
    } else {
        eprintln!("to wait for it: {}", resume(run, arguments));
    }
    if arguments.json {
        let (flow_name, execution_id) = (run.flow_name(), run.execution_id());
        output::print_json(&json!({
            "executionId": execution_id,
            "flowName": flow_name,
            "outcome": outcome,
        }))
    } else {
        output::print(&format!("{}\n", plain(run.execution_id())))
    }
}

/// Returns the command that waits for a run.
fn resume(run: &Run, arguments: &Arguments) -> String {
    let mut command = format!(
        "appflow status {} {} --wait",
        run.flow_name(),
        run.execution_id()
    );
    let options = [
        ("--region", &arguments.region),
        ("--profile", &arguments.profile),
        ("--endpoint-url", &arguments.endpoint_url),
    ];
    for (option, value) in options {
        if let Some(value) = value {
            command.push_str(&format!(" {option} {value}"));
        }
    }
    plain(&command)
}

fn exit(outcome: &Outcome) -> Exit {
    match outcome {
        Outcome::Successful => Exit::Done,
        Outcome::Failed { .. } => Exit::RunFailed,
        Outcome::Canceled => Exit::RunCanceled,
        _ => Exit::CallFailed,
    }
}

fn end_text(ended: &EndedRun) -> String {
    let stdout = io::stdout();
    let head = match ended.outcome() {
        Outcome::Successful => green("successful", &stdout),
        Outcome::Failed { message, .. } => {
            let message = message.as_deref().map(plain).unwrap_or_default();
            let colon = if message.is_empty() { "" } else { ": " };
            format!("{}{colon}{message}", red("failed", &stdout))
        }
        _ => yellow("canceled", &stdout),
    };
    let mut text = format!(
        "{head}\nrun:      {}\nrecords:  {}\nread:     {}\nwritten:  {}\n",
        plain(ended.execution_id()),
        ended.records_processed(),
        amount(ended.bytes_processed()),
        amount(ended.bytes_written()),
    );
    if ended.put_failures() > 0 {
        text.push_str(&format!("failed:   {} records\n", ended.put_failures()));
    }
    if let Some(duration) = ended.duration() {
        text.push_str(&format!("time:     {}\n", span::show(duration)));
    }
    text
}

fn end_json(ended: &EndedRun) -> Value {
    let (outcome, message) = match ended.outcome() {
        Outcome::Successful => ("successful", None),
        Outcome::Failed { message, .. } => ("failed", message.as_deref()),
        _ => ("canceled", None),
    };
    json!({
        "bytesProcessed": ended.bytes_processed(),
        "bytesWritten": ended.bytes_written(),
        "durationSeconds": ended.duration().map(|duration| duration.as_secs_f64()),
        "executionId": ended.execution_id(),
        "flowName": ended.flow_name(),
        "message": message,
        "outcome": outcome,
        "putFailures": ended.put_failures(),
        "recordsProcessed": ended.records_processed(),
    })
}
