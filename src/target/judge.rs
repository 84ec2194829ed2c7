//! One target, and a figure held against it.

use crate::cube::Row;
use crate::kpi::catalogue;
use crate::state::{Figure, Scale};

use super::Line;

/// Which number of a figure is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Statistic {
    /// The value, or the mean of a distribution.
    #[default]
    Value,
    /// The 95 % quantile of a distribution.
    P95,
}

impl Statistic {
    /// That number of a figure; none where it has no such number or no value.
    #[must_use]
    pub fn of(self, figure: &Figure) -> Option<f64> {
        match (self, figure) {
            (Self::Value, figure) => figure.value(),
            (Self::P95, Figure::Distribution { p95, .. }) => *p95,
            (Self::P95, _) => None,
        }
    }
}

/// How a figure stands to its target, to the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Verdict {
    /// The target is held.
    Met,
    /// There is no value to judge: neither good nor bad.
    NoValue,
    /// The target is not held.
    Missed,
    /// The red line is crossed.
    RedLine,
}

impl Verdict {
    /// The words in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NoValue => "no value",
            Self::Missed => "missed",
            Self::RedLine => "red line",
        }
    }

    /// The sign before the words, for eyes that run down a column.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Met => "✓",
            Self::NoValue => "–",
            Self::Missed => "✗",
            Self::RedLine => "!!",
        }
    }
}

/// What a KPI ought to be.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Target {
    /// The KPI by the name under which the catalogue finds it, its argument in parentheses:
    /// `response_within_rate(24h)`. Every policy is meant at its default.
    pub kpi: &'static str,
    /// Which of its numbers is judged.
    pub statistic: Statistic,
    /// The line to be held.
    pub line: Line,
    /// The line beyond which something must be done at once, named by its bad side.
    pub red_line: Option<Line>,
    /// What is to be known of it.
    pub note: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

impl Target {
    /// Whether it is this KPI that is meant, under whatever argument and policies.
    #[must_use]
    pub fn is_for(&self, row: &Row) -> bool {
        self.kpi.split('(').next() == Some(row.definition.id)
    }

    /// Whether it is this figure that is meant: the KPI, its argument, and every policy at its default. A figure under
    /// other policies is another figure, and a line agreed on for the one says nothing of the other.
    #[must_use]
    pub fn applies_to(&self, row: &Row) -> bool {
        self.is_for(row)
            && catalogue().find(self.kpi).is_ok_and(|gauge| {
                let (version, params) = (gauge.definition().version, gauge.params());
                row.definition.version == version && row.params_of_figure().eq(params.iter())
            })
    }

    /// Holds a figure against the lines, to the letter.
    ///
    /// ```
    /// use parcelgauge::state::Figure;
    /// use parcelgauge::target::{BASELINE, Verdict};
    /// let satisfaction = BASELINE.iter().find(|target| target.kpi == "satisfaction_rate").unwrap();
    /// let of_100 = |hit| Figure::Share { hit, miss: 100 - hit, value: Some(hit as f64 / 100.0), interval: None };
    /// assert_eq!(satisfaction.judge(&of_100(85)), Verdict::Met);
    /// assert_eq!(satisfaction.judge(&of_100(80)), Verdict::Missed); // below 80 % is the red line
    /// assert_eq!(satisfaction.judge(&of_100(79)), Verdict::RedLine);
    /// ```
    #[must_use]
    pub fn judge(&self, figure: &Figure) -> Verdict {
        match self.statistic.of(figure) {
            None => Verdict::NoValue,
            Some(value) if self.red_line.is_some_and(|red| red.holds(value)) => Verdict::RedLine,
            Some(value) if self.line.holds(value) => Verdict::Met,
            Some(_) => Verdict::Missed,
        }
    }

    /// The least number of facts that would have had to turn out the other way for the line to be held: 0 where it is.
    /// None for figures that are no share or rate, and where no number would do.
    ///
    /// ```
    /// use parcelgauge::state::Figure;
    /// use parcelgauge::target::BASELINE;
    /// let on_time = BASELINE.iter().find(|target| target.kpi == "on_time_delivery_rate").unwrap();
    /// let figure = Figure::Share { hit: 95, miss: 5, value: Some(0.95), interval: None };
    /// assert_eq!(on_time.short_by(&figure), Some(3)); // 98 of 100 would have done
    /// ```
    #[must_use]
    pub fn short_by(&self, figure: &Figure) -> Option<u64> {
        let (above, below) = match *figure {
            Figure::Share { hit, miss, .. } => (hit, hit + miss),
            Figure::Rate { events, exposure, .. } => (events, exposure),
            _ => return None,
        };
        let is_held = |above: u64| {
            let value = Scale::ONE.quotient(above.into(), below.into());
            value.is_some_and(|value| self.line.holds(value))
        };
        // The more facts turn out well, the sooner the line is held: the first such number is found by halving.
        let (most, after): (u64, &dyn Fn(u64) -> u64) = match self.line {
            Line::AtLeast(_) | Line::MoreThan(_) => (below.saturating_sub(above), &|turned| above + turned),
            Line::AtMost(_) | Line::LessThan(_) => (above, &|turned| above - turned),
        };
        let (mut low, mut high) = (0, most);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_held(after(middle)) { high = middle } else { low = middle + 1 }
        }
        is_held(after(low)).then_some(low)
    }
}
