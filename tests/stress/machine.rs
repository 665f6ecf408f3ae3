//! What the process holds of the machine, as Linux tells it. Elsewhere nothing is known.

use std::fs;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::Instant;

/// The memory of the process that is in use.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    pub(crate) kib: u64,
}

impl Memory {
    pub(crate) fn now() -> Option<Self> {
        let status = fs::read_to_string("/proc/self/status").ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        let kib = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(Self { kib })
    }
}

/// How many sockets the process has open.
pub(crate) fn connections() -> Option<usize> {
    let open = fs::read_dir("/proc/self/fd").ok()?;
    let targets = open.filter_map(|file| fs::read_link(file.ok()?.path()).ok());
    let is_socket = |target: &std::path::PathBuf| target.to_string_lossy().starts_with("socket:");
    Some(targets.filter(is_socket).count())
}

/// Lets tasks go on until something is so, and for ten seconds at most.
pub(crate) async fn wait_until(is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() && start.elapsed() < Duration::from_secs(10) {
        yield_now().await;
    }
}
