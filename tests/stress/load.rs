//! The calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use appflow_client::operation::StartFlowResponse;
use appflow_client::{Client, Error, ErrorKind};
use smithy_reqwest::BoxError;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use crate::machine::Memory;

/// All attempts of a call end long before this.
const LIMIT: Duration = Duration::from_secs(60);

/// How many calls are made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) calls: u32,
    /// How many are made at a time.
    pub(crate) concurrency: u32,
}

/// What all callers share.
struct Shared {
    /// The number of the next call.
    next: AtomicU32,
    /// The runs that calls have started, as their answers say.
    runs: Vec<AtomicBool>,
}

/// What became of calls.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) succeeded: u32,
    /// How many failed with each of their attempts.
    pub(crate) exhausted: u32,
    /// How many failed with an error that is final.
    pub(crate) refused: u32,
    /// Calls whose response was complete and could not be read, which are not made again.
    pub(crate) unreadable: u32,
    /// How long all of it took.
    pub(crate) elapsed: Duration,
    pub(crate) problems: Vec<String>,
}

impl Load {
    pub(crate) fn from_arguments(
        mut arguments: impl Iterator<Item = String>,
    ) -> Result<Self, BoxError> {
        let mut next = |default: u32| match arguments.next() {
            None => Ok(default),
            Some(text) => match text.parse() {
                Ok(number) if number > 0 => Ok(number),
                _ => Err(format!("{text:?} is no number of calls")),
            },
        };
        Ok(Self {
            calls: next(100_000)?,
            concurrency: next(64)?,
        })
    }

    /// Makes the calls. The memory is that after a tenth of them.
    pub(crate) async fn make(self, client: &Client) -> (Tally, Option<Memory>) {
        let start = Instant::now();
        let runs = (0..=self.calls).map(|_| AtomicBool::new(false));
        let shared = Arc::new(Shared {
            next: AtomicU32::new(0),
            runs: runs.collect(),
        });
        let mut callers = JoinSet::new();
        for _ in 0..self.concurrency {
            callers.spawn(self.caller(client.clone(), Arc::clone(&shared)));
        }
        let mut all = Tally::default();
        let mut early = None;
        while let Some(caller) = callers.join_next().await {
            match caller {
                Ok((tally, memory)) => {
                    all.add(tally);
                    early = early.or(memory);
                }
                Err(error) => all.problems.push(format!("a caller panicked: {error}")),
            }
        }
        all.elapsed = start.elapsed();
        (all, early)
    }

    /// Makes one call after the other, as long as there are any left.
    async fn caller(self, client: Client, shared: Arc<Shared>) -> (Tally, Option<Memory>) {
        let mut tally = Tally::default();
        let mut memory = None;
        loop {
            let index = shared.next.fetch_add(1, Ordering::Relaxed);
            if index >= self.calls {
                return (tally, memory);
            }
            let tenth = (self.calls / 10).max(1);
            if index.is_multiple_of(tenth) {
                eprintln!("{index} of {} calls", self.calls);
            }
            if index == tenth {
                memory = Memory::now();
            }
            match timeout(LIMIT, client.start_flow("orders-to-s3").send()).await {
                Ok(outcome) => tally.count(outcome, &shared.runs),
                Err(_) => tally.problems.push(format!("call {index} does not end")),
            }
        }
    }
}

impl Tally {
    fn count(&mut self, outcome: Result<StartFlowResponse, Error>, runs: &[AtomicBool]) {
        match outcome {
            Ok(started) => {
                self.succeeded += 1;
                let run = started.execution_id.unwrap_or_default();
                let known = run.parse().ok().and_then(|run: usize| runs.get(run));
                if known.is_none_or(|known| known.swap(true, Ordering::Relaxed)) {
                    let problem = format!("{run:?} is no run, or that of another call");
                    self.problems.push(problem);
                }
            }
            Err(error) if error.attempts() == 3 && error.is_retryable() => self.exhausted += 1,
            Err(error) if error.code() == Some("ValidationException") => self.refused += 1,
            Err(error) if matches!(error.kind(), ErrorKind::InvalidResponse) => {
                self.unreadable += 1;
            }
            Err(error) => self.problems.push(format!("a call gave up early: {error}")),
        }
    }

    fn add(&mut self, other: Self) {
        self.succeeded += other.succeeded;
        self.exhausted += other.exhausted;
        self.refused += other.refused;
        self.unreadable += other.unreadable;
        self.problems.extend(other.problems);
    }
}
