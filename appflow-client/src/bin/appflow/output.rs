//! The result of the command, on standard output.

use std::io::{self, IsTerminal as _, Write as _};

use serde_json::Value;

/// Prints a text.
pub(crate) fn print<E: From<io::Error>>(text: &str) -> Result<(), E> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.flush()?;
    Ok(())
}

/// Prints a JSON value on one line.
pub(crate) fn print_json<E: From<io::Error>>(value: &Value) -> Result<(), E> {
    print(&format!("{value}\n"))
}

/// Prints rows below a heading, in columns. On a terminal, lines end where it does.
pub(crate) fn print_table<E: From<io::Error>>(rows: &[Vec<String>]) -> Result<(), E> {
    let width = terminal_size::terminal_size_of(io::stdout());
    let width = width.filter(|_| io::stdout().is_terminal());
    let width = width.map_or(usize::MAX, |(width, _)| usize::from(width.0));
    print(&table(rows, width))
}

fn table(rows: &[Vec<String>], width: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let length =
        |row: &Vec<String>, at| row.get(at).map_or(0, |cell: &String| cell.chars().count());
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().map(|row| length(row, at)).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        let line = cells.collect::<Vec<_>>().join("  ");
        let line = line.trim_end();
        if line.chars().count() <= width {
            text.push_str(line);
        } else {
            text.extend(line.chars().take(width.saturating_sub(1)));
            text.push('…');
        }
        text.push('\n');
    }
    text
}

/// Returns a text without control characters, which could change the terminal.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|it| if it.is_control() { ' ' } else { it })
        .collect()
}

/// Shows an amount of data: `345.7 kB`.
#[expect(
    clippy::cast_precision_loss,
    reason = "one digit of the fraction is shown"
)]
pub(crate) fn amount(bytes: i64) -> String {
    let mut amount = bytes as f64;
    let mut unit = "B";
    for next in ["kB", "MB", "GB", "TB"] {
        if amount < 999.95 {
            break;
        }
        amount /= 1_000.0;
        unit = next;
    }
    if unit == "B" {
        format!("{bytes} B")
    } else {
        format!("{amount:.1} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_lines_fit_the_terminal() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [
            row(["NAME", "A", "STATUS"]),
            row(["orders", "1,200", "Active"]),
        ];
        assert_eq!(
            table(&rows, 80),
            "NAME    A      STATUS\norders  1,200  Active\n"
        );
        assert_eq!(table(&rows, 12), "NAME    A  …\norders  1,2…\n");
    }

    #[test]
    fn amounts_have_the_unit_that_they_need() {
        let cases = [
            (0, "0 B"),
            (999, "999 B"),
            (345_678, "345.7 kB"),
            (2_000_000, "2.0 MB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(amount(bytes), text);
        }
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\n"), "a [2Jb ");
    }
}
