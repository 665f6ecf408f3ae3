//! Problems in a model, with their locations.
//!
//! A [`Diagnostic`] contains the shape (`namespace#Shape$member`), the trait, the location in the
//! JSON source and a remedy. Stages collect them in [`Diagnostics`], so that one run reports all
//! problems.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use indexmap::IndexSet;

/// One problem.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The problem, in one line that contains the shape.
    pub title: String,
    /// The bytes of the source it is about; empty at 0 for a problem of the model as a whole.
    pub span: Range<usize>,
    /// The problem at that location.
    pub label: String,
    /// The remedy.
    pub help: String,
    /// Is `true` for a problem of an argument rather than the model.
    pub is_of_argument: bool,
}

impl Diagnostic {
    /// Returns a problem at a place.
    pub fn new(
        title: impl Into<String>,
        span: Range<usize>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            title: title.into(),
            span,
            label: label.into(),
            help: help.into(),
            is_of_argument: false,
        }
    }

    /// Returns the problem as one of an argument, not of the model.
    pub(crate) fn of_argument(self) -> Self {
        Self {
            is_of_argument: true,
            ..self
        }
    }

    /// Renders the lines around the place, not the whole source.
    fn render(&self, renderer: &Renderer, origin: &str, source: &str) -> String {
        let (window, first_line) = window(source, &self.span);
        let span = self.span.start - window.start..self.span.end - window.start;
        let text = source.get(window).unwrap_or_default();
        let snippet = Snippet::source(text)
            .line_start(first_line)
            .path(origin)
            .annotation(
                AnnotationKind::Primary
                    .span(span)
                    .label(self.label.as_str()),
            );
        let report = Level::ERROR
            .primary_title(self.title.as_str())
            .element(snippet)
            .element(Level::HELP.message(self.help.as_str()));
        renderer.render(&[report])
    }
}

/// Returns the message of a JSON error without the position, which the diagnostic contains.
pub(crate) fn cause(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// Returns the whole lines around a span, and the number of the first of them.
fn window(source: &str, span: &Range<usize>) -> (Range<usize>, usize) {
    let before = source.get(..span.start).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let after = source.get(span.end..).unwrap_or_default();
    let end = after.find('\n').map_or(source.len(), |at| span.end + at);
    (start..end, 1 + before.matches('\n').count())
}

/// The maximum number of problems in a report.
const SHOWN: usize = 100;

/// The problems of one model.
#[derive(Debug, Clone)]
pub struct Diagnostics {
    origin: String,
    source: String,
    found: IndexSet<Diagnostic>,
}

impl Diagnostics {
    /// No problems yet; `origin` names the model in reports, as its path does.
    pub(crate) fn new(origin: &str, source: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            source: source.to_owned(),
            found: IndexSet::new(),
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.found.insert(diagnostic);
    }

    /// Returns the same problems with other words about what to do.
    pub(crate) fn with_help(self, words: impl Fn(&str) -> String) -> Self {
        let found = self.found.into_iter();
        let found = found.map(|problem| Diagnostic {
            help: words(&problem.help),
            ..problem
        });
        Self {
            found: found.collect(),
            ..self
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Returns the name of the model, as the options give it.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// Returns the problems, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Returns the report for a terminal with colors.
    #[must_use]
    pub fn styled(&self) -> String {
        self.render(&Renderer::styled())
    }

    fn render(&self, renderer: &Renderer) -> String {
        let shown = self.found.iter().take(SHOWN);
        let mut reports: Vec<String> = shown
            .map(|problem| problem.render(renderer, &self.origin, &self.source))
            .collect();
        let more = self.found.len().saturating_sub(SHOWN);
        if more > 0 {
            reports.push(format!("… and {more} more problems"));
        }
        // A terminal obeys these too, and the renderer replaces the others alone.
        let is_control = |c: char| ('\u{7f}'..='\u{9f}').contains(&c);
        reports.join("\n\n").replace(is_control, "\u{fffd}")
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Diagnostics {}
