//! The progress of a run, on standard error.

use std::io::{self, IsTerminal as _};
use std::time::Duration;

use appflow_client::run::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget};

use crate::{output, span};

/// A line that is updated on a terminal; otherwise one line per change.
pub(crate) struct Line {
    spinner: Option<ProgressBar>,
    /// The last line that was written.
    last: String,
}

impl Line {
    pub(crate) fn new() -> Self {
        let spinner = io::stderr().is_terminal().then(|| {
            let spinner = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            spinner.enable_steady_tick(Duration::from_millis(100));
            spinner
        });
        Self {
            spinner,
            last: String::new(),
        }
    }

    /// Writes a permanent line.
    pub(crate) fn note(&self, text: &str) {
        match &self.spinner {
            Some(spinner) => spinner.suspend(|| eprintln!("{text}")),
            None => eprintln!("{text}"),
        }
    }

    pub(crate) fn show(&mut self, progress: &Progress) {
        let status = match (progress.record(), progress.status()) {
            (None, _) => "not listed yet".to_owned(),
            (Some(_), None) => "no status".to_owned(),
            (Some(_), Some(status)) => output::plain(status.as_str()),
        };
        let records = progress.records_processed();
        let amount = output::amount(progress.bytes_processed());
        let line = format!("{status}: {records} records, {amount}");
        match &self.spinner {
            Some(spinner) => {
                let elapsed = span::show(progress.elapsed());
                spinner.set_message(format!("{line}, {elapsed}"));
            }
            None if line != self.last => eprintln!("{line}"),
            None => {}
        }
        self.last = line;
    }

    /// Clears the line.
    pub(crate) fn finish(&self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
    }
}
