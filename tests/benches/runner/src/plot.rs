//! The plots of the README: three bars a figure, in light and in dark.

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;

use crate::program::WORKSPACE;
use crate::readme;
use crate::table::grouped;

/// A figure of the tables, as it is drawn.
struct Figure {
    /// Its row in the README.
    row: &'static str,
    title: &'static str,
    /// The divisor of the figures.
    unit: f64,
    digits: usize,
}

const fn figure(row: &'static str, title: &'static str, unit: f64, digits: usize) -> Figure {
    Figure {
        row,
        title,
        unit,
        digits,
    }
}

/// The figures, row by row of the grid.
const FIGURES: [Figure; 10] = [
    figure(
        "release build, CPU seconds",
        "Release build, CPU seconds",
        1.0,
        0,
    ),
    figure("dev build, CPU seconds", "Dev build, CPU seconds", 1.0, 0),
    figure(
        "`cargo check`, CPU seconds",
        "cargo check, CPU seconds",
        1.0,
        0,
    ),
    figure("crates in the tree", "Crates in the tree", 1.0, 0),
    figure(
        "stripped release binary, bytes",
        "Stripped binary, MB",
        1e6,
        1,
    ),
    figure(
        "user instructions of a call, warm",
        "Instructions of a call, thousands",
        1e3,
        0,
    ),
    figure("allocations of a call", "Allocations of a call", 1.0, 0),
    figure(
        "CPU of the client a call, microseconds",
        "CPU of a call, 64 at a time, µs",
        1.0,
        0,
    ),
    figure("peak memory, MiB", "Peak memory, MiB", 1.0, 1),
    figure(
        "calls a second",
        "Calls a second, 64 at a time (more is better)",
        1.0,
        0,
    ),
];

/// The programs, in the order of the bars.
const PROGRAMS: [&str; 3] = ["bare reqwest", "appflow-client", "official SDK"];

/// The colors of a plot.
struct Theme {
    file: &'static str,
    background: &'static str,
    text: &'static str,
    bars: [&'static str; 3],
}

const THEMES: [Theme; 2] = [
    Theme {
        file: "plot-light.svg",
        background: "#ffffff",
        text: "#1f2328",
        bars: ["#9aa4af", "#0969da", "#d4762c"],
    },
    Theme {
        file: "plot-dark.svg",
        background: "#0d1117",
        text: "#e6edf3",
        bars: ["#7d8590", "#4493f8", "#db8a45"],
    },
];

const WIDTH: usize = 800;
const COLUMNS: usize = 2;
const MARGIN: usize = 24;
const HEAD: usize = 60;
const PANEL_WIDTH: usize = (WIDTH - MARGIN) / COLUMNS;
const PANEL_HEIGHT: usize = 104;
const BAR_HEIGHT: usize = 18;
/// The longest bar; the rest of a panel is for the figure beside it.
const BAR_WIDTH: f64 = 280.0;

/// Draws the figures of the README.
///
/// # Errors
///
/// The README lacks one of them, or the files cannot be written.
pub fn write() -> Result<()> {
    let text = readme::read()?;
    let values: Result<Vec<[f64; 3]>> = FIGURES
        .iter()
        .map(|figure| readme::figures(&text, figure.row))
        .collect();
    let values = values?;
    for theme in &THEMES {
        fs::write(format!("{WORKSPACE}/{}", theme.file), svg(theme, &values))?;
    }
    Ok(())
}

fn svg(theme: &Theme, values: &[[f64; 3]]) -> String {
    let height = HEAD + FIGURES.len().div_ceil(COLUMNS) * PANEL_HEIGHT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"13\" \
         fill=\"{}\" role=\"img\" aria-label=\"The cost of StartFlow: {}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        theme.text,
        PROGRAMS.join(", "),
        theme.background,
    );
    for (place, (program, color)) in PROGRAMS.iter().zip(theme.bars).enumerate() {
        let x = MARGIN + place * 150;
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"20\" width=\"14\" height=\"14\" rx=\"2\" fill=\"{color}\"/>\n\
             <text x=\"{}\" y=\"32\">{program}</text>",
            x + 22
        );
    }
    for (place, (figure, values)) in FIGURES.iter().zip(values).enumerate() {
        let x = MARGIN + place % COLUMNS * PANEL_WIDTH;
        let y = HEAD + place / COLUMNS * PANEL_HEIGHT;
        panel(&mut svg, theme, figure, *values, (x, y));
    }
    svg.push_str("</svg>\n");
    svg
}

/// Draws one figure with its upper left corner at a place.
fn panel(
    svg: &mut String,
    theme: &Theme,
    figure: &Figure,
    values: [f64; 3],
    (x, y): (usize, usize),
) {
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{}\" font-weight=\"600\">{}</text>",
        y + 14,
        figure.title
    );
    let most = values.into_iter().fold(f64::MIN_POSITIVE, f64::max);
    for (place, (value, color)) in values.into_iter().zip(theme.bars).enumerate() {
        let y = y + 22 + place * (BAR_HEIGHT + 3);
        let length = BAR_WIDTH * value / most;
        let label = grouped(value / figure.unit, figure.digits);
        let _ = writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{length:.1}\" height=\"{BAR_HEIGHT}\" rx=\"2\" \
             fill=\"{color}\"/>\n\
             <text x=\"{:.1}\" y=\"{}\">{label}</text>",
            length + 6.0 + f64::from(u32::try_from(x).unwrap_or_default()),
            y + 14,
        );
    }
}
