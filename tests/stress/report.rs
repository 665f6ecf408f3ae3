//! What the calls came to.

use std::sync::MutexGuard;

use crate::books::Books;
use crate::load::{Load, Tally};
use crate::machine::Memory;

/// The most that the memory may grow by after a tenth of the calls, and that much more for each call
/// at a time: what a caller needs at worst comes late. With 64 of them that is 45 bytes a call, of
/// 100,000, so what stays of every call shows.
const GROWTH_KIB: u64 = 2 * 1024;
const GROWTH_KIB_OF_CALLER: u64 = 32;
/// The most problems of one kind that are told one by one.
const TOLD: usize = 5;

/// All that is known in the end.
pub(crate) struct Report<'a> {
    pub(crate) load: Load,
    pub(crate) tally: Tally,
    pub(crate) books: MutexGuard<'a, Books>,
    /// How many tasks of the client there are.
    pub(crate) tasks: usize,
    /// How many sockets there were before, and are afterwards.
    pub(crate) connections: (Option<usize>, Option<usize>),
    /// The memory after a tenth of the calls, and after all.
    pub(crate) memory: (Option<Memory>, Option<Memory>),
}

impl Report<'_> {
    /// A table of the figures.
    pub(crate) fn lines(&self) -> Vec<String> {
        let Self { tally, books, .. } = self;
        let faults: u64 = books.faults.values().sum();
        let known = |number: Option<u64>| number.map_or("unknown".to_owned(), |it| it.to_string());
        let kib = |memory: Option<Memory>| known(memory.map(|it| it.kib));
        let sockets = |count: Option<usize>| known(count.map(|it| it as u64));
        let before = [
            ("calls", self.load.calls.to_string()),
            ("at a time", self.load.concurrency.to_string()),
            ("seconds", format!("{:.1}", tally.elapsed.as_secs_f64())),
            ("succeeded", tally.succeeded.to_string()),
            ("failed in all attempts", tally.exhausted.to_string()),
            ("refused for good", tally.refused.to_string()),
            ("complete and not JSON", tally.unreadable.to_string()),
            ("requests", books.requests.to_string()),
            ("faults", faults.to_string()),
        ];
        let by_kind = books.faults.iter();
        let by_kind =
            by_kind.map(|(fault, count)| row(&format!("  {fault:?}"), &count.to_string()));
        let after = [
            ("tokens", books.tokens().to_string()),
            ("runs started", books.runs.to_string()),
            ("kept from a second run", books.repeated().to_string()),
            ("tasks left", self.tasks.to_string()),
            ("sockets before", sockets(self.connections.0)),
            ("sockets after", sockets(self.connections.1)),
            ("KiB after a tenth", kib(self.memory.0)),
            ("KiB after all", kib(self.memory.1)),
        ];
        let before = before.iter().map(|(name, value)| row(name, value));
        let after = after.iter().map(|(name, value)| row(name, value));
        before.chain(by_kind).chain(after).collect()
    }

    /// What is wrong.
    pub(crate) fn problems(&self) -> Vec<String> {
        let Self { tally, books, .. } = self;
        let (calls, started) = (self.load.calls as usize, books.started());
        let ended = tally.succeeded + tally.exhausted + tally.refused + tally.unreadable;
        let checks = [
            (
                ended as usize == calls,
                format!("{ended} calls ended, of {calls}"),
            ),
            (
                books.tokens() == calls,
                format!("{} tokens arrived, for {calls} calls", books.tokens()),
            ),
            (
                books.runs as usize == started,
                format!("{} runs were started, for {started} tokens", books.runs),
            ),
            (
                self.tasks == 0,
                format!("{} tasks of the client are left", self.tasks),
            ),
        ];
        let failed = checks.into_iter().filter(|(holds, _)| !holds);
        let mut problems: Vec<String> = failed.map(|(_, problem)| problem).collect();
        problems.extend(self.leaks());
        problems.extend(tally.problems.iter().take(TOLD).cloned());
        problems.extend(books.problems.iter().take(TOLD).cloned());
        problems
    }

    /// What the process still holds of the machine, where the system tells that.
    fn leaks(&self) -> Vec<String> {
        let mut leaks = Vec::new();
        match self.connections {
            (Some(before), Some(after)) if after > before => {
                leaks.push(format!(
                    "{after} sockets are open, and {before} were before"
                ));
            }
            (Some(_), Some(_)) => {}
            _ => eprintln!("not checked: this system does not tell which sockets are open"),
        }
        let may_grow = GROWTH_KIB + GROWTH_KIB_OF_CALLER * u64::from(self.load.concurrency);
        match self.memory {
            (Some(early), Some(late)) if late.kib > early.kib + may_grow => {
                let grown = late.kib - early.kib;
                leaks.push(format!(
                    "the memory has grown by {grown} KiB, and may by {may_grow} KiB"
                ));
            }
            (Some(_), Some(_)) => {}
            _ => eprintln!("not checked: this system does not tell how much memory is in use"),
        }
        leaks
    }
}

fn row(name: &str, value: &str) -> String {
    format!("{name:<24}{value:>10}")
}
