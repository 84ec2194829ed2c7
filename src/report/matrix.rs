//! Windows × KPIs: one line a figure, one column a window, and beside them what the latest decided window stands on.

use unicode_width::UnicodeWidthStr;

use crate::cube::Row;
use crate::kpi::Unit;
use crate::record::{Period, Window};
use crate::target::Verdict;

use super::format;
use super::grid::{Column, aligned, cut};
use super::series::{Series, is_undecided};
use super::worst::counted;

/// Columns of the widest line, where the windows can be had in so many: six months of shares.
const WIDTH: usize = 128;
/// Columns of a name.
const NAME: usize = 32;

/// The windows that have a column.
#[derive(Debug, Clone, Copy)]
struct Shown<'p> {
    window: Window,
    periods: &'p [Period], // ascending
    labels: Labels,
}

/// How windows are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Labels {
    /// `2026-10`
    Full,
    /// `10`, but for the first.
    Short,
}

/// Sections of the matrix as text, and how many of the earlier windows they have no room for: those lose their columns.
#[derive(Debug)]
pub(super) struct Matrix {
    pub(super) judged: String,
    pub(super) others: String,
    pub(super) left_out: usize,
}

impl Matrix {
    pub(super) fn of(series: &[Series<'_>], window: Window, periods: &[Period]) -> Self {
        let mut matrix = Shown { window, periods, labels: Labels::Full }.matrix(series, 0);
        for left_out in 0..periods.len().max(1) {
            for labels in [Labels::Full, Labels::Short] {
                matrix =
                    Shown { window, periods: &periods[left_out.min(periods.len())..], labels }.matrix(series, left_out);
                if matrix.width() <= WIDTH {
                    return matrix;
                }
            }
        }
        matrix
    }

    fn width(&self) -> usize {
        self.judged.lines().chain(self.others.lines()).map(UnicodeWidthStr::width).max().unwrap_or(0)
    }
}

impl Shown<'_> {
    fn matrix(&self, series: &[Series<'_>], left_out: usize) -> Matrix {
        let (judged, others): (Vec<&Series<'_>>, Vec<&Series<'_>>) =
            series.iter().partition(|series| series.target.is_some());
        Matrix {
            judged: self.section("Against the targets", &judged),
            others: self.section("Other figures", &others),
            left_out,
        }
    }

    fn section(&self, title: &str, members: &[&Series<'_>]) -> String {
        if members.is_empty() {
            return String::new();
        }
        let mut lines = vec![self.header(title, members)];
        for family in members.chunk_by(|a, b| a.first.definition.id == b.first.definition.id) {
            if let [one] = family {
                lines.push(self.line(named(&one.name(), &one.measure(), one.unit()), one));
                continue;
            }
            let measure = family[0].measure();
            let is_shared = family.iter().all(|one| one.measure() == measure);
            let measure = if is_shared { measure } else { String::new() };
            lines.push(vec![named(&Series::name_of_all(family), &measure, family[0].unit())]);
            let apart = |one: &Series<'_>| format!("    {}", one.apart_from(family));
            lines.extend(family.iter().map(|one| self.line(apart(one), one)));
        }
        let windows = self.periods.len();
        let kind = |column| match column {
            0 => Column::Label,
            close if close <= windows => Column::CloseNumber,
            count if [2, 4, 5].contains(&(count - windows)) => Column::CloseNumber, // n, open, excluded
            number if number <= windows + 5 => Column::Number,
            _ => Column::Label,
        };
        aligned(&lines, "", kind).iter().map(|line| format!("{line}\n")).collect()
    }

    fn header(&self, title: &str, members: &[&Series<'_>]) -> Vec<String> {
        let mut cells = vec![match self.shared() {
            Some(shared) => format!("{title} ({shared})"),
            None => title.to_owned(),
        }];
        cells.extend(self.periods.iter().map(|&period| self.label(period)));
        cells.extend(["of", "n", "95 %", "open", "excl."].map(str::to_owned));
        if members.iter().any(|series| series.target.is_some()) {
            cells.extend(["target", ""].map(str::to_owned));
        }
        cells
    }

    fn line(&self, name: String, series: &Series<'_>) -> Vec<String> {
        let mut cells = vec![cut(&name, NAME)];
        cells.extend(
            self.periods.iter().map(|&period| series.at(period).map_or_else(String::new, |row| cell(row, series))),
        );
        let row = series.standing(self.periods);
        cells.push(self.label(row.period));
        cells.push(format::count(counted(row)));
        cells.push(
            row.figure.interval().map_or_else(String::new, |interval| format::short_range(interval, series.unit())),
        );
        cells.push(format::count(row.open));
        cells.push(left_out(row));
        if let Some(target) = series.target {
            cells.push(verdict(series));
            cells.push(format::line(target.line, series.unit()));
        }
        cells
    }

    /// What short labels leave out: what stands before the last hyphen of all of them.
    fn shared(&self) -> Option<String> {
        let mut heads = self.periods.iter().map(|&period| {
            let label = self.window.label(period);
            label.rsplit_once('-').map(|(head, _)| head.to_owned())
        });
        let first = heads.next().flatten().filter(|_| self.labels == Labels::Short)?;
        heads.all(|head| head.as_ref() == Some(&first)).then_some(first)
    }

    fn label(&self, period: Period) -> String {
        let label = self.window.label(period);
        let short = self.shared().and_then(|shared| label.strip_prefix(&shared)?.strip_prefix('-').map(str::to_owned));
        short.unwrap_or(label)
    }
}

/// Facts excluded, and with a plus, where there are any, those that cannot be used: `514+10`.
fn left_out(row: &Row) -> String {
    let excluded = format::count(row.excluded.total());
    match row.invalid.total() {
        0 => excluded,
        invalid => format!("{excluded}+{}", format::count(invalid)),
    }
}

/// A name as wide as its column allows, with what it is measured in, which is never cut off.
fn named(name: &str, measure: &str, unit: Unit) -> String {
    let name = match unit {
        Unit::MoneyPer10k => name.replace("10,000 shipments", "10k"),
        _ => name.to_owned(),
    };
    format!("{}{measure}", cut(&format!("  {name}"), NAME.saturating_sub(measure.width())))
}

/// What all windows that are judged say of the target: `✗ missed 4/6`, `✓ met` in all of them; with a star where none
/// of them is decided.
fn verdict(series: &Series<'_>) -> String {
    let judged = series.judged();
    let verdicts: Vec<Verdict> = judged.iter().filter_map(|row| series.verdict(row)).collect();
    let star = if judged.iter().any(|row| is_undecided(row)) { "*" } else { "" };
    let worst = verdicts.iter().copied().max().unwrap_or(Verdict::NoValue);
    let missed = verdicts.iter().filter(|&&verdict| verdict >= Verdict::Missed).count();
    match missed {
        0 => format!("{} {star}{}", worst.sign(), worst.name()),
        _ if verdicts.len() == 1 => format!("{} {star}{}", worst.sign(), worst.name()),
        _ => format!("{} {star}missed {missed}/{}", worst.sign(), verdicts.len()),
    }
}

/// A value in its column, with a star before it where it is not to be read as finished.
fn cell(row: &Row, series: &Series<'_>) -> String {
    match series.value(row) {
        Some(value) if is_undecided(row) => format!("*{}", format::short(value, series.unit())),
        Some(value) => format::short(value, series.unit()),
        None if row.open > 0 => "open".to_owned(),
        None => format::NO_VALUE.to_owned(),
    }
}
