//! The end of what tasks can do by themselves.

use std::thread;

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

/// Lets the other tasks go on until none of them can: each waits for a timer, for a peer or for the
/// test. A paused clock stands still meanwhile. The runtime has one thread.
///
/// # Panics
///
/// There is no tokio runtime.
pub async fn settle() {
    // Bytes that arrived while tasks went on wake others when the thread comes to rest, and these
    // have their turn in the second round.
    for _ in 0..2 {
        let metrics = Handle::current().metrics();
        let at_rest = spawn_blocking(move || {
            // The number is odd while the thread waits for something to do.
            while metrics.worker_park_unpark_count(0).is_multiple_of(2) {
                thread::yield_now();
            }
        });
        at_rest.await.expect("the task does not panic");
    }
}
