//! Interrupts: Ctrl-C.

use std::future::pending;
use std::io;

#[cfg(unix)]
type Signals = tokio::signal::unix::Signal;
#[cfg(windows)]
type Signals = tokio::signal::windows::CtrlC;

/// The interrupts since this was created. None is lost between two calls of `next`.
pub(crate) struct Interrupts(Signals);

impl Interrupts {
    pub(crate) fn new() -> io::Result<Self> {
        #[cfg(unix)]
        let signals = {
            use tokio::signal::unix::{SignalKind, signal};
            signal(SignalKind::interrupt())
        };
        #[cfg(windows)]
        let signals = tokio::signal::windows::ctrl_c();
        signals.map(Self)
    }

    /// Waits for the next interrupt.
    pub(crate) async fn next(&mut self) {
        if self.0.recv().await.is_none() {
            pending::<()>().await;
        }
    }
}
