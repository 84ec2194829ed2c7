//! A scorecard as plain text.

use std::fmt::Write;

use crate::cube::{Dimension, Row, Scorecard};
use crate::kpi::Unit;
use crate::state::{Exemplar, Figure, Tally};

use super::format;
use super::grid::{Column, WIDTH, aligned, listed, wrapped};
use super::groups;

/// The scorecard as a table to read: one block a KPI, one line a window and group.
///
/// Under each KPI stand its parameters, and below its lines what was left out of them and why. KPIs without any value are
/// named at the end with the reason. Everything comes from the result object, so that the table cannot disagree with [`Scorecard::to_json`].
#[must_use]
pub fn text_table(scorecard: &Scorecard) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "As of {}, days of {}, by {}.", scorecard.as_of, scorecard.zone, scorecard.window);
    for (kind, count) in &scorecard.input.by_kind {
        let _ = write!(text, "  {:<12} {:>12} rows", kind.plural(), format::count(count.rows));
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
    text.push_str(&groups::told(&scorecard.dimensions));
    let blocks = scorecard.rows.chunk_by(|a, b| a.definition.id == b.definition.id && a.params == b.params);
    let (told, silent): (Vec<&[Row]>, Vec<&[Row]>) =
        blocks.partition(|block| block.iter().any(|row| row.figure.value().is_some() || row.open > 0));
    told.into_iter().for_each(|block| write_block(&mut text, block, scorecard));
    if !silent.is_empty() {
        text.push_str("\nWithout a value, and why:\n");
        silent.into_iter().for_each(|block| write_silent(&mut text, block, scorecard));
    }
    text
}

/// A KPI of which nothing can be told: its name, and what became of its facts.
fn write_silent(text: &mut String, block: &[Row], scorecard: &Scorecard) {
    let Some(first) = block.first() else { return };
    write_list(text, first.definition.id, params(first));
    write_reasons(text, block, scorecard);
}

/// Parameters that tell this figure from another of its KPI.
fn params(row: &Row) -> Vec<String> {
    row.params.iter().map(|(name, value)| format!("{name}={value}")).collect()
}

fn write_block(text: &mut String, block: &[Row], scorecard: &Scorecard) {
    let Some(first) = block.first() else { return };
    let definition = first.definition;
    let _ = writeln!(text, "\n{} {}  {}", definition.name_en, definition.direction.sign(), definition.name_zh);
    write_list(text, definition.id, params(first));
    let mut lines = vec![header(block, scorecard)];
    lines.extend(block.iter().map(line));
    let groups = scorecard.dimensions.len();
    let kind = |column| if column <= groups { Column::Label } else { Column::Number };
    for (place, line) in aligned(&lines, "  ", kind).iter().enumerate() {
        let _ = writeln!(text, "{line}");
        if let Some(row) = place.checked_sub(1).and_then(|place| block.get(place)) {
            write_evidence(text, row, scorecard);
        }
    }
    write_reasons(text, block, scorecard);
}

/// What was left out of all lines of a block, and what is to be known of those counted. Lines that overlap are not added up:
/// of them the reasons are named only.
fn write_reasons(text: &mut String, block: &[Row], scorecard: &Scorecard) {
    let overlap = scorecard.dimensions.iter().any(Dimension::is_overlapping);
    let [mut excluded, mut invalid, mut notes] = [Tally::default(), Tally::default(), Tally::default()];
    // A cell that makes a line a currency tells its reasons once.
    for rows in block.chunk_by(|a, b| (a.period, &a.group) == (b.period, &b.group)) {
        let Some(row) = rows.first() else { continue };
        excluded.merge(&row.excluded);
        invalid.merge(&row.invalid);
        notes.merge(&row.notes);
    }
    for (title, tally) in [("excluded:", excluded), ("invalid:", invalid), ("noted:", notes)] {
        let shown = |(word, count): (&str, u64)| match overlap {
            true => word.to_owned(),
            false => format!("{word} {}", format::count(count)),
        };
        let words: Vec<String> = tally.iter().map(shown).collect();
        if !words.is_empty() {
            write_list(text, title, words);
        }
    }
    if let Some(row) = block.first().filter(|row| !row.missing.is_empty()) {
        let kinds: Vec<String> = row.missing.iter().map(|kind| kind.plural().to_owned()).collect();
        write_list(text, "not supplied:", kinds);
    }
}

/// A title and what it has, in lines of about [`WIDTH`] columns.
fn write_list(text: &mut String, title: &str, words: Vec<String>) {
    text.push_str(&wrapped(&format!("  {title} "), "      ", listed(words), WIDTH));
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
    let groups = scorecard.dimensions.iter().map(ToString::to_string);
    head.into_iter()
        .chain(groups)
        .chain(middle.iter().map(|&title| title.to_owned()))
        .chain(["excluded".to_owned(), "invalid".to_owned()])
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
    cells.extend([&row.excluded, &row.invalid].map(|tally| format::count(tally.total())));
    cells
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
