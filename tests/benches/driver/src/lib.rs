//! Code that the compared programs share: their arguments, calls at a concurrency, and the end, at
//! which a program waits until its figures have been read.

use std::io;
use std::time::Instant;

#[cfg(feature = "codec")]
pub mod codec;

#[cfg(feature = "count-allocations")]
#[global_allocator]
static ALLOCATOR: &stats_alloc::StatsAlloc<std::alloc::System> = &stats_alloc::INSTRUMENTED_SYSTEM;

/// The flow that is started.
pub const FLOW: &str = "orders-to-s3";

/// The arguments of a program.
#[derive(Debug, Clone)]
pub struct Run {
    /// The service, as in `http://127.0.0.1:8080`.
    pub url: String,
    calls: usize,
    concurrency: usize,
    start: Instant,
}

impl Run {
    /// Reads `URL CALLS CONCURRENCY` from the arguments.
    ///
    /// # Panics
    ///
    /// There are others.
    #[must_use]
    pub fn from_arguments() -> Self {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [url, calls, concurrency] = &arguments[..] else {
            panic!("the arguments are URL CALLS CONCURRENCY");
        };
        Self {
            url: url.clone(),
            calls: calls.parse().expect("CALLS is a number"),
            concurrency: concurrency.parse().expect("CONCURRENCY is a number"),
            start: Instant::now(),
        }
    }

    /// Makes the calls, prints the milliseconds since the arguments were read, and waits for the end
    /// of the standard input.
    ///
    /// # Panics
    ///
    /// A call does.
    pub async fn make<C, F>(&self, call: C)
    where
        C: Fn() -> F + Clone + Send + 'static,
        F: Future<Output = ()> + Send,
    {
        #[cfg(feature = "count-allocations")]
        let region = {
            // What is made once, for the first call, is not counted.
            call().await;
            stats_alloc::Region::new(&stats_alloc::INSTRUMENTED_SYSTEM)
        };
        let tasks: Vec<_> = (0..self.concurrency)
            .map(|number| {
                let calls = self.calls / self.concurrency
                    + usize::from(number < self.calls % self.concurrency);
                let call = call.clone();
                tokio::spawn(async move {
                    for _ in 0..calls {
                        call().await;
                    }
                })
            })
            .collect();
        for task in tasks {
            task.await.expect("every call succeeds");
        }
        #[cfg(feature = "count-allocations")]
        {
            let change = region.change();
            let allocations = change.allocations + change.reallocations;
            println!("{allocations} {}", change.bytes_allocated);
        }
        println!("{}", self.start.elapsed().as_secs_f64() * 1_000.0);
        let _ = io::stdin().read_line(&mut String::new());
    }
}
