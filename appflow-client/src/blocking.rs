//! Blocking calls, for programs without `async`.
//!
//! Methods whose names end in `_blocking` do the same as the async ones, and block the thread. They
//! are methods of the same types.
//!
//! ```no_run
//! use appflow_client::Client;
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::from_env_blocking()?;
//!     for flow in client.list_flows().items_blocking() {
//!         println!("{:?}", flow?.flow_name);
//!     }
//!     let run = client.run_flow("orders-to-s3").start_blocking()?;
//!     let ended = run.wait_blocking()?;
//!     println!("{} records", ended.records_processed());
//!     Ok(())
//! }
//! ```
//!
//! On a thread of a tokio runtime, including threads of `spawn_blocking`, they return an error of
//! the kind [`Configuration`](crate::ErrorKind::Configuration), because a blocked thread can block
//! all tasks. Use the async methods there.

use smithy_reqwest::blocking::block_on;
use smithy_reqwest::operation::Request;
use smithy_reqwest::pagination::{Item, Items, Pages, Paginated, PaginatedItems};

use crate::run::{Cancellation, EndedRun, Run, RunError, RunFlow, Wait};
use crate::{Call, Client, Error, ServiceError};

impl Client {
    /// Creates a client like [`from_env`](Self::from_env), and blocks the thread.
    ///
    /// # Errors
    ///
    /// See `from_env`. A thread of a tokio runtime is an error too.
    pub fn from_env_blocking() -> Result<Self, Error> {
        block_on(Self::from_env())?
    }
}

impl<R> Call<R>
where
    R: Request<Error = ServiceError>,
{
    /// Sends the request and blocks the thread.
    ///
    /// # Errors
    ///
    /// See [`Error`]; a thread of a tokio runtime is an error too.
    pub fn send_blocking(self) -> Result<R::Response, Error> {
        block_on(self.send())?
    }
}

impl<R> Call<R>
where
    R: Paginated<Error = ServiceError>,
{
    /// Returns the pages as an iterator that blocks the thread for each.
    pub fn pages_blocking(self) -> BlockingPages<R> {
        BlockingPages(Some(self.pages()))
    }
}

impl<R> Call<R>
where
    R: PaginatedItems<Error = ServiceError>,
{
    /// Returns the items of all pages as an iterator that blocks the thread for each page.
    pub fn items_blocking(self) -> BlockingItems<R> {
        BlockingItems(Some(self.items()))
    }
}

/// The pages of an operation, requested one by one. The iterator ends after an error.
#[derive(Debug)]
#[must_use = "pages are requested by iterating"]
pub struct BlockingPages<R: Paginated>(Option<Pages<R>>);

impl<R> Iterator for BlockingPages<R>
where
    R: Paginated<Error = ServiceError>,
{
    type Item = Result<R::Response, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0, Pages::next)
    }
}

/// The items of an operation. A page is requested when its first item is needed. The iterator ends
/// after an error.
#[derive(Debug)]
#[must_use = "items are requested by iterating"]
pub struct BlockingItems<R: PaginatedItems>(Option<Items<R>>);

impl<R> Iterator for BlockingItems<R>
where
    R: PaginatedItems<Error = ServiceError>,
{
    type Item = Result<Item<R>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        next(&mut self.0, Items::next)
    }
}

/// Blocks the thread for the next value of a stream. If the thread cannot block, the stream ends.
fn next<S, T>(
    stream: &mut Option<S>,
    read: impl AsyncFnOnce(&mut S) -> Option<Result<T, Error>>,
) -> Option<Result<T, Error>> {
    let value = block_on(read(stream.as_mut()?));
    value.unwrap_or_else(|error| {
        *stream = None;
        Some(Err(error.into()))
    })
}

impl RunFlow {
    /// Starts an on-demand flow, as [`start`](Self::start), and blocks the thread.
    ///
    /// # Errors
    ///
    /// See `start`. A thread of a tokio runtime is an error too.
    pub fn start_blocking(self) -> Result<Run, RunError> {
        block_on(self.start()).map_err(Error::from)?
    }
}

impl Run {
    /// Waits for the end of the run, as [`wait`](Self::wait), and blocks the thread.
    ///
    /// # Errors
    ///
    /// See [`Wait`]. A thread of a tokio runtime is an error too.
    pub fn wait_blocking(&self) -> Result<EndedRun, RunError> {
        self.wait().end_blocking()
    }

    /// Asks AppFlow to cancel this run, as [`cancel`](Self::cancel), and blocks the thread.
    ///
    /// # Errors
    ///
    /// See `cancel`. A thread of a tokio runtime is an error too.
    pub fn cancel_blocking(&self) -> Result<Cancellation, Error> {
        block_on(self.cancel())?
    }
}

impl Wait {
    /// Waits with the settings of this wait, and blocks the thread.
    ///
    /// # Errors
    ///
    /// See [`Wait`]. A thread of a tokio runtime is an error too.
    pub fn end_blocking(self) -> Result<EndedRun, RunError> {
        block_on(self.into_future()).map_err(Error::from)?
    }
}
