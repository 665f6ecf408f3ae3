//! Starting a run.

use std::future::IntoFuture;
use std::pin::Pin;

use smithy_reqwest::polling::Instant;

use super::{Activation, Run, RunError};
use crate::{Client, Error};

/// A flow that is not started yet: see [`Client::run_flow`].
#[derive(Debug, Clone)]
#[must_use = "a flow is started by `start` or `.await`"]
pub struct RunFlow {
    client: Client,
    flow_name: String,
    client_token: Option<String>,
}

impl RunFlow {
    pub(super) fn new(client: Client, flow_name: String) -> Self {
        Self {
            client,
            flow_name,
            client_token: None,
        }
    }

    /// Sets the idempotency token, 1 to 256 printable ASCII characters. If it is absent, the client
    /// generates a UUID v4.
    ///
    /// AppFlow remembers a token for 8 hours. A second start of the flow with the same token
    /// returns the run of the first.
    pub fn client_token(mut self, client_token: impl Into<String>) -> Self {
        self.client_token = Some(client_token.into());
        self
    }

    /// Starts an on-demand flow and returns its run.
    ///
    /// # Errors
    ///
    /// [`RunError::Call`] if the call fails: see [`start_flow`](Client::start_flow).
    /// [`RunError::Activated`] if the flow is scheduled or event-triggered: it is active now, but
    /// there is no run to wait for. [`start_or_activate`](Self::start_or_activate) starts flows of
    /// any kind.
    pub async fn start(self) -> Result<Run, RunError> {
        match self.start_or_activate().await? {
            Started::Run(run) => Ok(run),
            Started::Activated(activation) => Err(RunError::Activated(activation)),
        }
    }

    /// Runs an on-demand flow, or activates a scheduled or event-triggered one.
    ///
    /// # Errors
    ///
    /// See [`start_flow`](Client::start_flow).
    pub async fn start_or_activate(self) -> Result<Started, Error> {
        let mut call = self.client.start_flow(&self.flow_name);
        if let Some(token) = self.client_token {
            call = call.client_token(token);
        }
        let started = Instant::now();
        let response = call.send().await?;
        let execution_id = response.execution_id.filter(|id| !id.is_empty());
        Ok(match execution_id {
            Some(execution_id) => Started::Run(Run {
                client: self.client,
                flow_name: self.flow_name,
                execution_id,
                started: Some(started),
            }),
            None => Started::Activated(Activation {
                flow_name: self.flow_name,
                flow_status: response.flow_status,
            }),
        })
    }
}

impl IntoFuture for RunFlow {
    type Output = Result<Run, RunError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.start())
    }
}

/// The effect of starting a flow, which depends on its trigger.
#[derive(Debug, Clone)]
pub enum Started {
    /// An on-demand flow runs.
    Run(Run),
    /// A scheduled or event-triggered flow is active. Its schedule or its source starts the runs.
    Activated(Activation),
}
