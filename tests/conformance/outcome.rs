//! What became of the tests of a crate.

use std::collections::BTreeMap;

/// The outcomes, by test.
#[derive(Default)]
pub(crate) struct Outcomes(BTreeMap<String, Outcome>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    Ignored,
}

impl Outcomes {
    /// Reads what the tests printed.
    pub(crate) fn read(stdout: &str) -> Self {
        let tests = stdout.lines().filter_map(|line| line.strip_prefix("test "));
        let tests = tests.filter_map(|test| test.rsplit_once(" ... "));
        let outcomes = tests.map(|(test, outcome)| {
            let outcome = match outcome {
                "ok" => Outcome::Passed,
                "FAILED" => Outcome::Failed,
                _ => Outcome::Ignored,
            };
            (test.to_owned(), outcome)
        });
        Self(outcomes.collect())
    }

    /// The tests that failed.
    pub(crate) fn failed(&self) -> impl Iterator<Item = &str> {
        self.with(Outcome::Failed, "")
    }

    /// Whether a test passed.
    pub(crate) fn passed(&self, test: &str) -> bool {
        self.0.get(test) == Some(&Outcome::Passed)
    }

    /// How many cases of a kind there were, ignored ones among them.
    pub(crate) fn count(&self, kind: &str) -> usize {
        let tests = self.0.keys();
        tests.filter(|test| test.starts_with(kind)).count()
    }

    fn with(&self, wanted: Outcome, kind: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(_, outcome)| **outcome == wanted)
            .map(|(test, _)| test.as_str())
            .filter(move |test| test.contains(kind))
    }
}

/// Numbers of cases, over all crates.
#[derive(Default)]
pub(crate) struct Total(BTreeMap<&'static str, [usize; 3]>);

/// The kinds of tests, by what is in their names.
const KINDS: [(&str, &str); 5] = [
    ("endpoint cases", "endpoint::"),
    ("event cases", "event::"),
    ("request cases", "request::"),
    ("response cases", "response::"),
    ("examples", "/src/generated/operation/"),
];

impl Total {
    pub(crate) fn add(&mut self, outcomes: &Outcomes) {
        for (what, kind) in KINDS {
            let counts = self.0.entry(what).or_default();
            let wanted = [Outcome::Passed, Outcome::Failed, Outcome::Ignored];
            for (count, wanted) in counts.iter_mut().zip(wanted) {
                *count += outcomes.with(wanted, kind).count();
            }
        }
    }

    /// The numbers, a line for each kind.
    pub(crate) fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(what, [passed, failed, ignored])| {
            format!("{what}: {passed} passed, {failed} failed, {ignored} ignored")
        })
    }
}
