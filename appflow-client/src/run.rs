//! Runs of flows: start one, wait for its end, follow its progress, cancel it.
//!
//! [`Client::run_flow`] starts an on-demand flow, and [`Run::wait`] waits for the run:
//!
//! ```no_run
//! # async fn example(client: appflow_client::Client) -> Result<(), appflow_client::run::RunError> {
//! let run = client.run_flow("orders-to-s3").start().await?;
//! println!("run {}", run.execution_id());
//! let ended = run.wait().await?.into_success()?;
//! println!("{} records", ended.records_processed());
//! # Ok(())
//! # }
//! ```
//!
//! A wait polls `DescribeFlowExecutionRecords`, which has no filter by run, no documented order,
//! and may not list a new run at first. It searches all pages for the ID of the run.
//!
//! A failed run is an [`Outcome`], not an error. [`EndedRun::into_success`] converts it to an
//! error.
//!
//! # Progress
//!
//! A [`Wait`] is also a stream of [`Progress`], read with [`Wait::next`] or through the
//! `Stream` trait. The last one has the [`EndedRun`]:
//!
//! ```no_run
//! # async fn example(run: appflow_client::run::Run) -> Result<(), appflow_client::run::RunError> {
//! let mut wait = run.wait();
//! while let Some(progress) = wait.next().await {
//!     let progress = progress?;
//!     println!("{:?}: {} records", progress.status(), progress.records_processed());
//!     if let Some(ended) = progress.ended() {
//!         println!("{:?}", ended.outcome());
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Resume in another process
//!
//! The name of the flow and the execution ID identify a run. [`Client::flow_run`] returns its
//! [`Run`] without a call. A wait that times out returns the run, which continues, in its error:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use appflow_client::run::RunError;
//!
//! # async fn example(client: appflow_client::Client) -> Result<(), RunError> {
//! let run = client.flow_run("orders-to-s3", "2f9e77f4-0000-4000-8000-000000000001");
//! match run.wait().timeout(Duration::from_secs(600)).await {
//!     Err(RunError::TimedOut { run, .. }) => println!("still running: {}", run.execution_id()),
//!     outcome => println!("{:?}", outcome?.outcome()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # After an update of the flow
//!
//! [`UpdateFlow`](Client::update_flow) is not atomic for on-demand flows: a run that is started
//! right after it may still use the old configuration.

mod activation;
mod error;
mod outcome;
mod poll;
mod progress;
mod start;
mod wait;

use std::fmt;

use smithy_reqwest::polling::Instant;

use crate::types::ExecutionRecord;
use crate::{Client, Error};

pub use activation::Activation;
pub use error::RunError;
pub use outcome::{EndedRun, Outcome};
pub use progress::Progress;
pub use start::{RunFlow, Started};
pub use wait::Wait;

/// The number of records per page, the most that AppFlow allows.
const PAGE_SIZE: i32 = 100;

impl Client {
    /// Prepares a run of an on-demand flow, which [`RunFlow::start`] starts.
    ///
    /// [`start_flow`](Client::start_flow) is the plain operation. This method also distinguishes a
    /// run from the activation of a scheduled or event-triggered flow, and returns a [`Run`] to
    /// wait for.
    ///
    /// A run that is started right after [`update_flow`](Client::update_flow) may still use the old
    /// configuration, because AppFlow does not update on-demand flows atomically.
    pub fn run_flow(&self, flow_name: impl Into<String>) -> RunFlow {
        RunFlow::new(self.clone(), flow_name.into())
    }

    /// Returns a run that was started elsewhere, by the name of its flow and its execution ID.
    ///
    /// It makes no call. A run that does not exist is an error of the wait.
    pub fn flow_run(&self, flow_name: impl Into<String>, execution_id: impl Into<String>) -> Run {
        Run {
            client: self.clone(),
            flow_name: flow_name.into(),
            execution_id: execution_id.into(),
            started: None,
        }
    }
}

/// A run of a flow.
///
/// Dropping it does not end the run. The [module](self) has examples.
#[derive(Clone)]
pub struct Run {
    client: Client,
    flow_name: String,
    execution_id: String,
    /// The time when this process started it.
    started: Option<Instant>,
}

impl Run {
    /// Returns the name of the flow.
    #[must_use]
    pub fn flow_name(&self) -> &str {
        &self.flow_name
    }

    /// Returns the execution ID, for AppFlow and [`Client::flow_run`].
    #[must_use]
    pub fn execution_id(&self) -> &str {
        &self.execution_id
    }

    /// Waits for the end of the run: see [`Wait`] for the settings.
    ///
    /// Waiting does not affect the run, and can be repeated.
    pub fn wait(&self) -> Wait {
        Wait::new(self.clone())
    }

    /// Returns the current record of the run; `None` if AppFlow does not list the run, which can
    /// happen shortly after the start.
    ///
    /// The history of the flow is read page by page until the record is found.
    ///
    /// # Errors
    ///
    /// See [`describe_flow_execution_records`](Client::describe_flow_execution_records).
    pub async fn record(&self) -> Result<Option<ExecutionRecord>, Error> {
        let history = self.client.describe_flow_execution_records(&self.flow_name);
        let mut records = history.max_results(PAGE_SIZE).items();
        while let Some(record) = records.next().await {
            let record = record?;
            if record.execution_id.as_deref() == Some(&self.execution_id) {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// Asks AppFlow to cancel this run, and no other run of the flow.
    ///
    /// A canceled run is `CancelStarted` first and `Canceled` later: [`wait`](Self::wait) returns
    /// its end. Data that is already written stays in the destination.
    ///
    /// # Errors
    ///
    /// See [`cancel_flow_executions`](Client::cancel_flow_executions). A cancellation that AppFlow
    /// refuses is not an error but [`Cancellation::Refused`].
    pub async fn cancel(&self) -> Result<Cancellation, Error> {
        // Without IDs, AppFlow cancels every run of the flow.
        let ids = [self.execution_id.clone()];
        let call = self.client.cancel_flow_executions(&self.flow_name);
        let response = call.execution_ids(ids).send().await?;
        let refused = response.invalid_executions.unwrap_or_default();
        if refused.contains(&self.execution_id) {
            Ok(Cancellation::Refused)
        } else {
            Ok(Cancellation::Accepted)
        }
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("flow_name", &self.flow_name)
            .field("execution_id", &self.execution_id)
            .finish_non_exhaustive()
    }
}

/// AppFlow's response to a request to cancel a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "AppFlow may have refused to cancel the run"]
pub enum Cancellation {
    /// AppFlow cancels the run. It may still end in another way, if it ends first.
    Accepted,
    /// AppFlow cannot cancel the run, for example because it has ended or does not exist.
    Refused,
}
