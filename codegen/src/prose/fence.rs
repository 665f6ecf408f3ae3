//! Code fences.

use super::printable;

/// The line that opens a block of code: some backticks or tildes, three at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// Returns the fence that a line is. After backticks, a line with more of them is text.
    pub(super) fn opened_by(line: &str) -> Option<Self> {
        let line = line.trim_start();
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let rest = line.trim_start_matches(mark);
        let length = line.len() - rest.len();
        let is_text = mark == '`' && rest.contains('`');
        (length >= 3 && !is_text).then_some(Self { mark, length })
    }

    /// Returns `true` if a line ends the code.
    pub(super) fn is_closed_by(self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

/// Returns a block of code that rustdoc does not compile.
pub(super) fn code_block(code: &[&str]) -> String {
    let code: Vec<String> = code.iter().map(|line| printable(line)).collect();
    let runs = code.iter().flat_map(|line| line.split(|c| c != '`'));
    let longest = runs.map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    // No code of a model is Rust that a doctest could run.
    format!("{fence}text\n{}\n{fence}", code.join("\n"))
}
