//! Blocking calls, for programs without `async`.

use std::future::Future;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{Error, Failure};
use crate::schema::ModeledError;

/// The error of a call that cannot block.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BlockingError(String);

impl<S: ModeledError> From<BlockingError> for Error<S> {
    /// Creates an error of the kind [`Configuration`](crate::ErrorKind::Configuration).
    fn from(error: BlockingError) -> Self {
        Self::new(Failure::configuration(error))
    }
}

/// Blocks the thread until a future completes.
///
/// All futures run on one tokio runtime with one worker thread, which is created by the first call.
/// Connections are kept from call to call.
///
/// # Errors
///
/// The thread belongs to a tokio runtime, including threads of `spawn_blocking`, where a blocked
/// thread can block all tasks; or the runtime cannot be created.
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
