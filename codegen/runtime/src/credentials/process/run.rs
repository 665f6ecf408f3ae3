//! A process that runs until it ends, or until its future is dropped.

use std::io::{self, Read};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use zeroize::Zeroizing;

use super::super::CredentialsError;
use super::command::Command;

/// The maximum length of the output, and of the part of the errors that is kept, in bytes.
const MAX_SIZE: usize = 64 * 1024;
/// The interval between checks of a process that has closed its output but has not ended.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);
/// The time to wait for the errors of a process that has ended. If it has started another process,
/// that may keep the pipe open.
const ERRORS_TIMEOUT: Duration = Duration::from_secs(1);

/// The bytes of a pipe.
type Bytes = Zeroizing<Vec<u8>>;

/// The end of a process, with its output.
pub(super) struct Output {
    pub(super) status: ExitStatus,
    pub(super) text: Bytes,
    pub(super) errors: Bytes,
}

/// Runs a process, which is killed if the future is dropped before it ends.
pub(super) async fn output(command: &Command) -> Result<Output, CredentialsError> {
    let mut command = command.to_std();
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let (sender, events) = channel();
    let _waiting = Waiting(sender.clone());
    let run = tokio::task::spawn_blocking(move || {
        let child = command
            .spawn()
            .map_err(|error| CredentialsError::new(format!("it cannot be started: {error}")))?;
        let running = Running {
            child,
            events,
            errors: None,
        };
        let output = running.output(&sender);
        output.map_err(|error| CredentialsError::new(error.to_string()))
    });
    let lost = |error| CredentialsError::temporary(format!("it is lost: {error}"));
    run.await.map_err(lost)?
}

enum Event {
    Text(io::Result<Bytes>),
    Errors(io::Result<Bytes>),
    /// The future was dropped.
    Abandoned,
}

/// The future that waits for the output.
struct Waiting(Sender<Event>);

impl Drop for Waiting {
    fn drop(&mut self) {
        // The thread may have ended.
        let _ = self.0.send(Event::Abandoned);
    }
}

/// A process that is killed when this is dropped.
struct Running {
    child: Child,
    events: Receiver<Event>,
    errors: Option<Bytes>,
}

impl Running {
    fn output(mut self, sender: &Sender<Event>) -> io::Result<Output> {
        if let Some(pipe) = self.child.stdout.take() {
            read(pipe, sender.clone(), Event::Text)?;
        }
        if let Some(pipe) = self.child.stderr.take() {
            read(pipe, sender.clone(), Event::Errors)?;
        }
        let text = loop {
            if let Some(text) = self.wait(Duration::MAX)? {
                break text;
            }
        };
        if text.len() > MAX_SIZE {
            let problem = format!("its output is longer than {MAX_SIZE} bytes");
            return Err(io::Error::other(problem));
        }
        let status = loop {
            if let Some(status) = self.child.try_wait()? {
                break status;
            }
            self.wait(BETWEEN_LOOKS)?;
        };
        if !status.success() && self.errors.is_none() {
            self.wait(ERRORS_TIMEOUT)?;
        }
        let errors = self.errors.take().unwrap_or_default();
        Ok(Output {
            status,
            text,
            errors,
        })
    }

    /// Waits for an event, and returns the output if it is there.
    fn wait(&mut self, timeout: Duration) -> io::Result<Option<Bytes>> {
        match self.events.recv_timeout(timeout) {
            Ok(Event::Text(text)) => text.map(Some),
            Ok(Event::Errors(errors)) => {
                self.errors = errors.ok();
                Ok(None)
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Ok(Event::Abandoned) | Err(RecvTimeoutError::Disconnected) => {
                Err(io::Error::other("nobody waits for the process"))
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A process that has ended cannot be killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads a pipe on a separate thread, which no runtime waits for, because the pipe may stay open as
/// long as any process has it.
fn read(
    mut pipe: impl Read + Send + 'static,
    sender: Sender<Event>,
    event: fn(io::Result<Bytes>) -> Event,
) -> io::Result<()> {
    let read = move || {
        // A vector that grows leaves copies in memory that are not erased.
        let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_SIZE + 1));
        let limit = MAX_SIZE as u64 + 1;
        let outcome = pipe.by_ref().take(limit).read_to_end(&mut bytes);
        let _ = sender.send(event(outcome.map(|_| bytes)));
        // A process blocks while its pipe is full.
        let _ = io::copy(&mut pipe, &mut io::sink());
    };
    thread::Builder::new().spawn(read).map(drop)
}
