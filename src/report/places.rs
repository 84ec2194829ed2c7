//! Where figures stand out: targets missed in windows, figures bad in groups.

use crate::cube::{Dimension, GroupKey, Row, Scorecard};
use crate::record::Period;
use crate::target::{Target, Verdict};

use super::series::{Series, is_one_figure};
use super::worst::{Mark, certain_end, standout};

/// A target that was missed.
#[derive(Debug)]
pub(super) struct Missed<'s> {
    pub(super) series: &'s Series<'s>,
    pub(super) target: &'s Target,
    pub(super) rows: Vec<&'s Row>, // not empty
    pub(super) certain: usize,     // of them beyond chance
    pub(super) worst: &'s Row,
    pub(super) rank: (usize, u64), // red lines crossed beyond chance, facts short of the line in all windows
}

/// A group in which a figure stands out in at least one window.
#[derive(Debug)]
pub(super) struct Place<'s> {
    pub(super) group: &'s GroupKey,
    pub(super) windows: usize, // > 0
    pub(super) worst: &'s Row,
    pub(super) times: f64,
}

impl<'s> Missed<'s> {
    /// What is missed of a figure's target; none where it has none, or holds it in every window
    /// that is judged.
    pub(super) fn of(series: &'s Series<'s>) -> Option<Self> {
        let target = series.target?;
        let is_missed = |row: &&Row| matches!(target.judge(&row.figure), Verdict::Missed | Verdict::RedLine);
        let rows: Vec<&Row> = series.judged().into_iter().filter(is_missed).collect();
        let mark = Mark::Line(target.line);
        let times = |row: &Row| standout(row, target.statistic, mark);
        let certain = rows.iter().filter_map(|row| times(row)).count();
        let as_bad = |row: &Row| {
            let at_face = target.statistic.of(&row.figure).map_or(0.0, |value| mark.times(value, series.unit()));
            (times(row).unwrap_or(0.0), at_face)
        };
        let worst = rows.iter().copied().max_by(|a, b| {
            let (a, b) = (as_bad(a), as_bad(b));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
        })?;
        let is_red = |row: &&&Row| {
            let near = certain_end(row, target.statistic, mark);
            target.red_line.zip(near).is_some_and(|(red, near)| red.holds(near))
        };
        let red = rows.iter().filter(is_red).count();
        let short = rows.iter().filter_map(|row| target.short_by(&row.figure)).sum();
        Some(Self { series, target, certain, worst, rank: (red, short), rows })
    }
}

/// A scorecard broken down by groups.
#[derive(Debug)]
pub(super) struct Parts<'s> {
    pub(super) dimensions: &'s [Dimension], // empty where nothing is broken down
    blocks: Vec<&'s [Row]>,                 // one a figure
}

impl<'s> Parts<'s> {
    pub(super) fn of(parts: Option<&'s Scorecard>) -> Self {
        let dimensions = parts.map_or(&[] as &[Dimension], |parts| &parts.dimensions);
        let blocks = parts.into_iter().flat_map(|parts| parts.rows.chunk_by(is_one_figure)).collect();
        Self { dimensions, blocks }
    }

    /// The rows of a figure by group.
    pub(super) fn rows_of(&self, series: &Series<'_>) -> impl Iterator<Item = &'s Row> {
        let block = self.blocks.iter().copied().find(|block| block.first().is_some_and(|row| series.is_of(row)));
        block.unwrap_or_default().iter().filter(move |row| series.is_in_currency(row))
    }

    /// The groups in which a figure stands out, the most often first, and how many figures were looked at.
    pub(super) fn places(&self, series: &Series<'_>, mark: &dyn Fn(Period) -> Option<Mark>) -> (Vec<Place<'s>>, usize) {
        let mut places: Vec<Place<'s>> = Vec::new();
        let mut looked_at = 0;
        for row in self.rows_of(series).filter(|row| row.period != Period::Undated) {
            let Some(mark) = mark(row.period).filter(|_| series.value(row).is_some()) else { continue };
            looked_at += 1;
            let Some(times) = standout(row, series.statistic(), mark) else { continue };
            match places.iter_mut().find(|place| *place.group == row.group) {
                None => places.push(Place { group: &row.group, windows: 1, worst: row, times }),
                Some(place) => {
                    place.windows += 1;
                    if times > place.times {
                        (place.worst, place.times) = (row, times);
                    }
                }
            }
        }
        places.sort_by(|a, b| {
            let worse = b.windows.cmp(&a.windows).then(b.times.total_cmp(&a.times));
            worse.then_with(|| a.group.cmp(b.group))
        });
        (places, looked_at)
    }
}

/// The value of all groups together in a window, to hold one of them against.
pub(super) fn of_all(series: &Series<'_>, period: Period) -> Option<Mark> {
    let value = series.value(series.at(period)?)?;
    Some(Mark::Whole(value, series.first.definition.direction))
}
