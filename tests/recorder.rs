//! A subscriber of `tracing` for tests, which keeps what it is told.

use std::fmt::{Debug, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use tracing::dispatcher::Dispatch;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::NoSubscriber;
use tracing::{Event, Level, Metadata, Subscriber};

/// Keeps spans and events up to a level. Clones share what they keep.
#[derive(Clone)]
pub struct Recorder {
    level: Level,
    next: Arc<AtomicU64>,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    spans: Vec<(u64, String)>,
    /// The numbers of the spans under way, the innermost last: good for one thread.
    entered: Vec<u64>,
    events: Vec<String>,
}

/// Subscribers that hear nothing. As long as there is one subscriber alone, `tracing` asks only that of
/// the thread that reaches an event first whether it is wanted, and a recorder of another thread would
/// miss it for ever.
static OTHERS: LazyLock<[Dispatch; 2]> =
    LazyLock::new(|| [(); 2].map(|()| Dispatch::new(NoSubscriber::default())));

impl Recorder {
    /// A recorder for what has this level or one above.
    #[must_use]
    pub fn new(level: Level) -> Self {
        LazyLock::force(&OTHERS);
        Self {
            level,
            next: Arc::new(AtomicU64::new(1)),
            state: Arc::default(),
        }
    }

    /// Every span, as in `DEBUG target name: field=1 other="text"`.
    #[must_use]
    pub fn spans(&self) -> Vec<String> {
        let state = self.lock();
        state.spans.iter().map(|(_, line)| line.clone()).collect()
    }

    /// Every event, as in `2 DEBUG target: message field=1`. The number counts the spans around it.
    #[must_use]
    pub fn events(&self) -> Vec<String> {
        self.lock().events.clone()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let metadata = span.metadata();
        let (level, target, name) = (metadata.level(), metadata.target(), metadata.name());
        let mut line = format!("{level} {target} {name}:");
        span.record(&mut Fields(&mut line));
        self.lock().spans.push((number, line));
        Id::from_u64(number)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let mut state = self.lock();
        let mut spans = state.spans.iter_mut();
        if let Some((_, line)) = spans.find(|(number, _)| *number == span.into_u64()) {
            values.record(&mut Fields(line));
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let metadata = event.metadata();
        let mut state = self.lock();
        let depth = state.entered.len();
        let mut line = format!("{depth} {} {}:", metadata.level(), metadata.target());
        event.record(&mut Fields(&mut line));
        state.events.push(line);
    }

    fn enter(&self, span: &Id) {
        self.lock().entered.push(span.into_u64());
    }

    fn exit(&self, span: &Id) {
        let mut state = self.lock();
        state.entered.retain(|number| *number != span.into_u64());
    }
}

/// Adds fields to a line.
struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a string cannot fail.
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
