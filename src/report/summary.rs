//! The first page: every figure through the windows, held against its target, and in words what is worst and where.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::slice;

use crate::cube::Scorecard;
use crate::kpi::Unit;
use crate::record::{Period, RecordKind, Window};
use crate::state::Tally;
use crate::target::Target;

use super::format;
use super::grid::{WIDTH, listed, wrapped};
use super::groups;
use super::matrix::Matrix;
use super::series::Series;
use super::words::Story;

/// How to read the columns.
const KEY: &str = "\
Shares and rates in %; n, 95 % interval, open, excluded+invalid are of the window under `of`; * more than 1 in 100 open.
";
/// More than one row in so many set aside is said aloud.
const SET_ASIDE_ONE_IN: u64 = 100;
/// How to read the verdicts.
const VERDICTS: &str = "\
Targets: ✗ missed in so many of the windows that are final (without *), !! beyond a red line, ✓ met in all of them.
";

/// The scorecard as a page to read.
///
/// `whole` is the scorecard without dimensions; `parts`, if there is one, the same broken down, which tells where. For
/// each figure the page has
///
/// - its value in every window that holds one, the latest windows first to be kept where there are too many; a star marks
///   a value of which more than one fact in a hundred is still open;
/// - of the window named under `of` (of those that have a column, the latest without a star and with 30 facts or more,
///   else the latest without a star, else the latest): n, interval, open, excluded, and invalid where there is any;
/// - the line of its target, and in how many of the windows without a star it is missed, to the letter. Where every
///   window has a star, all are judged, and the verdict has a star too.
///
/// Then it says in words which targets are missed and by how much, where, and what else stands out there. A small group
/// counts as worst only with its whole 95 % interval beyond the target's line or beyond the value of all groups; a figure
/// without an interval only with 30 facts or more, and where it is compared with all groups, a tenth worse than they. A
/// figure that has a target is judged only under the default policies that the target is meant for.
#[must_use]
pub fn summary(whole: &Scorecard, parts: Option<&Scorecard>, targets: &[Target]) -> String {
    let all = Series::all(whole, targets);
    let (told, silent): (Vec<Series<'_>>, Vec<Series<'_>>) = all.into_iter().partition(Series::is_told);
    let windows = match whole.window {
        Window::All => "in one window".to_owned(),
        window => format!("by {window}"),
    };
    let mut text = format!("As of {}, days of {}, {windows}.\n", whole.as_of, whole.zone);
    write_input(&mut text, whole);
    if told.is_empty() {
        text.push_str("\nNothing to show: no figure has a value.\n");
    } else {
        let periods = periods(&told);
        let matrix = Matrix::of(&told, whole.window, &periods);
        let shown = &periods[matrix.left_out.min(periods.len())..];
        text.push_str(KEY);
        text.push_str(&groups::told(parts.map_or(&[], |parts| &parts.dimensions)));
        if !matrix.judged.is_empty() {
            let _ = write!(text, "{VERDICTS}\n{}", matrix.judged);
        }
        text.push_str(&Story::of(&told, whole.window, parts, targets, shown).told());
        if !matrix.others.is_empty() {
            let _ = write!(text, "\n{}", matrix.others);
        }
        write_keys(&mut text, &told, whole, &periods, matrix.left_out);
    }
    write_silent(&mut text, &silent, &told);
    text
}

/// What went in: used rows by kind, and what else became of rows. A kind that no figure needs stands behind none, and is
/// left to the table.
fn write_input(text: &mut String, whole: &Scorecard) {
    let is_needed = |kind: &RecordKind| whole.rows.iter().any(|row| row.definition.needs.contains(kind));
    let kinds = whole.input.by_kind.iter().filter(|(kind, _)| is_needed(kind)).map(|(kind, count)| {
        let others = [
            (count.duplicate, "duplicate"),
            (count.quarantined_rows(), "set aside"),
            (count.not_yet_known, "not yet known"),
        ];
        let others: Vec<String> = others
            .into_iter()
            .filter(|&(rows, _)| rows > 0)
            .map(|(rows, what)| format!("{} {what}", format::count(rows)))
            .collect();
        let others = if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
        format!("{} {}{others}", format::count(count.used), kind.plural())
    });
    text.push_str(&wrapped("Used: ", "      ", listed(kinds.collect()), WIDTH));
    for (kind, count) in whole.input.by_kind.iter().filter(|(kind, _)| is_needed(kind)) {
        let aside = count.quarantined_rows();
        if aside.saturating_mul(SET_ASIDE_ONE_IN) > count.rows {
            let share = Unit::Ratio.scale().quotient(aside.into(), count.rows.into());
            let share = format::value(share, Unit::Ratio, None);
            let most = count.quarantined.iter().max_by_key(|&(_, &rows)| rows);
            let most =
                most.map_or_else(String::new, |(reason, &rows)| format!(", {} as {reason}", format::count(rows)));
            let words =
                format!("{share} of the rows of {} were set aside{most}: no figure knows of them.", kind.plural());
            text.push_str(&wrapped("! ", "  ", words.split(' '), WIDTH));
        }
    }
}

