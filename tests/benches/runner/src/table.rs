//! Tables of the three programs.

use std::fmt::Write as _;

use crate::program::Program;

/// A table of the README.
pub struct Table {
    /// The subject.
    pub title: &'static str,
    /// The command that makes it.
    pub part: &'static str,
    /// The rows.
    pub rows: Rows,
    /// The text below it: how the figures were measured.
    pub note: String,
}

/// The rows of a table.
pub enum Rows {
    /// The programs side by side.
    Compared(Vec<Compared>),
    /// One thing a row, with the head of the columns.
    Plain(&'static [&'static str], Vec<Vec<String>>),
}

/// A figure of all three programs.
pub struct Compared {
    /// The quantity, with its unit.
    pub what: &'static str,
    /// The figures, in the order of the programs; not a number where a program has none.
    pub values: [f64; 3],
    /// How many digits stand after the point.
    pub digits: usize,
    /// The limits.
    pub budget: Vec<Budget>,
}

/// A limit of `appflow-client`.
#[derive(Debug, Clone, Copy)]
pub enum Budget {
    /// At most this many times the figure of a program.
    AtMost(f64, Program),
    /// At least this many times the figure of a program.
    AtLeast(f64, Program),
    /// At most this much more than a program.
    Above(f64, Program),
    /// At most this.
    Most(f64),
}

impl Table {
    /// The table in Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let (title, part, note) = (self.title, self.part, &self.note);
        let command = "cargo run --release --manifest-path tests/benches/Cargo.toml --";
        let mut text = format!("## {title}\n\n`{command} {part}`\n\n");
        match &self.rows {
            Rows::Compared(rows) => {
                text.push_str(
                    "| | floor | `appflow-client` | official SDK | of the floor | of the SDK | budget |\n\
                     |---|--:|--:|--:|--:|--:|---|\n",
                );
                for row in rows {
                    row.write(&mut text);
                }
            }
            Rows::Plain(head, rows) => {
                let _ = writeln!(text, "| {} |", head.join(" | "));
                let _ = writeln!(text, "|---{}|", "|--:".repeat(head.len() - 1));
                for row in rows {
                    let _ = writeln!(text, "| {} |", row.join(" | "));
                }
            }
        }
        let _ = writeln!(text, "\n{note}\n");
        text
    }
}

impl Compared {
    fn write(&self, text: &mut String) {
        let [floor, ours, official] = self.values;
        let figure = |value: f64| or_dash(value, |it| grouped(it, self.digits));
        let ratio = |value: f64| or_dash(value, |it| format!("{it:.2}"));
        let budget: Vec<String> = self
            .budget
            .iter()
            .map(|it| it.verdict(self.values))
            .collect();
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} |",
            self.what,
            figure(floor),
            figure(ours),
            figure(official),
            ratio(ours / floor),
            ratio(ours / official),
            budget.join("; "),
        );
    }
}

impl Budget {
    /// The budget in words, and whether it is kept.
    fn verdict(self, values: [f64; 3]) -> String {
        let ours = values[Program::Ours as usize];
        let (text, is_kept) = match self {
            Self::AtMost(factor, of) => {
                let text = format!("{factor:.2} of {}", name(of));
                (text, ours <= factor * values[of as usize])
            }
            Self::AtLeast(factor, of) => {
                let text = format!("at least {factor:.2} of {}", name(of));
                (text, ours >= factor * values[of as usize])
            }
            Self::Above(more, of) => {
                let text = format!("{more} over {}", name(of));
                (text, ours <= more + values[of as usize])
            }
            Self::Most(limit) => (grouped(limit, 0), ours <= limit),
        };
        verdict(&text, is_kept)
    }
}

/// A limit, and whether it is kept.
#[must_use]
pub fn verdict(limit: &str, is_kept: bool) -> String {
    let missed = if is_kept { "" } else { "**missed:** " };
    format!("{missed}{limit}")
}

fn or_dash(value: f64, text: impl Fn(f64) -> String) -> String {
    if value.is_nan() {
        "–".to_owned()
    } else {
        text(value)
    }
}

fn name(program: Program) -> &'static str {
    match program {
        Program::Floor => "the floor",
        Program::Ours => "itself",
        Program::Official => "the SDK",
    }
}

/// A number with a comma between its thousands.
#[must_use]
pub fn grouped(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}

/// The one in the middle; not a number if there is none.
#[must_use]
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
