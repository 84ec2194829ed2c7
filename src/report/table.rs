//! A scorecard as plain text.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::cube::{Row, Scorecard};
use crate::kpi::{Param, Unit};
use crate::state::{Exemplar, Figure, Tally};

use super::format;

/// The scorecard as a table to read: one block a KPI, one line a window and group.
///
/// Under each KPI stand its parameters; behind each line what was left out and why. Everything comes from the result
/// object, so that the table cannot disagree with [`Scorecard::to_json`].
#[must_use]
pub fn text_table(scorecard: &Scorecard) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "As of {}, days of {}, by {}.", scorecard.as_of, scorecard.zone, scorecard.window);
    for (kind, count) in &scorecard.input.by_kind {
        let _ = write!(text, "  {:<10} {:>12} rows", kind.plural(), format::count(count.rows));
        let _ = write!(text, " = {} used", format::count(count.used));
        let _ = write!(text, " + {} duplicate", format::count(count.duplicate));
        let _ = write!(text, " + {} quarantined", format::count(count.quarantined_rows()));
        if !count.quarantined.is_empty() {
            let reasons: Vec<String> =
                count.quarantined.iter().map(|(reason, rows)| format!("{reason} {}", format::count(rows))).collect();
            let _ = write!(text, " ({})", reasons.join(", "));
        }
        if count.not_yet_known > 0 {
            let _ = write!(text, "; {} not yet known", format::count(count.not_yet_known));
        }
        text.push('\n');
    }
    for block in scorecard.rows.chunk_by(|a, b| a.definition.id == b.definition.id && a.params == b.params) {
        write_block(&mut text, block, scorecard);
    }
    text
}

fn write_block(text: &mut String, block: &[Row], scorecard: &Scorecard) {
    let Some(first) = block.first() else { return };
    let definition = first.definition;
    let _ = writeln!(text, "\n{} {}  {}", definition.name_en, definition.direction.sign(), definition.name_zh);
    let params: Vec<String> = first.params.iter().map(|(name, value)| format!("{name}={}", shown(value))).collect();
    let _ = writeln!(text, "  {}{}{}", definition.id, if params.is_empty() { "" } else { ": " }, params.join(", "));
    let mut lines = vec![header(block, scorecard)];
    lines.extend(block.iter().map(line));
    let columns = lines.first().map_or(0, Vec::len);
    let groups = scorecard.dimensions.len();
    let widths: Vec<usize> = (0..columns)
        .map(|column| lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    for (place, line) in lines.iter().enumerate() {
        let mut written = String::from(" ");
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let padding = " ".repeat(width - cell.width());
            // Labels start together, numbers end together, the last column is free text.
            if column <= groups || column + 1 == columns {
                let _ = write!(written, " {cell}{padding} ");
            } else {
                let _ = write!(written, " {padding}{cell} ");
            }
        }
        let _ = writeln!(text, "{}", written.trim_end());
        if let Some(row) = place.checked_sub(1).and_then(|place| block.get(place)) {
            write_evidence(text, row, scorecard);
        }
    }
}

fn header(block: &[Row], scorecard: &Scorecard) -> Vec<String> {
    let figure = block.first().map(|row| &row.figure);
    let middle: &[&str] = match figure {
        Some(Figure::Distribution { .. }) => {
            &["mean", "p50", "p80", "p90", "p95", "p99", "max", "n", "open", "mean age of open"]
        }
        Some(Figure::Ratio { .. }) => &["value", "over", "open"],
        Some(Figure::Count { .. }) => &["count", "open"],
        _ => &["value", "95 % interval", "n", "open"],
    };
    let head = [scorecard.window.name().to_owned()];
    let groups = scorecard.dimensions.iter().cloned();
    head.into_iter()
        .chain(groups)
        .chain(middle.iter().map(|&title| title.to_owned()))
        .chain(["left out and noted".to_owned()])
        .collect()
}

fn line(row: &Row) -> Vec<String> {
    let unit = row.definition.unit;
    let mut cells = vec![row.window.clone()];
    cells.extend(row.group.iter().map(|value| value.text().unwrap_or("(none)").to_owned()));
    match &row.figure {
        Figure::Distribution { count, mean, p50, p80, p90, p95, p99, max } => {
            cells.extend([mean, p50, p80, p90, p95, p99, max].map(|&value| format::value(value, unit, None)));
            cells.push(format::count(count));
        }
        Figure::Ratio { value, denominator, currency, .. } => {
            cells.push(format::value(*value, unit, *currency));
            cells.push(format::count(denominator));
        }
        Figure::Count { count } => cells.push(count.map_or_else(|| format::NO_VALUE.to_owned(), format::count)),
        figure => {
            cells.push(format::value(figure.value(), unit, None));
            cells.push(format::interval(figure.interval(), unit));
            cells.push(format::count(figure.decided()));
        }
    }
    cells.push(format::count(row.open));
    if matches!(row.figure, Figure::Distribution { .. }) {
        cells.push(row.open_mean_age.map_or_else(String::new, |age| format::value(Some(age), unit, None)));
    }
    cells.push(left_out(row));
    cells
}

fn left_out(row: &Row) -> String {
    let mut parts = Vec::new();
    let mut add = |title: &str, tally: &Tally| {
        if tally.total() > 0 {
            let words: Vec<String> =
                tally.iter().map(|(word, count)| format!("{word} {}", format::count(count))).collect();
            parts.push(format!("{title}{}", words.join(", ")));
        }
    };
    add("excluded: ", &row.excluded);
    add("invalid: ", &row.invalid);
    add("noted: ", &row.notes);
    if !row.missing.is_empty() {
        let kinds: Vec<&str> = row.missing.iter().map(|kind| kind.plural()).collect();
        parts.push(format!("not supplied: {}", kinds.join(", ")));
    }
    parts.join("; ")
}

fn write_evidence(text: &mut String, row: &Row, scorecard: &Scorecard) {
    let Some(evidence) = &row.evidence else { return };
    let shown = |exemplar: &Exemplar| match exemplar.excess(scorecard.as_of) {
        None => exemplar.id.to_string(),
        Some(excess) => {
            let hours = Unit::Hours.scale().quotient(excess.as_millis().into(), 1);
            format!("{} ({})", exemplar.id, format::value(hours, Unit::Hours, None))
        }
    };
    if !evidence.is_empty() {
        let ids: Vec<String> = evidence.iter().map(shown).collect();
        let _ = writeln!(text, "      worst: {}", ids.join(", "));
    }
}

fn shown(param: &Param) -> String {
    match param {
        Param::Number(number) => number.to_string(),
        Param::Word(word) => word.clone(),
    }
}
