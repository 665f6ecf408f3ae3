//! Calls that block the thread, for programs without a runtime.

use std::future::Future;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{Error, Failure};
use crate::schema::ModeledError;

/// The error of a call that must not or cannot block.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BlockingError(String);

impl<S: ModeledError> From<BlockingError> for Error<S> {
    /// Makes it an error of the kind [`Configuration`](crate::ErrorKind::Configuration).
    fn from(error: BlockingError) -> Self {
        Self::new(Failure::configuration(error))
    }
}

/// Blocks the thread until a future is done.
///
/// All futures run on one tokio runtime with one thread of its own, which is created with the first
/// call. Connections that are kept open stay usable from call to call.
///
/// # Errors
///
/// The thread is one of a tokio runtime, as those of `spawn_blocking` are too: there, a blocked thread
/// can block all tasks. Or the runtime cannot be created.
pub fn block_on<F: Future>(future: F) -> Result<F::Output, BlockingError> {
    if Handle::try_current().is_ok() {
        let problem = "a blocking call was made on a thread of a tokio runtime: use `.await` there";
        return Err(BlockingError(problem.to_owned()));
    }
    Ok(runtime()?.block_on(future))
}

fn runtime() -> Result<&'static Runtime, BlockingError> {
    static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();
    let runtime = RUNTIME.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        builder.worker_threads(1).thread_name("aws-client");
        builder.enable_all().build()
    });
    let refuse = |error| BlockingError(format!("no runtime for blocking calls: {error}"));
    runtime.as_ref().map_err(refuse)
}