/// The windows in which there is a value, or where there is none, those in which something is open.
fn periods(series: &[Series<'_>]) -> Vec<Period> {
    let mut valued: Vec<Period> = series.iter().flat_map(Series::valued).map(|row| row.period).collect();
    if valued.is_empty() {
        let dated = series.iter().flat_map(Series::rows).map(|row| row.period);
        valued.extend(dated.filter(|&period| period != Period::Undated));
    }
    valued.sort_unstable();
    valued.dedup();
    valued
}

/// What the signs of the matrix mean, and what has no column in it.
fn write_keys(text: &mut String, told: &[Series<'_>], whole: &Scorecard, periods: &[Period], left_out: usize) {
    let hidden = &periods[..left_out.min(periods.len())];
    if let (Some(&first), Some(&last)) = (hidden.first(), hidden.last()) {
        let windows = format::several(hidden.len(), &format!("earlier {}", whole.window));
        let label = |period| whole.window.label(period);
        let named = if first == last { label(first) } else { format!("{} to {}", label(first), label(last)) };
        let _ = writeln!(text, "Without a column: {windows}, {named}.");
    }
    let mut open = Vec::new();
    for family in families(told) {
        for rows in family[0].rows().filter(|row| !periods.contains(&row.period) && row.open > 0) {
            open.push(format!("{} {} ({})", name(family, told), format::count(rows.open), rows.window));
        }
    }
    if !open.is_empty() {
        text.push_str(&wrapped("Open in no column: ", "  ", listed(open), WIDTH));
    }
}

/// Figures without a value in any window, by the reason; of those that have something open, what else was in the way.
fn write_silent(text: &mut String, silent: &[Series<'_>], told: &[Series<'_>]) {
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for family in families(silent) {
        reasons.entry(reason(family)).or_default().push(name(family, told));
    }
    for series in told.iter().filter(|series| series.valued().next().is_none()) {
        if let Some(reason) = known_reason(slice::from_ref(series)) {
            reasons.entry(format!("{reason}, the rest open")).or_default().push(series.name());
        }
    }
    for (reason, names) in reasons {
        text.push_str(&wrapped(&format!("Without a value ({reason}): "), "  ", listed(names), WIDTH));
    }
}

/// Series of one KPI together.
fn families<'a, 's>(series: &'a [Series<'s>]) -> impl Iterator<Item = &'a [Series<'s>]> {
    series.chunk_by(|a, b| a.first.definition.id == b.first.definition.id)
}

/// The name of a family; with the arguments of its first where others of the KPI have a fate of their own.
fn name(family: &[Series<'_>], told: &[Series<'_>]) -> String {
    let is_alone =
        family.len() == 1 && told.iter().any(|other| other.first.definition.id == family[0].first.definition.id);
    if is_alone { family[0].name() } else { family[0].first.definition.name_en.to_owned() }
}

/// Why there is no value.
fn reason(series: &[Series<'_>]) -> String {
    known_reason(series).unwrap_or_else(|| "no facts".to_owned())
}

/// What was not supplied, else the most frequent reason for which facts were left out; none where none was.
pub(super) fn known_reason(series: &[Series<'_>]) -> Option<String> {
    let mut reasons = Tally::default();
    for row in series.iter().flat_map(Series::rows) {
        if !row.missing.is_empty() {
            let kinds: Vec<&str> = row.missing.iter().map(|kind| kind.plural()).collect();
            return Some(format!("no {}", kinds.join(", no ")));
        }
        reasons.merge(&row.excluded);
        reasons.merge(&row.invalid);
    }
    let most = reasons.iter().max_by_key(|&(_, count)| count);
    most.map(|(reason, _)| reason.to_owned())
}
