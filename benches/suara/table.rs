//! The figures as an aligned table.

use std::fmt::Write;

use crate::accounting;
use crate::figures::{Figure, Figures, Wanted};

const HEADER: [&str; 7] = ["what", "ours", "reference", "", "ratio", "wanted", ""];

/// The table; numbers to the right, texts to the left.
pub fn render(figures: &Figures) -> String {
    let rows: Vec<[String; 7]> = figures.all.iter().map(cells).collect();
    let mut widths = HEADER.map(str::len);
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = format!("{}\n", accounting::machine());
    let mut section = "";
    for (figure, row) in figures.all.iter().zip(&rows) {
        if figure.section != section {
            section = figure.section;
            let _ = writeln!(text, "\n{}", section.to_uppercase());
            line(&mut text, &HEADER.map(str::to_owned), &widths);
        }
        line(&mut text, row, &widths);
    }
    for failure in &figures.failures {
        let _ = writeln!(text, "\n{failure}");
    }
    text
}

fn line(text: &mut String, cells: &[String; 7], widths: &[usize; 7]) {
    let [what, ours, reference, name, ratio, wanted, met] = cells;
    let [w_what, w_ours, w_reference, w_name, w_ratio, w_wanted, _] = *widths;
    let line = format!(
        "{what:w_what$}  {ours:>w_ours$}  {reference:>w_reference$} {name:w_name$}  {ratio:>w_ratio$}  \
         {wanted:w_wanted$}  {met}"
    );
    text.push_str(line.trim_end());
    text.push('\n');
}

fn cells(figure: &Figure) -> [String; 7] {
    let with_unit = |value: f64| format!("{} {}", number(value), figure.unit);
    [
        figure.what.clone(),
        with_unit(figure.ours),
        figure.reference.as_ref().map(|(_, value)| with_unit(*value)).unwrap_or_default(),
        figure.reference.as_ref().map(|(name, _)| name.clone()).unwrap_or_default(),
        figure.ratio().map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
        match figure.wanted {
            None => String::new(),
            Some(Wanted::AtLeast(limit)) => format!("≥ {}", with_unit(limit)),
            Some(Wanted::AtMost(limit)) => format!("≤ {}", with_unit(limit)),
            Some(Wanted::RatioAtLeast(limit)) => format!("ratio ≥ {limit}"),
            Some(Wanted::RatioAtMost(limit)) => format!("ratio ≤ {limit}"),
        },
        match figure.met() {
            None => String::new(),
            Some(true) => "met".to_owned(),
            Some(false) => "NOT MET".to_owned(),
        },
    ]
}

/// Three significant digits; thousands set apart.
fn number(value: f64) -> String {
    if value >= 100.0 {
        let digits = format!("{value:.0}");
        let mut grouped = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                grouped.push('\u{202f}');
            }
            grouped.push(digit);
        }
        grouped
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else if value >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}
