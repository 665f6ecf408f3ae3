//! All that this process is told to log.

use std::sync::{Mutex, OnceLock};

use log::{LevelFilter, Log, Metadata, Record};
use tracing::Level;
use workspace_tests::Recorder;

/// What is told to `tracing`, and what to `log`.
struct Journal {
    recorder: Recorder,
    records: Mutex<Vec<String>>,
}

static JOURNAL: OnceLock<Journal> = OnceLock::new();

impl Log for Journal {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        let (level, target) = (record.level(), record.target());
        let line = format!("{level} {target}: {}", record.args());
        self.records.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

/// Begins to listen, with the first test that does.
pub(crate) fn begin() {
    JOURNAL.get_or_init(|| {
        let recorder = Recorder::new(Level::TRACE);
        tracing::subscriber::set_global_default(recorder.clone()).unwrap();
        let records = Mutex::default();
        Journal { recorder, records }
    });
    // The second time, the logger is there already.
    let _ = log::set_logger(JOURNAL.get().unwrap());
    log::set_max_level(LevelFilter::Trace);
}

/// What has been logged by now.
pub(crate) fn text() -> String {
    let journal = JOURNAL.get().unwrap();
    let records = journal.records.lock().unwrap();
    let (spans, events) = (journal.recorder.spans(), journal.recorder.events());
    [&*records, &spans, &events]
        .map(|lines| lines.join("\n"))
        .join("\n")
}
