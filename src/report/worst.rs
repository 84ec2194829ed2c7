//! What is worse than it ought to be, beyond chance.
//!
//! # The rule
//! A small group has wild figures. So a figure *stands out* only
//!
//! - with three adverse facts at least: one or two are an accident, not a place; and
//! - with its whole 95 % interval beyond the line of its target, or beyond the value of all groups together; and it is
//!   ranked by the end of the interval nearer to the line: by what is bad for certain;
//! - where it has no interval (durations, scores): with at least [`LEAST_FACTS`] facts behind it, and against all groups
//!   together a fifth worse than they; where the interval is too narrow (scans of one parcel are no independent facts):
//!   twice as bad. Money never: a single payment may make the whole sum.
//!
//! A line that allows nothing, such as 100 %, is crossed for certain by the first fact: there, groups are held against all
//! of them together.
//!
//! One in forty figures lies so far above its true value, and one in forty below, by chance alone: where many are looked
//! at, a few stand out for nothing. How many were looked at is told beside them.

use crate::cube::Row;
use crate::kpi::{Direction, Unit};
use crate::state::Figure;
use crate::target::{Line, Statistic};

/// Facts behind a figure without an interval that make it worth a look.
pub(super) const LEAST_FACTS: u64 = 30;

/// Adverse facts without which nothing stands out.
const LEAST_ADVERSE: u64 = 3;

/// How many times as bad as all groups a figure without an interval must be, and one whose interval is too narrow.
const LEAST_TIMES: (f64, f64) = (1.2, 2.0);

/// What a figure is held against.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mark {
    /// The line of its target.
    Line(Line),
    /// The value of all groups together, and which way is better.
    Whole(f64, Direction),
}

impl Mark {
    pub(super) fn bound(self) -> f64 {
        match self {
            Self::Line(line) => line.bound(),
            Self::Whole(value, _) => value,
        }
    }

    /// Whether it is a line that the first adverse fact crosses.
    pub(super) fn allows_nothing(self, unit: Unit) -> bool {
        match self {
            Self::Line(Line::AtLeast(bound)) => unit == Unit::Ratio && bound >= 1.0,
            Self::Line(Line::AtMost(bound)) => bound <= 0.0,
            _ => false,
        }
    }

    /// Whether the larger figure is the better one.
    pub(super) fn is_better_above(self) -> bool {
        match self {
            Self::Line(line) => matches!(line, Line::AtLeast(_) | Line::MoreThan(_)),
            Self::Whole(_, direction) => direction == Direction::HigherIsBetter,
        }
    }

    fn is_worse(self, value: f64) -> bool {
        match self {
            Self::Line(line) => !line.holds(value),
            Self::Whole(whole, Direction::HigherIsBetter) => value < whole,
            Self::Whole(whole, Direction::LowerIsBetter) => value > whole,
            Self::Whole(_, Direction::Neither) => false,
        }
    }

    /// How many times as bad a value is as the mark: by its adverse share where it is a share, else by itself.
    pub(super) fn times(self, value: f64, unit: Unit) -> f64 {
        let (value, bound) = (value, self.bound());
        match (self.is_better_above(), unit) {
            // A line of 100 % allows nothing; it is reckoned as one that allows one in a hundred.
            (true, Unit::Ratio) => (1.0 - value) / if bound < 1.0 { 1.0 - bound } else { 0.01 },
            (true, _) => bound / value,
            (false, _) => value / bound,
        }
    }
}

/// How many times as bad as its mark a figure is for certain; none where it does not stand out.
pub(super) fn standout(row: &Row, statistic: Statistic, mark: Mark) -> Option<f64> {
    let value = statistic.of(&row.figure)?;
    if adverse(row, mark).is_some_and(|adverse| adverse < LEAST_ADVERSE) {
        return None;
    }
    let unit = row.definition.unit;
    let interval = row.figure.interval().filter(|_| !row.definition.clustered);
    if interval.is_some() {
        let near = certain_end(row, statistic, mark)?;
        return mark.is_worse(near).then(|| mark.times(near, unit));
    }
    let times = mark.times(value, unit);
    let least = match mark {
        Mark::Line(_) => 0.0,
        Mark::Whole(..) if row.definition.clustered => LEAST_TIMES.1,
        Mark::Whole(..) => LEAST_TIMES.0,
    };
    (mark.is_worse(value) && times >= least && counted(row) >= LEAST_FACTS).then_some(times)
}

/// The end of the interval on the good side: what is so for certain. The value itself where there is no interval.
pub(super) fn certain_end(row: &Row, statistic: Statistic, mark: Mark) -> Option<f64> {
    match row.figure.interval() {
        Some(interval) if mark.is_better_above() => Some(interval.high),
        Some(interval) => Some(interval.low),
        None => statistic.of(&row.figure),
    }
}

/// How many adverse facts stand behind a figure; none where it does not count them.
fn adverse(row: &Row, mark: Mark) -> Option<u64> {
    match row.figure {
        Figure::Share { miss, .. } if mark.is_better_above() => Some(miss),
        Figure::Share { hit, .. } => Some(hit),
        Figure::Rate { events, .. } => Some(events),
        Figure::Nps { detractors, .. } => Some(detractors),
        Figure::Ratio { .. } if row.definition.unit == Unit::MoneyPer10k => Some(0), // how many payments is not told
        _ => None,
    }
}

/// The facts to be named beside a figure: what its value is divided by, but for scores, whose divisor is no count.
pub(super) fn counted(row: &Row) -> u64 {
    match row.figure {
        Figure::Ratio { denominator, .. } if row.definition.unit == Unit::MoneyPer10k => {
            u64::try_from(denominator).unwrap_or(u64::MAX)
        }
        Figure::Rate { exposure, .. } => exposure,
        _ => row.counted(),
    }
}
